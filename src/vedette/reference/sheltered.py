"""What is coarsened before it leaves the house, by its words and by the registered actors that it names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vedette.reference.actors import KnownActor


@dataclass(frozen=True, slots=True)
class Group:
    """One sort of the sheltered; its patterns find its words in names and sentences without capitals and accents."""

    name: str
    stand_in: str
    acting: bool
    pattern: str
    told_pattern: str


@dataclass(frozen=True, slots=True)
class Sheltered:
    """Schools, care, aid, shelters and displaced people."""

    groups: tuple[Group, ...]
    actor_kinds: frozenset[str]

    @property
    def pattern(self) -> str:
        """A regular expression, also of RE2, that finds any group in a name."""
        return _any(group.pattern for group in self.groups)

    @property
    def acting_pattern(self) -> str:
        """The same for the groups that count also where they act."""
        return _any(group.pattern for group in self.groups if group.acting)

    @property
    def told_pattern(self) -> str:
        """The same that finds any group in a sentence that tells an event."""
        return _any(group.told_pattern for group in self.groups)

    def actor_ids(self, actors: Iterable[KnownActor]) -> list[str]:
        """The registered actors who are sheltered."""
        return [actor.id for actor in actors if actor.kind in self.actor_kinds]


@cache
def load_sheltered(language: str = "en") -> Sheltered:
    """The words of a language; raises `FileNotFoundError` where the package has none."""
    source = files("vedette.reference") / "data" / f"sheltered_{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    kinds = frozenset(data.pop("actor_kinds"))
    groups = (
        Group(name, table["stand_in"], table["acting"], _pattern(table["words"]), _pattern(table["told"]))
        for name, table in data.items()
    )
    return Sheltered(tuple(groups), kinds)


def _pattern(words: Sequence[str]) -> str:
    return rf"\b(?:{'|'.join(_word(word) for word in words)})\b"


def _word(word: str) -> str:
    blanks = r"[\s-]+".join(re.escape(part) for part in word.removesuffix("*").split())
    return blanks + (r"\w*" if word.endswith("*") else "s?")


def _any(patterns: Iterable[str]) -> str:
    return "|".join(patterns)
