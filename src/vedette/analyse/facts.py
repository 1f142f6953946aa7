"""What a record holds at all, looked up once: it decides which cheaper query gives the same answer."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary, proxy

from vedette.analyse.filters import Filters, Unit, Wanted
from vedette.model.kinds import Harm, Stance
from vedette.store import Snapshot


class Facts:
    """True of all of one unit's rows, whatever is asked of them; each is looked up when it is first wanted."""

    def __init__(self, now: Snapshot, unit: Unit) -> None:
        self._now = proxy(now)  # the snapshot's facts must not keep it alive
        self._unit = unit

    @cached_property
    def harms(self) -> tuple[Harm, ...]:
        """The harms that any row tells."""
        told = ", ".join(f"count(coalesce({harm}_low, {harm}_best, {harm}_high)) AS {harm}" for harm in Harm)
        (row,) = self._now.rows(f"SELECT {told} FROM {self._unit.plain}")
        return tuple(harm for harm in Harm if row[harm])

    @cached_property
    def read(self) -> bool:
        """Whether any claim was read from an article."""
        return self._any("plain_claims WHERE dataset IS NULL")

    @cached_property
    def unsaid(self) -> bool:
        """Whether a claim does anything else than assert."""
        return self._unit is Unit.CLAIMS and self._any(f"plain_claims WHERE stance <> '{Stance.ASSERTS}'")

    @cached_property
    def uncoded(self) -> bool:
        """Whether the country of any row has no code."""
        return self._any(f"{self._unit.plain} WHERE country IS NULL OR country = ''")

    @cached_property
    def ungrouped(self) -> bool:
        """Whether the targets of any row have no target groups."""
        return self._any(f"{self._unit.plain} WHERE target_groups IS NULL")

    @cached_property
    def datasets(self) -> dict[str, str]:
        """The short name of each data set of the record by the name that it has as a source."""
        sets = "SELECT DISTINCT source, dataset FROM plain_claims WHERE dataset IS NOT NULL ORDER BY dataset"
        return {row["source"]: row["dataset"] for row in self._now.rows(sets)}

    def _any(self, where: str) -> bool:
        # Mostly answered from the files' statistics, without reading a row.
        return bool(self._now.rows(f"SELECT 1 FROM {where} LIMIT 1"))


# A snapshot never changes, so what is once looked up stays true of it.
_FACTS: WeakKeyDictionary[Snapshot, dict[Unit, Facts]] = WeakKeyDictionary()
_NAMES: WeakKeyDictionary[Snapshot, set[str]] = WeakKeyDictionary()


def facts_of(now: Snapshot, unit: Unit) -> Facts:
    """The facts of a snapshot's incidents or claims."""
    known = _FACTS.setdefault(now, {})
    return known.setdefault(unit, Facts(now, unit))


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
