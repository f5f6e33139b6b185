"""Comparison: which clauses of two policies answer each other, and how their wording differs."""
