"""Files in, nodes out: readers, repair, parsers, pipeline. Imports only `kb`."""
