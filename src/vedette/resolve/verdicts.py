"""What people decided on pairs of claims, the latest word on each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vedette.model.kinds import Verdict
from vedette.model.nouns import Judgement

PAIR = "|"  # between the two claim ids of a judgement's subject


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Pairs that are one event, latest first, each with who said so; and for each claim those it is kept apart from."""

    same: tuple[tuple[str, str, str], ...] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)


def verdicts_of(judgements: Iterable[Judgement]) -> Verdicts:
    """The latest verdict on each pair; judgements on anything else are left to others."""
    latest: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda each: (each.at.isoformat(), each.id)):
        first, bar, second = judgement.subject.partition(PAIR)
        if bar and judgement.verdict in (Verdict.SAME, Verdict.DIFFERENT):
            latest[min(first, second), max(first, second)] = judgement
    apart: dict[str, set[str]] = defaultdict(set)
    for (first, second), judgement in latest.items():
        if judgement.verdict is Verdict.DIFFERENT:
            apart[first].add(second)
            apart[second].add(first)
    same = [(*pair, judgement) for pair, judgement in latest.items() if judgement.verdict is Verdict.SAME]
    same.sort(key=lambda each: (each[2].at.isoformat(), each[2].id), reverse=True)
    return Verdicts(
        tuple((first, second, judgement.by) for first, second, judgement in same),
        {claim: frozenset(others) for claim, others in apart.items()},
    )
