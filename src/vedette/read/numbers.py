"""Counts as they are worded, with their vagueness: the toll table of the code book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vedette.model.values import Tally
from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count at words `start` up to `end`; `worded` where no number stands there ("dozens", "several")."""

    start: int
    end: int
    tally: Tally
    worded: bool = False


def _at_least(n: int) -> Tally:
    return Tally(n, n, None)


def _more_than(n: int) -> Tally:
    return Tally(n + 1, n + 1, None)


def _up_to(n: int) -> Tally:
    return Tally(None, n, n)


def _fewer_than(n: int) -> Tally:
    return Tally(None, n - 1, n - 1)


def _about(n: int) -> Tally:
    margin = max(1, round(n / 10))
    return Tally(max(0, n - margin), n, n + margin)


_HEDGES: tuple[tuple[tuple[str, ...], Callable[[int], Tally]], ...] = (
    (("at", "least"), _at_least),
    (("no", "fewer", "than"), _at_least),
    (("no", "less", "than"), _at_least),
    (("not", "less", "than"), _at_least),
    (("a", "minimum", "of"), _at_least),
    (("more", "than"), _more_than),
    (("over",), _more_than),
    (("upwards", "of"), _at_least),
    (("up", "to"), _up_to),
    (("as", "many", "as"), _up_to),
    (("no", "more", "than"), _up_to),
    (("at", "most"), _up_to),
    (("fewer", "than"), _fewer_than),
    (("less", "than"), _fewer_than),
    (("an", "estimated"), _about),
    (("est",), _about),
    (("about",), _about),
    (("around",), _about),
    (("approximately",), _about),
    (("roughly",), _about),
    (("some",), _about),
    (("nearly",), _about),
    (("almost",), _about),
)
# Words that stand for a count: the rows of the toll table below the numbers.
_WORDED: tuple[tuple[tuple[str, ...], Tally], ...] = (
    (("tens", "of", "thousands"), Tally(20_000, 20_000, None)),
    (("hundreds", "of", "thousands"), Tally(200_000, 200_000, None)),
    (("a", "couple"), Tally(2, 2, 2)),
    (("couple",), Tally(2, 2, 2)),
    (("a", "few"), Tally(3, 3, 9)),
    (("few",), Tally(3, 3, 9)),
    (("several", "hundred"), Tally(300, 300, 900)),
    (("several", "thousand"), Tally(3_000, 3_000, 9_000)),
    (("several",), Tally(3, 3, 9)),
    (("multiple",), Tally(3, 3, 9)),
    (("half", "a", "dozen"), Tally(6, 6, 6)),
    (("dozens",), Tally(24, 24, None)),
    (("scores",), Tally(40, 40, None)),
    (("hundreds",), Tally(200, 200, None)),
    (("thousands",), Tally(2_000, 2_000, None)),
    (("a", "large", "number"), Tally(1, None, None)),
    (("a", "number"), Tally(1, None, None)),
    (("an", "unknown", "number"), Tally(1, None, None)),
    (("unknown", "number"), Tally(1, None, None)),
    (("an", "undetermined", "number"), Tally(1, None, None)),
    (("many",), Tally(1, None, None)),
    (("numerous",), Tally(4, 4, None)),
    (("no", "one"), Tally(0, 0, 0)),
    (("nobody",), Tally(0, 0, 0)),
    (("no",), Tally(0, 0, 0)),
    (("none",), Tally(0, 0, 0)),
    (("neither",), Tally(0, 0, 0)),
)
_HEDGE_STARTS = frozenset(words[0] for words, _ in _HEDGES)
_WORDED_STARTS = frozenset(words[0] for words, _ in _WORDED)
_SCALES = {"hundred": 100, "thousand": 1_000, "dozen": 12}
_YEARS = range(1900, 2100)


def find_quantities(sentence: Sentence, lexicon: Lexicon) -> list[Quantity]:
    """The counts in a sentence that may count people; ages, dates, distances and counted things are left out."""
    found: list[Quantity] = []
    at, words = 0, sentence.words
    while at < len(words):
        quantity = quantity_at(sentence, at, lexicon)
        if quantity is None:
            at += 1
            continue
        if not _counts_things(sentence, quantity, lexicon):
            found.append(quantity)
        at = quantity.end
    return found


def quantity_at(sentence: Sentence, at: int, lexicon: Lexicon) -> Quantity | None:
    """The count that begins at a word, whatever it counts."""
    words = sentence.words
    if words[at] == "between":
        return _between(sentence, at, lexicon)
    if words[at] in _HEDGE_STARTS:
        hedged = _hedged(sentence, at, lexicon)
        if hedged:
            return hedged
    if words[at] in _WORDED_STARTS:
        for phrase, tally in _WORDED:
            if tuple(words[at : at + len(phrase)]) == phrase:
                return Quantity(at, at + len(phrase), tally, worded=True)
    return _plain(sentence, at, lexicon)


