"""SQL that groups millions of rows in one scan: by raw columns first, by the names that people read afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vedette.analyse.facts import Facts, condition_of, facts_of
from vedette.analyse.fields import Field, look_ups
from vedette.analyse.filters import Filters, Unit
from vedette.model.kinds import Harm, Stance
from vedette.store import Snapshot

ENDS = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which rows: the filters' condition and parameters, and the fields to group by."""

    unit: Unit
    condition: str
    parameters: Mapping[str, Any]
    fields: Mapping[str, Field]
    facts: Facts

    @classmethod
    def of(cls, now: Snapshot, filters: Filters, unit: Unit, fields: Mapping[str, Field] | None = None) -> Question:
        """The question that the filters ask of a record."""
        return cls(unit, *condition_of(now, filters, unit), fields or {}, facts_of(now, unit))

    def narrowed(self, now: Snapshot, filters: Filters) -> Question:
        """The same question under other filters."""
        condition, parameters = condition_of(now, filters, self.unit)
        return replace(self, condition=condition, parameters=parameters)

    @property
    def unfolds(self) -> bool:
        """True where one row may count in several groups, so that the groups do not add up to the whole."""
        return any(field.unfolds for field in self.fields.values())

    def by_raw_keys(self, sums: Mapping[str, str], besides: Sequence[str] = ()) -> str:
        """One scan: the sums by the fields' keys, named `key_0` …, and by the columns named besides."""
        plain = [f"{column} AS {alias}" for column, alias in self._keys(unfolded=False).items()]
        unfolded = self._keys(unfolded=True).values()
        listed = ", ".join([*plain, *unfolded, *besides, *(f"{sql} AS {name}" for name, sql in sums.items())])
        grouped = ", ".join([*self._keys(unfolded=None).values(), *besides])
        return f"SELECT {listed} FROM ({self._rows()}){f' GROUP BY {grouped}' if grouped else ''}"

    def named(self, columns: str = "*") -> str:
        """The fields' names, as `by_FIELD`, beside columns of the raw groups."""
        aliases = self._keys(unfolded=None)
        names = [
            f'{field.name.format(*(aliases[key] for key in field.keys))} AS "by_{name}"'
            for name, field in self.fields.items()
        ]
        return f"SELECT {', '.join([*names, columns])} FROM raw"

    @property
    def names(self) -> str:
        """The columns that `named` gives the names in."""
        return ", ".join(f'"by_{name}"' for name in self.fields)

    def _keys(self, *, unfolded: bool | None) -> dict[str, str]:
        """Each key, once, and its alias: all of them, or only those that are lists or are none."""
        keys = {key: field.unfolds for field in self.fields.values() for key in field.keys}
        aliases = {key: f"key_{number}" for number, key in enumerate(keys)}
        return {key: alias for key, alias in aliases.items() if unfolded is None or keys[key] is unfolded}

    def _rows(self) -> str:
        columns = "*"
        if self.facts.unsaid:
            # Only what is asserted is a toll; what is denied or threatened is a claim without one.
            ends = [f"{harm}_{end}" for harm in self.facts.harms for end in ENDS]
            said = (f"CASE WHEN stance = '{Stance.ASSERTS}' THEN {end} END AS {end}" for end in ends)
            columns = f"* REPLACE ({', '.join(said)})" if ends else "*"
        rows = f"SELECT {columns} FROM {self.unit.plain} WHERE {self.condition}"
        for key, alias in self._keys(unfolded=True).items():
            # One list a level: two that are unfolded side by side would not be crossed.
            told = f"CASE WHEN len({key}) > 0 THEN {key} ELSE [NULL] END"
            rows = f"SELECT *, unnest({told}) AS {alias} FROM ({rows})"
        return rows


def with_clause(tables: Mapping[str, str]) -> str:
    """A WITH clause of these tables and of the look-up tables that they use."""
    used = look_ups(" ".join(tables.values()))
    return "WITH " + ", ".join([*used, *(f"{name} AS MATERIALIZED ({sql})" for name, sql in tables.items())])


def toll_sums(harms: Sequence[Harm]) -> dict[str, str]:
    """The sums that a toll needs: its three ends, how many rows tell it, how many a high end and a best."""
    return {
        name: sql
        for harm in harms
        for name, sql in (
            (f"{harm}_low", f"sum({harm}_low)"),
            (f"{harm}_best", f"sum(coalesce({harm}_best, {harm}_low))"),
            (f"{harm}_high", f"sum({harm}_high)"),
            (f"{harm}_told", f"count(coalesce({harm}_low, {harm}_best, {harm}_high))"),
            (f"{harm}_closed", f"count({harm}_high)"),
            (f"{harm}_figured", f"count({harm}_best)"),
        )
    }


def added_up(sums: Mapping[str, str]) -> str:
    """The same sums over groups."""
    return ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in sums)
