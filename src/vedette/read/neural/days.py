"""Stretches of words → the days on which an event can lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from vedette.model.values import When
from vedette.read.date_forms import COUNT, count_of, spelt
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import Page

_TIME = r"(?:day|night|evening|morning|afternoon|date)"
_SHIFT = re.compile(
    rf"(?P<same>same {_TIME})"
    rf"|(?P<count>{COUNT})\s+days?\s+(?P<way>earlier|before|later|after)"
    rf"|(?P<one>(?:previous|next|following) {_TIME}|{_TIME})\b\s*(?P<then>before|earlier|later|after)?",
    re.IGNORECASE,
)
# How sure the days are that no stretch tells: those of the event's sentence, those told before it.
_IN_SENTENCE, _BEFORE = 0.5, 0.3


def when_of(page: Page, parts: Sequence[Stretch], lead: int) -> Found[When]:
    """The days that the surest stretch tells; else those of the event's sentence; else those told before it.

    Where none are told, any day up to publication.
    """
    for part in sorted(parts, key=lambda part: -part.score):
        if told := _told(page, part) or _shifted(page, part):
            return told
    return _beside(page, lead) or Found(When(None, page.published), (), _BEFORE)


def _told(page: Page, part: Stretch) -> Found[When] | None:
    start, end = page.chars(part)
    told = page.dates.within(start, end)
    if not told or _SHIFT.fullmatch(page.text(part)):
        return None
    day = max(told, key=lambda day: day.end - day.start)
    return Found(day.when, ((day.start, day.end),), part.score)


def _shifted(page: Page, part: Stretch) -> Found[When] | None:
    """The days of "two days earlier": counted from the date that the text told last before."""
    start, end = page.chars(part)
    match = _SHIFT.search(page.article.text, start, end)
    base = page.dates.before(start)
    shift = _days_in(match) if match else None
    if base is None or base.end > start or shift is None:
        return None
    try:
        when = When(
            base.when.earliest and base.when.earliest + shift[0], base.when.latest and base.when.latest + shift[1]
        )
    except OverflowError:  # outside the calendar
        return None
    return Found(when, ((start, end), (base.start, base.end)), part.score)


def _days_in(match: re.Match[str]) -> tuple[timedelta, timedelta] | None:
    """The least and the most that a day is shifted, the earlier first."""
    if match["same"]:
        return timedelta(0), timedelta(0)
    told = spelt(" ".join(filter(None, (match["way"], match["one"], match["then"]))))
    back = any(word in told for word in ("earlier", "before", "previous"))
    if not back and not any(word in told for word in ("later", "after", "next", "following")):
        return None
    few, many = count_of(match["count"] or "one")
    first, last = (-many, -few) if back else (few, many)
    return timedelta(days=first), timedelta(days=last)


def _beside(page: Page, lead: int) -> Found[When] | None:
    sentence = page.sentence_at(lead)
    if sentence is None:
        return None
    inside = [day for day in page.dates.within(sentence.start, sentence.end) if day.start >= sentence.start]
    if inside:
        day = min(inside, key=lambda day: abs(day.start - lead))
        return Found(day.when, ((day.start, day.end),), _IN_SENTENCE)
    before = page.dates.before(sentence.start)
    if before is None:
        return None
    day = page.dates.things[0] if sentence.paragraph <= 1 else before
    return Found(day.when, ((day.start, day.end),), _BEFORE)
