"""Counts as a series: every period of a window with its interval, and where the level changes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from vedette.analyse.changes import segments_of_runs
from vedette.analyse.count import Asked, Rest
from vedette.analyse.coverage import Coverage, Span, clipped, covered, length, surely_in
from vedette.analyse.facts import facts_of
from vedette.analyse.fields import Field, named_fields
from vedette.analyse.filters import Filters, Unit
from vedette.analyse.grouping import Question, with_clause
from vedette.analyse.intervals import LEVEL, Ratio, Total, mean_interval, ratio_of
from vedette.analyse.mixes import Mixes, mixes
from vedette.analyse.periods import FORMS, first_day, name_of, number_in_sql, number_of
from vedette.analyse.unknown import unknown
from vedette.model.errors import UsageError
from vedette.model.values import When
from vedette.store import Snapshot

DAY = timedelta(days=1)
_PLAIN = Asked()
LONGEST = 20_000  # periods: 54 years of days
TELLING = 0.5  # size of a negative binomial count; of a smaller one 0 is compatible with any mean up to 800
SERIES = 10  # groups that get a series of their own where no limit is given


@dataclass(frozen=True, slots=True)
class Period:
    """How many surely happened in one period, and the mean counts that this is compatible with.

    `days` of it are covered by the record, and hold `inside` of the count; where there are none there is no data:
    `count` is `None`, or what is told of the period by chance, and there is no interval. There is none either where
    less than half of the days are covered, where the count goes beyond the days covered, or where counts scatter so
    much that a single one tells nothing of its mean.
    """

    start: date
    end: date
    name: str
    days: int
    count: int | None
    low: float | None = None
    high: float | None = None
    inside: int = 0

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def whole(self) -> bool:
        """True where all of its days are covered."""
        return self.days == self.length


@dataclass(frozen=True, slots=True)
class Change:
    """The first day of a new level, the counts per day before and after it, and their ratio.

    The ratio's interval takes the day as given, and so is too narrow: the day was chosen because the levels differ.
    """

    at: date
    before: float
    after: float
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class Series:
    """One group's periods and changes; `dispersion` per day is what its counts vary more than Poisson's."""

    group: dict[str, str]
    count: int
    periods: tuple[Period, ...]
    changes: tuple[Change, ...]
    dispersion: float


@dataclass(frozen=True, slots=True)
class Trend:
    """The series of the whole or of each group, the largest first.

    `unsure` lie in the window or may, and in no one period for sure: they are counted in none, and neither are those
    that lie `outside` the window. `covered` are the days that the record tells of, and the parts that do not cover the
    window whole. Where nothing answers, `unknown` says what of the question the record does not know.
    """

    unit: Unit
    every: str
    by: tuple[str, ...]
    window: When
    covered: Coverage
    series: tuple[Series, ...]
    unsure: int
    outside: int
    level: float = LEVEL
    overlapping: bool = False
    rest: Rest | None = None
    mixes: Mixes = field(default_factory=Mixes)
    unknown: tuple[str, ...] = ()


def trend(
    now: Snapshot,
    filters: Filters,
    every: str,
    by: Sequence[str] = (),
    unit: Unit = Unit.INCIDENTS,
    asked: Asked = _PLAIN,
) -> Trend:
    """The series of the filters' answer, day by day or by longer periods; empty periods are told as 0 where covered."""
    if every not in FORMS:
        raise UsageError(f"--every {every}", f"takes {', '.join(FORMS)}")
    known = covered(now, filters, unit, [Question.of(now, filters, unit)])
    window = When(filters.start or known.whole.earliest, filters.end or known.whole.latest)
    inside = replace(filters, start=window.earliest, end=window.latest)
    question = Question.of(now, inside, unit, named_fields(by, unit, facts_of(now, unit)))
    timed = [name for name, each in question.fields.items() if each.timed]
    if timed:
        raise UsageError(f"--by {timed[0]}", f"is what --every {every} does already")
    periods = list(_periods(window, known, every))
    groups, unsure, whole = _counted(now, question, inside, every, known)
    largest = sorted(groups, key=lambda group: (-_sum(groups[group]), group))
    shown = largest[: (asked.limit or SERIES) if by else 1]
    left = Rest(len(largest) - len(shown), sum(_sum(groups[group]) for group in largest[len(shown) :]))
    names = tuple(question.fields)
    everywhen = question.narrowed(now, filters)
    (asked_for,) = now.column(f"SELECT count(*) FROM {unit.plain} WHERE {everywhen.condition}", everywhen.parameters)
    return Trend(
        unit,
        every,
        names,
        window,
        known.within([window]),
        tuple(_series(dict(zip(names, group, strict=True)), groups[group], periods, asked.level) for group in shown),
        unsure,
        asked_for - whole,
        asked.level,
        question.unfolds,
        left if left.groups else None,
        mixes(now, question, whole),
        () if asked_for else unknown(now, filters, unit),
    )


