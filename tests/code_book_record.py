"""What a case holds before it is told in a code book: dead in Kunduz, and rows of data sets as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import made
from code_book_files import File, written
from made import DAY
from vedette.model.kinds import EventKind, Harm
from vedette.model.nouns import Incident
from vedette.model.values import Actor, Point, Tally, Toll, When
from vedette.store import Batch, Case, IncidentVersion

KUNDUZ = replace(made.KUNDUZ, path=("Afghanistan", "Kunduz", "Kunduz District"), point=Point(36.73, 68.86))
TALIBAN, ARMY, POLICEMEN = Actor("Taliban", "taliban"), Actor("Afghan army", "afghan-army"), Actor("policemen")
AS_REBELS = date(2019, 2, 28)  # a day on which the Taliban were not yet the state, as they are on `DAY`


def bombing(ident: str, **other: object) -> Incident:
    """Policemen killed by a suicide bomb in Kunduz, but for what is said to be otherwise."""
    told = {"kind": EventKind.SUICIDE_BOMB, "when": When(DAY, DAY), "targets": (POLICEMEN,)}
    return _killing(ident, Tally(4, 6, None), **{**told, **other})


def attack(ident: str, **other: object) -> Incident:
    """Soldiers killed by the Taliban in Kunduz, but for what is said to be otherwise."""
    told = {"kind": EventKind.ATTACK, "when": When(AS_REBELS, AS_REBELS), "targets": (ARMY,)}
    return _killing(ident, Tally(4, 6, 9), **{**told, **other})


def _killing(ident: str, killed: Tally, **other: object) -> Incident:
    told = {
        "place": KUNDUZ,
        "perpetrators": (TALIBAN,),
        "tolls": (Toll(Harm.KILLED, killed),),
        "claim_ids": (f"claim-{ident}",),
        "credibility": 2,
        "sources": ("ministry", "wire"),
    }
    return Incident(ident, **{**told, **other})  # type: ignore[arg-type]


def keep(case: Case, *incidents: Incident) -> None:
    """Put incidents on the record."""
    case.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in incidents]}))


def file_of(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """A CSV of rows that all have the columns of the first."""
    return written(path, list(rows[0]), [list(row.values()) for row in rows])


def by_id(file: File) -> dict[str, dict[str, str]]:
    """The rows of an exported file of ACLED's by their ids."""
    return {row["event_id_cnty"]: row for row in file.rows}
