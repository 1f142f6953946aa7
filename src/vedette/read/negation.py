"""Harm that is not told as done here: denied, possible, intended, or summed up, or told of a person's past."""

from __future__ import annotations

from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit

_REACH = 4  # words between "not" and its verb: "has not yet been wounded"
_DESCRIBED = 12  # words between "linked to" and the harm of that deed


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
        if sentence.words[at] != "not" and sentence.words[at] in sentence.word_set("modal"):
            return True
        if not _carries(sentence, at) and sentence.words[at] not in sentence.word_set("negations"):
            return False
    return False


def _carries(sentence: Sentence, at: int) -> bool:
    """True of an auxiliary or an adverb between "not" and its verb."""
    word = sentence.words[at]
    auxiliary = word in sentence.word_set("be") or word in sentence.word_set("have")
    return auxiliary or word in ("yet", "be", "to") or word.endswith("ly")


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


def intended(sentence: Sentence, hit: Hit) -> bool:
    """True of the purpose in "a raid to arrest a leader", not of "managed to kill two"."""
    if hit.form != "base":
        return False
    before = sentence.words[max(0, hit.start - 4) : hit.start]
    # "to capture or kill", "to search for and detain"
    return "to" in before and not sentence.word_set("managing").intersection(before)


def background(sentence: Sentence, hit: Hit) -> bool:
    """True of harm that tells of somebody: "planning and executing attacks", "linked to a bomb that killed four"."""
    cues = [cue for cue in sentence.hits.get("cue.habit", ()) if 0 <= hit.start - cue.end <= _DESCRIBED]
    if not cues:
        return False
    between = sentence.words[cues[-1].end : hit.start]
    if hit.form == "ing":
        return len(between) <= 2 and all(word in ("and", "or", ",") for word in between)
    return between[-1:] in (["that"], ["which"])


def summed(sentence: Sentence, hit: Hit) -> bool:
    """True of a sum over many events ("have killed two and detained 30 since Dec. 1"): a figure, not an event."""
    if sentence.has("cue.total"):
        return True
    if hit.group == "trigger" and hit.form in ("plural", "s") and _many(sentence, hit.start):
        return True
    before = sentence.words[max(0, hit.start - _DESCRIBED) : hit.start]
    if not {"have", "has"}.intersection(before):
        return False
    return "since" in sentence.words[hit.end :] or _over_a_period(sentence, hit)


def _over_a_period(sentence: Sentence, hit: Hit) -> bool:
    """True of harm done all through a period ("this year"), not of one event's, nor of arrests for an earlier one."""
    harms = {harm.start for harm in sentence.hits.get("harm", ())}
    one = any(each.form == "noun" and each.start not in harms for each in sentence.hits.get("trigger", ()))
    town = hit.name.endswith("territory")  # one that was "captured this month"
    if hit.start not in harms or hit.form in ("noun", "plural") or town or one:
        return False
    return any(_long(sentence, cue) for cue in sentence.hits.get("cue.period", ()))


_LONG = frozenset(["week", "weeks", "month", "months", "year", "years", "decade", "decades"])


def _long(sentence: Sentence, cue: Hit) -> bool:
    """True of "this year", "in the past six weeks"; not of "in the last few hours" or "earlier this year"."""
    if sentence.words[cue.end - 1] in ("past", "last"):
        return not _LONG.isdisjoint(sentence.words[cue.end : cue.end + 3])
    return sentence.words[cue.start - 1 : cue.start] != ["earlier"]


def tells_a_sum(sentence: Sentence) -> bool:
    """True of a sentence that counts events ("31 incidents", "14 attacks")."""
    return any(word in sentence.word_set("summed") and _many(sentence, at) for at, word in enumerate(sentence.words))


def _many(sentence: Sentence, at: int) -> bool:
    """True where five or more are counted, at most one word before; three explosions may be one event."""
    numbers = sentence.lexicon.numbers
    for word in sentence.words[max(0, at - 2) : at]:
        count = int(word) if word.isdecimal() and len(word) < 4 else numbers.get(word, 0)
        if count >= 5 or word in ("dozens", "scores", "hundreds"):
            return True
    return False
