"""Typed objects to JSON and back, validated by pydantic."""

from __future__ import annotations

from typing import TypeVar

from pydantic import TypeAdapter

from kb.documents import Definition, Document, Node, Passage, Reference

T = TypeVar("T")

DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)
NODE: TypeAdapter[Node] = TypeAdapter(Node)
PASSAGE: TypeAdapter[Passage] = TypeAdapter(Passage)
REFERENCE: TypeAdapter[Reference] = TypeAdapter(Reference)
DEFINITION: TypeAdapter[Definition] = TypeAdapter(Definition)


def dumps(adapter: TypeAdapter[T], value: T) -> str:
    """One JSON text of a typed object."""
    return adapter.dump_json(value).decode()
