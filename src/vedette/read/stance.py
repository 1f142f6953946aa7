"""Asserted, denied, doubted or threatened: by a cue that stands before the event in its sentence."""

from __future__ import annotations

from vedette.model.kinds import Stance
from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit

_BEFORE = (("cue.deny", Stance.DENIES, 25), ("cue.doubt", Stance.DOUBTS, 25), ("cue.threaten", Stance.THREATENS, 4))


def find_stance(sentence: Sentence, hit: Hit) -> tuple[Stance, Hit | None]:
    """What the sentence does with the event of a trigger word, and the cue that shows it."""
    for group, stance, reach in _BEFORE:
        for cue in sentence.hits.get(group, ()):
            if 0 <= hit.start - cue.end <= reach and not _ended(sentence, cue.end, hit.start):
                return stance, cue
    for cue in sentence.hits.get("cue.doubt", ()):
        if cue.start >= hit.end:
            return Stance.DOUBTS, cue
    return Stance.ASSERTS, None


def _ended(sentence: Sentence, start: int, end: int) -> bool:
    """True where a contrast ends the scope of a cue."""
    return bool({"but", "however", "although", ";", "while"}.intersection(sentence.words[start:end]))
