"""Days as data sets write them: each distinct text is understood once, in the order of day and month of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

# With the day or year first, or the month by name, a text can be read in one way only.
_PLAIN = (
    "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y",
    "%d.%m.%Y",
)  # fmt: skip
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$")
_CLOCK = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$")
CENTURY = 69  # POSIX: two digits from 69 on are of the twentieth century


@dataclass(frozen=True, slots=True)
class Days:
    """The day that each text means; `open` holds those that may be two days, since nothing in the file tells."""

    known: dict[str, date]
    open: frozenset[str]


def days_of(texts: Iterable[str]) -> Days:
    """What each of one file's texts means; texts that are no day are in neither."""
    known: dict[str, date] = {}
    slashed: dict[str, tuple[int, int, int]] = {}
    for text in texts:
        bare = _CLOCK.sub("", text.strip())
        if match := _SLASHED.match(bare):
            first, second, year = (int(part) for part in match.groups())
            slashed[text] = (first, second, _century(year))
        elif plain := _plain(bare):
            known[text] = plain
    day_first = any(first > 12 for first, _, _ in slashed.values())
    month_first = any(second > 12 for _, second, _ in slashed.values())
    undecided = []
    for text, (first, second, year) in slashed.items():
        if first != second and day_first == month_first and max(first, second) <= 12:
            undecided.append(text)
        elif made := _made(year, *_month_and_day(first, second, day_first)):
            known[text] = made
    return Days(known, frozenset(undecided))


def _month_and_day(first: int, second: int, day_first: bool) -> tuple[int, int]:
    if max(first, second) > 12:
        day_first = first > 12
    return (second, first) if day_first else (first, second)


def _plain(text: str) -> date | None:
    for form in _PLAIN:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _century(year: int) -> int:
    return year if year > 99 else year + (1900 if year >= CENTURY else 2000)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
