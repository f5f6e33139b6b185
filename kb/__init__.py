"""The knowledge base itself: types, addresses, store, settings and errors. Imports no heavy library."""
