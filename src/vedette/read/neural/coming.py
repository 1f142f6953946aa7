"""Days of what is only threatened: still to come on the day of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from vedette.model.values import When
from vedette.read.date_forms import DAYS, MONTHS, spelt
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import Page
from vedette.read.row import Bound

_TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
_WEEKDAY = re.compile("|".join(DAYS))
_PAST = re.compile(r"\b(?:last|past|since|ago)\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})")
_YEAR = re.compile(r"\d{4}|['’]\d\d")
_ON = re.compile(r"\b(?:after|before|by|from|till|until)\s+(?:the\s+)?$", re.IGNORECASE)  # then no end is told
_REACH = 12  # characters before a day that hold such a word
_IN_SENTENCE, _BEFORE = 0.5, 0.3  # how sure a day behind the trigger is, and that none is told


def threatened_when(page: Page, parts: Sequence[Stretch], lead: int) -> Found[When]:
    """The days that the surest stretch tells of what is to come; else those told behind the event's word.

    Where none are told, any day from publication on.
    """
    for part in sorted(parts, key=lambda part: -part.score):
        if told := _told(page, *page.chars(part), part.score):
            return told
    sentence = page.sentence_at(lead)
    told = _told(page, lead, sentence.end, _IN_SENTENCE) if sentence else None
    return told or Found(When(page.published, None), (), _BEFORE)


def _told(page: Page, start: int, end: int, score: float) -> Found[When] | None:
    text = page.article.text
    days: list[tuple[Bound, When]] = [
        ((day.start, day.end), coming(day.when, text[day.start : day.end], page.published))
        for day in page.dates.begun(start, end)
    ]
    if page.published:
        after = page.published + timedelta(days=1)
        days += [(match.span(), When(after, after)) for match in _TOMORROW.finditer(text, start, end)]
    if days:
        (first, last), when = max(days, key=lambda each: each[0][1] - each[0][0])
        if _ON.search(text, max(0, first - _REACH), first):
            when = When(when.earliest, None)
        return Found(when, ((first, last),), score)
    relative = page.relative_days.begun(start, end)
    return Found(relative[0].when, relative[0].bounds, score) if relative else None


def coming(when: When, words: str, published: date | None) -> When:
    """Days that words without a year tell, the next such days from publication on instead of the last up to it."""
    told = spelt(words)
    if published is None or when.latest is None or when.latest >= published or _PAST.search(told):
        return when
    if _WEEKDAY.search(told) and when.earliest == when.latest:
        return When(when.latest + timedelta(days=7), when.latest + timedelta(days=7))
    if _MONTH.search(told) and not _YEAR.search(told) and when.earliest:
        return When(_next_year(when.earliest), _next_year(when.latest))
    return when


def _next_year(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
