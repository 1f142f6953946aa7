"""Two periods side by side: rates per day, their ratio, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vedette.analyse.coverage import Coverage, Span, Spans, clipped, covered, length, surely_in
from vedette.analyse.filters import Filters
from vedette.analyse.grouping import Question, with_clause
from vedette.analyse.intervals import Ratio, Scatter, Share, Total, dispersion_of, ratio_of
from vedette.model.errors import UsageError
from vedette.model.values import When
from vedette.store import Snapshot

DAY = timedelta(days=1)
# Bins of days in which over-dispersion is looked for, the longest first: events of one week come in bursts and those of
# neighbouring weeks resemble each other, which only bins that hold them whole take in. Simulated with rates that change
# by the week, bins of days cover 75 to 85% where bins of weeks cover 94%.
BINS = (28, 7, 1)
ENOUGH = 4  # bins in each period: a month in weeks, a year in bins of four weeks; Student's t pays for how few they are
FEWEST = 8  # bins in both periods together; fewer tell nothing of over-dispersion
_PERIOD = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Window:
    """A period as asked for, and how many of its `days` the record covers."""

    earliest: date
    latest: date
    days: int


@dataclass(frozen=True, slots=True)
class Then:
    """The same group in the period compared with, and how many times its rate per day the present one is.

    `sure_now` and `sure_then` are what the ratio rests on: what surely lies in the covered days of its period.
    """

    count: int
    unsure: int
    share: Share | None
    sure_now: int
    sure_then: int
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods; over-dispersion was looked for in bins of `bin_days` days.

    `covered` are the days that the record tells of: outside them nothing was counted, not even that nothing happened.
    Its parts are those that do not cover both periods whole.
    """

    now: Window
    then: Window
    bin_days: int
    covered: Coverage


def period_before(filters: Filters, text: str) -> When:
    """The period that `year-before`, `before` (as long, ending the day before) or `FROM..TO` means."""
    start, end = filters.start, filters.end
    if start is None or end is None:
        raise UsageError(f"--compare {text}", "compares with the period that --from and --to give: give both")
    then = _period(start, end, text)
    if then.overlaps(When(start, end)):
        raise UsageError(f"--compare {text}", f"{_told(then)} overlaps {_told(When(start, end))}: choose periods apart")
    return then


def _period(start: date, end: date, text: str) -> When:
    if text == "year-before":
        return When(_year_before(start), _year_before(end))
    if text == "before":
        return When(start - (end - start) - DAY, start - DAY)
    found = _PERIOD.fullmatch(text)
    try:
        then = When(*map(date.fromisoformat, found.groups())) if found else When()
    except ValueError:
        then = When()
    if then.earliest is None or then.latest is None or then.earliest > then.latest:
        raise UsageError(f"--compare {text}", "takes year-before, before, or two days as 2020-09-15..2020-10-15")
    return then


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28) if leap else day.replace(year=day.year - 1)


def _told(period: When) -> str:
    return f"{period.earliest} to {period.latest}"


@dataclass(frozen=True, slots=True)
class Seen:
    """How many lie surely in a period, how many of those in one bin each, and the sum of the bins' squared counts."""

    count: int = 0
    binned: int = 0
    squares: int = 0

    def scatter(self, bins: int, days: int) -> Scatter:
        """How the bins' counts scatter; a random part of a negative binomial count has the dispersion of the whole."""
        mean = self.binned / bins if bins else 0.0
        return Scatter(bins, days, mean, self.squares - bins * mean * mean)


Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """What is surely known of each group in two periods; the empty group is the whole."""

    comparison: Comparison
    now: Mapping[Group, Seen]
    then: Mapping[Group, Seen]
    bins: tuple[int, int]
    level: float

    def of(self, group: Group) -> tuple[int, int, Ratio]:
        """How many there surely were of a group, now and then, and the ratio of the rates per day."""
        windows = (self.comparison.now, self.comparison.then)
        seen = [self.now.get(group, Seen()), self.then.get(group, Seen())]
        size = self.comparison.bin_days
        told = [each.scatter(number, size) for each, number in zip(seen, self.bins, strict=True) if each.binned]
        dispersion = dispersion_of(told, fitted=len(told)) if sum(self.bins) >= FEWEST else None
        freedom = sum(each.bins - 1 for each in told)
        now, then = (Total(each.count, window.days) for each, window in zip(seen, windows, strict=True))
        return now.count, then.count, ratio_of(now, then, dispersion, freedom, self.level)


