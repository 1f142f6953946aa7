"""Active or passive, and joined or not: the little syntax that counts and roles need."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit

BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "got", "get", "left"])
INTRANSITIVE = frozenset(
    "die dies died dying perish perishes perished perishing explode exploded explodes disappear disappeared".split()
)
# Verbs that stand without an object in the active ("gunmen attacked at dawn"), and verbs that never do.
_ALONE = frozenset(
    "attacked struck fired opened clashed fought protested marched rioted surrendered demonstrated rallied raided stormed "
    "detonated hit ambushed defected".split()
)
_DONE_TO = frozenset(
    "killed wounded injured kidnapped abducted arrested detained murdered assassinated shot captured".split()
)
_AUX = frozenset(["has", "have", "had", "having"])
_AFTER_PASSIVE = frozenset(
    "by in when during after as near at on and . , while outside inside since this today yesterday along following "
    "overnight with amid or early late last monday tuesday wednesday thursday friday saturday sunday from ; : ) tonight".split()
)
_JOINERS = frozenset([",", "and", "or", "as", "well", "plus", "also", "along", "together", "with"])


class Placed(Protocol):
    """Anything that stands at words `start` up to `end`."""

    @property
    def start(self) -> int:
        """The first word."""

    @property
    def end(self) -> int:
        """The word after the last."""


def passive(sentence: Sentence, hit: Hit, things: Iterable[Placed] = ()) -> bool:
    """True where the verb happened to what stands before it; headlines drop the "were" ("3 killed in Kabul")."""
    if hit.form in ("part",):
        return True
    if hit.form != "ed":
        return False
    before = sentence.words[max(0, hit.start - 3) : hit.start]
    if BE.intersection(before):
        return True
    if _AUX.intersection(before):
        return False
    after = sentence.words[hit.end] if hit.end < len(sentence.words) else "."
    if after == "by":
        return True
    if after not in _AFTER_PASSIVE or sentence.words[hit.start] in _ALONE:
        return False
    subject = [thing for thing in things if thing.end <= hit.start and hit.start - thing.end <= 3]
    return bool(subject) or sentence.words[hit.start] in _DONE_TO


def joined(sentence: Sentence, start: int, end: int, extra: Collection[str] = ()) -> bool:
    """True where nothing but commas and "and" stands between two words."""
    between = sentence.words[start:end]
    return len(between) <= 4 and all(word in _JOINERS or word in extra for word in between)
