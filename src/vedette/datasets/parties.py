"""Parties as data sets write them: each distinct cell is understood once, so that rows only look it up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vedette.datasets.texts import code as texts_code
from vedette.datasets.texts import parted, told
from vedette.reference import Reference
from vedette.reference.actor_groups import group_of
from vedette.reference.countries import Countries, load_countries
from vedette.reference.datasets import DataSet, Party, organisation_words

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_MANY = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True)
class Understood:
    """The actors that one key names: names as told, what each is counted under, and the group they belong to."""

    key: str
    names: tuple[str, ...]
    ids: tuple[str, ...]
    group: str


class PartyReader:
    """Reads the parties of one data set; persons' names never become an actor's."""

    def __init__(self, data_set: DataSet, reference: Reference) -> None:
        self._data_set = data_set
        self._actors = reference.actors
        self._countries: Countries = load_countries()
        self._known: dict[str, str] = {}

    def understand(self, party: Party, keys: Iterable[str]) -> Iterator[Understood]:
        """What each key means; a key is the party's cells and its group's, joined by `UNIT`."""
        for key in keys:
            cells = parted(key, party.all_cells)
            names = tuple(name for name in self._names(party, cells) if name not in party.absent)
            group = self._group(party, cells) if names else ""
            # Two names of one actor are one party: "Islamic State (Syria)" and "Islamic State (Iraq)".
            once = {self._counted_under(name): name for name in reversed(names)}
            ids = tuple(dict.fromkeys(self._counted_under(name) for name in names))
            yield Understood(key, tuple(once[each] for each in ids), ids, group)

    def _names(self, party: Party, cells: dict[str, str]) -> tuple[str, ...]:
        texts = [told(cells[cell], self._data_set) for cell in party.cells]
        match party.form:
            case "list":
                return tuple(dict.fromkeys(name for text in texts for name in _MANY.split(text) if name))
            case "cameo":
                return _only(self._cameo(*texts))
            case "icews":
                return _only(self._icews(*texts)) if texts[0] not in ("", *party.absent) else ()
            case _:
                return _only(next((text for text in texts if text and text not in party.absent), ""))

    def _cameo(self, group: str, name: str, role: str, country: str) -> str:
        """An organisation by its name, all else by its role and country: a name here may be a person's."""
        place = self._countries.coded(country) if country else None
        where = place.name if place else ""
        label = self._data_set.labels.get(role, "")
        if name and (self._registered(name.title()) or (group and _is_organisation(name))):
            return name.title()
        if label:
            return f"{label} ({where})" if where else label
        return where

    def _icews(self, name: str, sectors: str, country: str) -> str:
        """A role or organisation by its name, a person by his first sector that tells a group, and by country."""
        if name.endswith(")") or name == country or _is_organisation(name):
            return name
        if self._countries.named(name) or self._registered(name):
            return name
        roles = [each.strip() for each in sectors.split(",")]
        role = next((each for each in roles if group_of("icews", each)), roles[0]) or "Person"
        return f"{role} ({country})" if country else role

    def _counted_under(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = self._registered(name) or name
        return self._known[name]

    def _registered(self, name: str) -> str:
        """The id of the actor whose whole name this is; of "TTP: Tehreek-i-Taliban Pakistan" what follows the acronym.

        Acronyms are many actors' ("PDF" is Panama's and Myanmar's): one alone counts for an armed group only.
        """
        bare = _BRACKETS.sub("", name).strip().rpartition(": ")[2]
        mentions = self._actors.mentions(bare)
        if len(mentions) != 1 or (mentions[0].start, mentions[0].end) != (0, len(bare)):
            return ""
        known = self._actors.get(mentions[0].id)
        alone = known is not None and known.kind == "armed_group"
        return mentions[0].id if alone or not bare.isupper() else ""

    def _group(self, party: Party, cells: dict[str, str]) -> str:
        code = texts_code(cells.get(party.group, ""), self._data_set)
        if party.groups == "icews":
            return next((group for each in code.split(",") if (group := group_of("icews", each.strip()))), "")
        return group_of(party.groups, party.group_codes.get(code, code)) if party.groups else ""


def _is_organisation(name: str) -> bool:
    return not organisation_words().isdisjoint(word.strip(".,'").lower() for word in name.split())


def _only(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
