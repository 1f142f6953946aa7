"""Formats of event data sets as they are written: columns, code lists, and what countries are called there."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from vedette.model.errors import UsageError
from vedette.reference.datasets import Form, data_set

FORMATS = ("acled", "ucdp")


class Schema(Form, frozen=True):
    """One generation of a format: its columns in order, how a day is written (strftime), groups of actors in words."""

    columns: tuple[str, ...]
    date: str
    worded: bool = False


class OldTypes(Form, frozen=True):
    """The event types of generations that had no sub-types."""

    schemas: tuple[str, ...]
    codes: tuple[str, ...]


class Format(Form, frozen=True):
    """What a file must hold to be one of a data set's: its columns, codes and ranges by the names of the mapping."""

    name: str
    title: str
    id: str
    date: str
    schema: str
    required: tuple[str, ...]
    dates: dict[str, str]
    schemas: dict[str, Schema]
    codes: dict[str, tuple[str, ...]]
    ranges: dict[str, tuple[float, float]]
    inter: dict[str, str] = msgspec.field(default_factory=dict)
    inter_words: dict[str, str] = msgspec.field(default_factory=dict)
    old_types: OldTypes = OldTypes((), ())
    disorder: dict[str, str] = msgspec.field(default_factory=dict)

    def columns(self, schema: str = "") -> dict[str, str]:
        """The columns of one generation (`schema`, else the current one), each with the name that the mapping has."""
        if schema and schema not in self.schemas:
            raise UsageError(f"--schema {schema}", f"is none of {self.title}: {', '.join(self.schemas)}")
        names = self.schemas[schema or self.schema].columns
        return {name: data_set(self.name).canonical(name) for name in names}


@dataclass(frozen=True, slots=True)
class Target:
    """The format to write in, and the generation of its columns (empty: the current one)."""

    name: str
    schema: str = ""

    @property
    def format(self) -> Format:
        """The format's columns and codes."""
        return export_format(self.name)

    @property
    def generation(self) -> str:
        """The name of the generation."""
        return self.schema or self.format.schema

    @property
    def columns(self) -> dict[str, str]:
        """The columns in order, each with the name that the mapping has; a `UsageError` for an unknown generation."""
        return self.format.columns(self.schema)


class Term(Form, frozen=True):
    """From when until when, both days included, an armed actor was a country's government, or one of two."""

    actor: str
    country: str
    since: date
    until: date = date.max
    disputed: bool = False


class CountryNames(NamedTuple):
    """What a country is called and numbered; `gwno`, Gleditsch and Ward's number, is empty for what is no state."""

    code: str
    acled_name: str
    acled_region: str
    gwno: str
    ucdp_name: str
    ucdp_region: str
    iso3: str
    iso: str


@cache
def export_format(name: str) -> Format:
    """The format of one of `FORMATS`."""
    return msgspec.toml.decode(_text(f"datasets/{name}_export.toml"), type=Format)


@cache
def terms() -> tuple[Term, ...]:
    """The times for which an armed actor was a government."""
    return msgspec.toml.decode(_text("datasets/governments.toml"), type=dict[str, tuple[Term, ...]])["terms"]


@cache
def country_names() -> dict[str, CountryNames]:
    """The names and numbers of each country by its ISO 3166-1 alpha-2 code."""
    codes = {row["iso2"]: row for row in csv.DictReader(_text("country_codes.csv").splitlines())}
    _, *named = csv.reader(_text("datasets/export_countries.csv").splitlines())
    return {
        row[0]: CountryNames._make([*row, codes[row[0]]["iso3"], codes[row[0]]["number"].lstrip("0")]) for row in named
    }


def _text(name: str) -> str:
    return (files("vedette.reference") / "data" / name).read_text(encoding="utf-8")
