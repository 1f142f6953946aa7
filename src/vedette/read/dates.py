"""English dates in text, each as the days it can mean, resolved from the day of publication."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from vedette.model.values import When
from vedette.read.date_forms import (
    ANY_YEAR,
    DATE,
    DATELINE,
    DAYS,
    FORMS,
    MONTHS,
    SMALL_DATELINE,
    STAMP,
    TITLES,
    count_of,
    spelt,
)

# How far into a text its dateline can stand: titles, release numbers and bylines come first.
_HEAD = 1_500


@dataclass(frozen=True, slots=True)
class DateMention:
    """Characters `start` up to `end` of a text say that it was `when`."""

    start: int
    end: int
    when: When


def find_dates(text: str, published: date | None) -> list[DateMention]:
    """The dates that a text tells, in order; what hangs on an unknown day of publication is left out."""
    anchor = _anchor(text, published)
    # A day and month need only the year; a number in the heading may tell that.
    year = anchor or _stamped(text[:_HEAD])
    if published and year:
        year = max(year, published)  # a bulletin's heading may name the first of its days
    mentions = []
    for match in DATE.finditer(text):
        number = next(n for n in range(len(FORMS)) if match[f"form{n}"] is not None)
        if FORMS[number][0] == "month" and not _is_month(match, f"f{number}_"):
            continue
        latest = year if FORMS[number][0] in ("day", "range") else anchor
        when = _resolved(FORMS[number][0], _Parts(match, f"f{number}_"), latest)
        if when is None:
            continue
        if match["since"]:
            when = When(when.earliest, anchor)
        start = match.start() if match["since"] else match.start(f"form{number}")
        mentions.append(DateMention(start, match.end(), when))
    return mentions


def _resolved(form: str, parts: _Parts, anchor: date | None) -> When | None:
    """What a form tells; nothing where that lies outside the calendar, as it can from a wrong day of publication."""
    try:
        return _RESOLVE[form](parts, anchor)
    except (OverflowError, ValueError):
        return None


def dateline_date(text: str, published: date | None = None) -> date | None:
    """The day that a text's dateline or heading gives; one without a year takes it from `published` or the heading."""
    head = text[:_HEAD]
    for pattern in (DATELINE, SMALL_DATELINE, *TITLES):
        for match in pattern.finditer(head):
            found = _plain_date(match, published or _latest_in(head))
            if found:
                return found
    return None


def _anchor(text: str, published: date | None) -> date | None:
    told = dateline_date(text, published)
    # An item is put out after the day it is written; a dateline that is older belongs to a text that it quotes.
    if published and told and not timedelta(0) <= published - told <= timedelta(days=14):
        return published
    return told or published


def _latest_in(head: str) -> date | None:
    """The last day that a heading without a full date allows: by the month in its number, else by its only year."""
    if stamped := _stamped(head):
        return stamped
    years = {int(year) for year in ANY_YEAR.findall(head)}
    return date(years.pop(), 12, 31) if len(years) == 1 else None


def _stamped(head: str) -> date | None:
    stamp = STAMP.search(head)
    if not stamp or not 1 <= int(stamp[2]) <= 12:
        return None
    # A number given out in one month may be used in the next.
    return _month_end(int(stamp[1]), int(stamp[2])) + timedelta(days=31)


