"""The tolls of one event over all its sentences: added, bettered, or only told again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from vedette.model.kinds import Harm, Side
from vedette.model.values import Tally
from vedette.read.mentions import Mention
from vedette.read.phrases import Phrase
from vedette.read.tolls import TollHit

_CERTAINTY = {"toll_number": 2, "toll_word": 1, "toll_bare": 0}


@dataclass(frozen=True, slots=True)
class Part:
    """One count as one sentence tells it; `more` where it comes on top of others, `rest` where it is "the others"."""

    tally: Tally
    pattern: str
    bounds: tuple[tuple[int, int], ...]
    more: bool
    rest: bool
    leads: bool  # counts leaders: those who are told of later are their men


@dataclass(frozen=True, slots=True)
class Sum:
    """The counts of one harm and side that are added up."""

    parts: tuple[Part, ...]

    @property
    def tally(self) -> Tally:
        """The counts together."""
        return reduce(Tally.plus, (part.tally for part in self.parts))

    @property
    def pattern(self) -> str:
        """The pattern class of the least certain count."""
        return min((part.pattern for part in self.parts), key=_CERTAINTY.__getitem__)

    @property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """The characters of all the counts and their harms."""
        return tuple(bound for part in self.parts for bound in part.bounds)


Sums: TypeAlias = dict[tuple[Harm, Side], Sum]


def sum_tolls(event: Sequence[Mention], perpetrators: Sequence[Phrase], targets: Sequence[Phrase]) -> Sums:
    """What an event's sentences count together, by harm and side; a whole that its parts exceed is left out."""
    best: Sums = {}
    for mention in event:
        told = _of_sentence(mention, perpetrators, targets)
        if mention.sentence.word_set("correcting").intersection(mention.sentence.words):
            harms = {harm for harm, _ in told}
            best = {key: value for key, value in best.items() if key[0] not in harms}
        for key, value in told.items():
            _take(best, key, value)
    return {
        (harm, side): told
        for (harm, side), told in best.items()
        if side is not Side.UNKNOWN or _holds_all(told.tally, [s.tally for (h, _), s in best.items() if h is harm])
    }


def _of_sentence(mention: Mention, perpetrators: Sequence[Phrase], targets: Sequence[Phrase]) -> Sums:
    """The tolls of one sentence; counts of one side and harm that it joins are added."""
    found: Sums = {}
    for toll in mention.tolls:
        key = (toll.harm, _side(toll, perpetrators, targets))
        bounds = (toll.counted.cited, mention.sentence.chars(toll.harm_hit.start, toll.harm_hit.end))
        words = _around(mention, toll)
        leads = _head(toll) in mention.sentence.word_set("leaders")
        part = Part(toll.counted.tally, toll.counted.how, bounds, _more(mention, toll, words), bool(words), leads)
        found[key] = Sum((*(found[key].parts if key in found else ()), part))
    return found


def _head(toll: TollHit) -> str:
    return toll.counted.phrase.head if toll.counted.phrase else ""


def _around(mention: Mention, toll: TollHit) -> frozenset[str]:
    """The words "other", "additional", "also" beside a count."""
    at = mention.sentence.word_at(min(toll.counted.cited[0], mention.sentence.starts[toll.harm_hit.start]))
    near = {*mention.sentence.words[max(0, at - 3) : at + 3]}
    if toll.counted.phrase:
        near.update(mention.sentence.words[toll.counted.start : toll.counted.end])
    return mention.sentence.word_set("more") & near


def _more(mention: Mention, toll: TollHit, words: frozenset[str]) -> bool:
    """True of "also detained two", "two additional insurgents": more of the same, not the same told again."""
    if words <= {"other", "others"} and len({other.harm for other in mention.tolls}) > 1:
        return False  # "killing several and wounding several others"
    return bool(words) and toll.counted.how != "toll_bare"


def _side(toll: TollHit, perpetrators: Sequence[Phrase], targets: Sequence[Phrase]) -> Side:
    phrase = toll.counted.phrase
    if toll.harm in (Harm.CAPTURED, Harm.ABDUCTED):
        return Side.TARGETS
    if phrase is None or phrase.category == "person":
        return Side.UNKNOWN
    if any(phrase.head == who.head for who in perpetrators):
        return Side.PERPETRATORS
    if phrase.category in ("civilian", "protester"):
        return Side.CIVILIANS
    if phrase.armed or any(phrase.head == whom.head for whom in targets):
        return Side.TARGETS
    return Side.UNKNOWN


def _holds_all(whole: Tally, tallies: Sequence[Tally]) -> bool:
    """False where one side's count alone is above what was taken for the whole."""
    return all((whole.best or 0) >= (tally.low or 0) for tally in tallies)


def _take(best: Sums, key: tuple[Harm, Side], new: Sum) -> None:
    """Put a toll among the best ones: added to what it adds to, else in place of what it betters."""
    base = key
    if key[1] is Side.UNKNOWN and (key[0], Side.TARGETS) in best:
        base = (key[0], Side.TARGETS)
    old = best.get(base)
    if old is not None and (new.parts[0].more or _men_of(old, new)):
        best[base] = _added(old, new)
    elif key not in best or _better(new, best[key]):
        best[key] = new


def _added(old: Sum, new: Sum) -> Sum:
    """The old and the new together; where the old has the others already ("a leader and several others"), once."""
    others = old.parts[-1]
    if len(old.parts) == 1 and not others.rest:
        return Sum(old.parts + new.parts)
    if len(new.parts) == 1 and _CERTAINTY[new.pattern] > _CERTAINTY[others.pattern]:
        return Sum(old.parts[:-1] + new.parts)
    return old


def _men_of(old: Sum, new: Sum) -> bool:
    """True where leaders were counted and now their men are ("captured a leader. … detained two insurgents")."""
    counted = all(not part.leads and part.pattern != "toll_bare" for part in new.parts)
    return counted and all(part.leads for part in old.parts)


def _better(new: Sum, old: Sum) -> bool:
    """True where a later count corrects an earlier one: a number replaces a word, a larger number a smaller."""
    certain, before = _CERTAINTY[new.pattern], _CERTAINTY[old.pattern]
    if certain > before and (new.tally.overlaps(old.tally) or before == 0):
        return True
    return certain == before and (new.tally.best or 0) > (old.tally.best or 0)
