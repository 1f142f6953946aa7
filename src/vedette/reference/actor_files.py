"""Actors as they are written in `data/actors/*.toml`; what is wrong with one is told with its id."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vedette.model.errors import FormatError
from vedette.reference.known_actors import (
    ACLED,
    GTD,
    KINDS,
    OWN,
    TYPES,
    UCDP,
    ActorName,
    ActorState,
    KnownActor,
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_RULE = re.compile(r"([a-z-]+)-([A-Z]{2})")
_LISTS = ("also", "acled", "ucdp", "gtd", "was", "named")
_FIELDS = frozenset(("name", "kind", "type", "country", "parent", "since", "until", "rule", *_LISTS))


@dataclass(frozen=True, slots=True)
class Role:
    """From when until when an actor is what a rule makes for a country ("military-AF")."""

    rule: str
    country: str
    since: date | None
    until: date | None
    whole: bool = False  # told for a time of its own, and so of the whole and not of a branch


@dataclass(frozen=True, slots=True)
class Written:
    """An actor as written, and the rules whose actor it is."""

    actor: KnownActor
    roles: tuple[Role, ...] = field(default=())


def read_actors(folder: Path) -> Iterator[Written]:
    """The actors of all files of a folder, in the order of the files' names; an id stands in one of them only."""
    where: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for ident, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if where.setdefault(ident, path.name) != path.name:
                raise FormatError(f"{path.name}, {ident}", f"stands in {where[ident]} too; keep it in one of them")
            yield written(ident, entry, path.name)


def written(ident: str, entry: Mapping[str, Any], source: str = "actors") -> Written:
    """One table as an actor; a `FormatError` tells what is wrong with it."""
    subject = f"{source}, {ident}"
    if not _SLUG.fullmatch(ident):
        raise FormatError(subject, "is no id: small letters, figures and hyphens")
    if unknown := set(entry) - _FIELDS:
        raise FormatError(subject, f"has {', '.join(sorted(unknown))}, which no actor has")
    _check(subject, entry)
    since, until = _ends(subject, entry)
    names = dict.fromkeys(_names(subject, entry))
    before = {"kind": entry["kind"], "type": entry.get("type", "")}
    was = tuple(_state(subject, {**before, **state}) for state in entry.get("was", ()))
    actor = KnownActor(
        ident,
        entry["name"],
        entry["kind"],
        entry.get("country", ""),
        entry.get("type", ""),
        entry.get("parent", ""),
        since,
        until,
        tuple(names),
        was,
    )
    return Written(actor, tuple(_roles(subject, entry)))


def _check(subject: str, entry: Mapping[str, Any]) -> None:
    if not entry.get("name"):
        raise FormatError(subject, "has no name")
    if entry.get("kind") not in KINDS:
        raise FormatError(subject, f"kind {entry.get('kind')!r} is none of {', '.join(KINDS)}")
    if entry.get("type", "") not in TYPES:
        raise FormatError(subject, f"type {entry['type']!r} is none of {', '.join(filter(None, TYPES))}")


def _names(subject: str, entry: Mapping[str, Any]) -> Iterator[ActorName]:
    for source, several in (
        (OWN, [entry["name"], *entry.get("also", ())]),
        (ACLED, entry.get("acled", ())),
        (UCDP, entry.get("ucdp", ())),
        (GTD, entry.get("gtd", ())),
    ):
        yield from (ActorName(text, source) for text in several)
    for named in entry.get("named", ()):
        yield from (ActorName(text, OWN, *_ends(subject, named)) for text in named.get("names", ()))


def _roles(subject: str, entry: Mapping[str, Any]) -> Iterator[Role]:
    for told in (entry, *entry.get("named", ())):
        if "rule" in told:
            rule = _RULE.fullmatch(told["rule"])
            if not rule:
                raise FormatError(subject, f"rule {told['rule']!r} is none such as military-AF")
            yield Role(rule[1], rule[2], *_ends(subject, told), told is not entry)


def _state(subject: str, state: Mapping[str, Any]) -> ActorState:
    _check(subject, {"name": subject, **state})
    since, until = _ends(subject, state)
    if since is None:
        raise FormatError(subject, "says what it was, and not since when")
    return ActorState(state["kind"], state.get("type", ""), since, until)


def _ends(subject: str, told: Mapping[str, Any]) -> tuple[date | None, date | None]:
    since, until = _day(subject, told.get("since"), last=False), _day(subject, told.get("until"), last=True)
    if since and until and since > until:
        raise FormatError(subject, f"ends on {until}, before it begins")
    return since, until


def _day(subject: str, told: object, *, last: bool) -> date | None:
    """A day, or the first or last one of a month or year."""
    if told is None:
        return None
    parts = _DAY.fullmatch(str(told))
    try:
        year, month = int(parts[1]) if parts else 0, int(parts[2] or (12 if last else 1)) if parts else 0
        day = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, int(parts[3]) if parts and parts[3] else day)
    except ValueError as error:
        raise FormatError(subject, f"{told!r} is no day: write 2015, 2015-01 or 2015-01-31") from error
