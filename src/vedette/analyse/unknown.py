"""What is asked for and the record does not know: an answer of 0 to it is no finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vedette.analyse.facts import condition_of
from vedette.analyse.filters import Filters, Unit, code_of
from vedette.store import Snapshot

SHOWN = 10  # sources that are named


def unknown(now: Snapshot, filters: Filters, unit: Unit) -> tuple[str, ...]:
    """A sentence for each country, source, place or party of the filters that nothing of the record tells of."""
    if not now.rows(f"SELECT 1 FROM {unit.plain} LIMIT 1"):
        return (f"the record holds no {unit} yet",)
    return tuple(_sentences(now, filters, unit))


def _sentences(now: Snapshot, filters: Filters, unit: Unit) -> Iterator[str]:
    if filters.source and not _any(now, Filters(source=filters.source), unit):
        yield f"no source of {unit} is called {filters.source}; {_sources(now)}"
    if filters.country and not _any(now, Filters(country=filters.country), unit):
        known = f"the record tells of none in {filters.country}"
        yield known if code_of(filters.country) else f"no country is called {filters.country}"
    if filters.place and not _any(now, Filters(place=filters.place), unit):
        yield f"no place of the record is called {filters.place}"
    for role, names in (("actor", filters.actor), ("target", filters.target)):
        if names and not _any(now, replace(Filters(), **{role: names}), unit):  # type: ignore[arg-type]
            yield f"no {role} of the record is called {names[0]}"


def _any(now: Snapshot, filters: Filters, unit: Unit) -> bool:
    condition, parameters = condition_of(now, filters, unit)
    return bool(now.rows(f"SELECT 1 FROM {unit.plain} WHERE {condition} LIMIT 1", parameters))


def _sources(now: Snapshot) -> str:
    told = "SELECT DISTINCT source FROM plain_claims WHERE dataset IS NOT NULL UNION SELECT source FROM articles"
    names = [name for name in now.column(f"SELECT source FROM ({told}) ORDER BY source") if name]
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return f"there are {', '.join(names[:SHOWN])}{more}" if names else "there are none"
