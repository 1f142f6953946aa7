"""Stretches of words → where an event took place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vedette.model.kinds import Precision
from vedette.model.values import Place
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import REACH, Page
from vedette.read.places import PlaceMention
from vedette.read.sentences import Sentence

_FINENESS = tuple(Precision)
# How sure the places are that no stretch names: those of the event's sentence, those named before it.
_IN_SENTENCE, _BEFORE = 0.5, 0.3
# Behind "of" a name that no list knows is a person's as often as a place's, but for these words before it.
_THERE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|into|on|(?:area|barrio|camp|capital|city|coast|commune|county|department|district|edge|governorate|hamlet|interior|island"
    r"|(?:north|south)?(?:east|west)|kilomet(?:er|re)|locality|municipality|neighbou?rhood|north|outskirt|part|perimeter"
    r"|port|prefecture|province|quarter|region|sector|settlement|slum|south|state|street|suburb|town|township|vicinity"
    r"|village|zone)s?\s+of)\s+$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’]s\b")
_REACH = 40  # characters before a name that hold the word before it
_STOPS = ".!?"
_UNLISTED = 0.5  # of the stretch's own probability, for a name that the gazetteer lacks


def place_of(page: Page, parts: Sequence[Stretch], lead: int) -> Found[Place]:
    """The finest place that the stretches name; else one of the event's sentence; else one named near by.

    A name that the gazetteer does not know stands as it is told, its precision unknown.
    """
    told = [(place, part.score) for part in parts for place in _named(page, part)]
    told = _agreeing(page, told, lead)
    if told:
        place, score = min(told, key=lambda each: (_fineness(each[0]), -each[1]))
        return _found(place, score)
    return _unlisted(page, parts) or _beside(page, lead) or Found(Place(), (), _BEFORE)


def _agreeing(page: Page, told: list[tuple[PlaceMention, float]], lead: int) -> list[tuple[PlaceMention, float]]:
    """The places without those that lie elsewhere than one which the event's own sentence names."""
    sentence = page.sentence_at(lead)
    if sentence is None:
        return told
    own = [each for each, _ in told if sentence.start <= each.start < sentence.end]
    return [(each, score) for each, score in told if not own or any(_agree(each.place, one.place) for one in own)]


def _agree(one: Place, other: Place) -> bool:
    return one.holds(other) or other.holds(one)


def _named(page: Page, part: Stretch) -> Iterable[PlaceMention]:
    start, end = page.chars(part)
    return page.places.within(start, end)


def _beside(page: Page, lead: int) -> Found[Place] | None:
    """The finest place of the event's sentence, else where the report was written if it says so, else one near by."""
    sentence = page.sentence_at(lead)
    if sentence is None:
        return None
    inside = page.places.begun(sentence.start, sentence.end)
    if inside:
        return _found(min(inside, key=lambda place: (_fineness(place), abs(place.start - lead))), _IN_SENTENCE)
    near = _near(page, sentence)
    return _written(page, sentence, near) or (_found(near, _BEFORE) if near else None)


def _near(page: Page, sentence: Sentence) -> PlaceMention | None:
    """The last place named before a sentence and not far from it; for a heading the first of the sentence after it."""
    before = page.places.before(sentence.start)
    if before:
        return before if sentence.start - before.end <= REACH else None
    after = page.sentences.begun(sentence.end, sentence.end + REACH)
    if not after or sentence.start > page.sentences.things[0].start or page.article.text[sentence.end - 1] in _STOPS:
        return None
    return next(iter(page.places.begun(after[0].start, after[0].end)), None)


def _written(page: Page, sentence: Sentence, near: PlaceMention | None) -> Found[Place] | None:
    """Where the report was written if the sentence says "here" or "the capital", and not of another place near by."""
    home = page.written_at.before(sentence.end)
    if home is None or not sentence.has("cue.here") or (near and not near.place.holds(home.place)):
        return None
    hit = sentence.hits["cue.here"][0]
    return Found(home.place, (sentence.chars(hit.start, hit.end), (home.start, home.end)), _BEFORE)


def _unlisted(page: Page, parts: Sequence[Stretch]) -> Found[Place] | None:
    for part in sorted(parts, key=lambda part: -part.score):
        start, _ = page.chars(part)
        before = page.article.text[max(0, start - _REACH) : start]
        name, owned = page.text(part), _OWNED.search(page.text(part))
        if name[:1].isupper() and _THERE.search(before) and not owned:  # else it may be a person's name
            return Found(Place(name), (page.chars(part),), part.score * _UNLISTED)
    return None


def _found(mention: PlaceMention, score: float) -> Found[Place]:
    return Found(mention.place, ((mention.start, mention.end),), score)


def _fineness(mention: PlaceMention) -> int:
    return _FINENESS.index(mention.place.precision)
