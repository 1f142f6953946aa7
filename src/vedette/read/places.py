"""Places named in text: gazetteer names in a place's surroundings, settled by what else the text names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vedette.model.kinds import Precision
from vedette.model.values import Place
from vedette.reference.folding import fold
from vedette.reference.gazetteer import Entry, Gazetteer
from vedette.reference.place_cues import PlaceCues, load_place_cues

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’‘ʼ`](?!s\b)[^\W\d_]+)*", re.IGNORECASE)
# A line of a hard-wrapped text goes on in the next; a short one is a heading.
_WRAPPED = 50
_LONGEST_NAME = 5
_SHORT_FORMS = frozenset(["st", "ste", "ft", "mt", "sta", "sto"])
# The short names of countries that are adjectives more often than places: "U.S. forces".
_ADJECTIVES = frozenset(["us", "uk", "uae", "usa", "car", "drc"])
_GOES_ON = frozenset(
    "and or to in on for is was were has had will would who which that as at by from after since".split()
)
_DATELINE = re.compile(
    r"^\W*([A-Z]{3}[^\n()\d]{0,60})(?:\([^)\n]{3,30}\)|\d\d?\s+[A-Z]{3}\s+\d\d\s*\([^)]{2,60}\)|[^\n()]{0,20}\s(?:--|[-–—]\s))",
    re.MULTILINE,
)
_HEAD = 1_500

# Points for and against a name being a place, on the scale of the gazetteer's weight (the decimal logarithm of the
# population, more for countries). Set by hand on the development halves of ISAF and MUC-4, and on LGL.
_LOCATIVE, _AREA_WORD, _CHAIN, _COUNTRY, _PROVINCE, _MANY_WORDS = 2.0, 3.0, 3.0, 2.0, 1.5, 1.0
_IS_WORD, _IS_NAME, _FIRST_WORD, _PERSON, _THING, _SPEAKER = 3.0, 1.5, 0.5, 6.0, 5.0, 3.0
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
class _Token:
    start: int
    end: int
    text: str
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """Tokens `first` up to `last` that are a name; `said` is what the words beside it call it."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    said: Precision | None = None
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole text speaks of: the share of each country and the provinces that it names."""

    countries: dict[str, float]
    provinces: frozenset[tuple[str, str]]

    def points(self, entry: Entry) -> float:
        points = _COUNTRY * self.countries.get(entry.place.country, 0.0)
        return points + (_PROVINCE if (entry.place.country, entry.province) in self.provinces else 0.0)


def find_places(text: str, gazetteer: Gazetteer, home: str = "") -> list[PlaceMention]:
    """The places that a text names, in order; `home` is the ISO 3166-1 alpha-2 code of the source's country."""
    page = _Page(text, gazetteer)
    names = _judged(page, list(_names(page)))
    context = _context(page, names, home)
    settled = list(_settled(page, names, context))
    mentions = [*settled, *_unlisted(page, settled, context)]
    return sorted(mentions, key=lambda mention: mention.start)


