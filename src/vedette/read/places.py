"""Places named in text: gazetteer names in a place's surroundings, settled by what else the text names."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vedette.model.kinds import Precision
from vedette.model.values import Place
from vedette.read.place_names import ADJECTIVES, Name, Page, continues, find_names, short_state
from vedette.read.row import Row
from vedette.reference.folding import fold
from vedette.reference.gazetteer import Entry, Gazetteer

# Characters from a district's name within which the province after it holds it.
_NEAR = 60

# Points for and against a name being a place, on the scale of the gazetteer's weight (the decimal logarithm of the
# population, more for countries). Set by hand on the development halves of ISAF and MUC-4, and on LGL.
_LOCATIVE, _AREA_WORD, _CHAIN, _COUNTRY, _PROVINCE, _MANY_WORDS = 2.0, 3.0, 3.0, 3.0, 1.5, 1.0
_IS_WORD, _IS_NAME, _FIRST_WORD, _PERSON, _THING, _SPEAKER = 1.5, 1.2, 0.5, 6.0, 5.0, 3.0
_ELSEWHERE = 1.0
_THRESHOLD = 5.0
# Where capitals tell nothing, a name must be likelier by two orders of magnitude of people.
_UNCASED_THRESHOLD = 7.0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Characters `start` up to `end` of a text name `place`; `dateline` where they stand in the text's dateline."""

    start: int
    end: int
    place: Place
    score: float
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole text speaks of: the share of each country and the provinces that it names."""

    countries: dict[str, float]
    provinces: frozenset[tuple[str, str]]

    def points(self, entry: Entry) -> float:
        share = self.countries.get(entry.place.country, 0.0)
        points = _COUNTRY * share if share or entry.place.precision is Precision.COUNTRY else -_ELSEWHERE
        return points + (_PROVINCE if (entry.place.country, entry.province) in self.provinces else 0.0)


def find_places(text: str, gazetteer: Gazetteer, home: str = "") -> list[PlaceMention]:
    """The places that a text names, in order; `home` is the ISO 3166-1 alpha-2 code of the source's country."""
    page = Page(text, gazetteer)
    names = _judged(page, list(find_names(page)))
    context = _context(page, names, home)
    settled = list(_settled(page, names, context))
    around = _Around(page, settled)
    settled = [_with_province(around, m) for m in settled]
    unlisted = list(_unlisted(page, settled, around))
    # Within a text a district's name means one district.
    known = {text[m.start : m.end]: m.place for m in unlisted if m.place.precision is Precision.DISTRICT}
    told = (known.get(text[m.start : m.end]) for m in settled) if known else (None for _ in settled)
    settled = [replace(m, place=place) if place else m for m, place in zip(settled, told, strict=True)]
    mentions = [*settled, *unlisted]
    return sorted(mentions, key=lambda mention: mention.start)


def _judged(page: Page, names: list[Name]) -> list[Name]:
    """The names with the points that the words beside each give it."""
    known = {at for name in names for at in range(name.first, name.last)}
    judged = [replace(name, points=name.points + _points(page, name, known)) for name in names]
    persons = {page.word(name.last - 1) for name in judged if name.points <= -_PERSON + _LOCATIVE}
    persons -= {page.word(name.last - 1) for name in judged if name.points >= _LOCATIVE - _IS_NAME}
    return [replace(name, points=name.points - _SPEAKER) if _bears(page, name, persons) else name for name in judged]


def _bears(page: Page, name: Name, persons: set[str]) -> bool:
    """True of the bare family name of a person whom the text has introduced."""
    return name.last - name.first == 1 and page.word(name.first) in persons and name.points > -_PERSON + _LOCATIVE


def _points(page: Page, name: Name, known: set[int]) -> float:
    before, after = page.word(name.first - 1), page.word(name.last)
    points = _name_points(page, name)
    if before in page.cues.locative and page.beside(name.first - 1):
        points += _LOCATIVE
    if name.said:
        points += _AREA_WORD
    if page.in_dateline(name.first):
        points += _CHAIN
    if page.cased and page.starts_sentence(name.first):
        points -= _FIRST_WORD
    if _in_person(page, name):
        points -= _PERSON
    if _in_thing(page, name) or _in_district(page, name) or _in_compound(page, name, known):
        points -= _THING
    if after in page.cues.speaking and page.beside(name.last - 1):
        points -= _SPEAKER
    return points


def _name_points(page: Page, name: Name) -> float:
    """What the name alone says: of many words it is likelier a place, as a word or a person's name less so."""
    if name.last - name.first > 1:
        return _MANY_WORDS
    # A city of millions is meant before the lima bean.
    costs = 1.0 if name.entries and name.entries[0].weight >= 6 else 2.0
    if page.gazetteer.is_word(page.word(name.first)):
        return -_IS_WORD * costs
    return -_IS_NAME * costs if _is_name(page, name.first) else 0.0


