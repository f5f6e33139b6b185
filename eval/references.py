"""References and definitions against judged ones: `python -m eval.references GOLD_FOLDER`.

GOLD_FOLDER holds crossrefs-*.jsonl (and definitions.jsonl). A judged reference is found when one
of ours overlaps it; its target is right when the places we give and the judged ones lie on the
same branches of the outline, both ways, or when law, article, paragraph and item are the same, or,
for what lies outside, when we say that it does. Ours that meet no judged one are printed with
`--unmatched`: the judged file may be a part of all references, so a person decides which are false.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.manifest import load_manifest
from ingest.parse import parse_file
from kb.documents import ParsedDocument, Reference
from kb.ids import is_at_or_below, node_id
from kb.resources import CORPUS
from kb.settings import Settings

_ARTICLE_PARTS = re.compile(
    r"(?P<article>(?:附則)?第[^項号]*?条(?:の\d+)*|別表第?\d*)?(?P<paragraph>第\d+項)?(?P<item>第\d+号.*)?"
)


@dataclass(frozen=True, slots=True)
class ReferenceScores:
    """Counts over judged references and definitions; `unmatched` are ours that meet none."""

    judged: int
    found: int
    right: int
    ours: int
    unmatched: tuple[Reference, ...]
    definitions: int
    definitions_found: int


def score(gold: Path, documents: Sequence[ParsedDocument]) -> ReferenceScores:
    """Hold the documents' references and definitions against the files of `gold`."""
    by_id = {parsed.document.id: parsed for parsed in documents}
    rows = [row for path in sorted(gold.glob("crossrefs-*.jsonl")) for row in _rows(path)]
    rows = [row for row in rows if row["doc"] in by_id]
    met: set[Reference] = set()
    found = right = 0
    for row in rows:
        hits = _overlapping(by_id[row["doc"]].references, row["ref_start"], row["ref_end"])
        met.update(hits)
        found += bool(hits)
        right += bool(hits) and _is_right(row, hits, by_id[row["doc"]])
    judged = {row["doc"] for row in rows}
    ours = [item for doc in sorted(judged) for item in by_id[doc].references]
    terms = [row for row in _rows(gold / "definitions.jsonl") if row["doc"] in by_id]
    return ReferenceScores(
        judged=len(rows),
        found=found,
        right=right,
        ours=len(ours),
        unmatched=tuple(item for item in ours if item not in met),
        definitions=len(terms),
        definitions_found=sum(_is_defined(row, by_id[row["doc"]]) for row in terms),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _overlapping(references: Sequence[Reference], start: int, end: int) -> list[Reference]:
    return [item for item in references if item.span.start < end and start < item.span.end]


def _is_right(row: dict[str, Any], hits: Sequence[Reference], parsed: ParsedDocument) -> bool:
    if row["target_paths"]:
        wanted = {_existing(parsed, path) for path in row["target_paths"]}
        given = {target for item in hits for target in item.targets}
        return _each_on_a_branch(wanted, given) and _each_on_a_branch(given, wanted)
    if law := row.get("law"):
        names = {_bare(item.law.name) for item in hits if item.law}
        return names == {_bare(law["name"])} and _places(law) <= {
            (item.law.article, item.law.paragraph, _item(item.law.item))
            for item in hits
            if item.law
        }
    return all(item.status != "resolved" for item in hits)


def _each_on_a_branch(places: set[str], others: set[str]) -> bool:
    return bool(places) and all(
        any(is_at_or_below(place, other) or is_at_or_below(other, place) for other in others)
        for place in places
    )


def _existing(parsed: ParsedDocument, path: Sequence[str]) -> str:
    """The id of a judged path, or of the deepest place above it that the outline has.

    Cases are numbered through the book: the chapters before them are no part of their ids.
    """
    ids = {node.id for node in parsed.nodes}
    case = next((depth for depth, label in enumerate(path) if label.startswith("事例")), 0)
    for length in range(len(path), case, -1):
        place = node_id(parsed.document.id, path[case:length])
        if place in ids:
            return place
    return node_id(parsed.document.id, path[case : case + 1])


def _places(law: dict[str, Any]) -> set[tuple[str | None, str | None, str | None]]:
    """Article, paragraph and item of a judged citation, as `LawCitation` writes them."""
    articles = law.get("article") or ""
    places = set()
    for text in articles if isinstance(articles, list) else [articles]:
        match = _ARTICLE_PARTS.match(_bare(text))
        if match and match["article"] and match["article"].endswith(tuple("条0123456789")):
            article, paragraph = _unmarked(match["article"]), _unmarked(match["paragraph"])
            places.add((article, paragraph, _item(_unmarked(match["item"]))))
    return places


def _item(item: str | None) -> str | None:
    """2号 of 2号イからハまで: subitems are not told apart."""
    return re.sub(r"[イ-ン].*", "", item) if item else None


def _unmarked(part: str | None) -> str | None:
    return part.replace("第", "") if part else None


def _is_defined(row: dict[str, Any], parsed: ParsedDocument) -> bool:
    return any(
        item.term == row["term"]
        and abs(parsed.text.count("\n", 0, item.span.end) + 1 - row["line"]) <= 3
        for item in parsed.definitions
    )


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


def main() -> None:
    """Print the figures for the shipped corpus."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--unmatched", action="store_true")
    options = parser.parse_args()
    manifest = load_manifest(CORPUS)
    documents = [
        parse_file(path, path.stem, manifest.entry_for(path), Settings())
        for path in sorted(CORPUS.glob("*.txt"))
    ]
    scores = score(options.gold, documents)
    print(f"found        {scores.found}/{scores.judged} = {scores.found / scores.judged:.3f}")
    print(f"right target {scores.right}/{scores.judged} = {scores.right / scores.judged:.3f}")
    print(f"unmatched    {len(scores.unmatched)}/{scores.ours} of ours (to be judged by a person)")
    print(f"definitions  {scores.definitions_found}/{scores.definitions}")
    if options.unmatched:
        for item in scores.unmatched:
            print(f"  {item.source}\t{item.kind}\t{item.text}\t{' '.join(item.targets)}")


if __name__ == "__main__":
    main()
