"""Intervals for shares, counts and ratios of rates, in plain arithmetic.

Counts are taken as negative binomial: a period of `days` days with mean m has the variance m + m²·dispersion/days, so
that days, weeks and months of one series share one dispersion (per day). With no dispersion that is Poisson's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import NormalDist

LEVEL = 0.95
NEGLIGIBLE = 1e-6  # dispersion per day: a thousandth more variance than Poisson's at a thousand a day
_PRECISE = 1e-12
_STEPS = 200
_FARTHEST = 50  # a ratio of e^50 to what was seen is as good as none


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, between 0 and 1, and the interval that its count is compatible with."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much higher one rate per day is than another; `None` is no number, as a `high` it is an open end.

    `dispersion` is per day and 0 where the counts vary no more than Poisson's; `None` where the periods are too short
    to tell, and the interval, then Poisson's, may be too narrow.
    """

    value: float | None
    low: float
    high: float | None
    dispersion: float | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How many happened in so many days."""

    count: int
    days: float


def share_of(part: int, whole: int, level: float = LEVEL) -> Share | None:
    """The share with Wilson's score interval (1927, J. Am. Stat. Assoc. 22:209); `None` of an empty whole."""
    if whole <= 0:
        return None
    share, z = part / whole, _deviations(level)
    middle = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + (z / (2 * whole)) ** 2)
    scale = 1 + z * z / whole
    low = 0.0 if part == 0 else max(0.0, (middle - half) / scale)
    return Share(share, low, 1.0 if part == whole else min(1.0, (middle + half) / scale))


@cache
def _deviations(level: float) -> float:
    """The standard deviations on either side of the mean that hold this part of a normal distribution."""
    return NormalDist().inv_cdf((1 + level) / 2)


@dataclass(frozen=True, slots=True)
class Scatter:
    """`bins` periods of `days` days each with one mean count, and the sum of their squared distances from it."""

    bins: int
    days: float
    mean: float
    squares: float


def dispersion_of(scatters: Iterable[Scatter], fitted: int) -> float:
    """The dispersion per day that makes Pearson's chi-square its degrees of freedom, 0 where Poisson's will do.

    Breslow 1984 (Appl. Stat. 33:38), the moment estimate; `fitted` is the number of means that were fitted.
    """
    told = [each for each in scatters if each.mean > 0]
    freedom = sum(each.bins for each in told) - fitted

    def excess(dispersion: float) -> float:
        return sum(each.squares / (each.mean + dispersion * each.mean**2 / each.days) for each in told) - freedom

    if freedom <= 0 or excess(NEGLIGIBLE) <= 0:
        return 0.0
    high = 1.0
    while excess(high) > 0:
        high *= 2
    return _root(excess, NEGLIGIBLE, high)


@lru_cache(maxsize=65_536)
def mean_interval(count: int, size: float, level: float = LEVEL) -> tuple[float, float]:
    """The means that an observed count is compatible with, exactly: negative binomial of this size, or Poisson.

    For sizes from 0.5. Both tails at (1 - level) / 2, after Garwood 1936 (Biometrika 28:437) and Clopper and Pearson
    1934.
    """
    tail = (1 - level) / 2
    if math.isinf(size):
        return (gamma_quantile(tail, count) if count else 0.0), gamma_quantile(1 - tail, count + 1)
    above = beta_quantile(tail, size, count + 1)
    below = beta_quantile(1 - tail, size, count) if count else 1.0
    return size * (1 - below) / below, size * (1 - above) / above


def ratio_of(now: Total, then: Total, dispersion: float | None, freedom: int, level: float = LEVEL) -> Ratio:
    """The ratio of two rates per day with its interval.

    Over-dispersed counts: the profile likelihood of two negative binomial totals (Aban, Cutter and Mavinga 2009,
    Comput. Stat. Data Anal. 53:820) at the dispersion given, cut off at the square of Student's t with `freedom`
    degrees, for the dispersion is an estimate. Otherwise exact, given the sum of both (Przyborowski and Wilenski 1940,
    Biometrika 31:313).
    """
    if now.days <= 0 or then.days <= 0 or now.count + then.count == 0:
        return Ratio(None, 0.0, None, dispersion)
    value = now.count / now.days / (then.count / then.days) if then.count else None
    if dispersion is None or dispersion < NEGLIGIBLE:
        low, high = _exact(now.count, then.count, level)
        scale = then.days / now.days
        return Ratio(value, low * scale, None if high is None else high * scale, dispersion)
    return Ratio(value, *_likely(now, then, dispersion, _t_squared(freedom, level)), dispersion)


@lru_cache(maxsize=65_536)
def _exact(now: int, then: int, level: float) -> tuple[float, float | None]:
    tail = (1 - level) / 2
    low = beta_quantile(tail, now, then + 1) if now else 0.0
    high = beta_quantile(1 - tail, now + 1, then) if then else 1.0
    return low / (1 - low), None if high >= 1 else high / (1 - high)