class _Page:
    """A text with its words and its datelines."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text, self.gazetteer, self.cues = text, gazetteer, load_place_cues()
        letters = sum(map(str.isalpha, text))
        self.cased = 0.005 * letters < sum(map(str.isupper, text)) < 0.7 * letters
        self.tokens = [
            _Token(match.start(), match.end(), match[0], fold(match[0]), not self.cased or match[0][0].isupper())
            for match in _WORD.finditer(text)
        ]
        self.datelines = [match.span(1) for match in _DATELINE.finditer(text[:_HEAD])]

    def gap(self, at: int) -> str:
        """What stands between word `at` and the next; a line break where there is no next."""
        if not 0 <= at < len(self.tokens) - 1:
            return "\n\n"
        return self.text[self.tokens[at].end : self.tokens[at + 1].start]

    def word(self, at: int) -> str:
        """The folded word `at`, nothing beyond the ends."""
        return self.tokens[at].folded if 0 <= at < len(self.tokens) else ""

    def joined(self, at: int) -> bool:
        """True where word `at` and the next can be one name."""
        gap = self.gap(at)
        if gap in {" ", "-", "\u00a0", "‑"}:
            return True
        if gap.isspace() and gap.count("\n") < 2:
            line = self.text.rfind("\n", 0, self.tokens[at].end) + 1
            return gap.strip(" ") == "" or self.tokens[at].end - line >= _WRAPPED
        return gap == ". " and self.tokens[at].folded in _SHORT_FORMS

    def beside(self, at: int) -> bool:
        """True where nothing but blanks stands between word `at` and the next."""
        return self.gap(at).strip(" \n") == "" and self.gap(at).count("\n") < 2

    def starts_sentence(self, at: int) -> bool:
        """True of the first word of a sentence, a line or a quotation."""
        return at == 0 or bool(re.search(r"[.!?:\n\"“]", self.gap(at - 1)))

    def name(self, first: int, last: int) -> str:
        """The words `first` up to `last` as one folded name."""
        return " ".join(token.folded for token in self.tokens[first:last])

    def in_dateline(self, at: int) -> bool:
        """True where word `at` stands in a dateline."""
        return any(start <= self.tokens[at].start < end for start, end in self.datelines)


def _names(page: _Page) -> Iterator[_Name]:
    """The longest names of the gazetteer, from left to right."""
    at = 0
    while at < len(page.tokens):
        name = _longest(page, at) if page.tokens[at].capital else None
        if name:
            yield name
        at = name.last if name else at + 1


def _longest(page: _Page, at: int) -> _Name | None:
    last = at + 1
    while last - at < _LONGEST_NAME and page.joined(last - 1) and _continues(page, last):
        last += 1
    for end in range(last, at, -1):
        if not page.tokens[end - 1].capital:
            continue
        if end == at + 1 and not _could_stand_alone(page, at):
            return None
        entries = page.gazetteer.find(page.name(at, end))
        if entries and not (end > at + 1 and _ends_in_area_word(page, at, end)):
            return _Name(at, end, entries, _said(page, at, end))
    return None


def _ends_in_area_word(page: _Page, first: int, last: int) -> bool:
    """True of "Jutiapa Department", where "Jutiapa" is the name; a county or a city may need its word."""
    area = page.cues.area.get(page.word(last - 1))
    is_part = page.word(last - 1) in {"city", "county"}
    return area is not None and not is_part and bool(page.gazetteer.find(page.name(first, last - 1)))


def _continues(page: _Page, at: int) -> bool:
    return page.tokens[at].capital or page.tokens[at].folded in page.cues.particle


def _could_stand_alone(page: _Page, at: int) -> bool:
    word = page.tokens[at].folded
    if word in page.cues.never or len(word) < 2:
        # "Ali" is no place, "Ali district" is.
        return len(word) > 2 and page.word(at + 1) in {"district", "province"} and page.beside(at)
    if word in _ADJECTIVES:
        token = page.tokens[at]
        return token.text.isupper() and (page.cased or "." in token.text) and _stands_as_noun(page, at)
    return True


def _stands_as_noun(page: _Page, at: int) -> bool:
    return not page.beside(at) or page.word(at + 1) in _GOES_ON


def _said(page: _Page, first: int, last: int) -> Precision | None:
    """What the words around a name call it: "X province", "the province of X", "province X"."""
    area = page.cues.area
    if page.beside(last - 1) and page.word(last) in area and not _new_name(page, last):
        return area[page.word(last)]
    if (
        page.word(first - 1) == "of"
        and page.word(first - 2) in area
        and page.word(first - 2) not in {"state", "capital"}
    ):
        return area[page.word(first - 2)]
    return None


def _new_name(page: _Page, at: int) -> bool:
    """True where the area word at `at` begins another phrase ("in Kabul district officials said")."""
    return (
        page.cased
        and page.word(at) in {"state", "capital", "region"}
        and not page.tokens[at].capital
        and (page.word(at + 1) in {"of", "officials"})
    )


def _judged(page: _Page, names: list[_Name]) -> list[_Name]:
    """The names with the points that the words beside each give it."""
    judged = [replace(name, points=_points(page, name)) for name in names]
    persons = {page.word(name.last - 1) for name in judged if name.points <= -_PERSON + _LOCATIVE}
    return [replace(name, points=name.points - _SPEAKER) if _bears(page, name, persons) else name for name in judged]


def _bears(page: _Page, name: _Name, persons: set[str]) -> bool:
    """True of the bare family name of a person whom the text has introduced."""
    return name.last - name.first == 1 and page.word(name.first) in persons and name.points > -_PERSON + _LOCATIVE


def _points(page: _Page, name: _Name) -> float:
    cues, before, after = page.cues, page.word(name.first - 1), page.word(name.last)
    single = name.last - name.first == 1
    points = 0.0 if single else _MANY_WORDS
    if before in cues.locative and page.beside(name.first - 1):
        points += _LOCATIVE
    if name.said:
        points += _AREA_WORD
    if page.in_dateline(name.first):
        points += _CHAIN
    if single and page.gazetteer.is_word(page.word(name.first)):
        points -= _IS_WORD
    if single and _is_name(page, name.first):
        points -= _IS_NAME
    if page.cased and page.starts_sentence(name.first):
        points -= _FIRST_WORD
    if _in_person(page, name):
        points -= _PERSON
    if (after in cues.thing_after and page.beside(name.last - 1) and page.tokens[name.last].capital) or (
        before in cues.thing_before and page.beside(name.first - 1) and page.tokens[name.first - 1].capital
    ):
        points -= _THING
    if after in cues.speaking and page.beside(name.last - 1):
        points -= _SPEAKER
    return points


def _is_name(page: _Page, at: int) -> bool:
    return page.gazetteer.is_given_name(page.word(at)) or page.gazetteer.is_family_name(page.word(at))


def _in_person(page: _Page, name: _Name) -> bool:
    """True where titles, initials or given names beside it make the name a person's."""
    before, gap = page.word(name.first - 1), page.gap(name.first - 1)
    if before and gap in {" ", ". ", "\n"}:
        if before in page.cues.title and page.tokens[name.first - 1].capital:
            return True
        if gap == ". " and len(before) == 1:
            return True
        if page.cased and gap == " " and page.tokens[name.first - 1].capital and page.gazetteer.is_given_name(before):
            return not page.gazetteer.find(before) or name.last - name.first == 1
    follows = page.beside(name.last - 1) and name.last < len(page.tokens) and page.tokens[name.last].capital
    given = name.last - name.first == 1 and page.gazetteer.is_given_name(page.word(name.first))
    return bool(follows and given and page.cased and page.gazetteer.is_family_name(page.word(name.last)))


