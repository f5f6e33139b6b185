"""What a document refers to: places of its own, laws, other documents, annexes, notes, addresses."""

from ingest.references.across import resolve_across
from ingest.references.find import find_references

__all__ = ["find_references", "resolve_across"]