def rates(now: Snapshot, question: Question, filters: Filters, then: When, level: float) -> Rates:
    """The rates of each group and of the whole in the filters' period and in another, by the days that are covered."""
    timed = [name for name, field in question.fields.items() if field.timed]
    if timed:
        raise UsageError(f"--by {timed[0]}", "cannot be compared between two periods; `vedette trend` shows a series")
    asked = (When(filters.start, filters.end), then)
    questions = [question.narrowed(now, replace(filters, start=each.earliest, end=each.latest)) for each in asked]
    known = covered(now, filters, question.unit, questions)
    spans = [_inside(period, known) for period in asked]
    size = next((size for size in BINS if min(_bins(each, size) for each in spans) >= ENOUGH), 1)
    seen = [_seen(now, question, filters, each, size) for each in spans]
    windows = [_window(period, length(each)) for period, each in zip(asked, spans, strict=True)]
    comparison = Comparison(windows[0], windows[1], size, known.within(asked))
    return Rates(comparison, seen[0], seen[1], (_bins(spans[0], size), _bins(spans[1], size)), level)


def _window(period: When, days: int) -> Window:
    if period.earliest is None or period.latest is None:  # cannot be: both ends are told
        raise UsageError("--compare", "compares two periods with two ends each")
    return Window(period.earliest, period.latest, days)


def _inside(period: When, known: Coverage) -> Spans:
    return clipped(known.days, Span(period.earliest, period.latest)) if period.earliest and period.latest else ()


def _bins(spans: Spans, size: int) -> int:
    return sum(span.days // size for span in spans)


def _seen(now: Snapshot, question: Question, filters: Filters, spans: Spans, size: int) -> dict[Group, Seen]:
    if not spans:
        return {}
    inside = replace(filters, start=spans[0].earliest, end=spans[-1].latest)
    sure = question.narrowed(now, inside)
    sure = replace(sure, condition=f"({sure.condition}) AND ({surely_in(spans)})")
    counted: dict[Group, Seen] = {}
    for fields in ({}, question.fields) if question.fields else ({},):
        asked = replace(sure, fields=fields)
        rows = now.rows(_binned(asked, spans, size), asked.parameters)
        for row in rows:
            group = tuple(row[f"by_{name}"] for name in fields)
            counted[group] = Seen(row["n"] or 0, row["binned"] or 0, row["squares"] or 0)
    return counted


def _bin(spans: Spans, size: int) -> str:
    """SQL for the number of the bin that holds an event whole; a span's last, shorter bin is none."""
    cases, number = [], 0
    for span in spans:
        first, last = (f"({end} - DATE '{span.earliest}') // {size}" for end in ("earliest", "latest"))
        inside = f"earliest >= DATE '{span.earliest}' AND latest <= DATE '{span.latest}'"
        cases.append(f"WHEN {inside} AND {first} = {last} AND {first} < {span.days // size} THEN {number} + {first}")
        number += span.days // size
    return f"CASE {' '.join(cases)} END"


def _binned(question: Question, spans: Spans, size: int) -> str:
    """Each group's count and the counts of its bins: of what lies in one bin whole, and in no last, shorter one."""
    raw = question.by_raw_keys({"n": "count(*)"}, besides=("earliest", "latest"))
    named = question.named(f"n, {_bin(spans, size)} AS bin")
    names = f"{question.names}, " if question.fields else ""
    of_bins = f"SELECT {names}bin, sum(n) AS n FROM ({named}) GROUP BY ALL"
    told = "CAST(sum(n) FILTER (bin IS NOT NULL) AS BIGINT) AS binned, "
    squares = "CAST(sum(n * n) FILTER (bin IS NOT NULL) AS BIGINT) AS squares"
    sums = f"CAST(sum(n) AS BIGINT) AS n, {told}{squares}"
    grouped = f" GROUP BY {question.names}" if question.fields else ""
    return f"{with_clause({'raw': raw, 'of_bins': of_bins})} SELECT {names}{sums} FROM of_bins{grouped}"
