"""Scores of texts that may bear several labels: F1 of each label, their mean and their sum, and average precision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from statistics import fmean

from evals.template_filling import Counts, total

Labels = frozenset[str]


def counts_of(predicted: Sequence[Labels], gold: Sequence[Labels], names: Iterable[str]) -> dict[str, Counts]:
    """For each name how many texts are told to bear it, bear it, and both; the texts in the same order."""
    pairs = list(zip(predicted, gold, strict=True))
    return {name: _counts([(name in told, name in true) for told, true in pairs]) for name in names}


def _counts(pairs: Sequence[tuple[bool, bool]]) -> Counts:
    both = sum(told and true for told, true in pairs)
    return Counts(both, sum(told for told, _ in pairs), both, sum(true for _, true in pairs))


def macro_f1(counts: Mapping[str, Counts]) -> float:
    """The mean of the F1 of all labels, one that nobody bears and nobody is told to bear counting 0."""
    return fmean(each.f1 for each in counts.values()) if counts else 0.0


def micro_f1(counts: Mapping[str, Counts]) -> float:
    """F1 of all labels of all texts together."""
    return total(counts.values()).f1


def average_precision(sure: Sequence[float], gold: Sequence[bool]) -> float:
    """The mean over the true texts of the precision at their place, the surest first; as sure is one place."""
    ranked = sorted(zip(sure, gold, strict=True), key=lambda pair: -pair[0])
    seen = right = 0
    area = 0.0
    for _, group in groupby(ranked, key=lambda pair: pair[0]):
        true = [is_true for _, is_true in group]
        seen, right = seen + len(true), right + sum(true)
        area += sum(true) * right / seen
    return area / sum(gold) if any(gold) else 0.0


def details(counts: Mapping[str, Counts], before: str = "") -> dict[str, float]:
    """Precision and recall of each label."""
    return {
        f"{before}{name.lower()}.{measure}": getattr(each, measure)
        for name, each in counts.items()
        for measure in ("precision", "recall")
    }
