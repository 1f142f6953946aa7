"""Figures of the modern gold: does the shipped reader find what counts over several events, and tell what it measures?

A figure that the reader finds and one that a person labelled are a pair where their words overlap.

- `figure_f1`: precision and recall of figures;
- `measure_accuracy`: share of pairs with the same measure;
- `value_exact`: share of pairs with the same low, best and high, of those whose measure counts (no share, no change).
"""

from __future__ import annotations

from pathlib import Path

from evals.gold import Scores
from evals.modern import READER, modern_article
from evals.modern_texts import DATA, is_tested, labelled
from evals.template_filling import matched
from vedette.model.values import Tally
from vedette.read import read_articles
from vedette.read.neural.figures import UNCOUNTED
from vedette.reference import load_reference


def tells_figures(ident: str) -> bool:
    """True for the texts whose figures were labelled: later batches tell of claims alone."""
    return ident[0] in "tf" or ident[:5] in {f"own-{batch}" for batch in "ABCDEFGHIJK"}


def score(gold: Path, reader: str = READER) -> Scores:
    """The scores of a shipped reader on a file of labels."""
    tested = is_tested(gold)
    texts = list(labelled(gold, DATA, lambda ident: tells_figures(ident) and tested(ident)))
    articles = [modern_article(text) for text in texts]
    readings = read_articles(articles, load_reference(), reader)
    right = same = counted = exact = 0
    for text, article, reading in zip(texts, articles, readings, strict=True):
        shift = article.text.find(text["text"])
        bounds = [(figure["at"][0] + shift, figure["at"][1] + shift) for figure in text["figures"]]
        near = [
            [n for n, (start, end) in enumerate(bounds) if any(s.start < end and start < s.end for s in found.spans)]
            for found in reading.figures
        ]
        for mine, theirs in matched(near).items():
            found, told = reading.figures[mine], text["figures"][theirs]
            right += 1
            same += found.measure == told["measure"]
            if told["measure"] not in UNCOUNTED:
                counted += 1
                exact += found.value == Tally(told["low"], told["best"], told["high"])
    predicted = sum(len(reading.figures) for reading in readings)
    true = sum(len(text["figures"]) for text in texts)
    return Scores(
        len(texts),
        {
            "figure_f1": 2 * right / max(1, predicted + true),
            "measure_accuracy": same / max(1, right),
            "value_exact": exact / max(1, counted),
        },
        {"figures": true, "precision": right / max(1, predicted), "recall": right / max(1, true)},
    )
