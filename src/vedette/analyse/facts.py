"""What a record holds at all, looked up once: it decides which cheaper query gives the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from vedette.analyse.filters import Filters, Unit, Wanted
from vedette.model.blocking import WEEK
from vedette.model.kinds import Harm, Stance
from vedette.model.values import When
from vedette.store import Snapshot


@dataclass(frozen=True, slots=True)
class Facts:
    """True of all of one unit's rows, whatever is asked of them.

    `harms` are those that any row tells; `unsaid` is true where a claim does more or less than assert; `read` where
    articles were read here; `uncoded` where a country has no code; `ungrouped` where targets have no target groups.
    `datasets` maps the name that each data set has as a source to its short name.
    """

    harms: tuple[Harm, ...]
    unsaid: bool
    read: bool
    uncoded: bool
    ungrouped: bool
    datasets: Mapping[str, str]


# A snapshot never changes, so what is once looked up stays true of it.
_NAMES: WeakKeyDictionary[Snapshot, set[str]] = WeakKeyDictionary()
_KNOWN: WeakKeyDictionary[Snapshot, dict[Unit, Facts]] = WeakKeyDictionary()


def facts_of(now: Snapshot, unit: Unit) -> Facts:
    """The facts of a snapshot's incidents or claims."""
    known = _KNOWN.setdefault(now, {})
    if unit not in known:
        known[unit] = _looked_up(now, unit)
    return known[unit]


def condition_of(now: Snapshot, filters: Filters, unit: Unit) -> tuple[str, dict[str, Any]]:
    """The filters' SQL condition and its parameters, with names looked up before."""
    return filters.where(unit, lambda wanted: _names_in(now, wanted))


def _names_in(now: Snapshot, wanted: Wanted) -> list[str]:
    # A column's different names are gathered once for a snapshot.
    gathered = _NAMES.setdefault(now, set())
    table = f"names_of_{wanted.unit}_{wanted.column}"
    if table not in gathered:
        now.rows(f"CREATE TEMP TABLE {table} AS {wanted.names}")
        gathered.add(table)
    return now.column(f"SELECT name FROM {table} WHERE {wanted.condition}", wanted.parameters)


def _looked_up(now: Snapshot, unit: Unit) -> Facts:
    # A condition on one column is answered from the files' statistics, mostly without reading a row.
    looks = {
        f"{harm}_{end}": f"{unit} WHERE {harm}_{end} IS NOT NULL" for harm in Harm for end in ("low", "best", "high")
    }
    looks |= {
        "uncoded": f"{unit} WHERE country IS NULL OR country = ''",
        "ungrouped": f"{unit} WHERE target_groups IS NULL",
        "read": "claims WHERE dataset IS NULL",
        "unsaid": f"claims WHERE stance <> '{Stance.ASSERTS}'",
    }
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {where}) AS {name}" for name, where in looks.items())
    (found,) = now.rows(f"SELECT {asked}")
    sets = now.rows(
        "SELECT any_value(source) AS source, dataset FROM claims WHERE dataset IS NOT NULL GROUP BY dataset"
    )
    return Facts(
        harms=tuple(harm for harm in Harm if any(found[f"{harm}_{end}"] for end in ("low", "best", "high"))),
        unsaid=unit is Unit.CLAIMS and found["unsaid"],
        read=found["read"],
        uncoded=found["uncoded"],
        ungrouped=found["ungrouped"],
        datasets={row["source"]: row["dataset"] for row in sets},
    )


def covered(now: Snapshot, filters: Filters, unit: Unit) -> When:
    """The days of which the filters' sources tell: those of the data sets' rows, and the articles' days of publication.

    Articles are taken to tell of the week before the first one ("earlier this week"), and of older days by chance only.
    Where neither tells a day, the days are those of the rows themselves.
    """
    source = {"source": filters.source.lower()} if filters.source else {}
    of_rows, of_articles = ("AND lower(source) = $source", "WHERE lower(source) = $source") if source else ("", "")
    ends = [
        _ends(now, f"min(earliest), max(latest) FROM claims WHERE dataset IS NOT NULL {of_rows}", source),
        _ends(
            now,
            f"CAST(min(published) AS DATE) - {WEEK}, CAST(max(published) AS DATE) FROM articles {of_articles}",
            source,
        ),
    ]
    told = [end for end in ends if end.earliest and end.latest]
    if not told:
        return _ends(now, f"min(earliest), max(latest) FROM {unit}", {})
    return When(
        min(end.earliest for end in told if end.earliest),
        max(end.latest for end in told if end.latest),
    )


def _ends(now: Snapshot, selected: str, parameters: Mapping[str, str]) -> When:
    first, last = selected.split(" FROM ", 1)[0].split(", ")
    rest = selected.split(" FROM ", 1)[1]
    (row,) = now.rows(f"SELECT {first} AS earliest, {last} AS latest FROM {rest}", parameters)
    return When(row["earliest"], row["latest"])
