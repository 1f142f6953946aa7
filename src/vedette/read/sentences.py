"""Sentences with true offsets, out of wire copy, all-caps telexes and press releases."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vedette.reference.lexicon import WORD, Hit, Lexicon

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)|;(?=\s)")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Za-z]|[A-Za-z]\.[A-Za-z]|mr|mrs|ms|dr|prof|rev|fr|col|gen|maj|capt|lt|sgt|cpl|brig|adm|cmdr|gov|sen|rep|"
    r"st|no|vs|dept|inc|ltd|co|etc|approx|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|u\.s|u\.n|jr|sr|msgr|pres|"
    r"lic|ing|ave|km)$",
    re.IGNORECASE,
)
# "KABUL, Oct. 9, 2021 – ", "SANTIAGO, 5 JAN 90 -- ", "KABUL, Afghanistan (Sept. 1) - "
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,4}(?: PROVINCE)?(?:,[^–—\n(]{0,40}?)?\s*"
    r"(?:\([^)\n]{2,40}\)\s*(?:[–—-]{1,2}|$)|\s[–—-]{1,2}\s)",
    re.MULTILINE,
)
# No sentence is longer: a text without stops is cut between words, so that its cost stays in proportion.
_LONGEST = 3_000
_BLANK = re.compile(r"\s")
_LINE_END = re.compile(r"\n\s*+(?=(\S{1,101}))")
# Telexes wrap near column 75; a line end before this column with room for the next word is a real line end.
_WRAPPED = range(67, 101)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its characters, its paragraph, its words in lower case and what the lexicon knows of them."""

    text: str
    start: int
    end: int
    paragraph: int
    lexicon: Lexicon
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    hits: Mapping[str, Sequence[Hit]] = field(default_factory=dict)

    def of(self, *groups: str) -> list[Hit]:
        """The lexicon's hits of these groups, by position."""
        return sorted(hit for group in groups for hit in self.hits.get(group, ()))

    def has(self, *groups: str) -> bool:
        """True where one of these groups has a hit."""
        return any(group in self.hits for group in groups)

    def word_set(self, name: str) -> frozenset[str]:
        """The lexicon's set of small words of this name."""
        return self.lexicon.words[name]

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """The characters of words `first` up to `last`."""
        return self.starts[first], self.ends[last - 1]

    def word_at(self, offset: int) -> int:
        """The first word that starts at or after a character."""
        return bisect_left(self.starts, offset)


def split_sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and paragraph number of each sentence, in order, without white space around it."""
    start, number = 0, 0
    for match in [*_PARAGRAPH.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            yield from ((a, b, number) for a, b in _in_paragraph(text, start, end))
            number += 1
        start = match.end() if match else end


def datelines(text: str) -> list[tuple[int, int]]:
    """The characters of the datelines: where and when a report was written, not where and when it happened."""
    return [match.span() for match in _DATELINE.finditer(text)]


def read_sentence(text: str, bounds: tuple[int, int, int], lexicon: Lexicon) -> Sentence:
    """A sentence with its words; what the lexicon knows of them is added by `look_up`."""
    start, end, paragraph = bounds
    words, starts, ends = [], [], []
    for match in WORD.finditer(text, start, end):
        words.append(match.group().lower().replace("’", "'"))
        starts.append(match.start())
        ends.append(match.end())
    return Sentence(text, start, end, paragraph, lexicon, words, starts, ends)


def look_up(sentence: Sentence) -> Sentence:
    """The sentence with what its lexicon knows of its words."""
    hits: dict[str, list[Hit]] = {}
    for hit in sentence.lexicon.find(sentence.words):
        hits.setdefault(hit.group, []).append(hit)
    return replace(sentence, hits=hits)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = sorted({*_line_ends(text, start, end), *_full_stops(text, start, end), end})
    for cut in cuts:
        piece = text[start:cut]
        left = start + len(piece) - len(piece.lstrip())
        right = cut - (len(piece) - len(piece.rstrip()))
        while right - left > _LONGEST and (blank := _BLANK.search(text, left + _LONGEST, right)):
            yield left, blank.start()
            left = blank.end()
        if left < right:
            yield left, right
        start = cut


def _line_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Line ends that are no wrapping: the line stops with room left, or is no telex line at all."""
    for match in _LINE_END.finditer(text, start, end):
        cut = match.start()
        line = text[text.rfind("\n", 0, cut) + 1 : cut].rstrip()
        if len(line) + 1 + len(match[1]) not in _WRAPPED or "\n" in match[0][1:]:
            yield cut


def _full_stops(text: str, start: int, end: int) -> Iterator[int]:
    uncased = text[start:end].islower()
    for match in _END.finditer(text, start, end):
        if match.group() == "." and _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            continue
        after = text[match.end() : match.end() + 4].lstrip()
        wide = text[match.end() : match.end() + 2].isspace()
        if wide or not after or not after[0].islower() or match.group() == ";" or uncased:
            yield match.end()