def begins_count(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """True of a word that is a number or opens a count: "Two", "Dozens", "More than 12"."""
    return at < len(sentence.words) and (
        sentence.words[at] in lexicon.numbers or quantity_at(sentence, at, lexicon) is not None
    )


def _hedged(sentence: Sentence, at: int, lexicon: Lexicon) -> Quantity | None:
    for phrase, tally in _HEDGES:
        after = at + len(phrase)
        if tuple(sentence.words[at:after]) != phrase:
            continue
        number = _number(sentence, after, lexicon)
        if number:
            return Quantity(at, number[1], tally(number[0]))
        worded = quantity_at(sentence, after, lexicon) if after < len(sentence.words) else None
        if worded and worded.worded and tally is not _up_to:
            return Quantity(at, worded.end, worded.tally, worded=True)
    return None


def _between(sentence: Sentence, at: int, lexicon: Lexicon) -> Quantity | None:
    low = _number(sentence, at + 1, lexicon)
    if not low or sentence.words[low[1] : low[1] + 1] not in (["and"], ["to"]):
        return None
    high = _number(sentence, low[1] + 1, lexicon)
    return Quantity(at, high[1], _range(low[0], high[0])) if high else None


def _plain(sentence: Sentence, at: int, lexicon: Lexicon) -> Quantity | None:
    number = _number(sentence, at, lexicon)
    if not number or (sentence.words[at] in ("a", "an") and number[1] == at + 1):
        return None
    value, end = number
    if sentence.words[end : end + 1] == ["to"] or sentence.words[end : end + 1] == ["or"]:
        high = _number(sentence, end + 1, lexicon)
        if high and high[0] > value and sentence.words[end + 1] not in ("a", "an"):
            return Quantity(at, high[1], _range(value, high[0]))
    if end < len(sentence.words) and sentence.words[end][0].isdigit() and _hyphen(sentence, end):
        high = _number(sentence, end, lexicon)
        if high and high[0] > value:
            return Quantity(at, high[1], _range(value, high[0]))
    return Quantity(at, end, Tally(value, value, value))


def _hyphen(sentence: Sentence, at: int) -> bool:
    return sentence.text[sentence.ends[at - 1] : sentence.starts[at]] in ("-", "–")


def _range(low: int, high: int) -> Tally:
    return Tally(low, (low + high) // 2, high)


def _number(sentence: Sentence, at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The number that begins at a word, and the word after it."""
    words = sentence.words
    if at >= len(words):
        return None
    if words[at][0].isdigit():
        value = _digits(words[at])
        if value is None:
            return None
        return _scaled(words, value, at + 1)
    value, end = 0, at
    while end < len(words) and words[end] in lexicon.numbers:
        value, end = value + lexicon.numbers[words[end]], end + 1
        if value < 20 or value % 10:
            break
    if end == at:
        return _scaled(words, 1, at) if words[at] == "dozen" else None
    return _scaled(words, value, end)


def _scaled(words: Sequence[str], value: int, end: int) -> tuple[int, int]:
    while end < len(words) and words[end] in _SCALES:
        value, end = value * _SCALES[words[end]], end + 1
    return value, end


def _digits(word: str) -> int | None:
    plain = word.replace(",", "")
    if not plain.isdecimal() or (len(plain) > 1 and plain[0] == "0"):
        return None
    return int(plain) if len(plain) < 8 else None


def _of_units(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """True where a thing or a unit is counted, at most two words on ("two strategic cities")."""
    for word in sentence.words[at : at + 3]:
        if word in lexicon.units:
            return True
        if word in lexicon.stop or not word[0].isalpha() or word.endswith("ed"):
            return False
    return False


def _of_people(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """True where a role noun ends the noun phrase that the count opens ("two bomb makers")."""
    heads = {hit.start for hit in sentence.hits.get("role", ()) if hit.name != "physical"}
    for here in range(at, min(at + 4, len(sentence.words))):
        if sentence.words[here] in lexicon.stop or not sentence.words[here][0].isalpha():
            return False
        if here in heads:
            return True
    return False


def _counts_things(sentence: Sentence, quantity: Quantity, lexicon: Lexicon) -> bool:
    words, end = sentence.words, quantity.end
    before = words[quantity.start - 1] if quantity.start else ""
    after = words[end] if end < len(words) else ""
    if _of_units(sentence, end, lexicon) and not _of_people(sentence, end, lexicon):
        return True
    if quantity.worded:
        return False
    if before in sentence.word_set("before_names"):
        return True
    if before == "," and after in (",", "") and words[quantity.start][0].isdigit():
        return True  # "Hassan, 23, was killed"
    year = len(words[end - 1]) == 4 and words[end - 1].isdigit() and int(words[end - 1]) in _YEARS
    return year or after in ("/", "%", "'s")
