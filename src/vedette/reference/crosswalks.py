"""Crosswalks: what the codes of other code books are in ours, as data files and their look-up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from vedette.model.errors import UsageError
from vedette.model.kinds import EventKind, EventType

SYSTEMS: tuple[str, ...] = ("acled", "ucdp", "gtd", "cameo", "plover", "muc4")


class Relation(StrEnum):
    """What a foreign code is to one of our kinds."""

    EXACT = "exact"
    NARROWER = "narrower"
    BROADER = "broader"
    NONE = "none"


SURE = frozenset({Relation.EXACT, Relation.NARROWER})


@dataclass(frozen=True, slots=True)
class Pair:
    """One foreign code and one of our kinds: a code of several kinds has a pair for each, one of none has no kind."""

    code: str
    name: str
    kind: EventKind | None
    relation: Relation
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Refinement:
    """What a row is whose columns hold one of the values listed, the code's own column among them."""

    when: dict[str, tuple[str, ...]]
    kinds: tuple[EventKind, ...]
    relation: Relation
    remark: str = ""

    @property
    def kind(self) -> EventKind:
        """The one kind of an exact or narrower entry, else `UNKNOWN`."""
        return self.kinds[0] if self.relation in SURE else EventKind.UNKNOWN

    @property
    def type(self) -> EventType:
        """The type that all of its kinds share, else `UNKNOWN`."""
        return _shared_type(self.kinds)

    def fits(self, row: Mapping[str, str]) -> bool:
        """True where every column that is asked of holds one of its values."""
        return all(row.get(column, "") in values for column, values in self.when.items())


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One code book, in its own order; `column` holds its codes, `unreached` says why a kind has none of them.

    Of the refinements that fit a row the first counts.
    """

    system: str
    title: str
    column: str
    pairs: tuple[Pair, ...]
    refinements: tuple[Refinement, ...] = ()
    unreached: Mapping[EventKind, str] = field(default_factory=dict)
    _by_key: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict, repr=False)

    def knows(self, code: str) -> bool:
        """True for a code of the book, however it is capitalised and punctuated."""
        return code_key(code) in self._by_key

    def pairs_of(self, code: str) -> tuple[Pair, ...]:
        """A code's pairs; none where the book has no such code."""
        return self._by_key.get(code_key(code), ())

    def kind_of(self, code: str) -> EventKind:
        """The one kind that holds every event of this code, `UNKNOWN` where there is none such or no such code."""
        pairs = self.pairs_of(code)
        if pairs and pairs[0].kind is None:
            return EventKind.NO_COUNTERPART
        return pairs[0].kind or EventKind.UNKNOWN if pairs and pairs[0].relation in SURE else EventKind.UNKNOWN

    def type_of(self, code: str) -> EventType:
        """The type that all of a code's kinds share, else `UNKNOWN`; `NONE` where the code has no counterpart."""
        return _shared_type(tuple(pair.kind or EventKind.NO_COUNTERPART for pair in self.pairs_of(code)))

    def refined(self, row: Mapping[str, str]) -> Refinement | None:
        """The refinement that counts for a row, its columns as text."""
        return next((each for each in self.refinements if each.fits(row)), None)

    def kind_in(self, code: str, row: Mapping[str, str]) -> EventKind:
        """The kind of a row of this code: by its refinement where one fits, else by the code alone."""
        refined = self.refined(row)
        return refined.kind if refined else self.kind_of(code)

    def type_in(self, code: str, row: Mapping[str, str]) -> EventType:
        """The type of a row of this code: by its refinement where one fits, else by the code alone."""
        refined = self.refined(row)
        return refined.type if refined else self.type_of(code)


def code_key(code: str) -> str:
    """What a code is matched by: its letters a–z and digits, in lower case."""
    return re.sub("[^a-z0-9]", "", code.lower())


@cache
def crosswalk(system: str) -> Crosswalk:
    """The crosswalk from one of `SYSTEMS` to our kinds."""
    if system not in SYSTEMS:
        raise UsageError(f"code book {system!r}", f"is not one of {', '.join(SYSTEMS)}")
    return _crosswalk(system, _table(system))


@cache
def gtd_lists() -> Mapping[str, Mapping[str, str]]:
    """The names of GTD's codes, by column: what its refinements refer to."""
    return MappingProxyType({column: MappingProxyType(names) for column, names in _table("gtd_lists").items()})


@cache
def plover_type(cameo: str) -> str:
    """The PLOVER type that took a CAMEO code's place; nothing where none did."""
    if not crosswalk("cameo").knows(cameo):
        return ""
    types = _table("cameo")["plover"]
    return next((types[cameo[:end]] for end in range(len(cameo), 1, -1) if cameo[:end] in types), "")


@cache
def _table(name: str) -> dict[str, Any]:
    text = (files("vedette.reference") / "data" / "crosswalks" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _crosswalk(system: str, table: Mapping[str, Any]) -> Crosswalk:
    entries = {code: entry for entry in table["pairs"] for code in entry["codes"]}
    by_key = {code_key(code): _pairs(code, name, entries[code]) for code, name in table["codes"].items()}
    return Crosswalk(
        system,
        table["title"],
        table["column"],
        tuple(pair for pairs in by_key.values() for pair in pairs),
        tuple(_refinement(entry) for entry in table.get("refined", ())),
        MappingProxyType({EventKind(kind): remark for kind, remark in table["unreached"].items()}),
        MappingProxyType(by_key),
    )


def _pairs(code: str, name: str, entry: Mapping[str, Any]) -> tuple[Pair, ...]:
    relation, remark = Relation(entry["relation"]), entry.get("remark", "")
    kinds: list[EventKind | None] = [EventKind(kind) for kind in entry.get("kinds", ())]
    return tuple(Pair(code, name, kind, relation, remark) for kind in kinds or [None])


def _refinement(entry: Mapping[str, Any]) -> Refinement:
    when = {column: tuple(values) for column, values in entry["when"].items()}
    kinds = tuple(EventKind(kind) for kind in entry["kinds"])
    return Refinement(when, kinds, Relation(entry["relation"]), entry.get("remark", ""))


def _shared_type(kinds: tuple[EventKind, ...]) -> EventType:
    types = {kind.type for kind in kinds}
    return types.pop() if len(types) == 1 else EventType.UNKNOWN
