"""One module per command of `kb`; each calls what it needs only when it runs."""
