"""Stretches of words → how many were killed, wounded, captured or abducted in an event, by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from vedette.model.kinds import Harm, Side
from vedette.model.values import Tally, Toll
from vedette.read.neural.counts import counted_in, tally_of
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import Page
from vedette.read.neural.parties import public_part

_OWN = frozenset(["his", "her"])
_BEHIND = re.compile(r"\w ?, ?$")
_MORE = frozenset(["additional", "another", "more", "further"])
_OTHERS = frozenset(["other", "others"])
_CASUALTIES = re.compile(r"casualt|\bloss", re.IGNORECASE)  # of whom some may be killed and some wounded
_OTHER = {Harm.KILLED: Harm.WOUNDED, Harm.WOUNDED: Harm.KILLED}
NOBODY = Tally(0, 0, 0)

Key = tuple[Harm, Side]


def tolls_of(page: Page, parts: Iterable[Stretch]) -> list[Found[Toll]]:
    """The tolls that stretches tell: those of one sentence added up by side, of several sentences the best told."""
    told: dict[Key, list[Found[Tally]]] = {}
    for part in _once([part for part in parts if not _is_age(page, part)], page):
        found = Found(tally_of(page, part), (page.chars(part),), part.score)
        told.setdefault((Harm(part.role), Side(part.side or "unknown")), []).append(found)
    best = {key: _best(page, several) for key, several in told.items()}
    for harm in Harm:
        whole = best.get((harm, Side.UNKNOWN))
        sides = [each.value for (other, side), each in best.items() if other is harm and side is not Side.UNKNOWN]
        if whole and _number(whole.value) < sum(map(_number, sides)):
            del best[harm, Side.UNKNOWN]  # what its sides exceed is no whole
    every = best | dict(_nobody(page, best))
    return [Found(Toll(harm, each.value, side), each.bounds, each.score) for (harm, side), each in every.items()]


def _nobody(page: Page, best: Mapping[Key, Found[Tally]]) -> Iterable[tuple[Key, Found[Tally]]]:
    """The other of killed and wounded, none as well, where "no casualties" is told and nothing else of them."""
    for (harm, side), each in best.items():
        other = _OTHER.get(harm)
        told = any(known is other and side in (of, Side.UNKNOWN) for known, of in best)
        shown = " ".join(page.article.text[slice(*bound)] for bound in each.bounds)
        if other and not told and each.value == NOBODY and _CASUALTIES.search(shown):
            yield (other, side), each


def _is_age(page: Page, part: Stretch) -> bool:
    """True of a number between commas behind a word: "a driver, 26, died"."""
    start, end = page.chars(part)
    text = page.article.text
    return text[start:end].isdecimal() and bool(
        _BEHIND.search(text, max(0, start - 4), start) and text[end : end + 2].strip().startswith(",")
    )


def _once(parts: Sequence[Stretch], page: Page) -> Iterable[Stretch]:
    """The stretches without names of persons whom their sentence counts or describes, and without what it includes."""
    public = {part: bool(counted_in(page, part) or public_part(page, part)) for part in parts}
    described = {(part.role, _sentence(page, part)) for part, told in public.items() if told}
    whole = [part for part, told in public.items() if told or (part.role, _sentence(page, part)) not in described]
    return (part for part in whole if part is whole[0] or not _is_included(page, part))


def _sentence(page: Page, part: Stretch) -> int:
    """The first character of the sentence that a stretch stands in."""
    sentence = page.sentence_at(page.chars(part)[0])
    return sentence.start if sentence else -1


def _is_included(page: Page, part: Stretch) -> bool:
    """True of what "including" brings in: some of those who are counted before it."""
    start, _ = page.chars(part)
    sentence = page.sentence_at(start)
    return sentence is not None and "including" in sentence.words[: sentence.word_at(start)][-2:]


def _best(page: Page, told: Sequence[Found[Tally]]) -> Found[Tally]:
    """The counts of one sentence together; of several sentences those that count the most people.

    What a sentence says was "also" done, or to "two more", comes to what was told before it.
    """
    best: Found[Tally] | None = None
    for found in _by_sentence(page, told):
        if best is None:
            best = found
        elif _adds(page, found, again=found.value == best.value):
            best = _added(best, found)
        else:
            best = max(best, found, key=lambda each: (_number(each.value), each.score))
    return best or told[0]


def _by_sentence(page: Page, told: Sequence[Found[Tally]]) -> Iterable[Found[Tally]]:
    by_sentence: dict[int, Found[Tally]] = {}
    for found in sorted(told, key=lambda found: found.bounds[0]):
        sentence = page.sentence_at(found.bounds[0][0])
        key = sentence.start if sentence else -1
        before = by_sentence.get(key)
        by_sentence[key] = _added(before, found) if before else found
    return by_sentence.values()


def _adds(page: Page, found: Found[Tally], *, again: bool) -> bool:
    """True of what comes to a count before it; `again` where the two are the same: "20 others" may be told twice."""
    start, end = found.bounds[0]
    sentence = page.sentence_at(start)
    if sentence is None:
        return False
    first, after = sentence.word_at(start), sentence.word_at(end)
    beside = sentence.words[max(0, first - 1) : after + 1]
    if "than" in beside:
        return False
    others = not again and not _OTHERS.isdisjoint(beside) and sentence.words[max(0, first - 1) : first] != ["and"]
    more = others or "also" in sentence.words[:first] or not _MORE.isdisjoint(beside)
    return more or _is_company(sentence.words[first : after + 3])


def _is_company(words: Sequence[str]) -> bool:
    """True of "three of his men", who come to the one whose they are."""
    return any(one == "of" and other in _OWN for one, other in pairwise(words))


def _added(one: Found[Tally], other: Found[Tally]) -> Found[Tally]:
    return Found(one.value.plus(other.value), (*one.bounds, *other.bounds), min(one.score, other.score))


def _number(tally: Tally) -> int:
    return tally.best or tally.low or 0
