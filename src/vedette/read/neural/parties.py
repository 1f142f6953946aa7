"""Stretches of words → organisations, forces and roles; private persons' names stay out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vedette.model.values import Actor
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import Page
from vedette.read.numbers import begins_count
from vedette.read.phrases import Phrase
from vedette.read.row import Bound
from vedette.read.words import Word
from vedette.reference.datasets import organisation_words

_DETERMINERS = frozenset(["the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her"])
# "The group", "the terror organisation": said of one that has a name.
_DEFINITE = re.compile(r"\b(?:the|this)\s+$", re.IGNORECASE)
_POINTING = frozenset(["group", "organisation", "organization", "movement", "outfit", "faction"])


def actors_of(page: Page, parts: Iterable[Stretch]) -> list[Found[Actor]]:
    """The organisations, forces and roles that stretches name, each once; persons' names are left out."""
    found: dict[str, Found[Actor]] = {}
    for part in sorted(parts, key=lambda part: part.first):
        trimmed = _trimmed(page, part)
        bound = public_part(page, trimmed) if trimmed else None
        if bound is None:
            continue
        name, bounds = _meant(page, bound)
        mentions = page.reference.actors.mentions(name)
        ident = mentions[-1].id if mentions else ""
        known = found.get(ident or name.lower())
        if known is None:
            found[ident or name.lower()] = Found(Actor(name, ident), bounds, part.score)
        elif part.score > known.score:
            found[ident or name.lower()] = known._replace(score=part.score)
    return list(found.values())


def _meant(page: Page, bound: Bound) -> tuple[str, tuple[Bound, ...]]:
    """The name at these characters and what shows it: "the group" is the group that was named last before."""
    text = page.article.text
    name = " ".join(text[slice(*bound)].split())
    if name.split()[-1] in _POINTING and name.islower() and _DEFINITE.search(text[: bound[0]][-8:]):
        group = page.group_before(bound[0])
        if group is not None:
            return " ".join(text[group.start : group.end].split()), (bound, (group.start, group.end))
    return name, (bound,)


def _trimmed(page: Page, part: Stretch) -> Stretch | None:
    """The stretch without articles before it and signs around it."""
    first, after = part.first, part.after
    words = [page.article.text[word.start : word.end].lower() for word in page.words[first:after]]
    while words and (words[0] in _DETERMINERS or not words[0][0].isalnum()):
        words, first = words[1:], first + 1
    while words and not words[-1][-1].isalnum():
        words, after = words[:-1], after - 1
    return part._replace(first=first, after=after) if words else None


def public_part(page: Page, part: Stretch) -> Bound | None:
    """The characters of a stretch, or of its role alone, that name no private person; none where only a name stands.

    A capitalised word that is no known actor, place or role may be a person's: then the role beside it is taken as the
    lexical reader tells it ("Deputy" of "Deputy Luis Ortiz"), else a body ("Red Kite Front") or a group after "the".
    """
    start, end = page.chars(part)
    if not _holds_name(page, part):
        return start, end
    plain = page.article.text[start:end].split()
    words = [word.strip(".,'’").lower() for word in plain]
    if words[-1] in organisation_words() and all(word[0].isupper() for word in plain):
        return start, end
    role = next(iter(page.phrases_in(start, end)), None)
    if role is not None:
        return _within(role, start, end)
    body = not organisation_words().isdisjoint(words)
    letters = len(words) == 1 and plain[0].isupper() and not page.capitals
    group = len(words) <= 2 and page.article.text[max(0, start - 5) : start].lower().endswith(" the")
    return (start, end) if body or letters or group else None


def _within(role: Phrase, start: int, end: int) -> Bound:
    return max(start, role.name[0]), min(end, role.name[1])


def _holds_name(page: Page, part: Stretch) -> bool:
    """True where a word of the stretch may be a person's name: one with a capital that is no known name or role."""
    start, end = page.chars(part)
    known = list(page.known_in(start, end))
    common = page.reference.lexicon.words["common"]
    for word in page.words[part.first : part.after]:
        plain = page.article.text[word.start : word.end]
        covered = any(first <= word.start < after for first, after in known)
        if plain[0].isupper() and not covered and plain.lower() not in common and not _counts(page, word):
            return True
    return False


def _counts(page: Page, word: Word) -> bool:
    """True of a word that begins a count: "Two", "Dozens", "About"."""
    sentence = page.sentence_at(word.start)
    return sentence is not None and begins_count(sentence, sentence.word_at(word.start), page.reference.lexicon)