def _likely(now: Total, then: Total, dispersion: float, cut: float) -> tuple[float, float | None]:
    """The ratios whose likelihood ratio stays below the cut."""
    sizes = (now.days / dispersion, then.days / dispersion)
    best = _log_likelihood(now.count, now.count, sizes[0]) + _log_likelihood(then.count, then.count, sizes[1])

    def excess(log_ratio: float) -> float:
        means = _constrained(now, then, sizes, math.exp(log_ratio))
        told = sum(map(_log_likelihood, (now.count, then.count), means, sizes))
        return 2 * (best - told) - cut

    # Of no event a tenth is compatible at any level that can be asked for.
    centre = math.log(max(now.count, 0.1) / now.days / (max(then.count, 0.1) / then.days))
    below = _beyond(excess, centre, -1) if now.count else None
    above = _beyond(excess, centre, 1) if then.count else None
    low = 0.0 if below is None else math.exp(_root(excess, below, centre))
    return low, None if above is None else math.exp(_root(excess, centre, above))


def _beyond(excess: Callable[[float], float], centre: float, step: float) -> float | None:
    """A logarithm on the other side of the interval's end; `None` where the end is beyond any ratio of note."""
    end = centre + step
    while excess(end) < 0:
        step *= 2
        end += step
        if abs(end - centre) > _FARTHEST:
            return None
    return end


def _log_likelihood(count: int, mean: float, size: float) -> float:
    return (count * math.log(mean / (mean + size)) if count else 0.0) - size * math.log1p(mean / size)


def _constrained(now: Total, then: Total, sizes: tuple[float, float], ratio: float) -> tuple[float, float]:
    """The two likeliest means whose rates have this ratio: the positive root of the score equation, a quadratic."""
    a, b = ratio * now.days, then.days
    square = (sizes[0] + sizes[1]) * a * b
    linear = sizes[0] * (now.count * b - a * sizes[1]) + sizes[1] * (then.count * a - b * sizes[0])
    constant = sizes[0] * sizes[1] * (now.count + then.count)
    root = math.sqrt(linear * linear + 4 * square * constant)
    # Of two equal forms of the root, the one that subtracts no near equals.
    rate = (linear + root) / (2 * square) if linear > 0 else 2 * constant / (root - linear)
    return a * rate, b * rate


@lru_cache(maxsize=256)
def _t_squared(freedom: int, level: float) -> float:
    ratio = beta_quantile(1 - level, freedom / 2, 0.5)
    return freedom * (1 / ratio - 1)


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Where the distribution function of Beta(a, b) reaches the probability."""
    return _root(lambda x: beta_below(x, a, b) - probability, 0.0, 1.0)


def gamma_quantile(probability: float, a: float) -> float:
    """Where the distribution function of Gamma(a, 1) reaches the probability."""
    high = a + 1.0
    while gamma_below(high, a) < probability:
        high *= 2
    return _root(lambda x: gamma_below(x, a) - probability, 0.0, high)


def beta_below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22, Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)

    def term(step: int) -> float:
        half = step // 2
        if step % 2:
            return -(a + half) * (a + b + half) * x / ((a + step - 1) * (a + step))
        return half * (b - half) * x / ((a + step - 1) * (a + step))

    return math.exp(scale) / (a * _fraction(1.0, lambda step: (term(step), 1.0), a + b))


def gamma_below(x: float, a: float) -> float:
    """The regularised lower incomplete gamma function, by its series or continued fraction (DLMF 8.11.4, 8.9.2)."""
    if x <= 0:
        return 0.0
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        step = a
        while term > total * _PRECISE:
            step += 1
            term *= x / step
            total += term
        return scale * total
    return 1 - scale / _fraction(x + 1 - a, lambda step: (-step * (step - a), x + 2 * step + 1 - a), x)


def _fraction(first: float, terms: Callable[[int], tuple[float, float]], large: float) -> float:
    """first + a1/(b1 + a2/(b2 + …)), by the modified Lentz method (Press et al., Numerical Recipes, 5.2)."""
    value = upper = first
    lower = 0.0
    for step in range(1, _STEPS + int(10 * math.sqrt(large))):
        a, b = terms(step)
        lower = 1 / ((b + a * lower) or 1e-300)
        upper = (b + a / upper) or 1e-300
        value *= upper * lower
        if abs(upper * lower - 1) < _PRECISE:
            break
    return value


def _root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a monotone function between two ends of unlike sign is zero (regula falsi, Illinois variant)."""
    at_low, at_high = of(low), of(high)
    if at_low == 0 or at_high == 0:
        return low if at_low == 0 else high
    side = 0
    for _ in range(_STEPS):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        if not low < middle < high:
            middle = (low + high) / 2
        found = of(middle)
        if found == 0 or high - low <= _PRECISE * abs(middle):
            return middle
        if (found < 0) == (at_low < 0):
            low, at_low = middle, found
            at_high /= 2 if side < 0 else 1
            side = -1
        else:
            high, at_high = middle, found
            at_low /= 2 if side > 0 else 1
            side = 1
    return (low + high) / 2