def _in_thing(page: Page, name: Name) -> bool:
    """True where the word after or before makes the name that of a paper, a company, a street, a camp."""
    if page.word(name.first - 1) == "of" and page.word(name.first - 2) in page.cues.thing_of:
        return page.tokens[name.first - 2].capital
    after = name.last < len(page.tokens) and page.tokens[name.last].capital and page.beside(name.last - 1)
    before = name.first > 0 and page.tokens[name.first - 1].capital and page.beside(name.first - 1)
    return (after and page.word(name.last) in page.cues.thing_after) or (
        before and page.word(name.first - 1) in page.cues.thing_before
    )


def _in_district(page: Page, name: Name) -> bool:
    """True of a part of a longer district's name ("Kot" in "Wali Kot district")."""
    at = name.last
    while (
        page.cased and at < len(page.tokens) and page.tokens[at].capital and page.beside(at - 1) and at < name.last + 3
    ):
        at += 1
    if page.cues.area.get(page.word(at)) is not Precision.DISTRICT or not page.beside(at - 1):
        return False
    first, last = _called(page, at)
    return first <= name.first and name.last <= last and last == at and last - first > name.last - name.first


def _in_compound(page: Page, name: Name, known: set[int]) -> bool:
    """True where a hyphen ties the name to a capitalised word that is none ("Wal-Mart", "Nahr-e Saraj")."""
    at = name.first - 1
    if page.gap(at) in {"-", " "} and page.word(at) in {"e", "i", "ye"}:
        return True
    tied = [at] if page.gap(at) == "-" else []
    tied += [name.last] if page.gap(name.last - 1) == "-" else []
    return any(page.tokens[word].capital and word not in known for word in tied)


def _is_name(page: Page, at: int) -> bool:
    return page.gazetteer.is_given_name(page.word(at)) or page.gazetteer.is_family_name(page.word(at))


def _in_person(page: Page, name: Name) -> bool:
    """True where titles, initials or given names beside it make the name a person's."""
    before, gap = page.word(name.first - 1), page.gap(name.first - 1)
    if before and gap in {" ", ". ", "\n"}:
        if before in page.cues.title and page.tokens[name.first - 1].capital:
            return True
        if gap == ". " and len(before) == 1:
            return True
        given = page.tokens[name.first - 1].capital and before not in page.cues.never | page.cues.locative
        if page.cased and gap == " " and given and page.gazetteer.is_given_name(before):
            return not page.gazetteer.find(before) or name.last - name.first == 1
    follows = page.beside(name.last - 1) and name.last < len(page.tokens) and page.tokens[name.last].capital
    given = name.last - name.first == 1 and page.gazetteer.is_given_name(page.word(name.first))
    return bool(follows and given and page.cased and page.gazetteer.is_family_name(page.word(name.last)))


def _context(page: Page, names: list[Name], home: str) -> _Context:
    """What the demonyms, the countries and the names of only one place say that the text is about."""
    votes: defaultdict[str, float] = defaultdict(float)
    for at, token in enumerate(page.tokens):
        if token.capital and (country := _demonym(page, at)):
            votes[country] += 1.0
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
    weights = {country: math.sqrt(count) for country, count in votes.items()}
    if home:
        weights[home] = weights.get(home, 0.0) + 1.0
    total = sum(weights.values())
    return _Context({country: weight / total for country, weight in weights.items()}, frozenset(provinces))


def _demonym(page: Page, at: int) -> str:
    if page.word(at) in ADJECTIVES:
        token = page.tokens[at]
        found = page.gazetteer.find(token.folded) if token.text.isupper() and (page.cased or "." in token.text) else ()
        return found[0].place.country if found else ""
    return page.gazetteer.demonym(page.word(at)) or page.gazetteer.demonym(page.name(at, at + 2))


def _best(name: Name) -> Entry | None:
    """The likeliest place of the name that is what it is said to be."""
    fitting = _fitting(name)
    return fitting[0] if fitting else None


def _fitting(name: Name) -> tuple[Entry, ...]:
    if name.said is None:
        return name.entries
    return tuple(entry for entry in name.entries if entry.place.precision is name.said)


def _sure(name: Name, best: Entry) -> bool:
    """True where no place of another country comes near the likeliest."""
    others = [entry.weight for entry in _fitting(name) if entry.place.country != best.place.country]
    return best.weight + name.points >= _THRESHOLD and best.weight - max(others, default=0.0) >= 1.0


