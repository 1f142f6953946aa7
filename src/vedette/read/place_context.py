"""What a text says of where its names lie: its countries and provinces, and what stands beside a name to hold it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from vedette.model.kinds import Precision
from vedette.read.place_names import ADJECTIVES, Name, Page, short_state
from vedette.reference.folding import fold
from vedette.reference.gazetteer import Entry

_CHAIN, _COUNTRY, _PROVINCE, _SPEAKER = 3.0, 3.0, 1.5, 3.0
_ELSEWHERE = 1.0
# Points from which a name is a place's, on the scale of the gazetteer's weight.
THRESHOLD = 5.0


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole text speaks of: the share of each country and the provinces that it names.

    `adjectives` has the shares by adjectives, demonyms and the country of the source alone.
    """

    countries: dict[str, float]
    provinces: frozenset[tuple[str, str]]
    adjectives: dict[str, float]

    def points(self, entry: Entry) -> float:
        """Points for a place in the countries and provinces that the text speaks of."""
        share = self.countries.get(entry.place.country, 0.0)
        points = _COUNTRY * share if share or entry.place.precision is Precision.COUNTRY else -_ELSEWHERE
        return points + (_PROVINCE if (entry.place.country, entry.province) in self.provinces else 0.0)


def context_of(page: Page, names: list[Name], home: str) -> Context:
    """What the demonyms, the countries and the names of only one place say that the text is about."""
    votes: defaultdict[str, float] = defaultdict(float)
    for at, token in enumerate(page.tokens):
        if token.capital and (country := adjective(page, at)):
            votes[country] += 1.0
    adjectives = _shares(votes, home)
    provinces = set()
    seen: set[str] = set()
    for name in names:
        best = _best(name)
        if best is None or name.points < -_SPEAKER or not _sure(name, best):
            continue
        country = best.place.country
        if best.place.precision is Precision.COUNTRY:
            votes[country] += 2.0
        elif (called := page.name(name.first, name.last)) not in seen:
            # A town named twenty times says no more of the country than one named once.
            seen.add(called)
            votes[country] += 1.0
            province = best.place.name if best.place.precision is Precision.PROVINCE else best.province
            provinces.add((country, province))
    return Context(_shares(votes, home), frozenset(provinces), adjectives)


def _shares(votes: Mapping[str, float], home: str) -> dict[str, float]:
    weights = {country: math.sqrt(count) for country, count in votes.items()}
    if home:
        weights[home] = weights.get(home, 0.0) + 1.0
    total = sum(weights.values())
    return {country: weight / total for country, weight in weights.items()}


def adjective(page: Page, at: int) -> str:
    """The ISO 3166-1 alpha-2 code of the country whose adjective or demonym stands at `at`, or nothing."""
    if page.word(at) in ADJECTIVES:
        token = page.tokens[at]
        found = page.gazetteer.find(token.folded) if token.text.isupper() and (page.cased or "." in token.text) else ()
        return found[0].place.country if found else ""
    return page.gazetteer.demonym(page.word(at)) or page.gazetteer.demonym(page.name(at, at + 2))


def _best(name: Name) -> Entry | None:
    """The likeliest place of the name that is what it is said to be."""
    found = fitting(name)
    return found[0] if found else None


def fitting(name: Name) -> tuple[Entry, ...]:
    """The places of a name that are what the words beside it call it."""
    if name.said is None:
        return name.entries
    return tuple(entry for entry in name.entries if entry.place.precision is name.said)


def _sure(name: Name, best: Entry) -> bool:
    """True where no place of another country comes near the likeliest."""
    others = [entry.weight for entry in fitting(name) if entry.place.country != best.place.country]
    return best.weight + name.points >= THRESHOLD and best.weight - max(others, default=0.0) >= 1.0


def holder_of(page: Page, name: Name, following: list[Name]) -> frozenset[str]:
    """The folded names, as told and as listed, after "X," or "X district," or "(X)": of what should hold X."""
    at = name.last
    if page.word(at) in page.cues.area and page.beside(at - 1):
        at += 1
    if page.gap(at - 1).strip() not in {",", "("} or at >= len(page.tokens):
        return frozenset()
    if short := short_state(page, at):
        return frozenset([fold(short)])
    while page.word(at) in {"in", "the", "of", "province", "department", "state"} | page.cues.locative:
        at += 1
    holder = next((other for other in following if other.first == at), None)
    if holder is None:
        return frozenset()
    listed = (fold(entry.place.name) for entry in fitting(holder)[:1])
    return frozenset([page.name(holder.first, holder.last), *listed])


def held(entry: Entry, holder: frozenset[str]) -> float:
    """Points for a place that lies in what should hold it."""
    if not holder:
        return 0.0
    levels = {fold(level) for level in (*entry.place.path, entry.district, entry.province)}
    return _CHAIN if holder & levels else 0.0
