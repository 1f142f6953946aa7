from __future__ import annotations

import csv
import math
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from vedette.analyse.changes import SHORTEST, _pelt, segments_of

WEEKLY = Path(__file__).parents[2] / "../shared/data/acled_samples/afghanistan_weekly_counts_2017on.csv"


def drawn(rng: np.random.Generator, means: list[float], dispersion: float) -> list[int]:
    levels = np.array(means)
    if dispersion == 0:
        return rng.poisson(levels).tolist()
    return rng.negative_binomial(1 / dispersion, 1 / (1 + dispersion * levels)).tolist()


def cost(counts: list[int], days: list[float], dispersion: float) -> float:
    total, length = sum(counts), sum(days)
    if total == 0:
        return 0.0
    rate = total / length
    if dispersion == 0:
        return 2 * (total - total * math.log(rate))
    size = 1 / dispersion
    return -2 * (total * math.log(rate / (rate + size)) - size * length * math.log1p(rate / size))


@pytest.mark.parametrize("dispersion", [0.0, 0.3])
@pytest.mark.parametrize("seed", range(12))
def test_no_other_segmentation_costs_less(dispersion: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = drawn(rng, [2.0] * 5 + [9.0] * 4 + [1.0] * 5, 0.2)
    days = [float(day) for day in rng.integers(28, 32, len(counts))]
    penalty = 3 * math.log(len(counts))

    def priced(ends: tuple[int, ...]) -> float:
        parts = sum(cost(counts[start:end], days[start:end], dispersion) for start, end in pairwise(ends))
        return parts + penalty * (len(ends) - 2)

    every = (
        (0, *inner, len(counts))
        for several in range(4)
        for inner in combinations(range(SHORTEST, len(counts)), several)
    )
    allowed = [ends for ends in every if all(end - start >= SHORTEST for start, end in pairwise(ends))]
    assert priced(tuple(_pelt(counts, days, dispersion))) == pytest.approx(min(map(priced, allowed)))


def test_it_segments_as_ruptures_does_with_the_same_cost() -> None:
    ruptures = pytest.importorskip("ruptures", reason="ruptures is not installed: it brings scipy, 180 MB")

    class Counts(ruptures.base.BaseCost):  # type: ignore[misc]
        model, min_size = "counts", SHORTEST

        def fit(self, signal: np.ndarray) -> Counts:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            told = self.signal[start:end, 0].astype(int).tolist()
            return cost(told, [1.0] * (end - start), 0.2)

    for seed in range(10):
        counts = drawn(np.random.default_rng(seed), [3.0] * 30 + [8.0] * 25 + [2.0] * 40, 0.2)
        signal = np.array(counts, dtype=float).reshape(-1, 1)
        finder = ruptures.Pelt(custom_cost=Counts(), min_size=SHORTEST, jump=1).fit(signal)
        assert _pelt(counts, [1.0] * len(counts), 0.2) == [0, *finder.predict(pen=3 * math.log(len(counts)))]


@pytest.mark.parametrize("dispersion", [0.0, 0.1, 0.5])
@pytest.mark.parametrize("mean", [0.3, 2.0, 40.0])
@pytest.mark.parametrize("length", [24, 52, 200])
def test_a_flat_series_rarely_changes(length: int, mean: float, dispersion: float) -> None:
    rng = np.random.default_rng(7)
    alarms = sum(len(segments_of(drawn(rng, [mean] * length, dispersion), [7.0] * length)[0]) > 2 for _ in range(60))
    assert alarms <= 3


@pytest.mark.parametrize(("length", "mean", "dispersion"), [(52, 20.0, 0.1), (104, 20.0, 0.1), (365, 2.0, 0.5)])
def test_a_doubling_is_found_near_its_day(length: int, mean: float, dispersion: float) -> None:
    rng = np.random.default_rng(7)
    middle, found = length // 2, 0
    for _ in range(20):
        counts = drawn(rng, [mean] * middle + [2 * mean] * (length - middle), dispersion)
        found += any(abs(end - middle) <= length // 10 for end in segments_of(counts, [7.0] * length)[0][1:-1])
    assert found >= 17


def test_one_high_week_is_no_new_level() -> None:
    counts = [5] * 30 + [25] + [5] * 30
    assert segments_of(counts, [7.0] * 61)[0] == [0, 61]


def test_months_of_unlike_length_are_no_change() -> None:
    days = [31.0, 28.0, 31.0, 30.0] * 6
    assert segments_of([int(day) * 40 for day in days], days)[0] == [0, 24]


@pytest.mark.parametrize("counts", [[], [3], [0] * 40, [1, 0, 2]])
def test_short_and_empty_series_have_no_change(counts: list[int]) -> None:
    assert segments_of(counts, [1.0] * len(counts)) == ([0, len(counts)], 0.0)


def test_the_fall_of_kabul_is_found_in_the_real_weekly_counts() -> None:
    if not WEEKLY.exists():
        pytest.skip(f"{WEEKLY.name} is not here: it may not be redistributed")
    with WEEKLY.open() as file:
        rows = list(csv.DictReader(file))
    violence = ("Battles_", "Explosions/Remote violence_", "Violence against civilians_")
    counts = [int(sum(float(row[name] or 0) for name in row if name.startswith(violence))) for row in rows]
    ends, _ = segments_of(counts, [7.0] * len(counts))
    assert "2021-08-20" in {rows[end]["event_date"] for end in ends[1:-1]}
