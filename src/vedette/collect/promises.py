"""Whether a source gives what it said it would."""

from __future__ import annotations

import math
from datetime import datetime

from vedette.model.nouns import Issue, Source

# A kept promise is called broken once in a hundred looks.
_RARE = 0.01


def broken_promises(source: Source, *, articles: int, with_place: int, days: float, at: datetime) -> list[Issue]:
    """An issue for each promise that so few articles in `days` days, or so few with a place, can hardly be kept."""
    broken = []
    weekly, share = source.expects.articles_per_week, source.expects.share_with_place
    if weekly and days > 0 and _poisson_tail(articles, weekly * days / 7) < _RARE:
        broken.append(
            f"gave {articles} articles in {days:.0f} days, where {weekly:g} a week are expected: "
            "look whether its address has moved or its pages have changed"
        )
    if share and _binomial_tail(with_place, articles, share) < _RARE:
        broken.append(
            f"{with_place} of its {articles} articles name a place, where a share of {share:g} is expected: "
            "look at what it sends, and whether it is read right"
        )
    return [Issue("collect", source.name, message, at) for message in broken]


def _poisson_tail(most: int, mean: float) -> float:
    """The chance of `most` or fewer where `mean` are expected."""
    return math.fsum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(most + 1))


def _binomial_tail(most: int, trials: int, share: float) -> float:
    """The chance of `most` or fewer in `trials` of chance `share` each."""
    if most >= trials:
        return 1.0
    if share >= 1:
        return 0.0
    ways = (math.lgamma(trials + 1) - math.lgamma(n + 1) - math.lgamma(trials - n + 1) for n in range(most + 1))
    return math.fsum(
        math.exp(way + n * math.log(share) + (trials - n) * math.log1p(-share)) for n, way in enumerate(ways)
    )
