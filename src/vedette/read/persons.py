"""One person whom no role tells: "killing him", "he was engaged and killed", "the death of" a name."""

from __future__ import annotations

from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit

_BACK = 4  # words between "was" and its harm: "he was later engaged and killed"


def after_verb(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The words of the one person who is a verb's object at a word."""
    word, following = sentence.words[at : at + 1], sentence.words[at + 1 : at + 2]
    if word == ["him"] or (word == ["her"] and (not following or following[0] in sentence.word_set("after_passive"))):
        return at, at + 1
    end = _name_end(sentence, at)
    closed = sentence.words[end : end + 1]
    return (at, end) if end - at > 1 and (not closed or closed[0] in _CLOSING) else None


def before_verb(sentence: Sentence, hit: Hit) -> tuple[int, int] | None:
    """The pronoun or the name of the one person whom a passive harm befell."""
    be = next(
        (at for at in range(hit.start - 1, max(0, hit.start - 1 - _BACK), -1) if sentence.words[at : at + 1] in _WAS),
        None,
    )
    if be is None:
        return None
    if sentence.words[be - 1 : be] in (["he"], ["she"]):
        return be - 1, be
    start = be
    while start > 0 and _capital(sentence, start - 1):
        start -= 1
    return (start, be) if be - start > 1 else None


def of_noun(sentence: Sentence, hit: Hit) -> tuple[int, int] | None:
    """The name in "the death of" somebody."""
    if sentence.words[hit.end : hit.end + 1] != ["of"] or hit.form != "noun":
        return None
    end = _name_end(sentence, hit.end + 1)
    return (hit.end + 1, end) if end > hit.end + 1 else None


_WAS = (["was"], ["is"], ["been"])
_CLOSING = frozenset(
    [",", ".", "and", "along", "together", "during", "in", "on", "at", "who", "(", "yesterday", "today"]
)


def _name_end(sentence: Sentence, at: int) -> int:
    while at < len(sentence.words) and _capital(sentence, at):
        at += 1
    return at


def _capital(sentence: Sentence, at: int) -> bool:
    """True of a capitalised word in a text that is not all capitals, and no people's or group's name."""
    start, end = sentence.starts[at], sentence.ends[at]
    word = sentence.text[start:end]
    roles = any(hit.start <= at < hit.end for hit in sentence.hits.get("role", ()))
    return word[0].isupper() and word[1:].islower() and not roles and sentence.words[at] not in sentence.lexicon.stop
