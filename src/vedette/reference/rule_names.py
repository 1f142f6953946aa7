"""The names that rules make for each country: "Afghan army", "army of the Philippines", "Japan's defence ministry"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from vedette.reference.exports import country_names
from vedette.reference.gazetteer import load_gazetteer
from vedette.reference.known_actors import ACLED, RULE, UCDP, ActorName

_SPELLINGS = {"[defence]": ("defence", "defense")}


@dataclass(frozen=True, slots=True)
class Land:
    """A country as the rules name it."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    acled: str
    ucdp: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What every country has: an army, a ministry."""

    name: str
    kind: str
    type: str
    title: str
    core: tuple[str, ...]
    names: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]  # source and pattern

    def whole_name(self, land: Land) -> str:
        """The name of a country's."""
        return self.title.format(of=_with_the(land.name, land.code))

    def core_names(self, land: Land) -> list[str]:
        """What it alone is called, and no branch of it."""
        return list(_filled((self.title, *self.core), land))

    def all_names(self, land: Land) -> list[ActorName]:
        """All that it is called, each name with who calls it so."""
        own = [ActorName(text, RULE) for text in _filled((self.title, *self.core, *self.names), land)]
        told = {ACLED: land.acled, UCDP: land.ucdp}
        foreign = [
            ActorName(pattern.format(country=text), source)
            for source, pattern in self.foreign
            for text in dict.fromkeys((told[source], _with_the(told[source], land.code)))
            if text
        ]
        return list(dict.fromkeys((*own, *foreign)))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, the government's first."""
    entries = {name: entry for name, entry in _data("actor_rules.toml").items() if isinstance(entry, dict)}
    return tuple(
        Rule(
            name,
            entry["kind"],
            entry["type"],
            entry["name"],
            tuple(entry["core"]),
            tuple(entry["names"]),
            tuple((source, each) for source, key in ((ACLED, "acled"), (UCDP, "ucdp")) for each in entry.get(key, ())),
        )
        for name, entry in entries.items()
    )


@cache
def lands() -> tuple[Land, ...]:
    """The countries of the gazetteer that have people of their own: a demonym, or a state's number."""
    known, coded, listed = _data("countries.toml"), country_names(), _data("actor_rules.toml")
    found = []
    for code, named in coded.items():
        place = load_gazetteer().country(code)
        entry = known.get(code, {})
        if place is None or not (entry.get("demonyms") or named.gwno):
            continue
        adjectives = tuple(each for each in entry.get("demonyms", ()) if each not in listed["people"])
        names = dict.fromkeys((entry.get("name", place.name), place.name, *entry.get("also", ())))
        found.append(Land(code, place.name, tuple(names), adjectives, named.acled_name, named.ucdp_name))
    return tuple(found)


def _filled(patterns: Sequence[str], land: Land) -> Iterator[str]:
    """The names that patterns make of a country, each once."""
    alone = [name for name in land.names if name not in _data("actor_rules.toml")["not_alone"]]
    words: Mapping[str, Sequence[str]] = {
        "{adj}": land.adjectives,
        # "Afghanistan army", but hardly "Islamic Republic of Afghanistan army".
        "{country}": [name for name in alone if name == land.name or len(name.split()) <= 2],
        "{of}": [_with_the(name, land.code) for name in alone],
    }
    made = (
        pattern.replace(gap, word)
        for pattern in patterns
        for gap, several in words.items()
        if gap in pattern
        for word in several
    )
    yield from dict.fromkeys(spelled for name in made for spelled in _spelled(name))


def _spelled(name: str) -> list[str]:
    for sign, spellings in _SPELLINGS.items():
        if sign in name:
            return [name.replace(sign, each) for each in spellings]
    return [name]


def _with_the(name: str, code: str) -> str:
    listed = _data("actor_rules.toml")
    article = code in listed["the"] or not set(listed["the_with"]).isdisjoint(name.split())
    return f"the {name}" if name and article and not name.startswith("the ") else name


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("vedette.reference") / "data" / name).read_text(encoding="utf-8"))
