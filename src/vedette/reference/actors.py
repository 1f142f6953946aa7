"""Armed groups, forces and the bodies that speak of them: one id for all the names of each, on the day of the text."""

from __future__ import annotations

import gc
import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

import msgspec

from vedette.reference.actor_words import Word, begins_with_acronym, is_plain, joined, key_of, words_of
from vedette.reference.bearers import Bearer, bearer, settled, turns
from vedette.reference.folding import fold
from vedette.reference.known_actors import ACLED, GTD, IN_TEXT, UCDP, ActorName, ActorState, KnownActor

__all__ = ["SYSTEMS", "ActorMention", "ActorName", "ActorState", "Actors", "KnownActor", "load_actors"]

SYSTEMS = {"acled": ACLED, "ucdp": UCDP, "gtd": GTD}
# ACLED tells governments apart by their years, and units after them: "Police Forces of Mali (2020-) Gendarmerie".
_YEARS = re.compile(r"(.+?) \((\d{4})-(?:\d{4})?\)(.*)")


class ActorMention(NamedTuple):
    """Characters `start` up to `end` of a text name the actor `id`."""

    start: int
    end: int
    id: str


class Registry(msgspec.Struct, frozen=True):
    """The registry as it is kept: the actors, and what each of their names is looked up by."""

    actors: tuple[KnownActor, ...]
    keys: tuple[tuple[str, ...], ...]


class Actors:
    """The registry; of two names that begin at one word the longer counts."""

    def __init__(self, actors: Iterable[KnownActor], keys: Iterable[Sequence[str]] = ()) -> None:
        self._by_id = {actor.id: actor for actor in actors}
        self._names: dict[str, tuple[Bearer, ...]] = {}
        # In lower case an acronym is a word of its own: "the arena", "gave us forces".
        self._acronyms: set[str] = set()
        known = keys or [[key_of(name.text) for name in actor.names] for actor in self._by_id.values()]
        for actor, own in zip(self._by_id.values(), known, strict=True):
            self._take_in(actor, own)
        self._longest: dict[str, int] = {}
        for key in self._names:
            first = key.partition(" ")[0]
            self._longest[first] = max(key.count(" ") + 1, self._longest.get(first, 0))

    def _take_in(self, actor: KnownActor, keys: Sequence[str]) -> None:
        always = Bearer(actor.id, actor.since, actor.until, bound=False)
        for name, key in zip(actor.names, keys, strict=True):
            if name.source not in IN_TEXT or not key:
                continue
            others = self._names.get(key, ())
            one = bearer(actor, name) if name.since or name.until else always
            self._names[key] = others if one in others else (*others, one)
            if not begins_with_acronym(name.text):
                self._acronyms.discard(key)
            elif not others:
                self._acronyms.add(key)

    def __iter__(self) -> Iterator[KnownActor]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, ident: str) -> KnownActor | None:
        """The actor with this id."""
        return self._by_id.get(ident)

    def children(self, ident: str) -> tuple[KnownActor, ...]:
        """The branches and wings of an actor."""
        return self._children.get(ident, ())

    def ancestors(self, ident: str) -> tuple[str, ...]:
        """The ids of what an actor is a branch of, the nearest first."""
        found: list[str] = []
        while (actor := self._by_id.get(ident)) and actor.parent and actor.parent not in found:
            ident = actor.parent
            found.append(ident)
        return tuple(found)

    def find(self, text: str, on: date | None = None) -> str:
        """The id of the longest name of an actor in the text, the first of two as long; nothing where there is none."""
        found = self.mentions(text, on)
        return max(found, key=lambda mention: mention.end - mention.start).id if found else ""

    def mentions(self, text: str, on: date | None = None) -> list[ActorMention]:
        """The actors that a text of a day names, in order, none within another."""
        words = words_of(text)
        found: list[ActorMention] = []
        at = 0
        while at < len(words):
            length, bearers = self._longest_at(text, words, at)
            if ident := settled(bearers, on, self.ancestors) if bearers else "":
                found.append(ActorMention(words[at].start, words[at + length - 1].end, ident))
            at += length or 1
        return found

    def bearers(self, name: str) -> tuple[str, ...]:
        """The ids of all actors whose whole name this is or was, in any system."""
        everywhere = (*self._names.get(key_of(name), ()), *(each for one in SYSTEMS for each in self._told(name, one)))
        return tuple(dict.fromkeys(each.id for each in everywhere))

    def named(self, name: str, system: str = "", on: date | None = None) -> str:
        """The id of the actor that a data set calls so: `acled`, `ucdp`, `gtd`, or any; nothing where it is none's.

        Without a day, years in the name tell the time: "Military Forces of Afghanistan (2014-2021)".
        """
        years = _YEARS.fullmatch(name.strip())
        day = on or (date(int(years[2]), 12, 31) if years else None)
        found = (settled(self._told(name, one), day, self.ancestors) for one in ([system] if system else SYSTEMS))
        return next(filter(None, found), "")

    def turns(self, name: str, system: str = "") -> tuple[date, ...]:
        """The days on which a whole name, as told by a data set or in a text, may pass to another actor."""
        told = [self._told(name, one) for one in ([system] if system else SYSTEMS)]
        days = {day for bearers in (*told, self._names.get(key_of(name), ())) if bearers for day in turns(bearers)}
        return tuple(sorted(days))

    def _told(self, name: str, system: str) -> tuple[Bearer, ...]:
        names = self._foreign.get(SYSTEMS.get(system, ""), {})
        forms = [name]
        if years := _YEARS.fullmatch(name.strip()):
            forms += [years[1] + years[3], years[1]]
        return next((names[key] for key in map(fold, forms) if key in names), ())

    def _longest_at(self, text: str, words: list[Word], at: int) -> tuple[int, tuple[Bearer, ...]]:
        reach = self._longest.get(words[at].folded, 0)
        for length in range(min(reach, len(words) - at), 0, -1):
            run = words[at : at + length]
            key = " ".join(word.folded for word in run)
            known = self._names.get(key)
            if known and not (key in self._acronyms and is_plain(text, run[0])) and joined(text, run):
                return length, known
        return 0, ()

    @cached_property
    def _children(self) -> dict[str, tuple[KnownActor, ...]]:
        found: dict[str, tuple[KnownActor, ...]] = {}
        for actor in self._by_id.values():
            if actor.parent:
                found[actor.parent] = (*found.get(actor.parent, ()), actor)
        return found

    @cached_property
    def _foreign(self) -> dict[str, dict[str, tuple[Bearer, ...]]]:
        """Who bears each name that a data set uses, by source and folded name."""
        found: dict[str, dict[str, tuple[Bearer, ...]]] = {source: {} for source in SYSTEMS.values()}
        for actor in self._by_id.values():
            for name in actor.names:
                if name.source in found:
                    names = found[name.source]
                    names[fold(name.text)] = (*names.get(fold(name.text), ()), bearer(actor, name))
        return found


@cache
def load_actors() -> Actors:
    """The registry that ships with Vedette; `scripts/build_actors.py` makes its file."""
    packed = (files("vedette.reference") / "data" / "actors.json.gz").read_bytes()
    # 80,000 small objects that all stay: looking for rubbish among them takes a third of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        registry = msgspec.json.decode(gzip.decompress(packed), type=Registry)
        return Actors(registry.actors, registry.keys)
    finally:
        if collects:
            gc.enable()
