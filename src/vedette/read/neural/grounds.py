"""Stretches of words → where an event took place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vedette.model.kinds import Precision
from vedette.model.values import Place
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import Page
from vedette.read.places import PlaceMention

_FINENESS = tuple(Precision)
# How sure the places are that no stretch names: those of the event's sentence, those named before it.
_IN_SENTENCE, _BEFORE = 0.5, 0.3
_LOCATIVE = frozenset(["in", "at", "near", "of", "from", "outside", "around", "inside", "into", "to", "on"])
_OWNED = re.compile(r"['’]s\b")
_OWNING = re.compile(r"\b(?:car|death|home|house|killing|murder|office)s? of\s+$", re.IGNORECASE)
_REACH = 40  # characters before a name that hold the word before it
_UNLISTED = 0.5  # of the stretch's own probability, for a name that the gazetteer lacks


def place_of(page: Page, parts: Sequence[Stretch], lead: int) -> Found[Place]:
    """The finest place that the stretches name; else one of the event's sentence; else the last one named before.

    A name that the gazetteer does not know stands as it is told, its precision unknown.
    """
    told = [(place, part.score) for part in parts for place in _named(page, part)]
    if told:
        place, score = min(told, key=lambda each: (_fineness(each[0]), -each[1]))
        return _found(place, score)
    return _unlisted(page, parts) or _beside(page, lead) or Found(Place(), (), _BEFORE)


def _named(page: Page, part: Stretch) -> Iterable[PlaceMention]:
    start, end = page.chars(part)
    return page.places.within(start, end)


def _beside(page: Page, lead: int) -> Found[Place] | None:
    sentence = page.sentence_at(lead)
    if sentence is None:
        return None
    inside = [place for place in page.places.within(sentence.start, sentence.end) if place.start >= sentence.start]
    if inside:
        return _found(min(inside, key=lambda place: (_fineness(place), abs(place.start - lead))), _IN_SENTENCE)
    before = page.places.before(sentence.end) or (page.places.things[-1] if page.places.things else None)
    return _found(before, _BEFORE) if before else None


def _unlisted(page: Page, parts: Sequence[Stretch]) -> Found[Place] | None:
    for part in sorted(parts, key=lambda part: -part.score):
        start, _ = page.chars(part)
        before = page.article.text[max(0, start - _REACH) : start].rstrip().rpartition(" ")[2].lower()
        owned = _OWNED.search(page.text(part)) or _OWNING.search(page.article.text, max(0, start - _REACH), start)
        if page.text(part)[:1].isupper() and before in _LOCATIVE and not owned:  # else it may be a person's name
            return Found(Place(page.text(part)), (page.chars(part),), part.score * _UNLISTED)
    return None


def _found(mention: PlaceMention, score: float) -> Found[Place]:
    return Found(mention.place, ((mention.start, mention.end),), score)


def _fineness(mention: PlaceMention) -> int:
    return _FINENESS.index(mention.place.precision)
