"""Where a series of counts changes its level: PELT with the likelihood of counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from vedette.analyse.intervals import Scatter, dispersion_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST = 3  # periods between two changes; a single high week is a spike and no new level
FEWEST = 8  # periods of a series; in fewer nothing is looked for
ROUNDS = 10  # between levels and dispersion; the simulated and real series settle in five


def segments_of(counts: Sequence[int], days: Sequence[float]) -> tuple[list[int], float]:
    """Where each segment of one level begins, and the end; and the dispersion per day within the segments.

    The segmentation of least cost by PELT (Killick, Fearnhead and Eckley 2012, J. Am. Stat. Assoc. 107:1590). The cost
    of a segment is -2 log likelihood of negative binomial counts of one rate per day, Poisson's where nothing is
    over-dispersed, and each change costs 3 log n (Zhang and Siegmund 2007, Biometrics 63:22). The dispersion is
    estimated from the whole series first, which hides changes rather than invents them, then within the segments.
    """
    if len(counts) < FEWEST:
        return [0, len(counts)], _within([0, len(counts)], counts, days)
    ends = [0, len(counts)]
    seen = {tuple(ends)}
    for _ in range(ROUNDS):
        dispersion = _within(ends, counts, days)
        found = _pelt(counts, days, dispersion)
        if tuple(found) in seen:
            return found, _within(found, counts, days)
        seen.add(tuple(found))
        ends = found
    return ends, _within(ends, counts, days)


def segments_of_runs(runs: Sequence[tuple[Sequence[int], Sequence[float]]]) -> tuple[list[list[int]], float]:
    """Each run's segments by themselves, and the dispersion per day within all of them: no level goes over a gap."""
    found = [segments_of(*run)[0] for run in runs]
    ends, counts, days = [0], list[int](), list[float]()
    for segments, (of_run, lengths) in zip(found, runs, strict=True):
        ends += [len(counts) + end for end in segments[1:]]
        counts += of_run
        days += lengths
    return found, _within(ends, counts, days)


def _within(ends: Sequence[int], counts: Sequence[int], days: Sequence[float]) -> float:
    scatters, fitted = [], 0
    for start, end in pairwise(ends):
        if start == end:
            continue
        rate = sum(counts[start:end]) / sum(days[start:end])
        fitted += rate > 0
        around = zip(counts[start:end], days[start:end], strict=True)
        scatters += [Scatter(1, length, rate * length, (count - rate * length) ** 2) for count, length in around]
    return dispersion_of(scatters, fitted)


def _pelt(counts: Sequence[int], days: Sequence[float], dispersion: float) -> list[int]:
    import numpy as np

    n, penalty = len(counts), 3 * math.log(len(counts))
    sums, lengths = (np.concatenate([[0.0], np.cumsum(values, dtype=float)]) for values in (counts, days))
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    before = np.zeros(n + 1, dtype=int)
    open_ = np.array([], dtype=int)
    leaves = np.full(n + 1, n + 1)
    for end in range(SHORTEST, n + 1):
        open_ = np.append(open_[leaves[open_] > end], end - SHORTEST)
        cost = best[open_] + _cost(sums[end] - sums[open_], lengths[end] - lengths[open_], dispersion)
        least = int(np.argmin(cost))
        best[end], before[end] = cost[least] + penalty, open_[least]
        # A beginning that is worse by now than the best with a change here is never the best again, once there is
        # room for a segment after this change.
        beaten = open_[cost > best[end]]
        leaves[beaten] = np.minimum(leaves[beaten], end + SHORTEST)
    ends = [n]
    while ends[0] > 0:
        ends.insert(0, int(before[ends[0]]))
    return ends


def _cost(count: NDArray[np.float64], days: NDArray[np.float64], dispersion: float) -> NDArray[np.float64]:
    """-2 log likelihood of segments at their likeliest rates, but for what is the same of any segmentation."""
    import numpy as np

    rate = np.where(count > 0, count / days, 1.0)
    if dispersion == 0:
        return 2 * (count - count * np.log(rate))
    size = 1 / dispersion  # per day
    told = count * np.log(rate / (rate + size))
    return -2 * (told - size * days * np.log1p(np.where(count > 0, rate, 0.0) / size))
