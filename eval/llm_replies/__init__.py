"""Replies of language models, lying and honest, and what the citation checker makes of them."""
