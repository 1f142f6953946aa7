"""Days told by other days ("a week earlier", "the next day"): counted from the day told last before or right after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vedette.model.values import When
from vedette.read.date_forms import COUNT, count_of, spelt
from vedette.read.dates import DateMention
from vedette.read.row import Bound

_TIME = r"(?:day|night|evening|morning|afternoon|date)"
_WAY = r"(?P<{}>earlier|before|later|after)"
_SHIFT = re.compile(
    rf"\b(?:(?P<same>(?:same|later that|earlier that) {_TIME}|(?:minutes|moments|shortly) (?:later|earlier)|same time)"
    rf"|{_TIME}\s+{_WAY.format('then')}(?!\s+tomorrow)"
    rf"|(?:(?P<count>{COUNT})\s+)?(?P<unit>hour|day|week|month|year)s?\s+{_WAY.format('way')}"
    rf"|within\s+(?P<within>hours)"
    rf"|(?P<one>previous|next|following)\s+(?P<time>{_TIME}|week|month))\b",
    re.IGNORECASE,
)
_REACH = 800  # characters: from farther off nobody counts days
_BESIDE = 6  # characters of " the ": "two days before 3 March"
# Days of a unit, and how many more or fewer one may mean with it: "a week later" is no matter of seven days sharp.
_LENGTH = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_SLACK = {"hour": 0, "day": 0, "week": 3, "month": 15, "year": 182}
_NAMED_SLACK = {"week": 6, "month": 30}  # "the following week" is the calendar's
_BACK = frozenset(["earlier", "before", "previous"])


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """Characters `start` up to `end` count from another day; `bounds` are theirs and that day's."""

    start: int
    end: int
    when: When
    bounds: tuple[Bound, ...]


Told = DateMention | RelativeDay


def relative_days(text: str, dates: Sequence[DateMention], published: date | None) -> list[RelativeDay]:
    """The days that a text tells by others, in order; where no other was told, open up to publication."""
    found: list[RelativeDay] = []
    told: list[Told] = []
    plain = list(dates)
    for match in _SHIFT.finditer(text):
        start, end = match.span()
        while plain and plain[0].start < end:
            told.append(plain.pop(0))
        if told and told[-1].end > start:  # "the day before yesterday" is a date
            continue
        near: Sequence[Told] = plain[:1] if plain and plain[0].start - end <= _BESIDE else told[-1:]
        base = near[0] if near and start - near[0].end <= _REACH else None
        found.append(_counted(match, base, published))
        told.append(found[-1])
    return found


def _counted(match: re.Match[str], base: Told | None, published: date | None) -> RelativeDay:
    start, end = match.span()
    if base is not None:
        try:
            when = _moved(base.when, _shift(match), published)
        except OverflowError:  # outside the calendar
            when = When(None, published)
        return RelativeDay(start, end, when, ((start, end), (base.start, base.end)))
    return RelativeDay(start, end, When(None, published), ((start, end),))


def _moved(base: When, shift: tuple[int | None, int | None], published: date | None) -> When:
    """The base's days moved by the least and the most; what would end after publication ends with it."""
    earliest = _plus(base.earliest, shift[0])
    latest = _plus(base.latest, shift[1])
    if published and (earliest is None or earliest <= published) and (latest is None or latest > published):
        latest = published
    return When(earliest, latest)


def _plus(day: date | None, shift: int | None) -> date | None:
    return None if day is None or shift is None else day + timedelta(days=shift)


def _shift(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The least and the most days that a day is moved, the earlier first; `None` where that is open."""
    if match["same"]:
        return 0, 0
    ways = filter(None, (match["way"], match["one"], match["then"]))
    sign = -1 if any(spelt(way) in _BACK for way in ways) else 1
    return _ordered(sign, *_days(match))


def _ordered(sign: int, few: int, many: int | None) -> tuple[int | None, int | None]:
    return (few, many) if sign > 0 else (None if many is None else -many, -few)


def _days(match: re.Match[str]) -> tuple[int, int | None]:
    """How many days lie between, the fewest and the most."""
    unit = spelt(match["unit"] or match["time"] or "day")
    if match["within"] or unit == "hour":
        return 0, 1
    if match["one"] and unit in _NAMED_SLACK:
        return _LENGTH[unit] - _NAMED_SLACK[unit], _LENGTH[unit] + _NAMED_SLACK[unit]
    if match["unit"] and not match["count"]:
        return _LENGTH[unit], None  # "days later"
    few, many = count_of(match["count"] or "one")
    length, slack = _LENGTH.get(unit, 1), _SLACK.get(unit, 0)
    return few * length - slack, many * length + slack
