"""Places by name: GeoNames' countries, provinces, districts and settlements in one read-only file."""

from __future__ import annotations

import math
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from vedette.model.kinds import Precision
from vedette.model.values import Place, Point
from vedette.reference.folding import fold

_PRECISION = (Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE, Precision.COUNTRY)
# Added to the decimal logarithm of the population, so that the first of a name's places is the one that news means:
# a country before all else, a city before the province named after it if half of its people live there; a country's
# capital counts as ten times its size.
_WEIGHT = {Precision.SETTLEMENT: 0.0, Precision.DISTRICT: -1.0, Precision.PROVINCE: -0.3, Precision.COUNTRY: 2.0}
_RANK_COSTS = 0.8
_QUERY = """
SELECT n.rank, p.id, p.name, p.precision, p.country, a.name, b.name, p.lat, p.lon, p.population, p.capital
FROM names n JOIN places p ON p.id = n.place
LEFT JOIN places a ON a.id = p.admin1 LEFT JOIN places b ON b.id = p.admin2
WHERE n.name = ?
"""
_LONGER = "SELECT 1 FROM names WHERE name > ? AND name < ? LIMIT 1"
_WORD, _GIVEN, _FAMILY = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that a name can mean; `alias` is 0 for its own name, more the less it goes by this one."""

    place: Place
    population: int
    alias: int
    province: str
    district: str
    weight: float


class Gazetteer:
    """The places that names can mean; opens its file on the first look-up, in each process anew."""

    def __init__(self, path: str | Path = "") -> None:
        self._path = str(path)
        self._connections: dict[int, sqlite3.Connection] = {}
        self._found = lru_cache(maxsize=1 << 16)(self._read)
        self._leads = lru_cache(maxsize=1 << 16)(self._has_longer)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[str]]:
        return Gazetteer, (self._path,)

    def find(self, name: str, country: str = "") -> tuple[Entry, ...]:
        """The places so named, the likeliest first; `country` (ISO 3166-1 alpha-2) keeps those in one country."""
        entries = self._found(fold(name))
        return tuple(entry for entry in entries if entry.place.country == country) if country else entries

    def leads(self, words: str) -> bool:
        """True of words with which a longer name begins."""
        return self._leads(fold(words))

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
        entries = [self._entry(row) for row in self._rows(_QUERY, folded)] if folded else []
        return tuple(sorted(entries, key=lambda entry: -entry.weight))

    def _has_longer(self, folded: str) -> bool:
        return any(True for _ in self._rows(_LONGER, f"{folded} ", f"{folded}!"))

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        alias, ident, name, level, country, province, district, lat, lon, population, capital = row
        precision = _PRECISION[level]
        holder = self._countries.get(country)
        path: tuple[str, ...] = (holder.name,) if holder and precision is not Precision.COUNTRY else ()
        if province and path:
            path = (*path, province)
        point = Point(lat / 1e4, lon / 1e4) if lat is not None else None
        place = Place(name, precision, f"geonames:{ident}", country, path, point)
        weight = math.log10(population + 1) + _WEIGHT[precision] - _RANK_COSTS * alias + capital
        return Entry(place, population, alias, province or "", district or "", weight)

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
            path = self._path or str(files("vedette.reference") / "data" / "gazetteer.sqlite")
            uri = f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1"
            self._connections[process] = sqlite3.connect(uri, uri=True, check_same_thread=False)
        return self._connections[process]


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with Vedette."""
    return Gazetteer()