Group = tuple[str, ...]
Numbers = dict[int, tuple[int, int]]  # of a period: how many, and how many on the days covered


def _sum(counts: Mapping[int, tuple[int, int]]) -> int:
    return sum(count for count, _ in counts.values())


def _counted(
    now: Snapshot, question: Question, filters: Filters, every: str, known: Coverage
) -> tuple[dict[Group, Numbers], int, int]:
    """Each group's counts by the number of the period, how many lie in no one period, and how many there are."""
    earliest, latest = number_in_sql(every, "earliest"), number_in_sql(every, "latest")
    period = f"CASE WHEN {filters.surely_in_period()} AND {earliest} = {latest} THEN {earliest} END"
    counted = f"SELECT count(*) AS n, count({period}) AS sure FROM {question.unit.plain} WHERE {question.condition}"
    (whole,) = now.rows(counted, question.parameters)
    series = replace(question, fields={**question.fields, "period": Field((period,), "{0}")})
    tables = {
        "raw": series.by_raw_keys({"n": "count(*)", "inside": f"count(*) FILTER ({surely_in(known.days)})"}),
        "named": series.named(),
    }
    sums = f"{series.names}, CAST(sum(n) AS BIGINT) AS n, CAST(sum(inside) AS BIGINT) AS inside"
    rows = now.rows(f"{with_clause(tables)} SELECT {sums} FROM named GROUP BY ALL", question.parameters)
    groups: dict[Group, Numbers] = {} if question.fields else {(): {}}
    for row in rows:
        group = groups.setdefault(tuple(row[f"by_{name}"] for name in question.fields), {})
        if row["by_period"] is not None:
            group[row["by_period"]] = (row["n"], row["inside"])
    return groups, whole["n"] - whole["sure"], whole["n"]


def _periods(window: When, known: Coverage, every: str) -> Iterator[tuple[int, Period]]:
    """The window's periods by their numbers, each without a count; the first and last are cut to the window."""
    if not (window.earliest and window.latest and known.whole.earliest):
        return
    first, last = number_of(every, window.earliest), number_of(every, window.latest)
    if last - first >= LONGEST:
        raise UsageError(
            f"--every {every}", f"makes {last - first + 1:,} periods: ask for longer ones, or --from a later day"
        )
    for number in range(first, last + 1):
        start = max(first_day(every, number), window.earliest)
        end = min(first_day(every, number + 1) - DAY, window.latest)
        days = length(clipped(known.days, Span(start, end)))
        yield number, Period(start, end, name_of(every, start), days, None)


def _series(
    group: dict[str, str],
    counts: Mapping[int, tuple[int, int]],
    periods: Sequence[tuple[int, Period]],
    level: float,
) -> Series:
    filled = [_filled(each, *counts.get(number, (0, 0))) for number, each in periods]
    runs = _runs(filled)
    told = [([each.inside for each in run], [float(each.days) for each in run]) for run in runs]
    found, dispersion = segments_of_runs(told)
    changes = [
        change for run, ends in zip(runs, found, strict=True) for change in _changes(run, ends, dispersion, level)
    ]
    series = tuple(_with_interval(each, dispersion, level) for each in filled)
    return Series(group, _sum(counts), series, tuple(changes), dispersion)


def _filled(period: Period, count: int, inside: int) -> Period:
    # Of days that are not covered, none is no data.
    known = count if count or period.whole else None
    return replace(period, count=known, inside=inside)


def _runs(periods: Sequence[Period]) -> list[list[Period]]:
    """The periods with days that are covered, those that follow one another together."""
    runs: list[list[Period]] = [[]]
    for period in periods:
        if period.days:
            runs[-1].append(period)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _with_interval(period: Period, dispersion: float, level: float) -> Period:
    # A few days of a month say little of the month, and the mean of those few would be read as the month's.
    if 2 * period.days < period.length or period.count is None or period.count != period.inside:
        return period
    size = period.days / dispersion if dispersion else math.inf
    if size < TELLING:
        return period
    low, high = mean_interval(period.count, size, level)
    return replace(period, low=low, high=high)


def _changes(told: Sequence[Period], ends: Sequence[int], dispersion: float, level: float) -> Iterator[Change]:
    freedom = len(told) - (len(ends) - 1)
    totals = [
        Total(sum(each.inside for each in told[start:end]), sum(each.days for each in told[start:end]))
        for start, end in pairwise(ends)
    ]
    for (before, after), at in zip(pairwise(totals), ends[1:], strict=False):
        ratio = ratio_of(after, before, dispersion, freedom, level)
        yield Change(told[at].start, before.count / before.days, after.count / after.days, ratio)
