"""`python -m retrieval.prepare`: index the shipped lexicon, after every change of it.

Run it after editing corpus/lexicon, the analyser or the weights, and commit the result.
"""

from __future__ import annotations

from kb.resources import CORPUS
from kb.settings import Settings
from retrieval import phrases, spellings
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import load_encoder
from retrieval.lexicon import load_lexicon


def main() -> None:
    """Write retrieval/weights/phrases and retrieval/weights/spellings.json."""
    analyzer = JapaneseAnalyzer()
    lexicon = load_lexicon([CORPUS / "lexicon"])
    phrases.ship(lexicon.topics, analyzer, load_encoder(Settings(), analyzer))
    spellings.ship(lexicon)


if __name__ == "__main__":
    main()
