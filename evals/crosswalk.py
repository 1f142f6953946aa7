"""The code book's kinds and parts in the terms of an ontology of events, as a TOML file beside this one tells it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.template_filling import normalised
from vedette.model.nouns import Claim


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One type for each kind, unless a word of the trigger settles it; for types, the roles of our parts."""

    kinds: Mapping[str, str]
    triggers: tuple[tuple[str, tuple[str, ...]], ...]
    settled: frozenset[str]
    roles: Mapping[str, Mapping[str, str]]

    def type_of(self, claim: Claim) -> str:
        """The type of a claim's event; empty where the ontology has none for its kind."""
        kind = claim.kind.value
        words = " ".join(normalised(span.text) for span in claim.kind.spans)
        if kind in self.settled:
            for type_, stems in self.triggers:
                if any(f" {stem}" in f" {words}" for stem in stems):
                    return type_
        return self.kinds.get(kind, "")

    def known(self, type_: str) -> bool:
        """True where a type has roles of its own here, by its longest listed beginning."""
        return bool(self._listed(type_))

    def role_of(self, type_: str, part: str) -> str:
        """The role that a part plays in an event of a type; empty where it plays none."""
        return self.roles.get(self._listed(type_), self.roles.get("any", {})).get(part, "")

    def _listed(self, type_: str) -> str:
        levels = type_.split(".")
        beginnings = (".".join(levels[:end]) for end in range(len(levels), 0, -1))
        return next((each for each in beginnings if each in self.roles), "")


@cache
def crosswalk(name: str) -> Crosswalk:
    """The crosswalk in `NAME_types.toml`."""
    told = tomllib.loads(Path(__file__).with_name(f"{name}_types.toml").read_text(encoding="utf-8"))
    return Crosswalk(
        told.get("kinds", {}),
        tuple((each["type"], tuple(each["stems"])) for each in told.get("triggers", ())),
        frozenset(told.get("settled", ())),
        told["roles"],
    )
