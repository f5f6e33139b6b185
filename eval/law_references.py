"""How many references of laws lead nowhere: `python -m eval.law_references FOLDER`.

FOLDER holds statutes as text. A reference dangles when it names a place of its own law that the law
does not have: either the law was read wrongly, or the place is another law's.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.parse import parse_file
from kb.documents import DocumentKind
from kb.settings import Settings


@dataclass(frozen=True, slots=True)
class LawReferences:
    """Counts of one law's references by status."""

    name: str
    resolved: int
    external: int
    dangling: int

    @property
    def dangling_share(self) -> float:
        """Of those to places of the law itself, 0 to 1."""
        return self.dangling / max(self.resolved + self.dangling, 1)


def count(folder: Path) -> Iterator[LawReferences]:
    """Every law of the folder, in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        parsed = parse_file(path, path.stem, None, Settings())
        if parsed.document.kind is DocumentKind.LAW:
            found = Counter(item.status for item in parsed.references)
            yield LawReferences(path.stem, found["resolved"], found["external"], found["dangling"])


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m eval.law_references", description=__doc__)
    parser.add_argument("folder", type=Path, help="法令テキストのフォルダー")
    laws = list(count(parser.parse_args().folder))
    total = LawReferences(
        "計",
        sum(law.resolved for law in laws),
        sum(law.external for law in laws),
        sum(law.dangling for law in laws),
    )
    print("| 法令 | 法令内 | 法令外 | 該当箇所なし | 法令内に占める割合 |\n|---|---|---|---|---|")
    for law in (*laws, total):
        print(
            f"| {law.name} | {law.resolved} | {law.external} | {law.dangling}"
            f" | {law.dangling_share:.2%} |"
        )


if __name__ == "__main__":
    main()
