"""`python -m retrieval.training --data DIR --out DIR`: data in, quantised weights out."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from kb.resources import CORPUS
from retrieval.lexicon import load_lexicon
from retrieval.static_weights import save_weights
from retrieval.training.corpora import read_sources
from retrieval.training.tokenised import Rows, analyse, count, number
from retrieval.training.train import Recipe, train
from retrieval.vocabulary import Vocabulary

_DEFAULT = Recipe()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m retrieval.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument(
        "--lexicon", type=Path, default=CORPUS / "lexicon", help="folder of topics and terms"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir()) / "kankouju-training",
        help="where the analysed texts are kept between runs",
    )
    parser.add_argument("--terms", type=int, default=98_304, help="terms with a row of their own")
    parser.add_argument("--buckets", type=int, default=16_384, help="rows that the others share")
    parser.add_argument("--dimension", type=int, default=_DEFAULT.dimension)
    parser.add_argument("--epochs", type=int, default=_DEFAULT.epochs)
    parser.add_argument("--batch", type=int, default=_DEFAULT.batch)
    parser.add_argument("--rate", type=float, default=_DEFAULT.rate)
    parser.add_argument("--scale", type=float, default=_DEFAULT.scale)
    parser.add_argument("--seed", type=int, default=_DEFAULT.seed)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Read, analyse, train, quantise, save."""
    options = _arguments()
    torch.set_num_threads(options.threads)
    sources = read_sources(options.data, load_lexicon([options.lexicon]), options.seed)
    _report(f"{sum(len(source.pairs) for source in sources):,} pairs")
    analysed = [analyse(source, options.cache, options.threads) for source in sources]
    frequencies = count(analysed)
    # Ties are broken by the term itself, so that the same data gives the same vocabulary.
    ranked = sorted(frequencies, key=lambda term: (-frequencies[term], term))
    vocabulary = Vocabulary.of(ranked[: options.terms], options.buckets)
    rows = Rows(vocabulary)
    shares = np.zeros(len(vocabulary))
    for term in ranked[: options.terms]:
        shares[rows[term][0]] = frequencies[term]
    shares /= 2 * sum(len(source.pairs) for source in sources)
    tokenised = [number(source, rows) for source in analysed]
    recipe = replace(
        _DEFAULT,
        dimension=options.dimension,
        epochs=options.epochs,
        batch=options.batch,
        rate=options.rate,
        scale=options.scale,
        seed=options.seed,
    )
    _report(f"{len(vocabulary):,} rows, {recipe}")
    save_weights(options.out, vocabulary, train(tokenised, shares, recipe, _report))


if __name__ == "__main__":
    main()
