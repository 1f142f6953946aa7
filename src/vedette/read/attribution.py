"""Who says it, and whether the perpetrator is told as fact, accused by someone or claims the deed itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.model.kinds import Attribution
from vedette.read.phrases import Phrase
from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit

_NAME_WORDS = 5  # words of a name and its commas between "spokesman" and "said"
_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """How the perpetrator of an event is told, by which cue; `by` are actors that the cue itself names."""

    attribution: Attribution
    cue: Hit | None = None
    by: tuple[Phrase, ...] = ()


def find_attribution(sentence: Sentence, phrases: Sequence[Phrase]) -> Told | None:
    """The claim of responsibility or the accusation that a sentence holds; `None` where it holds neither."""
    for cue in sentence.hits.get("cue.claim", ()):
        if not _nobody(sentence, cue):
            return Told(Attribution.CLAIMED, cue, _claimant(sentence, cue, phrases))
        return None
    for cue in sentence.hits.get("cue.blame", ()):
        return Told(Attribution.ACCUSED, cue, _accused(sentence, cue, phrases))
    return None


def find_speaker(sentence: Sentence) -> tuple[int, int] | None:
    """The characters of the speaker that the sentence is laid on, by role; `None` where the article itself tells it."""
    for say in sentence.hits.get("cue.say", ()):
        if sentence.words[say.start] == "according":
            span = _speaker_after(sentence, say.end)
        else:
            span = _speaker_before(sentence, say.start) or _speaker_after(sentence, say.end, near=3)
        if span:
            return span
    for group in ("cue.deny", "cue.deny_role", "cue.threaten", "cue.blame"):
        for cue in sentence.hits.get(group, ()):
            span = _speaker_before(sentence, cue.start)
            if span:
                return span
    return None


def _nobody(sentence: Sentence, cue: Hit) -> bool:
    return any(-6 <= cue.start - no.end <= 6 for no in sentence.hits.get("cue.no_claim", ()))


def _claimant(sentence: Sentence, cue: Hit, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    if sentence.words[cue.end - 1] == "by":
        return tuple(p for p in phrases if 0 <= p.outer - cue.end <= 3)[:1]
    before = [p for p in phrases if p.end <= cue.start and (p.armed or p.id)]
    return tuple(before[-1:])


def _accused(sentence: Sentence, cue: Hit, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Whom the blame falls on: the phrase after "blamed", "accused", "attributed to", "the work of"."""
    if sentence.words[cue.start] in ("allegedly", "presumably", "believed"):
        return ()
    after = [p for p in phrases if 0 <= p.outer - cue.end <= 4 and (p.armed or p.id)]
    return tuple(after[:1])


def _speaker_before(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The role that ends within a name's length before a verb of saying."""
    speakers = [s for s in sentence.hits.get("cue.speaker", ()) if s.end <= at and at - s.end <= _NAME_WORDS]
    if not speakers:
        return None
    last = speakers[-1]
    if not _only_name(sentence, last.end, at):
        return None
    first = last
    for other in reversed(speakers[:-1]):
        if other.end == first.start:
            first = other
    return _with_modifiers(sentence, first.start, last.end)


def _only_name(sentence: Sentence, start: int, end: int) -> bool:
    """True where nothing but a name, a comma or an auxiliary stands between the role and the verb."""
    for at in range(start, end):
        word = sentence.words[at]
        capital = sentence.text[sentence.starts[at]].isupper()
        if not (capital or word in (",", "has", "have", "had", "also", "later", "today", "yesterday", ".", "in", "a")):
            return False
    return True


def _speaker_after(sentence: Sentence, at: int, near: int = 5) -> tuple[int, int] | None:
    for speaker in sentence.hits.get("cue.speaker", ()):
        if at <= speaker.start <= at + near:
            last = speaker
            for other in sentence.hits["cue.speaker"]:
                if other.start == last.end:
                    last = other
            if {"that", ":"}.intersection(sentence.words[at : speaker.start]):
                return None
            return _with_modifiers(sentence, speaker.start, last.end, floor=at)
    return None


def _with_modifiers(sentence: Sentence, start: int, end: int, floor: int = 0) -> tuple[int, int]:
    first = start
    while (
        first > floor
        and start - first < _MODIFIERS
        and sentence.words[first - 1] not in sentence.word_set("before_speaker")
    ):
        if sentence.words[first - 1] == "'s" or sentence.words[first - 1][0].isdigit():
            break
        first -= 1
    return sentence.chars(first, end)
