"""The country, province and district of points, many at a time."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vedette.reference.gazetteer import SHIPPED
from vedette.reference.nearest import Settlements

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Names = NDArray[np.object_]

BORDERS = files("vedette.reference") / "data" / "borders.npz"
ROWS_A_DEGREE = 100  # the borders are cut along this many parallels
LON_UNITS = 10_000  # of a degree
ROW = 400 * LON_UNITS  # more than any longitude, so that rows do not meet
NOWHERE = 0
# A harbour, an islet: a point outside all borders is where the settlement is from which it is no more kilometres away.
OFF_COAST = 15.0
# Farther from the next known settlement the district is not told.
IN_DISTRICT = 10.0
CHUNK = 1 << 18  # points at a time, so that memory does not grow with them


@dataclass(frozen=True, slots=True)
class Areas:
    """What holds each point, by name and by GeoNames id; empty and 0 where it is not known.

    `countries` are ISO 3166-1 alpha-2 codes.
    """

    countries: Names
    provinces: Names
    districts: Names
    province_ids: Ints
    district_ids: Ints


class Borders:
    """Provinces as the longitudes at which they begin, parallel by parallel, and the settlements in them."""

    def __init__(self, path: Path | str = SHIPPED) -> None:
        with BORDERS.open("rb") as file:
            kept = np.load(file)
            rows = np.repeat(np.arange(kept["counts"].size, dtype=np.int64), kept["counts"])
            self._starts = rows * ROW + np.cumsum(kept["steps"], dtype=np.int64)
            self._area = kept["areas"]
            self._split = kept["split"]
            self._province = kept["provinces"].astype(np.int64)
            self._country = kept["countries"].astype(object)
        with sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1", uri=True) as places:
            self._ids, self._names = _names(places)
            self._settlements = Settlements.of(places)

    def areas_of(self, latitudes: ArrayLike, longitudes: ArrayLike) -> Areas:
        """The areas that hold the points, in their order; those of a point that is none are empty."""
        lat, lon = (np.asarray(each, dtype=np.float64).ravel() for each in (latitudes, longitudes))
        # Neighbours one after the other: what is looked up for one is still at hand for the next.
        order = np.lexsort((lon, np.floor(lat * 20)))
        chunks = [order[at : at + CHUNK] for at in range(0, max(lat.size, 1), CHUNK)]
        parts = [self._chunk(lat[chunk], lon[chunk]) for chunk in chunks]
        back = np.argsort(order)
        countries, provinces, districts = (np.concatenate(each)[back] for each in zip(*parts, strict=True))
        return Areas(countries, self._named(provinces), self._named(districts), provinces, districts)

    def _chunk(self, lat: Floats, lon: Floats) -> tuple[Names, Ints, Ints]:
        sound = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
        area = np.zeros(lat.size, dtype=np.int64)
        area[sound] = self.inside(lat[sound], lon[sound])
        countries, provinces = self._country[area], self._province[area]
        self._mend(np.flatnonzero(sound & ((area == NOWHERE) | self._split[area])), lat, lon, countries, provinces)
        districts = np.zeros(lat.size, dtype=np.int64)
        at = np.flatnonzero(provinces)
        near, far = self._settlements.nearest(lat[at], lon[at], IN_DISTRICT, provinces[at])
        told = far <= IN_DISTRICT
        districts[at[told]] = self._settlements.districts[near[told]]
        return countries, provinces, districts

    def inside(self, lat: Floats, lon: Floats) -> Ints:
        """The number of the area whose borders hold each point; 0 outside all."""
        row = np.clip(((lat + 90) * ROWS_A_DEGREE).astype(np.int64), 0, 180 * ROWS_A_DEGREE - 1)
        at = row * ROW + np.rint((lon + 180) * LON_UNITS).astype(np.int64)
        found: Ints = self._area[np.searchsorted(self._starts, at, side="right") - 1].astype(np.int64)
        return found

    def _mend(self, at: Ints, lat: Floats, lon: Floats, countries: Names, provinces: Ints) -> None:
        """Off the coast, and where provinces have been parted since the borders were drawn, settlements tell."""
        near, far = self._settlements.nearest(lat[at], lon[at], OFF_COAST)
        theirs, held = self._settlements.countries[near], self._settlements.provinces[near]
        told = (far <= OFF_COAST) & ((countries[at] == "") | (countries[at] == theirs))
        countries[at[told]] = theirs[told]
        told &= held != NOWHERE
        provinces[at[told]] = held[told]

    def _named(self, ids: Ints) -> Names:
        found: Names = self._names[np.searchsorted(self._ids, ids)]
        return found


def _names(places: sqlite3.Connection) -> tuple[Ints, Names]:
    rows = [(0, ""), *places.execute("SELECT id, name FROM places WHERE precision IN (1, 2) ORDER BY id")]
    ids, names = zip(*rows, strict=True)
    return np.array(ids, dtype=np.int64), np.array(names, dtype=object)


@cache
def load_borders() -> Borders:
    """The borders that ship with Vedette."""
    return Borders()


def areas_of(latitudes: ArrayLike, longitudes: ArrayLike) -> Areas:
    """The country, province and district of each point, in degrees of WGS 84."""
    return load_borders().areas_of(latitudes, longitudes)
