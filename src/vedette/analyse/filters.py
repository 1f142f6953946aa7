"""The filters that every question takes, and the SQL condition that each becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from vedette.model.errors import UsageError
from vedette.model.kinds import EventKind, EventType
from vedette.model.text import quoted


class Unit(StrEnum):
    """What is listed or counted: resolved incidents, or single claims."""

    INCIDENTS = "incidents"
    CLAIMS = "claims"

    @property
    def plain(self) -> str:
        """The view that holds the unit without its nouns."""
        return f"plain_{self}"


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
    min_score: float | None = None
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
        if self.min_score is not None and not 0 <= self.min_score <= 1:
            raise UsageError(f"--min-score {self.min_score}", "runs from 0 to 1, as 0.8 for four claims right in five")

    @property
    def sources(self) -> tuple[str, ...]:
        """The source asked for in lower case, and its whole name where a data set's short one is given."""
        from vedette.reference.datasets import DATA_SETS, data_set

        source = self.source.strip().lower()
        return (source, data_set(source).title.lower()) if source in DATA_SETS else (source,) if source else ()

    def where(self, unit: Unit, look_up: LookUp | None = None) -> tuple[str, dict[str, Any]]:
        """A SQL condition over the unit's table and its parameters; cheaper over many rows with names looked up."""
        conditions = list(self._conditions(unit, look_up))
        sql = " AND ".join(f"({condition})" for condition, _ in conditions) or "true"
        return sql, {name: value for _, parameters in conditions for name, value in parameters.items()}

    def surely_in_period(self) -> str:
        """A SQL condition that is true of what lies in the period whole, on any reading of its dates."""
        start = f"coalesce(earliest >= DATE '{self.start}', false)" if self.start else "true"
        end = f"coalesce(latest <= DATE '{self.end}', false)" if self.end else "true"
        return f"({start} AND {end})"

    def _conditions(self, unit: Unit, look_up: LookUp | None) -> Iterator[tuple[str, dict[str, Any]]]:
        if self.start:
            yield "latest IS NULL OR latest >= $start", {"start": self.start}
        if self.end:
            yield "earliest IS NULL OR earliest <= $end", {"end": self.end}
        if self.kinds:
            kinds = ", ".join(f"'{kind}'" for kind in EventKind if {kind, kind.type} & set(self.kinds))
            yield f"kind IN ({kinds})", {}
        for column, names in (("perpetrators", self.actor), ("targets", self.target)):
            if names:
                yield _held(Wanted(unit, column, _WORDS, {"wanted": list(names)}), look_up)
        if self.place:
            at, within = (
                _held(Wanted(unit, column, _SAME, {"wanted": [self.place]}), look_up) for column in ("place", "path")
            )
            yield f"({at[0]}) OR ({within[0]})", {**at[1], **within[1]}
        if self.country:
            yield self._in_country()
        yield from self._provenance(unit)

    def _in_country(self) -> tuple[str, dict[str, Any]]:
        named = "folded(path[1]) = folded($country) OR (precision = 'country' AND folded(place) = folded($country))"
        code = code_of(self.country)
        if not code:
            return f"lower(country) = lower($country) OR {named}", {"country": self.country}
        # Names are looked at only where there is no code.
        uncoded = "country = '' OR country IS NULL"
        return f"country = $code OR (({uncoded}) AND ({named}))", {"code": code, "country": self.country}

    def _provenance(self, unit: Unit) -> Iterator[tuple[str, dict[str, Any]]]:
        claims = unit is Unit.CLAIMS
        if self.source:
            read = "article_id IN (SELECT id FROM articles WHERE list_contains($source, lower(source)))"
            of_claim = f"list_contains($source, lower(source)) OR (source IS NULL AND {read})"
            of_incident = "list_has_any(list_transform(sources, lambda name: lower(name)), $source)"
            yield of_claim if claims else of_incident, {"source": list(self.sources)}
        if self.min_credibility is not None:
            within = "SELECT unnest(claim_ids) FROM plain_incidents WHERE credibility <= $credibility"
            yield (
                f"id IN ({within})" if claims else "credibility <= $credibility",
                {"credibility": self.min_credibility},
            )
        if self.min_score is not None:
            # What people coded, and data sets tell, has no score.
            sure = "score IS NULL OR score >= $score"
            of_one = f"SELECT id FROM plain_claims WHERE {sure}"
            within = "SELECT id, unnest(claim_ids) AS claim FROM plain_incidents"
            of_incident = f"id IN (SELECT id FROM ({within}) WHERE claim IN ({of_one}))"
            yield sure if claims else of_incident, {"score": self.min_score}
        if self.judged is not None:
            wanted = "" if self.judged_yes else "NOT "
            yield f"{wanted}list_contains($judged, id)", {"judged": list(self.judged)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Names of a column that answer `$wanted`: `condition` is told over `folded`, a name without case and accents."""

    unit: Unit
    column: str
    condition: str
    parameters: Mapping[str, Any]

    @property
    def names(self) -> str:
        """A query for the column's different names, each as it is and folded."""
        each = f"unnest({self.column})" if self.column in LISTS else self.column
        return f"SELECT name, folded(name) AS folded FROM (SELECT DISTINCT {each} AS name FROM {self.unit.plain})"


LISTS = frozenset({"perpetrators", "targets", "path"})
LookUp = Callable[[Wanted], Sequence[str]]

_SAME = "folded = folded($wanted[1])"
# True where an actor has one of the names, or holds one of them as whole words.
_WORDS = """list_bool_or(list_transform(
    $wanted, lambda each: contains(' ' || folded || ' ', ' ' || folded(each) || ' ')))"""
FEW = 16  # names: testing for each is faster than for any of a list


def _held(wanted: Wanted, look_up: LookUp | None) -> tuple[str, dict[str, Any]]:
    """True of the rows whose column is, or holds, one of the wanted names."""
    column, several = wanted.column, wanted.column in LISTS
    if look_up is None:
        # Names are compared once each, and not once a row.
        given = {f"{column}_wanted": value for value in wanted.parameters.values()}
        condition = wanted.condition.replace("$wanted", f"${column}_wanted")
        found = f"(SELECT coalesce(list(name), []) FROM ({wanted.names}) WHERE {condition})"
        return f"list_has_any({column}, {found})" if several else f"list_contains({found}, {column})", given
    names = [quoted(name) for name in look_up(wanted)]
    if not names:
        return "false", {}
    if several and len(names) <= FEW:
        return " OR ".join(f"list_contains({column}, {name})" for name in names), {}
    listed = ", ".join(names)
    return f"list_has_any({column}, [{listed}])" if several else f"{column} IN ({listed})", {}


def code_of(country: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country by that, its alpha-3 code or a name; nothing where it is not known."""
    from vedette.reference.countries import load_countries
    from vedette.reference.gazetteer import load_gazetteer

    code = country.strip().upper()
    if load_gazetteer().country(code):
        return code
    countries = load_countries()
    place = (countries.coded(code) if code.isalpha() else None) or countries.named(country.strip())
    return place.country if place else ""
