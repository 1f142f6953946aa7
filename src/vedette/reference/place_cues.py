"""The words around a name that say whether it is a place, and of what sort."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vedette.model.kinds import Precision


@dataclass(frozen=True, slots=True)
class PlaceCues:
    """One language's cues, folded; `after_comma` and `postal` map short forms of states to their names."""

    locative: frozenset[str]
    particle: frozenset[str]
    title: frozenset[str]
    thing_before: frozenset[str]
    thing_after: frozenset[str]
    thing_of: frozenset[str]
    speaking: frozenset[str]
    never: frozenset[str]
    never_names: frozenset[str]
    area: Mapping[str, Precision]
    after_comma: Mapping[str, str]
    postal: Mapping[str, str]


@cache
def load_place_cues(language: str = "en") -> PlaceCues:
    """The cues of a language; raises `FileNotFoundError` where the package has none."""
    source = files("vedette.reference") / "data" / f"place_cues_{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    words = {
        name: frozenset(text.split()) for name, text in {**data, **data["bearer"]}.items() if isinstance(text, str)
    }
    return PlaceCues(
        area={word: Precision(level) for word, level in data["area"].items()},
        after_comma=data["after_comma"],
        postal=data["postal"],
        never_names=frozenset(data["never_names"]),
        **words,
    )
