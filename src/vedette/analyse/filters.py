"""The filters that every question takes, and the SQL condition that each becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from vedette.model.errors import UsageError
from vedette.model.kinds import EventKind, EventType


class Unit(StrEnum):
    """What is listed or counted: resolved incidents, or single claims."""

    INCIDENTS = "incidents"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the record is asked for; an empty filter lets everything through.

    A period keeps what may lie in it. An actor or target is matched by registry id or as a word of its name; `actor`
    and `target` each hold the ways to write one party.
    """

    start: date | None = None
    end: date | None = None
    kinds: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: str = ""
    country: str = ""
    source: str = ""
    min_credibility: int | None = None
    judged: tuple[str, ...] | None = None
    judged_yes: bool = True

    def __post_init__(self) -> None:
        known = {*EventKind, *EventType}
        unknown = [kind for kind in self.kinds if kind not in known]
        if unknown:
            raise UsageError(f"kind {unknown[0]!r}", f"is not one of {', '.join(sorted(known))}")
        if self.start and self.end and self.start > self.end:
            raise UsageError(f"--from {self.start}", f"is later than --to {self.end}")
        if self.min_credibility is not None and not 1 <= self.min_credibility <= 6:
            raise UsageError(
                f"--min-credibility {self.min_credibility}", "runs from 1 (confirmed) to 6 (cannot be judged)"
            )

    def where(self, unit: Unit) -> tuple[str, dict[str, Any]]:
        """A SQL condition over the unit's table and its parameters."""
        conditions = list(self._conditions(unit))
        sql = " AND ".join(f"({condition})" for condition, _ in conditions) or "true"
        return sql, {name: value for _, parameters in conditions for name, value in parameters.items()}

    def surely_in_period(self) -> str:
        """A SQL condition that is true of what lies in the period whole, on any reading of its dates."""
        start = f"coalesce(earliest >= DATE '{self.start}', false)" if self.start else "true"
        end = f"coalesce(latest <= DATE '{self.end}', false)" if self.end else "true"
        return f"({start} AND {end})"

    def _conditions(self, unit: Unit) -> Iterator[tuple[str, dict[str, Any]]]:
        if self.start:
            yield "latest IS NULL OR latest >= $start", {"start": self.start}
        if self.end:
            yield "earliest IS NULL OR earliest <= $end", {"end": self.end}
        if self.kinds:
            yield "list_contains($kinds, kind) OR list_contains($kinds, type)", {"kinds": list(self.kinds)}
        for column, names in (("perpetrators", self.actor), ("targets", self.target)):
            if names:
                yield _party(column), {column: list(names)}
        if self.place:
            within = "list_contains(list_transform(path, lambda each: folded(each)), folded($place))"
            yield f"folded(place) = folded($place) OR {within}", {"place": self.place}
        if self.country:
            named = "folded(path[1]) = folded($country) OR (precision = 'country' AND folded(place) = folded($country))"
            yield f"lower(country) = lower($country) OR {named}", {"country": self.country}
        yield from self._provenance(unit)

    def _provenance(self, unit: Unit) -> Iterator[tuple[str, dict[str, Any]]]:
        claims = unit is Unit.CLAIMS
        if self.source:
            of_claim = "article_id IN (SELECT id FROM articles WHERE lower(source) = $source)"
            of_incident = "list_contains(list_transform(sources, lambda name: lower(name)), $source)"
            yield of_claim if claims else of_incident, {"source": self.source.lower()}
        if self.min_credibility is not None:
            within = "SELECT unnest(claim_ids) FROM incidents WHERE credibility <= $credibility"
            yield (
                f"id IN ({within})" if claims else "credibility <= $credibility",
                {"credibility": self.min_credibility},
            )
        if self.judged is not None:
            wanted = "" if self.judged_yes else "NOT "
            yield f"{wanted}list_contains($judged, id)", {"judged": list(self.judged)}


def _party(column: str) -> str:
    """True where an actor has one of the names, or holds one of them as whole words."""
    wanted = f"list_transform(${column}, lambda name: ' ' || folded(name) || ' ')"
    held = f"list_bool_or(list_transform({wanted}, lambda name: contains(' ' || folded(actor) || ' ', name)))"
    return f"len(list_filter({column}, lambda actor: {held})) > 0"
