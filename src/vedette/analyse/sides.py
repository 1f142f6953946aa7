"""Who stood on one side of an event, as other code books tell it: each distinct list of names is understood once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from vedette.analyse.target_groups import groups_by_name, groups_by_word
from vedette.model.blocking import is_named
from vedette.model.values import Actor
from vedette.reference.actors import load_actors
from vedette.reference.countries import load_countries
from vedette.reference.exports import country_names, export_format, terms

_BRACKETS = re.compile(r"\s*\([^)]*\)")
# How UCDP and ACLED name a state's side: "Government of Myanmar (Burma)", "Police Forces of Mali (2020-)".
_OF_STATE = re.compile(r"(Government|Military Forces|Police Forces) of (?:the )?(.+)")
_UNIDENTIFIED = re.compile("unidentified|unknown", re.IGNORECASE)
_ORGANISED = frozenset({"rebel_groups", "political_militias", "identity_militias", "armed_groups"})


class Sort(StrEnum):
    """What UCDP tells sides apart by."""

    STATE = "state"
    ORGANISED = "organised"
    CIVILIANS = "civilians"
    UNTOLD = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One distinct side: names or ids, groups that a data set tells, whether it acts, country, first and last era."""

    names: tuple[str, ...]
    told: tuple[str, ...] = ()
    acts: bool = True
    country: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """A side as ACLED tells it (first actor, the others, inter code) and as UCDP does (name, sort, state's number)."""

    actor: str
    others: str
    inter: str
    name: str
    sort: Sort
    gwno: str


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    group: str = ""
    land: str = ""
    registered: bool = False

    @property
    def gwno(self) -> str:
        return country_names()[self.land].gwno if self.land in country_names() else ""

    @property
    def state(self) -> str:
        """The state's side as UCDP names it; a role as told, since it may be of any state."""
        return f"Government of {country_names()[self.land].ucdp_name}" if self.gwno else self.name

    @property
    def named(self) -> bool:
        """True where a row that leaves it out would hide who took part."""
        return (self.registered or is_named(Actor(self.name))) and not _UNIDENTIFIED.search(self.name)

    def sort(self, acts: bool, country: str) -> Sort:
        if self.group == "state_forces" or (self.group == "government" and acts):
            # An id is found by names that bodies of several countries share ("PDF"): abroad it makes no government.
            if self.registered and self.land != country:
                return Sort.UNTOLD
            # Palestine has armed forces and is no state of UCDP's list.
            return Sort.STATE if self.gwno or not self.land else Sort.UNTOLD
        if self.group in _ORGANISED:
            return Sort.ORGANISED if self.named else Sort.UNTOLD
        # Officials without arms are civilians to UCDP; "the government" that is hit may be its troops.
        civil = self.group == "civilians" or (self.group == "government" and not self.registered)
        return Sort.CIVILIANS if civil and not acts else Sort.UNTOLD


@cache
def eras() -> tuple[date, ...]:
    """The days on which an armed actor became a government or had ceased to be one, in order."""
    ends = {term.until + timedelta(days=1) for term in terms() if term.until < date.max}
    return tuple(sorted(ends | {term.since for term in terms()}))


class SideReader:
    """Understands sides; `learnt` holds the groups of names that data sets in the record tell."""

    def __init__(self, learnt: Mapping[str, str]) -> None:
        self._learnt = learnt
        self._actors = load_actors()
        self._countries = load_countries()
        self._words = groups_by_word()

    def understand(self, key: Key) -> Side:
        """The side that a key stands for."""
        parties = [self._party(name, key) for name in key.names]
        sorts = [party.sort(key.acts, key.country) for party in parties]
        sort = _sort_of_all(parties, sorts)
        of_sort = [party for party, each in zip(parties, sorts, strict=True) if each is sort]
        first = parties[0] if parties else _Party("")
        return Side(
            first.name,
            "; ".join(party.name for party in parties[1:]),
            _inter(first, key),
            _name(of_sort, sort),
            sort,
            next((party.gwno for party in of_sort if party.gwno), "") if sort is Sort.STATE else "",
        )

    def _party(self, name: str, key: Key) -> _Party:
        if known := self._actors.get(name):
            first, last = (_in_era(name, known.country, era) for era in (key.first, key.last))
            group, land = first if first == last else ("", "")
            return _Party(known.name, group, land, registered=True)
        bare = _BRACKETS.sub("", name).strip()
        if state := _OF_STATE.fullmatch(bare):
            whole = _OF_STATE.fullmatch(name.strip())
            place = (self._countries.named(whole[2]) if whole else None) or self._countries.named(state[2])
            return _Party(name, "state_forces" if place else "", place.country if place else "")
        told = key.told[0] if len(key.told) == 1 else ""
        return _Party(name, self._learnt.get(name, "") or told or self._by_word(bare))

    def _by_word(self, bare: str) -> str:
        words = bare.lower().replace("-", " ").split()
        return self._words.get(" ".join(words[-2:]), "") or self._words.get(words[-1], "") if words else ""


def _sort_of_all(parties: Sequence[_Party], sorts: Sequence[Sort]) -> Sort:
    """The sort of a whole side; untold where a party with a name would vanish from the dyad."""
    if Sort.STATE in sorts or Sort.ORGANISED in sorts:
        # No dyad has a state and a group on one side, and a body of no known sort may be either.
        hidden = any(each is Sort.UNTOLD and party.named for party, each in zip(parties, sorts, strict=True))
        if hidden or {Sort.STATE, Sort.ORGANISED} <= set(sorts):
            return Sort.UNTOLD
        return Sort.STATE if Sort.STATE in sorts else Sort.ORGANISED
    return Sort.CIVILIANS if Sort.CIVILIANS in sorts else Sort.UNTOLD


def _in_era(ident: str, country: str, era: int) -> tuple[str, str]:
    """Group and country of a registered actor in one era."""
    for term in terms():
        if term.actor == ident and bisect_right(eras(), term.since) <= era < bisect_right(eras(), term.until) + 1:
            return ("", "") if term.disputed else ("state_forces", term.country)
    return groups_by_name().get(ident, ""), country


def _inter(party: _Party, key: Key) -> str:
    group = party.group
    if group == "government":
        group = "state_forces" if key.acts else "civilians"
    if group == "state_forces" and party.land and party.land != key.country:
        group = "external_forces"
    return export_format("acled").inter.get(group, "")


def _name(parties: Sequence[_Party], sort: Sort) -> str:
    if sort is Sort.CIVILIANS:
        return "Civilians"
    names = [party.state if sort is Sort.STATE else party.name for party in parties]
    return ", ".join(dict.fromkeys(names)) if sort is not Sort.UNTOLD else ""
