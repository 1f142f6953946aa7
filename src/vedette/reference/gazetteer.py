"""Places by name: GeoNames' countries, provinces, districts and settlements, and what a case has added to them."""

from __future__ import annotations

import json
import math
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from vedette.model.errors import InputError
from vedette.model.kinds import Precision
from vedette.model.values import Place, Point
from vedette.reference.folding import fold
from vedette.reference.place_naming import SHORTEST

SHIPPED = str(files("vedette.reference") / "data" / "gazetteer.sqlite")
# In the order of the file's numbers.
LEVELS = (Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE, Precision.COUNTRY, Precision.SITE)
# Added to the decimal logarithm of the population, so that the first of a name's places is the one that news means:
# a country before all else, a city before the province named after it if half of its people live there; a country's
# capital counts as ten times its size.
_WEIGHT = {
    Precision.SETTLEMENT: 0.0,
    Precision.DISTRICT: -1.0,
    Precision.PROVINCE: -0.3,
    Precision.COUNTRY: 2.0,
    Precision.SITE: -1.0,
}
_RANK_COSTS = 0.8
_QUERY = """
SELECT n.rank, p.id, p.name, p.precision, p.country, a.name, b.name, p.lat, p.lon, p.population, p.capital, ''
FROM names n JOIN places p ON p.id = n.place
LEFT JOIN places a ON a.id = p.admin1 LEFT JOIN places b ON b.id = p.admin2
WHERE n.name = ?1
"""
# The same with what a case has added, whose areas may be ours or its own; a place that ours has is as ours has it.
_QUERY_BOTH = """
SELECT n.rank, p.id, p.name, p.precision, p.country, a.name, b.name, p.lat, p.lon, p.population, p.capital, ''
FROM (SELECT place, min(rank) AS rank FROM (SELECT * FROM main.names WHERE name = ?1 UNION ALL
      SELECT * FROM added.names WHERE name = ?1) GROUP BY place) n
JOIN main.places p ON p.id = n.place
LEFT JOIN main.places a ON a.id = p.admin1 LEFT JOIN main.places b ON b.id = p.admin2
UNION ALL
SELECT n.rank, p.id, p.name, p.precision, p.country, coalesce(a.name, c.name), coalesce(b.name, d.name),
       p.lat, p.lon, p.population, p.capital, p.feature
FROM added.names n JOIN added.places p ON p.id = n.place
LEFT JOIN main.places a ON a.id = p.admin1 LEFT JOIN main.places b ON b.id = p.admin2
LEFT JOIN added.places c ON c.id = p.admin1 LEFT JOIN added.places d ON d.id = p.admin2
WHERE n.name = ?1 AND NOT EXISTS (SELECT 1 FROM main.places WHERE id = p.id)
"""
_LONGER = "SELECT 1 FROM {}names WHERE name > ?1 AND name < ?2"
_NAMES = "SELECT place, name FROM {}names WHERE place IN (SELECT value FROM json_each(?1))"
_FEATURE = {
    Precision.SETTLEMENT: "P",
    Precision.DISTRICT: "A.ADM2",
    Precision.PROVINCE: "A.ADM1",
    Precision.COUNTRY: "A",
    Precision.SITE: "S",
}
_WORD, _GIVEN, _FAMILY = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that a name can mean; `alias` is 0 for its own name, more the less it goes by this one.

    `feature` is GeoNames' class and, where our sources tell it, code: `P`, `P.PPLC`, `A.ADM1`.
    """

    place: Place
    population: int
    alias: int
    province: str
    district: str
    weight: float
    feature: str = ""


class Gazetteer:
    """The places that names can mean; opens its file on the first look-up, in each process anew."""

    def __init__(self, path: str | Path = "", added: str | Path = "") -> None:
        self._path, self._added = str(path), str(added)
        self._connections: dict[int, sqlite3.Connection] = {}
        self._found = lru_cache(maxsize=1 << 16)(self._read)
        self._leads = lru_cache(maxsize=1 << 16)(self._has_longer)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[str, str]]:
        return Gazetteer, (self._path, self._added)

    def find(self, name: str, country: str = "") -> tuple[Entry, ...]:
        """The places so named, the likeliest first; `country` (ISO 3166-1 alpha-2) keeps those in one country."""
        entries = self._found(fold(name))
        return tuple(entry for entry in entries if entry.place.country == country) if country else entries

    def leads(self, words: str) -> bool:
        """True of words with which a longer name begins."""
        return self._leads(fold(words))

    def names(self, entries: Sequence[Entry]) -> dict[str, list[str]]:
        """All names of the places by id, folded; walks the whole file once."""
        found: dict[str, list[str]] = {entry.place.id: [] for entry in entries}
        wanted = json.dumps([int(ident.removeprefix("geonames:")) for ident in found])
        for ident, name in sorted(self._both(_NAMES, wanted)):
            found[f"geonames:{ident}"].append(name)
        return found

    def country(self, code: str) -> Place | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        return self._countries.get(code)

    def demonym(self, word: str) -> str:
        """The ISO 3166-1 alpha-2 code of the country whose people or things are called so, or nothing."""
        return self._demonyms.get(fold(word), "")

    def is_word(self, name: str) -> bool:
        """True of a place's name that is an English word too ("Reading", "Police")."""
        return bool(self._words.get(fold(name), 0) & _WORD)

    def is_given_name(self, name: str) -> bool:
        """True of a given name that is common in the United States."""
        return bool(self._words.get(fold(name), 0) & _GIVEN)

    def is_family_name(self, name: str) -> bool:
        """True of a family name that is common in the United States."""
        return bool(self._words.get(fold(name), 0) & _FAMILY)

    def _read(self, folded: str) -> tuple[Entry, ...]:
        query = _QUERY_BOTH if self._added else _QUERY
        entries = [self._entry(row) for row in self._rows(query, folded)] if len(folded) >= SHORTEST else []
        return tuple(sorted(entries, key=lambda entry: -entry.weight))

    def _has_longer(self, folded: str) -> bool:
        return any(self._both(_LONGER, f"{folded} ", f"{folded}!"))

    def _both(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        for schema in ("main.", "added.")[: 1 + bool(self._added)]:
            yield from self._rows(query.format(schema), *values)

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        alias, ident, name, level, country, province, district, lat, lon, population, capital, feature = row
        precision = LEVELS[level]
        holder = self._countries.get(country)
        path: tuple[str, ...] = (holder.name,) if holder and precision is not Precision.COUNTRY else ()
        if province and path:
            path = (*path, province, district) if district else (*path, province)
        point = Point(lat / 1e4, lon / 1e4) if lat is not None else None
        place = Place(name, precision, f"geonames:{ident}", country, path, point)
        weight = math.log10(population + 1) + _WEIGHT[precision] - _RANK_COSTS * alias + capital
        feature = feature or ("P.PPLC" if capital else _FEATURE[precision])
        return Entry(place, population, alias, province or "", district or "", weight, feature)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        rows = self._rows("SELECT country, name, id FROM places WHERE precision = 3")
        return {code: Place(name, Precision.COUNTRY, f"geonames:{ident}", code) for code, name, ident in rows}

    @cached_property
    def _demonyms(self) -> dict[str, str]:
        return dict(self._rows("SELECT word, country FROM demonyms"))

    @cached_property
    def _words(self) -> dict[str, int]:
        return dict(self._rows("SELECT word, flags FROM words"))

    def _rows(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        return self._connection().execute(query, values)

    def _connection(self) -> sqlite3.Connection:
        # A connection must not cross a fork, so each process has its own.
        process = os.getpid()
        if process not in self._connections:
            connection = sqlite3.connect(read_only(self._path or SHIPPED), uri=True, check_same_thread=False)
            if self._added:
                attach(connection, self._added)
            self._connections[process] = connection
        return self._connections[process]


def attach(connection: sqlite3.Connection, added: str | Path) -> None:
    """Opens a case's own places beside the shipped ones; an `InputError` where the file is none of ours."""
    try:
        connection.execute("ATTACH ? AS added", (read_only(added),))
        connection.execute("SELECT rank, feature FROM added.names, added.places LIMIT 1")
    except sqlite3.Error as error:
        remedy = f"holds no places that can be read ({error}): remove it and add the dumps again"
        raise InputError(added, remedy) from None


def read_only(path: str | Path) -> str:
    """The address of an SQLite file that nobody writes while it is open."""
    return f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1"


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with Vedette."""
    return Gazetteer()
