"""How far an incident is borne out: the credibility of information, 1–6, of NATO's STANAG 2511 (AJP-2.1, annex A).

| grade | in the standard | here, the first line that holds |
|---|---|---|
| 5 | improbable | more sources deny it than tell it |
| 4 | doubtful | a source denies it, or as many doubt it as tell it |
| 1 | confirmed | three sources tell it, or more |
| 2 | probably true | two sources tell it |
| 3 | possibly true | one source tells it, of reliability A to C |
| 4 | doubtful | one source tells it, of reliability D or E |
| 6 | cannot be judged | one source tells it, of unknown reliability |

A source is one source however often it speaks. What people judge of an incident is no part of this grade.
"""

from __future__ import annotations

from collections.abc import Sequence

from vedette.model.kinds import Stance
from vedette.resolve.told import Told

CONFIRMED, PROBABLE, POSSIBLE, DOUBTFUL, IMPROBABLE, UNJUDGED = range(1, 7)
_RELIABLE, _UNRELIABLE = frozenset("ABC"), frozenset("DE")


def credibility_of(told: Sequence[Told]) -> tuple[int, str]:
    """The grade of an incident told by these claims, and the sentence that says why."""
    tell, deny, doubt = (_sources(told, stance) for stance in (Stance.ASSERTS, Stance.DENIES, Stance.DOUBTS))
    count = len(tell)
    if len(deny) > count:
        return IMPROBABLE, f"{_say(len(deny))} {_verb(deny, 'deny')} it and {_say(count)} {_verb(tell, 'tell')} it"
    if deny:
        return DOUBTFUL, f"{_say(len(deny))} {_verb(deny, 'deny')} it"
    if len(doubt) >= count:
        return DOUBTFUL, f"{_say(len(doubt))} {_verb(doubt, 'doubt')} it and {_say(count)} {_verb(tell, 'tell')} it"
    if count >= 2:
        return (CONFIRMED if count >= 3 else PROBABLE), f"{_say(count)} tell it"
    return _of_one(min(each.reliability for each in told if each.stance is Stance.ASSERTS))


def _of_one(letter: str) -> tuple[int, str]:
    if letter in _RELIABLE:
        return POSSIBLE, f"one source tells it, of reliability {letter}"
    if letter in _UNRELIABLE:
        return DOUBTFUL, f"one source tells it, of reliability {letter}"
    return UNJUDGED, "one source tells it, of unknown reliability"


def _sources(told: Sequence[Told], stance: Stance) -> set[str]:
    return {each.source for each in told if each.stance is stance}


def _say(count: int) -> str:
    words = {0: "no source", 1: "one source", 2: "two sources", 3: "three sources"}
    return words.get(count, f"{count} sources")


def _verb(sources: set[str], verb: str) -> str:
    singular = {"deny": "denies", "doubt": "doubts", "tell": "tells"}
    return verb if len(sources) > 1 else singular[verb]
