"""Harm that did not happen: "no civilians were harmed", "without injuring anyone", "would not hurt them"."""

from __future__ import annotations

from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit

_REACH = 4  # words between "not" and its verb: "has not yet been wounded"


def negated(sentence: Sentence, hit: Hit) -> int | None:
    """The word that negates a verb of harm, `None` where none does; a comma or a conjunction ends its reach."""
    if hit.form in ("noun", "plural", "adjective"):
        return None
    for at in range(hit.start - 1, max(-1, hit.start - 1 - _REACH), -1):
        word = sentence.words[at]
        if word in sentence.word_set("negations"):
            return None if sentence.words[at + 1 : at + 2] == ["only"] else at
        if not _carries(sentence, at):
            return None
    return None


def hypothetical(sentence: Sentence, hit: Hit) -> bool:
    """True of harm that only would, could or may be done."""
    for at in range(hit.start - 1, max(-1, hit.start - 1 - _REACH), -1):
        if sentence.words[at] in sentence.word_set("modal") - {"not"}:
            return True
        if not _carries(sentence, at) and sentence.words[at] not in sentence.word_set("negations"):
            return False
    return False


def _carries(sentence: Sentence, at: int) -> bool:
    """True of an auxiliary or an adverb between "not" and its verb."""
    word = sentence.words[at]
    return word in sentence.word_set("be") | sentence.word_set("have") | {"yet", "be", "to"} or word.endswith("ly")


def to_nobody(sentence: Sentence, hit: Hit) -> bool:
    """True of the passive harm of "no women or children were hurt"."""
    if hit.form not in ("ed", "part"):
        return False
    for at in range(hit.start - 1, max(-1, hit.start - 9), -1):
        word = sentence.words[at]
        if word in ("no", "none", "nobody"):
            return True
        if not word[0].isalpha() or (word in sentence.word_set("prepositions") and word != "of"):
            return False
    return False
