"""The shipped corpus folder, in a checkout and in an installed wheel alike."""

from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
"""Folder of the shipped documents, their manifest and the lexicon."""
