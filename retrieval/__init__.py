"""Japanese text analysis, indexes, encoder, fusion and query understanding. Imports only `kb`."""
