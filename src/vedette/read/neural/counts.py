"""A stretch of words → how many people it counts, by the code book's table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vedette.model.values import Tally
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.page import Page
from vedette.read.numbers import quantity_at
from vedette.read.sentences import Sentence

# "Not one worker was harmed", "without casualties", "NIL".
_NONE = frozenset(["not", "nil", "without", "unhurt", "unharmed", "nobody", "failed", "avoided"])
_HEDGING = frozenset(["less", "fewer", "more", "only"])  # "not less than 12" denies nothing
# "No civilian casualties", "no further casualties".
_OF_WHICH = frozenset(["additional", "civilian", "coalition", "further", "immediate", "more", "other", "serious"])
_AGE = re.compile(
    r"\b\w+[\s-]{1,3}(?:year|month|week|day)s?[\s-]{1,3}old|\baged \d+"
    r"|\b(?:boy|girl|man|woman|youth|child|lad|son|daughter) of \w|\b(?:mother|father) of \w",
    re.IGNORECASE,
)
_AFTER = 14  # characters of "-year-old boy"
_WEAK = frozenset(["casualties", "losses", "police"])  # may be of one
_OWNERS = frozenset(["a", "an", "her", "his"])
_MANY = frozenset(
    ["casualties", "people", "deaths", "dead", "men", "women", "children", "policemen", "police", "troops"]
)
_WHOLE = frozenset(["the", "them", "its", "his", "her", "their", "those", "these", "one"])


def tally_of(page: Page, part: Stretch) -> Tally:
    """The count that a stretch tells; a person told without a number is one."""
    start, end = page.chars(part)
    sentence = page.sentence_at(start)
    if sentence is None:
        return Tally(1, 1, 1)
    first, after = sentence.word_at(start), sentence.word_at(end)
    words = sentence.words[first:after]
    if _denied(sentence, first, after):
        return Tally(0, 0, 0)
    age = _AGE.search(page.article.text, start, end + _AFTER)
    if age:
        return _counts(page, sentence, first, sentence.word_at(age.start())) or Tally(1, 1, 1)
    counted = _counts(page, sentence, first, after)
    if counted:
        return counted
    if words and _plural(words):
        return Tally(1 if words[-1] in _WEAK else 2, None, None)
    people = 1 + list(words).count("and")
    return Tally(people, people, people)


def counted_in(page: Page, part: Stretch) -> Tally | None:
    """The count that a stretch tells in a number or a word of number; none where it has none."""
    start, end = page.chars(part)
    sentence = page.sentence_at(start)
    return _counts(page, sentence, sentence.word_at(start), sentence.word_at(end)) if sentence else None


def _denied(sentence: Sentence, first: int, after: int) -> bool:
    """True of "not one worker", and of casualties behind "without", "no" or "no other"."""
    start = max(0, first - 2)
    for at in range(start, after):
        follows = sentence.words[at + 1] if at + 1 < len(sentence.words) else ""
        if sentence.words[at] in _NONE and follows not in _HEDGING:
            return True
    before = sentence.words[max(0, first - 2) : first]
    return before[-1:] == ["no"] or (before[:1] == ["no"] and before[-1] in _OF_WHICH)


def _counts(page: Page, sentence: Sentence, first: int, after: int) -> Tally | None:
    """The counts of a stretch together: "a woman and two children" are three, "two of the five" two."""
    total: Tally | None = None
    at, words = first, sentence.words
    while at < after:
        if total is not None and _is_whole(page, sentence, at):
            break
        quantity = quantity_at(sentence, at, page.reference.lexicon)
        if quantity is not None:
            total = _sum(total, quantity.tally)
        elif words[at - 1 : at + 1] in (["and", "a"], ["and", "an"]) and at > first:
            total = _sum(total, Tally(1, 1, 1))
        elif at == first and words[at] in _OWNERS and "and" in words[first:after]:
            total = Tally(1, 1, 1)
        at = at + 1 if quantity is None else max(quantity.end, at + 1)
    return total if total is not None and _numbered(page, sentence, first, after) else None


def _numbered(page: Page, sentence: Sentence, first: int, after: int) -> bool:
    return any(quantity_at(sentence, at, page.reference.lexicon) for at in range(first, after))


def _is_whole(page: Page, sentence: Sentence, at: int) -> bool:
    """True where a stretch goes on to those of whom it counted some: "of the five", "including two children"."""
    if sentence.words[at] == "including":
        return True
    if sentence.words[at] != "of" or at + 1 >= len(sentence.words):
        return False
    follows = sentence.words[at + 1]
    return follows in _WHOLE or follows[0].isdigit() or follows in page.reference.lexicon.numbers


def _sum(one: Tally | None, other: Tally) -> Tally:
    return other if one is None else one.plus(other)


def _plural(words: Sequence[str]) -> bool:
    last = words[-1]
    if last in _MANY:
        return True
    return last.endswith("s") and not last.endswith("ss") and words[0] not in ("a", "an", "one")
