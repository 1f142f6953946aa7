"""The columns that trends show: a bar for each period, or a line of bars for each group, and the changes of level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vedette.cli import words
from vedette.cli.counts import field_columns, ratio
from vedette.cli.options import Format
from vedette.cli.render import Listing
from vedette.store import Rows

if TYPE_CHECKING:
    from vedette.analyse import Trend
    from vedette.analyse.trend import Change, Period, Series

BARS = " ▁▂▃▄▅▆▇█"
NO_DATA = "·"
WIDEST = 60  # characters of a line of bars; longer series have several periods to a bar
BLOCKS = " ▏▎▍▌▋▊▉█"
LONGEST_BAR = 30


def period_listing(trend: Trend, form: Format) -> Listing:
    """A row for each period, and for machines each group's; in a table several groups are a line each."""
    if form is not Format.TABLE:
        names = (*trend.by, "period", "start", "end", "days", str(trend.unit), "low", "high", "change")
        rows = Rows(names, _rows(trend))
        return Listing(rows, lambda: rows, ())
    if trend.by:
        return _lines(trend)
    periods = trend.series[0].periods if trend.series else ()
    most = max((period.count or 0 for period in periods), default=0)
    columns: list[tuple[str, Callable[[Period], str]]] = [
        (trend.every, lambda period: period.name),
        (str(trend.unit), _count),
        (f"{trend.level:.0%} interval", _interval),
        ("", lambda period: bar(period.count or 0, most)),
    ]
    return Listing(periods, list, columns, f"no {trend.unit}")


def _lines(trend: Trend) -> Listing:
    columns: list[tuple[str, Callable[[Series], str]]] = field_columns(trend.by, lambda series: series.group)
    columns += [
        (str(trend.unit), lambda series: f"{series.count:,}"),
        ("each to its own height", lambda series: spark([period.count for period in series.periods])),
    ]
    return Listing(trend.series, list, columns, f"no {trend.unit}")


def change_listing(trend: Trend) -> Listing:
    """The days on which a level changed, for a table."""
    changes = [(series, change) for series in trend.series for change in series.changes]
    columns: list[tuple[str, Callable[[tuple[Series, Change]], str]]]
    columns = field_columns(trend.by, lambda each: each[0].group)
    columns += [
        ("level changes", lambda each: words.day(each[1].at)),
        ("a day before", lambda each: f"{each[1].before:.2f}"),
        ("after", lambda each: f"{each[1].after:.2f}"),
        ("rate ratio", lambda each: ratio(each[1].ratio)),
    ]
    return Listing(changes, list, columns)


def bar(count: int, most: int) -> str:
    """A bar as long as the count, the highest of them 30 characters."""
    eighths = round(8 * LONGEST_BAR * count / most) if most else 0
    return "█" * (eighths // 8) + BLOCKS[eighths % 8].strip()


def spark(counts: Sequence[int | None]) -> str:
    """A character for each period, or for each few of a long series; a point where there is no data."""
    step = -(-len(counts) // WIDEST) or 1
    sums = [_sum(counts[start : start + step]) for start in range(0, len(counts), step)]
    most = max((each for each in sums if each), default=0)
    return "".join(NO_DATA if each is None else BARS[-(-8 * each // most) if most else 0] for each in sums)


def _sum(counts: Sequence[int | None]) -> int | None:
    told = [count for count in counts if count is not None]
    return sum(told) if told else None


def _count(period: Period) -> str:
    return "no data" if period.count is None else f"{period.count:,}" if period.whole else f"{period.count:,}+"


def _interval(period: Period) -> str:
    if period.low is None or period.high is None:
        return ""
    return f"{period.low:,.1f}–{period.high:,.1f}"


def _rows(trend: Trend) -> Iterator[tuple[Any, ...]]:
    for series in trend.series:
        changed = {change.at for change in series.changes}
        for each in series.periods:
            told = (each.name, each.start, each.end, each.days, each.count, each.low, each.high)
            yield (*series.group.values(), *told, each.start in changed)
