from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.analyse.intervals import Scatter, Total, dispersion_of, mean_interval, ratio_of, share_of


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe 1998, Stat. Med. 17:857, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_have_the_published_wilson_intervals(part: int, whole: int, low: float, high: float) -> None:
    found = share_of(part, whole)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_a_whole_share_reaches_one_and_an_empty_whole_has_none() -> None:
    assert share_of(7, 7).high == 1  # type: ignore[union-attr]
    assert share_of(0, 0) is None


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood 1936 as tabled by Ulm 1990, Am. J. Epidemiol. 131:373.
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_poisson_means_have_the_published_exact_intervals(count: int, low: float, high: float) -> None:
    assert mean_interval(count, math.inf) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_a_negative_binomial_interval_is_wider_and_ends_in_poissons() -> None:
    poisson = mean_interval(10, math.inf)
    bursts = mean_interval(10, 2.0)
    assert bursts[0] < poisson[0] < poisson[1] < bursts[1]
    assert mean_interval(10, 1e7) == pytest.approx(poisson, rel=1e-4)


def test_ratios_without_over_dispersion_are_exact_given_the_sum() -> None:
    # Clopper and Pearson's interval of 7 in 10 is 0.34755 to 0.93326; as odds 0.5327 to 13.98.
    ratio = ratio_of(Total(7, 30), Total(3, 30), 0.0, 58)
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((7 / 3, 0.53267, 13.983), rel=1e-3)


@pytest.mark.parametrize("dispersion", [0.0, 0.4, None])
def test_a_zero_count_opens_an_end_and_makes_no_number(dispersion: float | None) -> None:
    since_none = ratio_of(Total(7, 30), Total(0, 365), dispersion, 58)
    assert since_none.value is None
    assert since_none.high is None
    assert since_none.low > 1
    gone = ratio_of(Total(0, 30), Total(7, 30), dispersion, 58)
    assert (gone.value, gone.low) == (0, 0)
    assert gone.high is not None
    neither = ratio_of(Total(0, 30), Total(0, 30), dispersion, 58)
    assert (neither.value, neither.low, neither.high) == (None, 0, None)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 1000), st.integers(1, 1000), st.floats(0, 1e5))
def test_an_interval_holds_its_ratio_and_turns_over_with_it(
    now: int, then: int, days_now: int, days_then: int, dispersion: float
) -> None:
    ratio = ratio_of(Total(now, days_now), Total(then, days_then), dispersion, 50)
    back = ratio_of(Total(then, days_then), Total(now, days_now), dispersion, 50)
    if ratio.value is not None:
        assert ratio.low <= ratio.value * (1 + 1e-9)
        assert ratio.high is None or ratio.value <= ratio.high * (1 + 1e-9)
    if ratio.high is not None and back.low > 0:
        assert ratio.high * back.low == pytest.approx(1, rel=1e-6)


def test_days_weeks_and_months_of_one_series_share_one_dispersion() -> None:
    days = negative_binomial(np.random.default_rng(3), 5.0, 0.8, 28 * 400)
    found = []
    for length in (1, 7, 28):
        bins = days.reshape(-1, length).sum(axis=1)
        squares = float(((bins - bins.mean()) ** 2).sum())
        found.append(dispersion_of([Scatter(len(bins), length, float(bins.mean()), squares)], 1))
    assert found == pytest.approx([0.8, 0.8, 0.8], rel=0.15)


def test_counts_that_vary_as_poissons_have_no_dispersion() -> None:
    assert dispersion_of([Scatter(10, 1, 4.0, 30.0)], 1) == 0
    assert dispersion_of([], 0) == 0


def negative_binomial(
    rng: np.random.Generator, mean: float, dispersion: float, size: int | tuple[int, int]
) -> np.ndarray:
    if dispersion == 0:
        return rng.poisson(mean, size)
    return rng.negative_binomial(1 / dispersion, 1 / (1 + dispersion * mean), size)


def coverage(bins: tuple[int, int], mean: float, dispersion: float, ratio: float, rounds: int) -> float:
    """How often the interval holds the true ratio of two windows of independent negative binomial bins."""
    rng = np.random.default_rng(11)
    now = negative_binomial(rng, mean * ratio, dispersion, (rounds, bins[0]))
    then = negative_binomial(rng, mean, dispersion, (rounds, bins[1]))
    held = 0
    for windows in zip(now, then, strict=True):
        scatters = [
            Scatter(len(each), 1, float(each.mean()), float(((each - each.mean()) ** 2).sum()))
            for each in windows
            if each.any()
        ]
        freedom = sum(each.bins - 1 for each in scatters)
        totals = [Total(int(each.sum()), len(each)) for each in windows]
        found = ratio_of(*totals, dispersion_of(scatters, len(scatters)), freedom)
        held += found.low <= ratio and (found.high is None or ratio <= found.high)
    return held / rounds


# Four weeks twice, days of a month, a year in bins of four weeks, four weeks and a year; counts and dispersions
# as weekly and daily counts of real data sets have them (0.05 to 0.6).
REALISTIC = [
    (bins, mean, dispersion, ratio)
    for bins in ((4, 4), (31, 31), (13, 13), (4, 52))
    for mean in (10.0, 50.0)
    for dispersion in (0.05, 0.2, 0.6)
    for ratio in (1.0, 2.0)
]


@pytest.mark.parametrize(("bins", "mean", "dispersion", "ratio"), REALISTIC[::7])
def test_an_interval_of_95_per_cent_covers_about_that_much(
    bins: tuple[int, int], mean: float, dispersion: float, ratio: float
) -> None:
    # 400 rounds have a standard error of 1.1%; the long test is the precise one.
    assert 0.915 <= coverage(bins, mean, dispersion, ratio, 400) <= 0.985


@pytest.mark.long
@pytest.mark.parametrize(("bins", "mean", "dispersion", "ratio"), REALISTIC)
def test_an_interval_of_95_per_cent_covers_93_to_97(
    bins: tuple[int, int], mean: float, dispersion: float, ratio: float
) -> None:
    assert 0.93 <= coverage(bins, mean, dispersion, ratio, 4000) <= 0.97


@pytest.mark.long
@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("mean", [0.1, 0.5])
def test_of_a_handful_of_events_it_covers_rather_too_much(mean: float, ratio: float) -> None:
    # Exact intervals of few events cannot cover less than they say.
    assert coverage((31, 31), mean, 0.3, ratio, 4000) >= 0.93
