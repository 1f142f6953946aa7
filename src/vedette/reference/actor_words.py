"""Texts as the words that names of organisations are looked up by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from vedette.reference.folding import fold

# Vowel signs and joiners of scripts that do not write them as letters: Arabic, Hebrew, Devanagari, Bengali, Burmese.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0980-\u0983\u09bc-\u09cd\u102b-\u103e\u200c-\u200f"
)
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|(?:[^\W_]|['’‘ʼ{_MARKS}])+")
# What may stand between two words of a name: "Islamic State's Afghan branch", "CPI (Maoist)". A full stop, a comma or a
# blank line ends it.
_JOINT = re.compile(r"(?:['’]s?)?[ \t\-–‑(/]*\n?[ \t]*")
_POSSESSIVE = re.compile(r"['’]s?$")


class Word(NamedTuple):
    """A word of a text; `lower` where it could have had a capital and has none."""

    start: int
    end: int
    folded: str
    lower: bool


def words_of(text: str) -> list[Word]:
    """The words of a text without the possessive."""
    shouts = text.islower()
    words = []
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        if folded := fold(word):
            words.append(Word(match.start(), match.start() + len(word), folded, word.islower() and not shouts))
    return words


def key_of(name: str) -> str:
    """What a name is looked up by."""
    return " ".join(word.folded for word in words_of(name))


def begins_with_acronym(name: str) -> bool:
    """True of "ARENA" and "US forces": in lower case their first words are words of their own."""
    first = name.split(maxsplit=1)[0]
    return len(first) > 1 and first.isupper()


def is_plain(text: str, word: Word) -> bool:
    """True of a word that is written as no acronym is: "Farc" may be one, "farc", "Is" and "Ana" are not."""
    short = word.end - word.start <= 3
    return word.lower or (short and not text[word.start : word.end].isupper())


def joined(text: str, run: Sequence[Word]) -> bool:
    """True where nothing that ends a name stands between words."""
    return all(_JOINT.fullmatch(text, left.end, right.start) for left, right in pairwise(run))
