"""Stretches of words → organisations, forces and roles; private persons' names stay out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vedette.model.values import Actor
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.found import Found
from vedette.read.neural.names import holds_name, without_name
from vedette.read.neural.page import Page
from vedette.read.phrases import Phrase
from vedette.read.row import Bound
from vedette.reference.datasets import organisation_words

_DETERMINERS = frozenset(["the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her"])
# "The group", "the terror organisation": said of one that has a name.
_DEFINITE = re.compile(r"\b(?:the|this)\s+$", re.IGNORECASE)
# "Anti-Taliban militia", "ex-FARC fighters": not those whose name follows.
_APART = re.compile(r"(?:\b(?:anti|counter|ex|former|non|pro)[\s-]|\bformerly\s)$", re.IGNORECASE)
_BEFORE = 10  # characters of "formerly "
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
        ident = _registered(page, bound, name)
        known = found.get(ident or name.lower())
        if known is None:
            found[ident or name.lower()] = Found(Actor(name, ident), bounds, part.score)
        elif part.score > known.score:
            found[ident or name.lower()] = known._replace(score=part.score)
    return list(found.values())


def _registered(page: Page, bound: Bound, name: str) -> str:
    """The registry's id of the last actor in a name; none where the text is of those against or no longer with it."""
    mentions = page.reference.actors.mentions(name, page.published)
    if not mentions:
        return ""
    before = page.article.text[max(0, bound[0] - _BEFORE) : bound[0]] + name[: mentions[-1].start]
    return "" if _APART.search(before) else mentions[-1].id


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
    if not holds_name(page, page.words[part.first : part.after]):
        return start, end
    plain = page.article.text[start:end].split()
    words = [word.strip(".,'’").lower() for word in plain]
    if words[-1] in organisation_words() and all(word[0].isupper() for word in plain):
        return start, end
    role = next(iter(page.phrases_in(start, end)), None)
    if role is not None:
        return without_name(page, _within(role, start, end))
    body = not organisation_words().isdisjoint(words)
    letters = len(words) == 1 and plain[0].isupper() and not page.capitals
    group = len(words) <= 2 and page.article.text[max(0, start - 5) : start].lower().endswith(" the")
    return (start, end) if body or letters or group else None


def _within(role: Phrase, start: int, end: int) -> Bound:
    return max(start, role.name[0]), min(end, role.name[1])
