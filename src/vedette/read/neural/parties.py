"""Stretches of words → organisations, forces and roles; private persons' names stay out."""

from __future__ import annotations

from collections.abc import Iterable

from vedette.model.values import Actor
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.page import Page
from vedette.reference.datasets import organisation_words

_DETERMINERS = frozenset(["the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her"])


def actors_of(page: Page, parts: Iterable[Stretch]) -> list[Found[Actor]]:
    """The organisations, forces and roles that stretches name, each once; persons' names are left out."""
    found: dict[str, Found[Actor]] = {}
    for part in sorted(parts, key=lambda part: part.first):
        trimmed = _trimmed(page, part)
        if trimmed is None or not is_public(page, trimmed):
            continue
        name = page.text(trimmed)
        mentions = page.reference.actors.mentions(name)
        ident = mentions[-1].id if mentions else ""
        known = found.get(ident or name.lower())
        if known is None:
            found[ident or name.lower()] = Found(Actor(name, ident), (page.chars(trimmed),), part.score)
        elif part.score > known.score:
            found[ident or name.lower()] = known._replace(score=part.score)
    return list(found.values())


def _trimmed(page: Page, part: Stretch) -> Stretch | None:
    """The stretch without articles before it and signs around it."""
    first, after = part.first, part.after
    words = [page.article.text[word.start : word.end].lower() for word in page.words[first:after]]
    while words and (words[0] in _DETERMINERS or not words[0][0].isalnum()):
        words, first = words[1:], first + 1
    while words and not words[-1][-1].isalnum():
        words, after = words[:-1], after - 1
    return part._replace(first=first, after=after) if words else None


def is_public(page: Page, part: Stretch) -> bool:
    """True of what names no private person: a known actor, a place, a role, a body, or words in small letters."""
    start, end = page.chars(part)
    text = page.article.text[start:end]
    words = [word for word in text.split() if word[0].isalpha()]
    if any(word[0].islower() for word in words) or page.reference.actors.mentions(text):
        return True
    if not organisation_words().isdisjoint(word.strip(".,'’").lower() for word in words):
        return True
    if _role(page, start, end) or page.reference.gazetteer.find(text):
        return True
    before = page.article.text[max(0, start - 5) : start].lower()
    capitals = page.article.text == page.article.text.upper()
    return before.endswith(" the ") or (len(words) == 1 and text.isupper() and not capitals)


def _role(page: Page, start: int, end: int) -> bool:
    sentence = page.sentence_at(start)
    if sentence is None:
        return False
    first, after = sentence.word_at(start), sentence.word_at(end)
    return any(first <= hit.start < after for hit in sentence.hits.get("role", ()))
