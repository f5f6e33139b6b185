"""Builds the search indexes of a generation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from sys import intern

from kb.documents import Document, Passage
from kb.resources import CORPUS
from kb.settings import Settings
from retrieval.analysis import Analyzer, JapaneseAnalyzer
from retrieval.backend import LocalBackend
from retrieval.dense import DenseIndex
from retrieval.encoder import load_encoder
from retrieval.facets import Facets
from retrieval.lexical import LexicalIndex
from retrieval.lexicon import Lexicon, load_lexicon
from retrieval.understand import Understander

ENCODER = "encoder"
TOKENIZER = "tokenizer"
_DICTIONARY = "dictionary"
INDEX = "index"
LEXICON = "lexicon"
UNDERSTANDING = "understanding"

LAYOUT = "22"
"""Changes whenever the index of the same passages would come out differently."""

HEADING_WEIGHT = 2
BREADCRUMB_WEIGHT = 1
PATH_WEIGHT = 1
CASE_WEIGHT = 2
DOCUMENT_WEIGHT = 1


def index_versions(settings: Settings) -> dict[str, str]:
    """What an index made now would be made with. Raises OptionError for an unknown encoder."""
    analyzer = JapaneseAnalyzer()
    return {
        TOKENIZER: analyzer.version,
        _DICTIONARY: analyzer.dictionary,
        ENCODER: load_encoder(settings, analyzer).id,
        INDEX: LAYOUT,
        LEXICON: _lexicon(settings).digest,
    }


def build_index(
    folder: Path,
    passages: Sequence[Passage],
    documents: Mapping[str, Document],
    settings: Settings,
) -> dict[str, str]:
    """Index `passages` (of `documents`, by id) into the generation `folder`.

    Returns the versions that the manifest keeps. Raises OptionError for an unknown encoder and
    InputError for a bad row of the lexicon.
    """
    analyzer = JapaneseAnalyzer()
    encoder = load_encoder(settings, analyzer)
    lexical = LexicalIndex.build(
        [_terms(passage, documents[passage.doc], analyzer) for passage in passages]
    )
    dense = DenseIndex.build(encoder.encode_passages([meaning_of(passage) for passage in passages]))
    LocalBackend(lexical, dense, Facets.build(passages, documents)).save(folder)
    Understander.build(passages, documents, _lexicon(settings), lexical, analyzer, encoder).save(
        folder / UNDERSTANDING
    )
    return index_versions(settings)


def _lexicon(settings: Settings) -> Lexicon:
    """The shipped lexicon and the office's own. Raises InputError for a bad row."""
    return load_lexicon([CORPUS / LEXICON, *filter(None, [settings.lexicon])])


def _terms(passage: Passage, document: Document, analyzer: Analyzer) -> list[str]:
    """Terms of all fields; a field's terms stand as often as the field weighs."""
    # Interned: the terms of 200,000 passages are few strings many times over.
    return [
        intern(term)
        for text, weight in fields(passage, document)
        for term in analyzer.terms(text) * weight
    ]


def fields(passage: Passage, document: Document) -> Iterator[tuple[str, int]]:
    """What words are looked for in, and how often each field counts."""
    yield passage.text, 1
    yield passage.heading, HEADING_WEIGHT
    yield passage.node.replace("/", " "), PATH_WEIGHT
    yield " ".join(passage.breadcrumbs), BREADCRUMB_WEIGHT
    yield f"{document.issuer} {document.fiscal_year or ''}", DOCUMENT_WEIGHT
    if passage.case:
        case = passage.case
        yield " ".join((case.title, case.organisation, case.prefecture or "")), CASE_WEIGHT


def meaning_of(passage: Passage) -> str:
    """What the encoder reads of a passage."""
    return "\n".join((*passage.breadcrumbs[-1:], passage.heading, passage.text))
