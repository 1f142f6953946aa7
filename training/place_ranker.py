"""Fits the place ranker on gold sets of toponyms and tells, fold by fold, how well it does on texts it has not seen.

    python -m training.place_ranker GOLD … [--write]

Each run of the ranker is a softmax over a name's places; of a gold toponym that place is right that bears its id, else
the settlements within 10 km of it. Folds are of whole texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from evals.geoparsing import Found, Geoparser, Spans, Text, Toponym, error, scores, texts
from evals.geoparsing_beside import point_of, shipped
from vedette.model.values import Place
from vedette.read.place_names import Page
from vedette.read.place_ranker import ALONE, TOGETHER, Asked, Floats, Told, Weights, alone, softmax, together
from vedette.read.places import Reading
from vedette.read.toponyms import given_names
from vedette.reference.gazetteer import load_gazetteer

FOLDS = 5
NEAR_KM = 10.0
_DECAY = 1e-3
_STEPS = 400


@dataclass(frozen=True, slots=True)
class Example:
    """The names of a text, the toponyms first; for each of these which of its places are right."""

    asked: list[Asked]
    told: Told
    right: list[Floats]


def example(text: Text) -> Example:
    """A gold text as the ranker sees it."""
    reading = Reading(Page(text.text, load_gazetteer()), "")
    toponyms = text.mapped
    asked = reading.asked(given_names(reading.page, [(toponym.start, toponym.end) for toponym in toponyms]))
    right = [_right(toponym, one) for toponym, one in zip(toponyms, asked, strict=False)]
    return Example(asked, reading.told(), right)


def _right(toponym: Toponym, asked: Asked) -> Floats:
    same = [float(entry.place.id == toponym.ident) for entry in asked.entries]
    if any(same):
        return np.array(same)
    errors = (error(toponym, entry.place, lambda place: place.point) for entry in asked.entries)
    return np.array([float(km is not None and km <= NEAR_KM) for km in errors])


def fit(examples: Sequence[Example]) -> Weights:
    """The weights of both runs; the second learns from what the first makes of the same texts."""
    first = [[alone(one, each.told) for one in each.asked] for each in examples]
    one = _softmax_weights(_pairs(zip(first, examples, strict=True)), len(ALONE))
    second = [
        together(each.asked, rows, [softmax(part @ one) for part in rows])
        for each, rows in zip(examples, first, strict=True)
    ]
    return Weights(one, _softmax_weights(_pairs(zip(second, examples, strict=True)), len(TOGETHER)))


def _pairs(told: Iterable[tuple[Sequence[Floats], Example]]) -> list[tuple[Floats, Floats]]:
    return [
        (rows, right)
        for features, each in told
        for rows, right in zip(features, each.right, strict=False)
        if 0 < right.sum() < len(right)
    ]


def _softmax_weights(pairs: Sequence[tuple[Floats, Floats]], width: int) -> Floats:
    """Maximum likelihood of the right places, by Adam over all names at once."""
    rows = np.vstack([features for features, _ in pairs])
    right = np.concatenate([truth for _, truth in pairs])
    starts = np.cumsum([0, *(len(truth) for _, truth in pairs[:-1])])
    owner = np.repeat(np.arange(len(pairs)), [len(truth) for _, truth in pairs])
    scale = rows.std(axis=0) + 1e-6
    rows = rows / scale
    weights, mean, spread = np.zeros(width), np.zeros(width), np.zeros(width)
    for step in range(1, _STEPS + 1):
        points = rows @ weights
        shares = np.exp(points - np.maximum.reduceat(points, starts)[owner])
        shares /= np.add.reduceat(shares, starts)[owner]
        wanted = shares * right
        wanted /= np.add.reduceat(wanted, starts)[owner] + 1e-12
        slope = rows.T @ (shares - wanted) / len(pairs) + _DECAY * weights
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        weights = weights - 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights / scale)


def unseen(sets: Sequence[Sequence[Text]], examples: Sequence[Sequence[Example]]) -> Geoparser:
    """The place reader with a ranker that, for each text, was fitted on the other folds."""
    parsers: dict[str, Geoparser] = {}
    for fold in range(FOLDS):
        parser = shipped(fit([each for one in examples for n, each in enumerate(one) if n % FOLDS != fold]))
        parsers |= {text.text: parser for one in sets for text in one[fold::FOLDS]}

    def find(text: str) -> Sequence[Found]:
        parser = parsers[text]
        return parser.find(text) if parser.find else ()

    def locate(text: str, spans: Spans) -> Sequence[Place | None]:
        parser = parsers[text]
        return parser.locate(text, spans) if parser.locate else ()

    return Geoparser(find, locate, point_of)


def main() -> None:
    """Prints the scores of each set on texts not fitted on; with --write, weights fitted on all texts are shipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    sets = [texts(path) for path in asked.gold]
    examples = [[example(text) for text in one] for one in sets]
    apart = unseen(sets, examples)
    told = {path.parent.name: scores(one, apart).scores for path, one in zip(asked.gold, sets, strict=True)}
    told = {name: {metric: round(value, 4) for metric, value in each.items()} for name, each in told.items()}
    print(json.dumps(told, indent=1))
    if asked.write:
        _write(fit([each for one in examples for each in one]), told)


def _write(weights: Weights, unseen_scores: Mapping[str, Mapping[str, float]]) -> None:
    told = {
        "origin": f"Fitted by training.place_ranker on {', '.join(unseen_scores)}.",
        "scores_on_texts_not_fitted_on": unseen_scores,
        "alone": {name: round(float(weight), 4) for name, weight in zip(ALONE, weights.alone, strict=True)},
        "together": {name: round(float(weight), 4) for name, weight in zip(TOGETHER, weights.together, strict=True)},
    }
    path = Path(str(files("vedette.reference") / "data" / "place_ranker.json"))
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
