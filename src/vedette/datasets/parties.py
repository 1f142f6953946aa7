"""Parties as data sets write them: each distinct cell is understood once, so that rows only look it up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vedette.datasets.texts import code as texts_code
from vedette.datasets.texts import parted, told
from vedette.reference import Reference
from vedette.reference.actor_groups import group_of
from vedette.reference.actors import SYSTEMS
from vedette.reference.countries import Countries, load_countries
from vedette.reference.datasets import DataSet, Party, organisation_words

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_DAY = timedelta(days=1)
_MANY = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True)
class Understood:
    """The actors that one key names: names as told, what each is counted under, and the group they belong to.

    Where a name was not always the same actor's, `turns` are the days on which it passed on and `eras` what the names
    are counted under before the first, between each two and after the last; `ids` is the last of these.
    """

    key: str
    names: tuple[str, ...]
    ids: tuple[str, ...]
    group: str
    turns: tuple[date, ...] = ()
    eras: tuple[tuple[str, ...], ...] = ()

    @property
    def renamed(self) -> bool:
        """True where a name is ever counted under another than itself."""
        return any(self.names != ids for ids in (self.ids, *self.eras))


class PartyReader:
    """Reads the parties of one data set; persons' names never become an actor's."""

    def __init__(self, data_set: DataSet, reference: Reference) -> None:
        self._data_set = data_set
        self._actors = reference.actors
        self._countries: Countries = load_countries()
        self._system = data_set.name if data_set.name in SYSTEMS else ""
        self._known: dict[tuple[str, date | None], str] = {}
        self._turns: dict[str, tuple[date, ...]] = {}

    def understand(self, party: Party, keys: Iterable[str]) -> Iterator[Understood]:
        """What each key means; a key is the party's cells and its group's, joined by `UNIT`."""
        for key in keys:
            cells = parted(key, party.all_cells)
            names = tuple(name for name in self._names(party, cells) if name not in party.absent)
            group = self._group(party, cells) if names else ""
            turns = tuple(sorted({day for name in names for day in self._turns_of(name)}))
            days = [day - _DAY for day in turns] + [None]
            under = {name: tuple(self._counted_under(name, day) for day in days) for name in names}
            # Two names of one actor are one party: "Islamic State (Syria)" and "Islamic State (Iraq)".
            once = {under[name]: name for name in reversed(names)}
            several = tuple(dict.fromkeys(under.values()))
            eras = tuple(tuple(ids[era] for ids in several) for era in range(len(days)))
            yield Understood(key, tuple(once[ids] for ids in several), eras[-1], group, turns, eras if turns else ())

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

    def _turns_of(self, name: str) -> tuple[date, ...]:
        """The days on which a name passes from one actor to another."""
        if name not in self._turns:
            told = {*self._actors.turns(name, self._system), *self._actors.turns(_bare(name), self._system)}
            self._turns[name] = tuple(sorted(told))
        return self._turns[name]

    def _counted_under(self, name: str, day: date | None) -> str:
        if (name, day) not in self._known:
            self._known[name, day] = self._registered(name, day) or name
        return self._known[name, day]

    def _registered(self, name: str, day: date | None = None) -> str:
        """The id of the actor that the data set calls so, else of the one whose whole name this is in articles.

        Acronyms are many actors' ("PDF" is Panama's and Myanmar's): one alone counts for an armed group only.
        """
        if self._system and (told := self._actors.named(name, self._system, day)):
            return told
        bare = _bare(name)
        mentions = self._actors.mentions(bare, day)
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


def _bare(name: str) -> str:
    """A name without brackets; of "TTP: Tehreek-i-Taliban Pakistan" what follows the acronym."""
    return _BRACKETS.sub("", name).strip().rpartition(": ")[2]


def _is_organisation(name: str) -> bool:
    return not organisation_words().isdisjoint(word.strip(".,'").lower() for word in name.split())


def _only(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
