"""Places named in text: gazetteer names in a place's surroundings, settled by what else the text names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vedette.model.kinds import Precision
from vedette.model.values import Place
from vedette.read.place_context import THRESHOLD, Context, context_of, fitting, held, holder_of
from vedette.read.place_names import Name, Page, continues, find_names, short_state
from vedette.read.place_ranker import MOST, Asked, Told, Weights, rank
from vedette.read.row import Row
from vedette.reference.folding import fold
from vedette.reference.gazetteer import Entry, Gazetteer

# Places that have this share of the likeliest one's probability are told beside it.
_UNTOLD = 0.5

# Characters from a district's name within which the province after it holds it.
_NEAR = 60

# Points for and against a name being a place, on the scale of the gazetteer's weight (the decimal logarithm of the
# population, more for countries). Set by hand on the development halves of ISAF and MUC-4, and on LGL.
_LOCATIVE, _AREA_WORD, _DATELINE, _MANY_WORDS = 2.0, 3.0, 3.0, 1.0
_IS_WORD, _IS_NAME, _FIRST_WORD, _PERSON, _THING, _SPEAKER = 1.5, 1.2, 0.5, 6.0, 5.0, 3.0
# Where capitals tell nothing, a name must be likelier by two orders of magnitude of people.
_UNCASED_THRESHOLD = 7.0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Characters `start` up to `end` of a text name `place`; `dateline` where they stand in the text's dateline.

    `others` are the places that the name may mean as well, each with its probability, where no place is far likelier.
    """

    start: int
    end: int
    place: Place
    score: float
    dateline: bool = False
    others: tuple[tuple[Place, float], ...] = ()


def find_places(text: str, gazetteer: Gazetteer, home: str = "") -> list[PlaceMention]:
    """The places that a text names, in order; `home` is the ISO 3166-1 alpha-2 code of the source's country."""
    return places_of(Reading(Page(text, gazetteer), home))


def places_of(reading: Reading) -> list[PlaceMention]:
    """The places that a text names, in order, those that the gazetteer lacks too."""
    page, settled = reading.page, reading.settled()
    text = page.text
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
        points += _DATELINE
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


class Reading:
    """A text with its names, judged, and what it speaks of."""

    def __init__(self, page: Page, home: str, weights: Weights | None = None) -> None:
        self.page, self._weights = page, weights
        self.names = _judged(page, list(find_names(page)))
        self.context = context_of(page, self.names, home)
        self.threshold = THRESHOLD if page.cased else _UNCASED_THRESHOLD

    def settled(self) -> list[PlaceMention]:
        """The names that are places after all, each with the place that it is."""
        found = []
        for number, (name, ranking) in enumerate(zip(self.names, self.ranked(self.names), strict=True)):
            points = self._most(name, number)
            if not ranking or points < self.threshold:
                continue
            entry = ranking[0][1]
            if not _misplaced(name, entry, self._holder(name, number), self.context):
                found.append(_mention(self.page, name, ranking, 1 / (1 + math.exp(self.threshold - points - 1))))
        return found

    def ranked(self, names: Sequence[Name]) -> list[list[tuple[float, Entry]]]:
        """What each of these names can mean, likeliest first with probabilities; the text's other names are heard."""
        asked = self.asked(names)
        shares = rank(asked, self.told(), self._weights)[: len(names)]
        return [
            sorted(zip(map(float, share), one.entries, strict=True), key=lambda pair: -pair[0])
            for share, one in zip(shares, asked, strict=False)
        ]

    def told(self) -> Told:
        """What the text speaks of."""
        return Told(self.context.countries, self.context.provinces, self.context.adjectives)

    def asked(self, names: Sequence[Name]) -> list[Asked]:
        """These names, then the text's own that are none of them, as the ranker takes them."""
        taken = {at for name in names for at in range(name.first, name.last)}
        own = [name for name in self.names if taken.isdisjoint(range(name.first, name.last))]
        asked = [self._asked(name) for name in (*names, *own)]
        # "Paris, Texas" once is Paris in Texas wherever nothing else holds it.
        told = {one.key: one.held for one in reversed(asked) if any(one.held)}
        return [one if any(one.held) else replace(one, held=told.get(one.key, ())) for one in asked]

    def _asked(self, name: Name) -> Asked:
        page, entries = self.page, fitting(name)[:MOST]
        number = next((n for n, other in enumerate(self.names) if other.first >= name.first), len(self.names))
        number -= number < len(self.names) and self.names[number].first >= name.last
        holder = self._holder(name, number)
        points = self._most(name, number) if name in self.names else THRESHOLD + 2
        return Asked(
            f"{page.name(name.first, name.last)} {name.said} {len(entries)}",
            entries,
            tuple(bool(held(entry, holder)) for entry in entries) if holder else (),
            1 / (1 + math.exp(self.threshold - points)),
        )

    def _most(self, name: Name, number: int) -> float:
        """The points of the likeliest place of a name, that it is a place's name at all."""
        holder = self._holder(name, number)
        each = (entry.weight + self.context.points(entry) + held(entry, holder) for entry in fitting(name))
        return max(each, default=-math.inf) + name.points

    def _holder(self, name: Name, number: int) -> frozenset[str]:
        return holder_of(self.page, name, self.names[number + 1 : number + 3])


def _misplaced(name: Name, entry: Entry, holder: frozenset[str], context: Context) -> bool:
    """True of a district that the text puts elsewhere: into a province, or the text into one country, that lacks it."""
    if name.said is not Precision.DISTRICT:
        return False
    if any(fold(province) in holder for _, province in context.provinces):
        return not held(entry, holder)
    return max(context.countries.values(), default=0.0) > 0.5 and context.countries.get(entry.place.country, 0.0) == 0


def _mention(page: Page, name: Name, ranking: Sequence[tuple[float, Entry]], score: float) -> PlaceMention:
    start, end = page.tokens[name.first].start, page.tokens[name.last - 1].end
    if name.said is Precision.PROVINCE and page.text[end : end + 1] == "." and short_state(page, name.first):
        end += 1
    (best, entry), rest = ranking[0], ranking[1:4]
    others = tuple((other.place, round(share, 3)) for share, other in rest if share >= best * _UNTOLD)
    return PlaceMention(start, end, entry.place, round(score, 3), page.in_dateline(name.first), others)


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
        self.holder_of = page.gazetteer.country(self._country)
        provinces = [mention for mention in found if mention.place.precision is Precision.PROVINCE]
        self._provinces = Row(provinces)
        self._home = Row([mention for mention in provinces if mention.place.country == self._country])

    def of(self, start: int, end: int) -> tuple[tuple[str, ...], str]:
        """The province named next after a place, else the one named last before it, else the text's country."""
        after = self._provinces.begun(end, end + _NEAR)
        nearest = after[0] if after else self._home.before(start)
        if nearest:
            return nearest.place.levels, nearest.place.country
        return ((self.holder_of.name,), self._country) if self.holder_of else ((), "")
