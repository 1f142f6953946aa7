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

# Each field gives one or more values of a row; a row with several counts once under each.
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
    "actor": f"unnest(CASE WHEN len(perpetrators) = 0 THEN ['{UNTOLD}'] ELSE perpetrators END)",
    "target": f"unnest(CASE WHEN len(targets) = 0 THEN ['{UNTOLD}'] ELSE targets END)",
    "day": _period("%Y-%m-%d"),
    "week": _period("%G-W%V"),
    "month": _period("%Y-%m"),
    "year": _period("%Y"),
}
_OF_INCIDENTS = {"credibility": "CAST(credibility AS VARCHAR)", "source": "unnest(sources)"}
_OF_CLAIMS = {
    "stance": "stance",
    "attribution": "attribution",
    "source": "(SELECT any_value(a.source) FROM articles a WHERE a.id = article_id)",
}
SEVERAL = frozenset({"actor", "target", "source"})


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
    return tuple({**_FIELDS, **(_OF_INCIDENTS if unit is Unit.INCIDENTS else _OF_CLAIMS)})


def count(now: Snapshot, filters: Filters, by: Sequence[str] = (), unit: Unit = Unit.INCIDENTS) -> Count:
    """How many there are, in all and by each combination of the fields' values."""
    known = {**_FIELDS, **(_OF_INCIDENTS if unit is Unit.INCIDENTS else _OF_CLAIMS)}
    unknown = [name for name in by if name not in known]
    if unknown:
        raise UsageError(f"--by {unknown[0]}", f"takes {', '.join(known)}")
    condition, parameters = filters.where(unit)
    rows = f"SELECT * FROM {unit} WHERE {condition}"
    fields = ", ".join(f'{known[name]} AS "by_{name}"' for name in by)
    groups = now.rows(_grouped(rows, fields, by), parameters) if by else []
    (whole,) = now.rows(f"SELECT {_SUMS} FROM ({rows})", parameters)
    unsure = now.column(f"SELECT count(*) FROM ({rows}) WHERE NOT {filters.surely_in_period()}", parameters)[0]
    return Count(unit, tuple(by), tuple(_counted(row, by) for row in groups), _counted(whole, ()), unsure)


_SUMS = "count(*) AS n, " + ", ".join(
    f"CAST(sum({harm}_low) AS BIGINT) AS {harm}_low, "
    f"CAST(sum(coalesce({harm}_best, {harm}_low)) AS BIGINT) AS {harm}_best, "
    # A sum is open at its high end as soon as one of its parts is.
    f"CASE WHEN count(*) FILTER (coalesce({harm}_low, {harm}_best) IS NOT NULL AND {harm}_high IS NULL) = 0 "
    f"THEN CAST(sum({harm}_high) AS BIGINT) END AS {harm}_high"
    for harm in Harm
)


def _grouped(rows: str, fields: str, by: Sequence[str]) -> str:
    names = ", ".join(f'"by_{name}"' for name in by)
    timed = bool({"day", "week", "month", "year"} & set(by[:1]))
    order = names if timed else f"n DESC, {names}"
    return f"SELECT {names}, {_SUMS} FROM (SELECT *, {fields} FROM ({rows})) GROUP BY {names} ORDER BY {order}"


def _counted(row: dict[str, Any], by: Sequence[str]) -> Counted:
    tolls = {harm: Tally(row[f"{harm}_low"], row[f"{harm}_best"], row[f"{harm}_high"]) for harm in Harm}
    told = {harm: tally for harm, tally in tolls.items() if tally != Tally()}
    return Counted({name: row[f"by_{name}"] for name in by}, row["n"], told)
