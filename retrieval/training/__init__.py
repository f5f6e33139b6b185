"""Trains the static encoder: `python -m retrieval.training --data DIR --out DIR`. Needs torch."""
