"""Fits how often a value is right to how sure the network is of it, on labelled texts that it was not trained on.

python -m training.calibrate --output src/vedette/read/neural/weights/accurate
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.calibration import of_claim
from evals.modern import modern_article, paired
from evals.modern_texts import DATA, LABELS, is_test, labelled
from vedette.read.neural.certainty import logit
from vedette.read.neural.claims import Writer
from vedette.read.neural.page import Page
from vedette.read.neural.reader import found_in, setting_in
from vedette.reference import load_reference

Point = tuple[str, float, float, bool]  # field, its own probability, that of the event, whether it is right


def points(folder: Path) -> Iterator[Point]:
    """Every value that the network in a folder finds in the labelled texts kept from training."""
    setting, reference = setting_in(folder), load_reference()
    for text in labelled(LABELS, DATA, is_test):
        article = modern_article(text)
        page = Page(article, reference)
        events, _ = found_in(page, setting)
        claims = [Writer(page, "").claim(event) for event in events]
        pairs = {id(pair.claim): pair.gold for pair in paired(claims, text, article)}
        shift = article.text.find(text["text"])
        for event, claim in zip(events, claims, strict=True):
            chance = max(mention.score for mention in event)
            for name, own, right in of_claim(claim, pairs.get(id(claim)), shift):
                yield name, own, chance, right


def fitted(found: list[Point]) -> dict[str, tuple[float, ...]]:
    """For each field the weights of the two logits and the constant."""
    known = {}
    for name in sorted({point[0] for point in found}):
        own = [(logit(a), logit(b), right) for field, a, b, right in found if field == name]
        table = np.array(own, float)
        weights = _weights(table[:, :2], table[:, 2])
        if weights[1] < 0:  # by chance: a surer event makes no value less sure
            weights = _weights(table[:, :2] * [1, 0], table[:, 2])
        known[name] = tuple(round(each, 4) for each in weights)
    return known


def _weights(logits: np.ndarray, right: np.ndarray) -> list[float]:
    model = LogisticRegression(C=1.0).fit(logits, right)
    return [float(each) for each in (*model.coef_[0], model.intercept_[0])]


def main() -> None:
    """Write `certainty.json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    kept = asked.output / "certainty.json"
    if not kept.exists():
        kept.write_text("{}", encoding="utf-8")
    told = fitted(list(points(asked.output)))
    kept.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
