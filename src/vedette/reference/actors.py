"""Armed groups, forces and the bodies that speak of them: one id for all the names of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from vedette.reference.folding import fold

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[^\W_]|['’‘ʼ])+")
# What may stand between two words of a name: "Islamic State's Afghan branch", "CPI (Maoist)". A full stop, a comma or a
# blank line ends it.
_JOINT = re.compile(r"(?:['’]s?)?[ \t\-–‑(/]*\n?[ \t]*")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An organisation or force of the registry; never a person."""

    id: str
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]


class ActorMention(NamedTuple):
    """Characters `start` up to `end` of a text name the actor `id`."""

    start: int
    end: int
    id: str


class _Word(NamedTuple):
    start: int
    end: int
    folded: str
    lower: bool


class Actors:
    """The registry; of two names that begin at one word the longer counts."""

    def __init__(self, actors: Iterable[KnownActor]) -> None:
        self._by_id = {actor.id: actor for actor in actors}
        self._names: dict[tuple[str, ...], tuple[str, bool]] = {}
        for actor in self._by_id.values():
            for name in (actor.name, *actor.aliases):
                # An acronym in lower case is a word of its own: "the arena".
                words = tuple(word.folded for word in _words(name))
                self._names.setdefault(words, (actor.id, _is_acronym(name)))
        self._longest: dict[str, int] = {}
        for words in self._names:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def __iter__(self) -> Iterator[KnownActor]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, ident: str) -> KnownActor | None:
        """The actor with this id."""
        return self._by_id.get(ident)

    def find(self, text: str) -> str:
        """The id of the longest name of an actor in the text, the first of two as long; nothing where there is none."""
        found = self.mentions(text)
        return max(found, key=lambda mention: mention.end - mention.start).id if found else ""

    def mentions(self, text: str) -> list[ActorMention]:
        """The actors that a text names, in order, none within another."""
        words = _words(text)
        found: list[ActorMention] = []
        at = 0
        while at < len(words):
            length, ident = self._longest_at(text, words, at)
            if length:
                found.append(ActorMention(words[at].start, words[at + length - 1].end, ident))
            at += length or 1
        return found

    def _longest_at(self, text: str, words: list[_Word], at: int) -> tuple[int, str]:
        reach = self._longest.get(words[at].folded, 0)
        for length in range(min(reach, len(words) - at), 0, -1):
            run = words[at : at + length]
            known = self._names.get(tuple(word.folded for word in run))
            if known and not (known[1] and run[0].lower) and _joined(text, run):
                return length, known[0]
        return 0, ""


def _is_acronym(name: str) -> bool:
    return " " not in name and name.isupper()


def _joined(text: str, run: list[_Word]) -> bool:
    return all(_JOINT.fullmatch(text, left.end, right.start) for left, right in pairwise(run))


def _words(text: str) -> list[_Word]:
    shouts = text.islower()
    words = []
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        if folded := fold(word):
            words.append(_Word(match.start(), match.start() + len(word), folded, word.islower() and not shouts))
    return words


@cache
def load_actors() -> Actors:
    """The registry that ships with Vedette."""
    tables = tomllib.loads((files("vedette.reference") / "data" / "actors.toml").read_text(encoding="utf-8"))
    return Actors(
        KnownActor(ident, entry["name"], entry["kind"], entry.get("country", ""), tuple(entry.get("also", ())))
        for ident, entry in tables.items()
    )
