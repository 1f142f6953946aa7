"""Stretches of words → the days on which an event can lie."""

from __future__ import annotations

from collections.abc import Sequence

from vedette.model.values import When
from vedette.read.dates import DateMention
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import Page
from vedette.read.neural.relative import RelativeDay

# How sure the days are that no stretch tells: those of the event's sentence, those told before it.
_IN_SENTENCE, _BEFORE = 0.5, 0.3

Day = DateMention | RelativeDay


def when_of(page: Page, parts: Sequence[Stretch], lead: int) -> Found[When]:
    """The days that the surest stretch tells; else those of the event's sentence; else those told before it.

    Where none are told, any day up to publication.
    """
    for part in sorted(parts, key=lambda part: -part.score):
        start, end = page.chars(part)
        plain, counted = _told(page, start, end)
        told = plain or counted
        if told:
            return _found(max(told, key=lambda day: day.end - day.start), part.score)
    return _beside(page, lead) or Found(When(None, page.published), (), _BEFORE)


def _told(page: Page, start: int, end: int) -> tuple[Sequence[Day], Sequence[Day]]:
    """The days that stand in these characters: dates, and those that count from one ("two days before 3 March")."""
    counted = page.relative_days.within(start, end)
    bases = {bound for day in counted for bound in day.bounds if bound[0] > day.start}
    return [day for day in page.dates.within(start, end) if (day.start, day.end) not in bases], counted


def _beside(page: Page, lead: int) -> Found[When] | None:
    sentence = page.sentence_at(lead)
    if sentence is None:
        return None
    plain, counted = _told(page, sentence.start, sentence.end)
    inside = [day for day in (*plain, *counted) if day.start >= sentence.start]
    if inside:
        return _found(min(inside, key=lambda day: abs(day.start - lead)), _IN_SENTENCE)
    before = page.dates.before(sentence.start)
    if before is None:
        return None
    return _found(page.dates.things[0] if sentence.paragraph <= 1 else before, _BEFORE)


def _found(day: Day, score: float) -> Found[When]:
    bounds = day.bounds if isinstance(day, RelativeDay) else ((day.start, day.end),)
    return Found(day.when, bounds, score)
