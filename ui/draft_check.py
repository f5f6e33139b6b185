"""Which documents of a knowledge base a draft is checked against; for every way in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.review.check import check_draft
from kb.documents import DocumentKind
from kb.errors import OptionError

if TYPE_CHECKING:
    from assistant.review.findings import CheckReport
    from kb.documents import Document, ParsedDocument
    from kb.store import KnowledgeBase

_POLICIES = (DocumentKind.KIHON, DocumentKind.KIKAN)


def check(kb: KnowledgeBase, draft: ParsedDocument, against: str | None = None) -> CheckReport:
    """Check a draft against a 基本方針, with all other policies as what is known.

    `against` is the id of the 基本方針; None takes that of the draft's year, else the newest.
    Raises UnknownDocumentError, or OptionError when there is no 基本方針.
    """
    documents = kb.documents()
    base = kb.parsed(against or _default(documents, draft).id)
    known = [
        kb.parsed(item.id)
        for item in documents
        if item.kind in _POLICIES and item.id not in (base.document.id, draft.document.id)
    ]
    return check_draft(draft, base, known, documents)


def _default(documents: Sequence[Document], draft: ParsedDocument) -> Document:
    """The 基本方針 of the draft's year, else the newest."""
    policies = [
        item
        for item in documents
        if item.kind is DocumentKind.KIHON and item.id != draft.document.id
    ]
    if not policies:
        raise OptionError(
            "照らす基本方針が知識ベースにありません。`kb ingest` で基本方針を取り込んでください。"
        )
    own = draft.document.fiscal_year
    return max(
        policies,
        key=lambda item: (
            item.fiscal_year == own,
            item.fiscal_year.western if item.fiscal_year else 0,
        ),
    )