def _context(page: _Page, names: list[_Name], home: str) -> _Context:
    """What the demonyms, the countries and the names of only one place say that the text is about."""
    votes: Counter[str] = Counter({home: 2.0} if home else {})
    for at, token in enumerate(page.tokens):
        if token.capital and (country := _demonym(page, at)):
            votes[country] += 1.0
    provinces = set()
    for name in names:
        best = _best(name)
        if best is None or name.points < -_SPEAKER:
            continue
        if best.place.precision is Precision.COUNTRY:
            votes[best.place.country] += 2.0
        elif _sure(name, best):
            votes[best.place.country] += 1.0
            province = best.place.name if best.place.precision is Precision.PROVINCE else best.province
            provinces.add((best.place.country, province))
    total = sum(votes.values())
    return _Context({country: count / total for country, count in votes.items()}, frozenset(provinces))


def _demonym(page: _Page, at: int) -> str:
    if page.word(at) in _ADJECTIVES:
        token = page.tokens[at]
        found = page.gazetteer.find(token.folded) if token.text.isupper() and (page.cased or "." in token.text) else ()
        return found[0].place.country if found else ""
    return page.gazetteer.demonym(page.word(at)) or page.gazetteer.demonym(page.name(at, at + 2))


def _best(name: _Name) -> Entry | None:
    """The likeliest place of the name that is what it is said to be."""
    fitting = _fitting(name)
    return fitting[0] if fitting else None


