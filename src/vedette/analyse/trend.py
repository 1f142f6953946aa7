"""Counts as a series: every period of a window with its interval, and where the level changes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from vedette.analyse.changes import segments_of
from vedette.analyse.count import Asked, Rest
from vedette.analyse.facts import covered, facts_of
from vedette.analyse.fields import Field, named_fields
from vedette.analyse.filters import Filters, Unit
from vedette.analyse.grouping import Question, with_clause
from vedette.analyse.intervals import LEVEL, Ratio, Total, mean_interval, ratio_of
from vedette.analyse.mixes import Mixes, mixes
from vedette.analyse.periods import FORMS, first_day, name_of, number_in_sql, number_of
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

    `days` of it are covered by the record; where that is 0 there is no data: `count` is `None`, or what is told of the
    period by chance, and there is no interval. There is none either where counts scatter so much that a single one
    tells nothing of its mean.
    """

    start: date
    end: date
    name: str
    days: int
    count: int | None
    low: float | None = None
    high: float | None = None


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
    that lie `outside` the window. `covered` are the days that the record tells of.
    """

    unit: Unit
    every: str
    by: tuple[str, ...]
    window: When
    covered: When
    series: tuple[Series, ...]
    unsure: int
    outside: int
    level: float = LEVEL
    overlapping: bool = False
    rest: Rest | None = None
    mixes: Mixes = field(default_factory=Mixes)


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
    known = covered(now, filters, unit)
    window = When(filters.start or known.earliest, filters.end or known.latest)
    inside = replace(filters, start=window.earliest, end=window.latest)
    question = Question.of(now, inside, unit, named_fields(by, unit, facts_of(now, unit)))
    timed = [name for name, each in question.fields.items() if each.timed]
    if timed:
        raise UsageError(f"--by {timed[0]}", f"is what --every {every} does already")
    periods = list(_periods(window, known, every))
    groups, unsure, whole = _counted(now, question, inside, every)
    largest = sorted(groups, key=lambda group: (-sum(groups[group].values()), group))
    shown = largest[: (asked.limit or SERIES) if by else 1]
    left = Rest(len(largest) - len(shown), sum(sum(groups[group].values()) for group in largest[len(shown) :]))
    names = tuple(question.fields)
    everywhen = question.narrowed(now, filters)
    (asked_for,) = now.column(f"SELECT count(*) FROM {unit.plain} WHERE {everywhen.condition}", everywhen.parameters)
    return Trend(
        unit,
        every,
        names,
        window,
        known,
        tuple(_series(dict(zip(names, group, strict=True)), groups[group], periods, asked.level) for group in shown),
        unsure,
        asked_for - whole,
        asked.level,
        question.unfolds,
        left if left.groups else None,
        mixes(now, question, whole),
    )


Group = tuple[str, ...]


def _counted(
    now: Snapshot, question: Question, filters: Filters, every: str
) -> tuple[dict[Group, dict[int, int]], int, int]:
    """Each group's counts by the number of the period, how many lie in no one period, and how many there are."""
    earliest, latest = number_in_sql(every, "earliest"), number_in_sql(every, "latest")
    period = f"CASE WHEN {filters.surely_in_period()} AND {earliest} = {latest} THEN {earliest} END"
    counted = f"SELECT count(*) AS n, count({period}) AS sure FROM {question.unit.plain} WHERE {question.condition}"
    (whole,) = now.rows(counted, question.parameters)
    series = replace(question, fields={**question.fields, "period": Field((period,), "{0}")})
    tables = {"raw": series.by_raw_keys({"n": "count(*)"}), "named": series.named()}
    sums = f"{series.names}, CAST(sum(n) AS BIGINT) AS n"
    rows = now.rows(f"{with_clause(tables)} SELECT {sums} FROM named GROUP BY ALL", question.parameters)
    groups: dict[Group, dict[int, int]] = {} if question.fields else {(): {}}
    for row in rows:
        group = groups.setdefault(tuple(row[f"by_{name}"] for name in question.fields), {})
        if row["by_period"] is not None:
            group[row["by_period"]] = row["n"]
    return groups, whole["n"] - whole["sure"], whole["n"]


def _periods(window: When, known: When, every: str) -> Iterator[tuple[int, Period]]:
    """The window's periods by their numbers, each without a count; the first and last are cut to the window."""
    if not (window.earliest and window.latest and known.earliest and known.latest):
        return
    first, last = number_of(every, window.earliest), number_of(every, window.latest)
    if last - first >= LONGEST:
        raise UsageError(
            f"--every {every}", f"makes {last - first + 1:,} periods: ask for longer ones, or --from a later day"
        )
    for number in range(first, last + 1):
        start = max(first_day(every, number), window.earliest)
        end = min(first_day(every, number + 1) - DAY, window.latest)
        days = (min(end, known.latest) - max(start, known.earliest)).days + 1
        yield number, Period(start, end, name_of(every, start), max(0, days), None)


def _series(
    group: dict[str, str], counts: Mapping[int, int], periods: Sequence[tuple[int, Period]], level: float
) -> Series:
    filled = [replace(each, count=counts.get(number, 0 if each.days else None)) for number, each in periods]
    told = [each for each in filled if each.days]
    ends, dispersion = segments_of([each.count or 0 for each in told], [each.days for each in told])
    return Series(
        group,
        sum(counts.values()),
        tuple(_with_interval(each, dispersion, level) for each in filled),
        tuple(_changes(told, ends, dispersion, level)),
        dispersion,
    )


def _with_interval(period: Period, dispersion: float, level: float) -> Period:
    if not period.days or period.count is None:
        return period
    size = period.days / dispersion if dispersion else math.inf
    if size < TELLING:
        return period
    low, high = mean_interval(period.count, size, level)
    return replace(period, low=low, high=high)


def _changes(told: Sequence[Period], ends: Sequence[int], dispersion: float, level: float) -> Iterator[Change]:
    freedom = len(told) - (len(ends) - 1)
    totals = [
        Total(sum(each.count or 0 for each in told[start:end]), sum(each.days for each in told[start:end]))
        for start, end in pairwise(ends)
    ]
    for (before, after), at in zip(pairwise(totals), ends[1:], strict=False):
        ratio = ratio_of(after, before, dispersion, freedom, level)
        yield Change(told[at].start, before.count / before.days, after.count / after.days, ratio)
