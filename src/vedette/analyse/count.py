"""Counts of incidents or claims, never of reports, with the range of every toll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vedette.analyse.filters import Filters, Unit
from vedette.model.errors import UsageError
from vedette.model.kinds import Harm
from vedette.model.values import Tally
from vedette.store import Snapshot

UNTOLD = "not told"

# What a field is worth in a row; a list field has several values, and its row counts once under each of them.
_PERIOD = """CASE WHEN earliest IS NULL OR latest IS NULL THEN '{untold}'
    WHEN {start} = {end} THEN {start} ELSE {start} || ' to ' || {end} END"""


def _period(form: str) -> str:
    start, end = f"strftime(earliest, '{form}')", f"strftime(latest, '{form}')"
    return _PERIOD.format(untold=UNTOLD, start=start, end=end)


_PLACE = f"CASE WHEN place = '' THEN '{UNTOLD}' ELSE array_to_string(list_reverse(list_append(path, place)), ', ') END"
_PROVINCE = f"""CASE WHEN len(path) >= 2 THEN path[2] || ', ' || path[1]
    WHEN precision = 'province' THEN place || ', ' || path[1] ELSE '{UNTOLD}' END"""
_COUNTRY = f"CASE WHEN len(path) >= 1 THEN path[1] WHEN precision = 'country' THEN place ELSE '{UNTOLD}' END"

_FIELDS = {
    "kind": "kind",
    "type": "type",
    "place": _PLACE,
    "province": _PROVINCE,
    "country": _COUNTRY,
    "day": _period("%Y-%m-%d"),
    "week": _period("%G-W%V"),
    "month": _period("%Y-%m"),
    "year": _period("%Y"),
}
_LISTS = {"actor": "perpetrators", "target": "targets", "source": "sources"}
_OF_INCIDENTS = {"credibility": "CAST(credibility AS VARCHAR)"}
_OF_CLAIMS = {
    "stance": "stance",
    "attribution": "attribution",
}
_SOURCES_OF_CLAIM = "[(SELECT any_value(a.source) FROM articles a WHERE a.id = article_id)] AS sources"
SEVERAL = frozenset(_LISTS)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents or claims one group holds; tolls are the sums of what is told, open where any is."""

    group: dict[str, str]
    count: int
    tolls: dict[Harm, Tally]


@dataclass(frozen=True, slots=True)
class Count:
    """The groups, largest first or in order of time, and the whole; `unsure` of it may lie outside the period."""

    unit: Unit
    by: tuple[str, ...]
    groups: tuple[Counted, ...]
    whole: Counted
    unsure: int


def fields_of(unit: Unit) -> tuple[str, ...]:
    """The fields that `--by` takes."""
    return (*_scalars(unit), *_LISTS)


def _scalars(unit: Unit) -> dict[str, str]:
    return {**_FIELDS, **(_OF_INCIDENTS if unit is Unit.INCIDENTS else _OF_CLAIMS)}


def count(now: Snapshot, filters: Filters, by: Sequence[str] = (), unit: Unit = Unit.INCIDENTS) -> Count:
    """How many there are, in all and by each combination of the fields' values.

    Tolls of claims are those of the claims that assert; an event that is told twice adds its toll twice.
    """
    unknown = [name for name in by if name not in fields_of(unit)]
    if unknown:
        raise UsageError(f"--by {unknown[0]}", f"takes {', '.join(fields_of(unit))}")
    condition, parameters = filters.where(unit)
    rows = f"SELECT {_columns(unit)} FROM {unit} WHERE {condition}"
    groups = now.rows(_grouped(rows, by, _scalars(unit)), parameters) if by else []
    (whole,) = now.rows(f"SELECT {_SUMS} FROM ({rows})", parameters)
    unsure = now.column(f"SELECT count(*) FROM ({rows}) WHERE NOT {filters.surely_in_period()}", parameters)[0]
    return Count(unit, tuple(by), tuple(_counted(row, by) for row in groups), _counted(whole, ()), unsure)


def _columns(unit: Unit) -> str:
    if unit is Unit.INCIDENTS:
        return "*"
    ends = [f"{harm}_{end}" for harm in Harm for end in ("low", "best", "high")]
    asserted = ", ".join(f"CASE WHEN stance = 'asserts' THEN {end} END AS {end}" for end in ends)
    return f"* REPLACE ({asserted}), {_SOURCES_OF_CLAIM}"


_SUMS = "count(*) AS n, " + ", ".join(
    f"CAST(sum({harm}_low) AS BIGINT) AS {harm}_low, "
    f"CAST(sum(coalesce({harm}_best, {harm}_low)) AS BIGINT) AS {harm}_best, "
    # A sum is open at its high end as soon as one of its parts is.
    f"CASE WHEN count(*) FILTER (coalesce({harm}_low, {harm}_best) IS NOT NULL AND {harm}_high IS NULL) = 0 "
    f"THEN CAST(sum({harm}_high) AS BIGINT) END AS {harm}_high"
    for harm in Harm
)


def _grouped(rows: str, by: Sequence[str], scalars: dict[str, str]) -> str:
    fields = [f'{scalars[name]} AS "by_{name}"' for name in by if name in scalars]
    # A list each: two lists unfolded in one SELECT would run side by side, not against each other.
    crossed = "".join(
        f' CROSS JOIN unnest({_told(_LISTS[name])}) AS t_{name}("by_{name}")' for name in by if name in _LISTS
    )
    names = ", ".join(f'"by_{name}"' for name in by)
    timed = bool({"day", "week", "month", "year"} & set(by[:1]))
    order = names if timed else f"n DESC, {names}"
    unfolded = f"SELECT {', '.join(['*', *fields])} FROM ({rows}){crossed}"
    return f"SELECT {names}, {_SUMS} FROM ({unfolded}) GROUP BY {names} ORDER BY {order}"


def _told(column: str) -> str:
    return f"CASE WHEN len({column}) = 0 THEN ['{UNTOLD}'] ELSE {column} END"


def _counted(row: dict[str, Any], by: Sequence[str]) -> Counted:
    tolls = {harm: Tally(row[f"{harm}_low"], row[f"{harm}_best"], row[f"{harm}_high"]) for harm in Harm}
    told = {harm: tally for harm, tally in tolls.items() if tally != Tally()}
    return Counted({name: row[f"by_{name}"] for name in by}, row["n"], told)