def _fitting(name: _Name) -> tuple[Entry, ...]:
    if name.said is None:
        return name.entries
    return tuple(entry for entry in name.entries if entry.place.precision is name.said)


def _sure(name: _Name, best: Entry) -> bool:
    """True where no place of another country comes near the likeliest."""
    others = [entry.weight for entry in _fitting(name) if entry.place.country != best.place.country]
    return best.weight + name.points >= _THRESHOLD and best.weight - max(others, default=0.0) >= 1.0


def _settled(page: _Page, names: list[_Name], context: _Context) -> Iterator[PlaceMention]:
    """The names that are places after all, each with the place that it is."""
    threshold = _THRESHOLD if page.cased else _UNCASED_THRESHOLD
    for number, name in enumerate(names):
        holder = _holder(page, name, names[number + 1 :])
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
        if points >= threshold:
            yield _mention(page, name, entry.place, 1 / (1 + math.exp(threshold - points - 1)))


def _holder(page: _Page, name: _Name, following: list[_Name]) -> str:
    """The folded name after "X," or "X district," or "(X)": of what should hold X."""
    at = name.last
    if page.word(at) in page.cues.area and page.beside(at - 1):
        at += 1
    if page.gap(at - 1).strip() not in {",", "("} or at >= len(page.tokens):
        return ""
    short = page.cues.after_comma.get(page.word(at))
    if short and (page.gap(at).startswith(".") or page.tokens[at].text.isupper()):
        return fold(short)
    while page.word(at) in {"in", "the", "of", "province", "department", "state"} | page.cues.locative:
        at += 1
    return next((page.name(other.first, other.last) for other in following[:2] if other.first == at), "")


def _held(entry: Entry, holder: str) -> float:
    if not holder:
        return 0.0
    levels = {fold(level) for level in (*entry.place.path, entry.district, entry.province)}
    return _CHAIN if holder in levels else 0.0


def _mention(page: _Page, name: _Name, place: Place, score: float) -> PlaceMention:
    start, end = page.tokens[name.first].start, page.tokens[name.last - 1].end
    return PlaceMention(start, end, place, round(score, 3), page.in_dateline(name.first))


def _unlisted(page: _Page, found: list[PlaceMention], context: _Context) -> Iterator[PlaceMention]:
    """Districts, towns and villages that the text calls so and the gazetteer does not know."""
    taken = [(mention.start, mention.end) for mention in found]
    for at, token in enumerate(page.tokens):
        precision = page.cues.area.get(token.folded)
        if not page.cased or precision not in {Precision.DISTRICT, Precision.SETTLEMENT}:
            continue
        first, last = _called(page, at)
        if last <= first or page.tokens[last - 1].folded in page.cues.never:
            continue
        start, end = page.tokens[first].start, page.tokens[last - 1].end
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        path, country = _around(page, start, end, found)
        yield PlaceMention(start, end, Place(page.text[start:end], precision, "", country, path), 0.5)


def _called(page: _Page, at: int) -> tuple[int, int]:
    """The capitalised words before the area word `at`, or after it and "of"."""
    first = at
    while first > 0 and page.joined(first - 1) and _continues(page, first - 1) and at - first < 5:
        first -= 1
    while first < at and not page.tokens[first].capital:
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


def _around(page: _Page, start: int, end: int, found: list[PlaceMention]) -> tuple[tuple[str, ...], str]:
    """The province named next after a place, else the one named last before it, else the text's country."""
    provinces = [m for m in found if m.place.precision is Precision.PROVINCE]
    after = [m for m in provinces if 0 <= m.start - end < 60]
    before = [m for m in provinces if m.end <= start]
    nearest = after[:1] or before[-1:]
    if nearest:
        return nearest[0].place.levels, nearest[0].place.country
    countries = Counter(m.place.country for m in found)
    code = countries.most_common(1)[0][0] if countries else ""
    country = page.gazetteer.country(code)
    return ((country.name,), code) if country else ((), "")
