"""The settlement next to each of many points."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KM_A_DEGREE = 111.195
# Settlements lie in squares of these sides, in degrees; a point looks in the small ones first.
SIDES = (0.05, 0.25)
_QUERY = """
SELECT lat / 1e4, lon / 1e4, country, coalesce(admin1, 0), coalesce(admin2, 0) FROM places WHERE precision = 0
"""
MOST = 1 << 22  # pairs of point and settlement at a time


@dataclass(frozen=True, slots=True)
class _Grid:
    """The settlements in the order of their squares."""

    side: float
    order: Ints
    squares: Ints  # of the settlements in that order

    @classmethod
    def of(cls, lat: Floats, lon: Floats, side: float) -> Self:
        """The grid of squares of one side."""
        squares = _square(*_cell(lat, lon, side), side)
        order = np.argsort(squares, kind="stable")
        return cls(side, order, squares[order])

    def around(self, lat: Floats, lon: Floats) -> tuple[Ints, Ints]:
        """Where the settlements of the three squares below, beside and above each point begin and end in `order`."""
        row, column = _cell(lat, lon, self.side)
        wide = np.ceil(1 / np.cos(np.radians(np.clip(np.abs(lat) + self.side, 0, 85)))).astype(np.int64)
        rows = row[:, None] + np.array([-1, 0, 1])
        first = np.searchsorted(self.squares, _square(rows, (column - wide)[:, None], self.side), side="left")
        last = np.searchsorted(self.squares, _square(rows, (column + wide)[:, None], self.side), side="right")
        return first, last


def _cell(lat: Floats, lon: Floats, side: float) -> tuple[Ints, Ints]:
    return np.floor((lat + 90) / side).astype(np.int64), np.floor((lon + 180) / side).astype(np.int64)


def _square(row: Ints, column: Ints, side: float) -> Ints:
    # Room on both ends of a row of squares, so that what lies beside its first is not the end of the row before.
    return row * (int(360 / side) + 1000) + column + 500


@dataclass(frozen=True, slots=True)
class Settlements:
    """Where settlements lie and what holds them; ids are GeoNames', 0 where not known."""

    lat: Floats
    lon: Floats
    countries: NDArray[np.object_]
    provinces: Ints
    districts: Ints
    grids: tuple[_Grid, ...]

    @classmethod
    def of(cls, places: sqlite3.Connection) -> Self:
        """The settlements of a gazetteer."""
        lat, lon, countries, provinces, districts = zip(*places.execute(_QUERY), strict=True)
        north, east = np.array(lat), np.array(lon)
        held = np.array(provinces, dtype=np.int64), np.array(districts, dtype=np.int64)
        grids = tuple(_Grid.of(north, east, side) for side in SIDES)
        return cls(north, east, np.array(countries, dtype=object), *held, grids)

    def nearest(self, lat: Floats, lon: Floats, reach: float, province: Ints | None = None) -> tuple[Ints, Floats]:
        """The number of the nearest settlement, of the point's province where one is given, and how many km it is off.

        Beyond `reach` kilometres none need be found; the distance is then infinite.
        """
        near, far = np.zeros(lat.size, dtype=np.int64), np.full(lat.size, np.inf)
        left = np.arange(lat.size)
        for grid in self.grids:
            wanted = None if province is None else province[left]
            near[left], far[left] = self._nearest(grid, lat[left], lon[left], wanted)
            left = left[far[left] > min(grid.side * KM_A_DEGREE, reach)]
        return near, far

    def _nearest(self, grid: _Grid, lat: Floats, lon: Floats, province: Ints | None) -> tuple[Ints, Floats]:
        first, last = grid.around(lat, lon)
        counts = (last - first).sum(axis=1)
        near, far = np.zeros(lat.size, dtype=np.int64), np.full(lat.size, np.inf)
        ends = np.searchsorted(np.cumsum(counts), np.arange(1, counts.sum() // MOST + 2) * MOST, side="right")
        for start, end in zip((0, *ends[:-1]), (*ends[:-1], lat.size), strict=True):
            part = slice(start, end)
            some = np.flatnonzero(counts[part]) + start
            if some.size:
                of = None if province is None else province[some]
                near[some], far[some] = self._best(grid, (first[some], last[some]), (lat[some], lon[some]), of)
        return near, far

    def _best(
        self, grid: _Grid, runs: tuple[Ints, Ints], points: tuple[Floats, Floats], province: Ints | None
    ) -> tuple[Ints, Floats]:
        """The nearest of each point's runs of settlements; every point has at least one."""
        first, counts = runs[0].ravel(), (runs[1] - runs[0]).ravel()
        ends = np.cumsum(counts)
        candidates = grid.order[np.arange(ends[-1]) + np.repeat(first - ends + counts, counts)]
        each = counts.reshape(-1, 3).sum(axis=1)
        point = np.repeat(np.arange(each.size), each)
        lat, lon = points
        north = self.lat[candidates] - lat[point]
        east = (self.lon[candidates] - lon[point]) * np.cos(np.radians(lat))[point]
        squared = north * north + east * east
        if province is not None:
            squared[self.provinces[candidates] != province[point]] = np.inf
        starts = np.concatenate(([0], np.cumsum(each)[:-1]))
        least = np.minimum.reduceat(squared, starts)
        hits = np.flatnonzero(squared == least[point])
        of = point[hits]
        firsts = hits[np.append(True, of[1:] != of[:-1])]
        return candidates[firsts], np.sqrt(least) * KM_A_DEGREE