def _settled(page: Page, names: list[Name], context: _Context) -> Iterator[PlaceMention]:
    """The names that are places after all, each with the place that it is."""
    threshold = _THRESHOLD if page.cased else _UNCASED_THRESHOLD
    for number, name in enumerate(names):
        holder = _holder(page, name, names[number + 1 : number + 3])
        ranked = sorted(
            (
                (entry.weight + context.points(entry) + _held(entry, holder), -at, entry)
                for at, entry in enumerate(_fitting(name))
            ),
            reverse=True,
        )
        if not ranked:
            continue
        points, _, entry = ranked[0]
        points += name.points
        if points >= threshold and not _misplaced(name, entry, holder, context):
            yield _mention(page, name, entry.place, 1 / (1 + math.exp(threshold - points - 1)))


def _misplaced(name: Name, entry: Entry, holder: frozenset[str], context: _Context) -> bool:
    """True of a district that the text puts elsewhere: into a province, or the text into one country, that lacks it."""
    if name.said is not Precision.DISTRICT:
        return False
    if any(fold(province) in holder for _, province in context.provinces):
        return not _held(entry, holder)
    return max(context.countries.values(), default=0.0) > 0.5 and context.countries.get(entry.place.country, 0.0) == 0


def _holder(page: Page, name: Name, following: list[Name]) -> frozenset[str]:
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
    listed = (fold(entry.place.name) for entry in _fitting(holder)[:1])
    return frozenset([page.name(holder.first, holder.last), *listed])


def _held(entry: Entry, holder: frozenset[str]) -> float:
    if not holder:
        return 0.0
    levels = {fold(level) for level in (*entry.place.path, entry.district, entry.province)}
    return _CHAIN if holder & levels else 0.0


def _mention(page: Page, name: Name, place: Place, score: float) -> PlaceMention:
    start, end = page.tokens[name.first].start, page.tokens[name.last - 1].end
    if name.said is Precision.PROVINCE and page.text[end : end + 1] == "." and short_state(page, name.first):
        end += 1
    return PlaceMention(start, end, place, round(score, 3), page.in_dateline(name.first))


def _unlisted(page: Page, found: list[PlaceMention], around: _Around) -> Iterator[PlaceMention]:
    """Districts, towns and villages that the text calls so and the gazetteer does not know."""
    taken = {at for mention in found for at in range(mention.start, mention.end)}
    for at, token in enumerate(page.tokens):
        precision = page.cues.area.get(token.folded)
        if not page.cased or precision not in {Precision.DISTRICT, Precision.SETTLEMENT}:
            continue
        first, last = _called(page, at)
        if last <= first or page.word(last - 1) in page.cues.never or len(page.name(first, last)) < 3:
            continue
        start, end = page.tokens[first].start, page.tokens[last - 1].end
        if not taken.isdisjoint(range(start, end)) or page.gazetteer.demonym(page.name(first, last)):
            continue  # "the Nigerian city of Jos" is about Jos
        path, country = around.of(start, end)
        yield PlaceMention(start, end, Place(page.text[start:end], precision, "", country, path), 0.5)


def _with_province(around: _Around, mention: PlaceMention) -> PlaceMention:
    """The mention, in the province that the text names beside it where the gazetteer knows only the country."""
    place = mention.place
    if place.precision not in {Precision.DISTRICT, Precision.SETTLEMENT} or len(place.path) != 1:
        return mention
    path, country = around.of(mention.start, mention.end)
    fits = country == place.country and path[:1] == place.path
    return replace(mention, place=replace(place, path=path)) if fits else mention


def _called(page: Page, at: int) -> tuple[int, int]:
    """The capitalised words before the area word `at`, or after it and "of"."""
    first = at
    while first > 0 and page.joined(first - 1) and continues(page, first - 1) and at - first < 5:
        first -= 1
    while first < at and (not page.tokens[first].capital or page.word(first) in page.cues.locative | {"the", "a"}):
        first += 1
    if first < at and page.tokens[at - 1].capital:
        return first, at
    start = at + 2 if page.word(at + 1) == "of" else at + 1
    last = start
    while last < len(page.tokens) and page.tokens[last].capital and last - start < 4:
        last += 1
        if not page.joined(last - 1):
            break
    return (start, last) if page.beside(at) else (at, at)


class _Around:
    """What the places that a text names say of those of which the gazetteer knows less."""

    def __init__(self, page: Page, found: list[PlaceMention]) -> None:
        countries = Counter(mention.place.country for mention in found)
        self._country = countries.most_common(1)[0][0] if countries else ""
        self._holder = page.gazetteer.country(self._country)
        provinces = [mention for mention in found if mention.place.precision is Precision.PROVINCE]
        self._provinces = Row(provinces)
        self._home = Row([mention for mention in provinces if mention.place.country == self._country])

    def of(self, start: int, end: int) -> tuple[tuple[str, ...], str]:
        """The province named next after a place, else the one named last before it, else the text's country."""
        after = self._provinces.begun(end, end + _NEAR)
        nearest = after[0] if after else self._home.before(start)
        if nearest:
            return nearest.place.levels, nearest.place.country
        return ((self._holder.name,), self._country) if self._holder else ((), "")
