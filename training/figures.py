"""Fits the head that finds figures: a linear model over a shipped network's words, whose vectors stay as they are.

    python -m training.figures --output src/vedette/read/neural/weights/accurate

The texts are those of the modern gold on which figures were labelled at all.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.figures import tells_figures
from evals.modern_texts import DATA, LABELS, is_test, labelled
from training.examples import within
from vedette.read.neural.labels import FIGURE_TAGS, MEASURES
from vedette.read.neural.network import Network
from vedette.read.neural.pieces import sentences_of
from vedette.read.words import words_of


def seen(network: Network, text: str) -> tuple[list[Any], np.ndarray]:
    """A text's words and their vectors."""
    words = words_of(text)
    windows = network.windows(text, words, sentences_of(text, words))
    return words, np.concatenate([window.vectors for window in windows] or [np.zeros((0, 1), np.float32)])


def tags_of(row: Mapping[str, Any], words: list[Any]) -> tuple[list[int], dict[int, int]]:
    """The tag of each word, and the measure of each first word of a figure."""
    tags, measures = [0] * len(words), {}
    for figure in row["figures"]:
        first, after = within(words, *figure["at"])
        tags[first:after] = [1] + [2] * (after - first - 1)
        measures[first] = MEASURES.index(figure["measure"])
    return tags, measures


def labelled_words(network: Network) -> Iterator[tuple[np.ndarray, int, int]]:
    """Vector, tag and measure (-1 for none) of the words of the training texts."""
    for row in labelled(LABELS, DATA, lambda ident: tells_figures(ident) and not is_test(ident)):
        words, vectors = seen(network, row["text"])
        tags, measures = tags_of(row, words)
        for place, vector in enumerate(vectors):
            yield vector, tags[place], measures.get(place, -1)


def main() -> None:
    """Add the two heads to `heads.npz`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--strength", type=float, default=0.4, help="inverse of the regularisation")
    asked = parser.parse_args()
    found = list(labelled_words(Network(asked.output)))
    vectors = np.stack([vector for vector, _, _ in found])
    tags, measures = (np.array([each[n] for each in found]) for n in (1, 2))
    told = LogisticRegression(C=asked.strength, max_iter=300).fit(vectors, tags)
    named = LogisticRegression(C=asked.strength, max_iter=300).fit(vectors[measures >= 0], measures[measures >= 0])
    with np.load(asked.output / "heads.npz") as kept:
        heads = {name: kept[name] for name in kept.files}
    heads |= _head("figure_tag", told, len(FIGURE_TAGS)) | _head("measure", named, len(MEASURES))
    np.savez_compressed(asked.output / "heads.npz", **heads)
    print(f"{len(found)} words, {int((measures >= 0).sum())} figures")


def _head(name: str, model: LogisticRegression, labels: int) -> dict[str, np.ndarray]:
    weight = np.zeros((labels, model.coef_.shape[1]), np.float16)
    bias = np.full(labels, -30, np.float16)
    weight[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    return {f"{name}.weight": weight, f"{name}.bias": bias}


if __name__ == "__main__":
    main()
