"""Active or passive, and joined or not: the little syntax that counts and roles need."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit


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
    before = sentence.words[max(0, hit.start - 3) : hit.start]
    if hit.form != "ed" or sentence.word_set("be").intersection(before):
        return hit.form in ("part", "ed")
    if sentence.word_set("have").intersection(before):
        return False
    after = sentence.words[hit.end] if hit.end < len(sentence.words) else "."
    paired = partner(sentence, hit)
    if after == "by" or paired:
        return passive(sentence, paired, things) if paired else True
    if after not in sentence.word_set("after_passive") or sentence.words[hit.start] in sentence.word_set("objectless"):
        return False
    subject = [thing for thing in things if thing.end <= hit.start and hit.start - thing.end <= 3]
    return bool(subject) or sentence.words[hit.start] in sentence.word_set("transitive")


def partner(sentence: Sentence, hit: Hit) -> Hit | None:
    """The second verb of "killed and wounded several insurgents", which shares its object with the first."""
    if sentence.words[hit.end : hit.end + 1] != ["and"]:
        return None
    verbs = sentence.hits.get("harm", ())
    return next((verb for verb in verbs if verb.start == hit.end + 1 and verb.form == hit.form), None)


def joined(sentence: Sentence, start: int, end: int, extra: Collection[str] = ()) -> bool:
    """True where nothing but commas and "and" stands between two words."""
    between = sentence.words[start:end]
    return len(between) <= 4 and all(word in sentence.word_set("joiners") or word in extra for word in between)
