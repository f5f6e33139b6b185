"""The record on disk: immutable generation folders, SQLite inside, an atomic switch between them."""

from kb.store.generation import GenerationStore, Manifest
from kb.store.reader import KnowledgeBase
from kb.store.writer import write_database

__all__ = ["GenerationStore", "KnowledgeBase", "Manifest", "write_database"]
