"""`python -m retrieval.prepare`: index the shipped thesaurus, after every change of it.

Run it after editing corpus/lexicon/topics, the analyser or the weights, and commit the result.
"""

from __future__ import annotations

from kb.resources import CORPUS
from kb.settings import Settings
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import load_encoder
from retrieval.lexicon import load_lexicon
from retrieval.phrases import ship


def main() -> None:
    """Write retrieval/weights/phrases."""
    analyzer = JapaneseAnalyzer()
    lexicon = load_lexicon([CORPUS / "lexicon"])
    ship(lexicon.topics, analyzer, load_encoder(Settings(), analyzer))


if __name__ == "__main__":
    main()
