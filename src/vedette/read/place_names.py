"""Words of a text that are a place's name, and what the words beside each call it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vedette.model.kinds import Precision
from vedette.reference.folding import fold
from vedette.reference.gazetteer import Entry, Gazetteer
from vedette.reference.place_cues import load_place_cues

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\b[wW]\.\s?[vV][aA]\.|[^\W\d_]+(?:['’‘ʼ`](?![sS]\b)[^\W\d_]+)*")
# A line of a hard-wrapped text goes on in the next; a short one is a heading.
_WRAPPED = 50
_LONGEST_NAME = 5
_SHORT_FORMS = frozenset(["st", "ste", "ft", "mt", "sta", "sto"])
# A state after a comma is one whatever else stands there.
SHORT_STATE_POINTS = 3.0
# The short names of countries that are adjectives more often than places: "U.S. forces".
ADJECTIVES = frozenset(["us", "uk", "uae", "usa", "car", "drc"])
_GOES_ON = re.compile("and|or|to|in|on|for|is|was|were|has|had|will|would|who|which|that|as|at|by|from|after|since")
# KABUL, Afghanistan (Sept. 1) - …; SAN SALVADOR, 9 JAN 90 (DPA) -- …; PAKTIKA PROVINCE, Afghanistan – …
_DATELINE = re.compile(
    r"^\W*([A-Z]{3}[^\n()\d]{0,60})"
    r"(?:\([^)\n]{3,30}\)|\d\d?\s+[A-Z]{3}\s+\d\d\s*\([^)]{2,60}\)|[^\n()]{0,20}\s(?:--|[-–—]\s))",
    re.MULTILINE,
)
# How far into a text its dateline can stand: titles, release numbers and bylines come first.
_HEAD = 1_500


class Token(NamedTuple):
    """A word: where it stands, how it is written, its fold, and whether it can begin a name."""

    start: int
    end: int
    text: str
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Name:
    """Words `first` up to `last` that are a name; `said` is what the words beside it call it."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    said: Precision | None = None
    points: float = 0.0


class Page:
    """A text with its words and its datelines."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text, self.gazetteer, self.cues = text, gazetteer, load_place_cues()
        letters = sum(map(str.isalpha, text))
        self.cased = 0.005 * letters < sum(map(str.isupper, text)) < 0.7 * letters
        self.tokens = [
            Token(match.start(), match.end(), match[0], fold(match[0]), not self.cased or match[0][0].isupper())
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


def find_names(page: Page) -> Iterator[Name]:
    """The longest names of the gazetteer, from left to right."""
    at = 0
    while at < len(page.tokens):
        name = _short_form(page, at) or (_longest(page, at) if page.tokens[at].capital else None)
        if name:
            yield name
        at = name.last if name else at + 1


def _short_form(page: Page, at: int) -> Name | None:
    """The state that stands shortened after a comma ("Bismarck, N.D.")."""
    state = short_state(page, at)
    if not state:
        return None
    entries = tuple(entry for entry in page.gazetteer.find(state, "US") if entry.place.precision is Precision.PROVINCE)
    return Name(at, at + 1, entries, Precision.PROVINCE, SHORT_STATE_POINTS)


def short_state(page: Page, at: int) -> str:
    """The full name of the state whose short form stands at `at`, after a comma."""
    if page.gap(at - 1).strip() != "," or at >= len(page.tokens):
        return ""
    token = page.tokens[at]
    if page.cased and token.text.isupper() and token.folded in page.cues.postal:
        return page.cues.postal[token.folded]
    dotted = "." in token.text or page.text[token.end : token.end + 1] == "."
    return page.cues.after_comma.get(token.folded, "") if dotted and token.capital else ""


def _longest(page: Page, at: int) -> Name | None:
    last = at + 1
    while last - at < _LONGEST_NAME and page.joined(last - 1) and continues(page, last):
        if not page.gazetteer.leads(page.name(at, last)):
            break
        last += 1
    for end in range(last, at, -1):
        if not page.tokens[end - 1].capital:
            continue
        if end == at + 1 and not _could_stand_alone(page, at):
            return None
        entries = page.gazetteer.find(page.name(at, end))
        if entries and not (end > at + 1 and _is_no_name(page, at, end, entries)):
            return Name(at, end, entries, said(page, at, end))
    return None


def _is_no_name(page: Page, first: int, last: int, entries: tuple[Entry, ...]) -> bool:
    """True of "Jutiapa Department", where "Jutiapa" is the name, of "The Village", and of the names of other things."""
    if page.word(first) == "the" and entries[0].place.precision is not Precision.COUNTRY:
        return page.word(first + 1) not in {"hague", "bronx"}
    area = page.cues.area.get(page.word(last - 1))
    # A county or a city may need its word.
    shorter = area is not None and page.word(last - 1) not in {"city", "county"}
    if shorter and page.gazetteer.find(page.name(first, last - 1)):
        return True
    return page.name(first, last) in page.cues.never_names


def continues(page: Page, at: int) -> bool:
    """True of a word that can stand inside a name."""
    return page.tokens[at].capital or page.tokens[at].folded in page.cues.particle


def _could_stand_alone(page: Page, at: int) -> bool:
    word = page.tokens[at].folded
    if word in page.cues.never or (len(word) < 3 and word not in ADJECTIVES):
        # "Ali" is no place, "Ali district" is.
        return len(word) > 2 and page.word(at + 1) in {"district", "province"} and page.beside(at)
    if word in ADJECTIVES:
        token = page.tokens[at]
        return token.text.isupper() and (page.cased or "." in token.text) and _stands_as_noun(page, at)
    return True


def _stands_as_noun(page: Page, at: int) -> bool:
    return not page.beside(at) or _GOES_ON.fullmatch(page.word(at + 1)) is not None


def said(page: Page, first: int, last: int) -> Precision | None:
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


def _new_name(page: Page, at: int) -> bool:
    """True where the area word at `at` begins another phrase ("in Kabul district officials said")."""
    return (
        page.cased
        and page.word(at) in {"state", "capital", "region"}
        and not page.tokens[at].capital
        and (page.word(at + 1) in {"of", "officials"})
    )