def _plain_date(match: re.Match[str], latest: date | None) -> date | None:
    prefix = next(p for p in "abc" if match[f"{p}day"])
    return _day(match[f"{prefix}month"], match[f"{prefix}day"], match[f"{prefix}year"] or "", latest)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The named parts of one match, in lower case with single blanks; a part that is not there is empty."""

    match: re.Match[str]
    prefix: str

    def __getitem__(self, name: str) -> str:
        groups = self.match.re.groupindex
        found = self.match[self.prefix + name] if self.prefix + name in groups else None
        return spelt(found) if found else ""


def _is_month(match: re.Match[str], prefix: str) -> bool:
    """False for the verbs and the names "may", "march", "august" in lower case."""
    named = [match[group] for group in match.re.groupindex if group.startswith(prefix + "month") and match[group]]
    return named[0][0].isupper() or named[0].lower() not in {"may", "march", "mar", "august"}


def _month(name: str) -> int:
    return MONTHS.index(spelt(name)[:3]) + 1


def _year(text: str) -> int:
    digits = int(text.strip("'’"))
    return digits if digits > 99 else digits + (1900 if digits >= 50 else 2000)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(month: str, day: str, year: str, latest: date | None) -> date | None:
    """The day; without a year the last such day up to `latest`."""
    number, digits = _month(month), int(re.sub(r"\D", "", day))
    if year:
        return _made(_year(year), number, digits)
    if latest is None:
        return None
    # Eight years back reach a leap day across a century's end.
    days = (_made(latest.year - back, number, digits) for back in range(9))
    return next((found for found in days if found and found <= latest), None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clipped(first: date, last: date, anchor: date | None) -> When:
    """The range, ended on the day of publication if it holds that."""
    return When(first, anchor if anchor and first <= anchor < last else last)


def _iso(parts: _Parts, anchor: date | None) -> When | None:
    found = _made(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    return When(found, found) if found else None


def _one_day(parts: _Parts, anchor: date | None) -> When | None:
    found = _day(parts["month"], parts["day"], parts["year"], anchor)
    return When(found, found) if found else None


def _day_of_month(parts: _Parts, anchor: date | None) -> When | None:
    """The last such day of a month: "Thu 7"."""
    if anchor is None:
        return None
    for back in range(62):
        found = anchor - timedelta(days=back)
        if found.day == int(parts["day"]):
            return When(found, found)
    return None


def _numbers(parts: _Parts, anchor: date | None) -> When | None:
    """The later, of the last two months, of the days that "6/11" can be; in older ones it is no date."""
    if anchor is None:
        return None
    one, two = int(parts["one"]), int(parts["two"])
    days = [_made(anchor.year - back, *order) for back in (0, 1) for order in ((two, one), (one, two))]
    known = [day for day in days if day and timedelta(0) <= anchor - day <= timedelta(days=62)]
    return When(max(known), max(known)) if known else None


def _day_range(parts: _Parts, anchor: date | None) -> When | None:
    last = _day(parts["m2"] or parts["m1"], parts["d2"], parts["year"], anchor)
    first = _day(parts["m1"] or parts["m2"], parts["d1"], "", last) if last else None
    return When(first, last) if first and last and (last - first).days < 367 else None


def _part_of(part: str, first: date, last: date) -> tuple[date, date]:
    """The third of a period that "early", "mid" or "late" names; of a month days 1–10, 11–20 and the rest."""
    third = (last - first + timedelta(days=1)) // 3
    cuts = (first + third, last - third) if (last - first).days > 31 else (first + timedelta(10), first + timedelta(20))
    if re.search("early|earlier|beginning|start", part):
        return first, cuts[0] - timedelta(days=1)
    if "mid" in part:
        return cuts[0], cuts[1] - timedelta(days=1)
    return (cuts[1], last) if part else (first, last)


def _one_month(parts: _Parts, anchor: date | None) -> When | None:
    month = _month(parts["month"] or parts["month2"] or parts["month3"] or parts["month4"])
    if parts["year"]:
        year = _year(parts["year"])
    elif anchor:
        year = anchor.year if month <= anchor.month else anchor.year - 1
    else:
        return None
    return _clipped(*_part_of(parts["part"], date(year, month, 1), _month_end(year, month)), anchor)


def _one_year(parts: _Parts, anchor: date | None) -> When | None:
    year = _year(parts["year"])
    return _clipped(*_part_of(parts["part"], date(year, 1, 1), date(year, 12, 31)), anchor)


def _unit(unit: str, day: date, back: int) -> tuple[date, date]:
    """The whole day, week (from Monday), month or year that lies `back` of them before the one that holds `day`."""
    if unit == "day":
        return day - timedelta(days=back), day - timedelta(days=back)
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        months = day.year * 12 + day.month - 1 - back
        return date(months // 12, months % 12 + 1, 1), _month_end(months // 12, months % 12 + 1)
    return date(day.year - back, 1, 1), date(day.year - back, 12, 31)


def _before_last(parts: _Parts, anchor: date | None) -> When | None:
    return When(*_unit(parts["what"].replace("night", "day"), anchor, 2)) if anchor else None


def _ago(parts: _Parts, anchor: date | None) -> When | None:
    if anchor is None:
        return None
    few, many = count_of(parts["count"])
    unit = parts["unit"]
    if unit == "week":
        # A week ago is a day of about that age, not a calendar week.
        slack = timedelta(days=3)
        return When(anchor - timedelta(weeks=many) - slack, anchor - timedelta(weeks=few) + slack)
    if unit == "year" and many >= anchor.year:
        return None
    return When(_unit(unit, anchor, many)[0], _unit(unit, anchor, few)[1])


def _past(parts: _Parts, anchor: date | None) -> When | None:
    if anchor is None:
        return None
    _, many = count_of(parts["count"])
    days = {"hour": many / 24, "day": many, "week": 7 * many, "month": 30.4 * many, "year": 365.25 * many}[
        parts["unit"]
    ]
    return When(anchor - timedelta(days=round(days + 0.49)), anchor)


def _weekend(parts: _Parts, anchor: date | None) -> When | None:
    if anchor is None:
        return None
    saturday = anchor - timedelta(days=(anchor.weekday() - 5) % 7)
    if parts["which"] == "last" and anchor.weekday() >= 5:
        saturday -= timedelta(days=7)
    return When(saturday, min(saturday + timedelta(days=1), anchor))


def _weekday(parts: _Parts, anchor: date | None) -> When | None:
    if anchor is None:
        return None
    back = (anchor.weekday() - DAYS.index(parts["weekday"])) % 7
    if parts["which"] in {"next", "coming"}:
        day = anchor + timedelta(days=7 - back)
    elif parts["which"] in {"last", "past", "this past"} and back == 0:
        day = anchor - timedelta(days=7)
    else:
        day = anchor - timedelta(days=back)
    return When(day, day)


def _earlier(parts: _Parts, anchor: date | None) -> When | None:
    return When(_unit(parts["unit"], anchor, 0)[0], anchor) if anchor else None


def _period(parts: _Parts, anchor: date | None) -> When | None:
    if anchor is None:
        return None
    which, unit = parts["which"], parts["unit"]
    if which == "past":
        return When(anchor - timedelta(days={"week": 7, "month": 31, "year": 366}[unit]), anchor)
    back = {"last": 1, "this": 0, "next": -1}[which]
    first, last = _unit(unit, anchor, back)
    if unit != "week":
        first, last = _part_of(parts["part"], first, last)
    return _clipped(first, last, anchor)


def _recent(parts: _Parts, anchor: date | None) -> When | None:
    return When(None, anchor)


def _days_back(first: int, last: int) -> Callable[[_Parts, date | None], When | None]:
    def resolve(parts: _Parts, anchor: date | None) -> When | None:
        return When(anchor - timedelta(days=first), anchor - timedelta(days=last)) if anchor else None

    return resolve


_RESOLVE: dict[str, Callable[[_Parts, date | None], When | None]] = {
    "iso": _iso,
    "day": _one_day,
    "range": _day_range,
    "month": _one_month,
    "year": _one_year,
    "before_last": _before_last,
    "ago": _ago,
    "past": _past,
    "weekend": _weekend,
    "weekday": _weekday,
    "day_of_month": _day_of_month,
    "numbers": _numbers,
    "earlier": _earlier,
    "period": _period,
    "recent": _recent,
    "same": _days_back(1, 1),
    "today": _days_back(0, 0),
    "overnight": _days_back(1, 0),
}
