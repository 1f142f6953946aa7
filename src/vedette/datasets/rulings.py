"""What a row's codes decide together: its kind, its parties' sides, and how far its day and place may be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vedette.datasets.texts import holds
from vedette.model.kinds import Attribution, EventKind, EventType, Precision
from vedette.reference.crosswalks import crosswalk
from vedette.reference.datasets import DataSet

# The finest first; a place's depth is its rank here, counted from 1.
LEVELS = (Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE, Precision.COUNTRY)
NOTHING = len(LEVELS) + 1


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one combination of codes decides.

    `rule` is the place of the rule of sides that holds, `limit` the finest depth that the code of precision allows,
    `pointed` whether the point is the place's own, `located` whether the code of precision is known, `counts` which
    tolls are told; an unknown width is "".
    """

    kind: EventKind
    type: EventType
    known: bool
    rule: int
    attribution: Attribution | None
    limit: int
    pointed: bool
    located: bool
    width: str
    counts: tuple[bool, ...]


def ruling_of(row: Mapping[str, str], of: DataSet) -> Ruling:
    """The ruling for a row's codes by column."""
    code, known = _code(row, of)
    walk = crosswalk(of.crosswalk)
    return Ruling(
        kind=walk.kind_in(code, row),
        type=walk.type_in(code, row),
        known=known,
        rule=next((place for place, rule in enumerate(of.sides) if holds(rule.when, row)), len(of.sides)),
        attribution=next((rule.attribution for rule in of.attributions if holds(rule.when, row)), None),
        limit=_limit(row, of),
        pointed=not of.place.exact or row.get(of.place.precision, "") in of.place.exact,
        located=not of.place.precision or row.get(of.place.precision, "") in of.place.codes,
        width=of.when.widths.get(row.get(of.when.width, ""), ""),
        counts=tuple(holds(toll.when, row) for toll in of.tolls),
    )


def _code(row: Mapping[str, str], of: DataSet) -> tuple[str, bool]:
    """The row's code as its code book spells it, and whether the book has it."""
    code = next((text for cell in of.code if (text := row.get(cell, ""))), "")
    walk = crosswalk(of.crosswalk)
    # Two digits of a CAMEO event's code have lost the zero before them: "43" is 043.
    spellings = (f"0{code}", code) if of.crosswalk == "cameo" and len(code) == 2 else (code, f"0{code}")
    return next(((each, True) for each in spellings if walk.knows(each)), (code, not code))


def _limit(row: Mapping[str, str], of: DataSet) -> int:
    """The finest depth that the code of precision allows; a code that is not known allows the country."""
    place = of.place
    if not place.precision:
        return 1
    level = place.codes.get(row.get(place.precision, ""), Precision.COUNTRY)
    return LEVELS.index(level) + 1 if level in LEVELS else NOTHING
