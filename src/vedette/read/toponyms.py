"""All toponyms of a text, adjectives of countries too, and the places of words that are given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vedette.model.kinds import Precision
from vedette.model.values import Place
from vedette.read.place_context import adjective, fitting
from vedette.read.place_names import Name, Page, said, short_state
from vedette.read.place_ranker import Weights
from vedette.read.places import PlaceMention, Reading, places_of
from vedette.reference.gazetteer import Entry, Gazetteer


def find_toponyms(text: str, gazetteer: Gazetteer, weights: Weights | None = None) -> list[PlaceMention]:
    """The places that a text names and the countries that its adjectives mean, in order."""
    reading = Reading(Page(text, gazetteer), "", weights)
    page, found = reading.page, places_of(reading)
    taken = {at for mention in found for at in range(mention.start, mention.end)}
    for at, token in enumerate(page.tokens):
        country = gazetteer.country(adjective(page, at)) if token.capital and token.start not in taken else None
        if country:
            found.append(PlaceMention(token.start, token.end, country, 0.9))
    return sorted(found, key=lambda mention: mention.start)


def locate(
    text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, weights: Weights | None = None
) -> list[PlaceMention | None]:
    """The place that each of these words means in its text; none where the text tells nothing of where it could be."""
    reading = Reading(Page(text, gazetteer), "", weights)
    settled = reading.ranked(given_names(reading.page, spans))
    around = reading.settled()
    found: list[PlaceMention | None] = []
    for (start, end), ranking in zip(spans, settled, strict=True):
        place = ranking[0][1].place if ranking else _somewhere(text, around, start, end)
        found.append(PlaceMention(start, end, place, round(ranking[0][0], 3) if ranking else 0.5) if place else None)
    return found


def given_names(page: Page, spans: Sequence[tuple[int, int]]) -> list[Name]:
    """These characters as names, with the places that each can mean."""
    return [_name(page, start, end) for start, end in spans]


def _name(page: Page, start: int, end: int) -> Name:
    """The name that these characters are, with the places it can mean."""
    within = [at for at, token in enumerate(page.tokens) if token.start < end and start < token.end]
    first, last = (within[0], within[-1] + 1) if within else (0, 0)
    if short := short_state(page, first):
        return Name(first, last, page.gazetteer.find(short, "US"), Precision.PROVINCE)
    name = Name(first, last, candidates(page.gazetteer, page.text[start:end]), said(page, first, last))
    return name if fitting(name) else replace(name, said=None)


_PLAIN = re.compile(r"^(?:the|greater|downtown|city of|state of|county of|province of|town of)\s+", re.IGNORECASE)
_ENDS = re.compile(r"(?:['’]s?|\s+(?:city|area|province|district|region|state|governorate))$", re.IGNORECASE)


def candidates(gazetteer: Gazetteer, name: str) -> tuple[Entry, ...]:
    """The places that a name can mean: as an adjective, else as it is written, else less what stands around it."""
    country = gazetteer.country(gazetteer.demonym(name))
    entries = gazetteer.find(country.name) if country else ()
    if entries:
        return tuple(entry for entry in entries if entry.place.precision is Precision.COUNTRY)
    for written in (name, _PLAIN.sub("", name), _ENDS.sub("", name), _ENDS.sub("", _PLAIN.sub("", name))):
        if entries := gazetteer.find(written):
            return entries
    return ()


def _somewhere(text: str, around: Sequence[PlaceMention], start: int, end: int) -> Place | None:
    """A place of unknown kind by this name, in the finest place that is named beside it."""
    finer = [mention for mention in around if mention.place.precision is not Precision.COUNTRY] or around
    holder = min(finer, key=lambda mention: abs(mention.start - start), default=None)
    if holder is None:
        return None
    return Place(text[start:end], Precision.UNKNOWN, "", holder.place.country, holder.place.levels)
