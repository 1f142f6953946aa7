"""A case's own places: GeoNames dumps that a person has added to the gazetteer, in one file of the case folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, Self

from vedette.model.errors import InputError
from vedette.model.kinds import Precision
from vedette.reference.gazetteer import LEVELS, SHIPPED, read_only
from vedette.reference.place_dumps import DumpRow, open_dump
from vedette.reference.place_naming import AREA_SUFFIX, BARE, add_name, names_of, shown, written

FILE = "places.sqlite"
BATCH = 5_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS places (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, precision INTEGER NOT NULL, country TEXT NOT NULL, code TEXT,
  admin1 INTEGER, admin2 INTEGER, lat INTEGER, lon INTEGER, population INTEGER NOT NULL, capital INTEGER NOT NULL,
  feature TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS names (
  name TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (name, place)) WITHOUT ROWID;
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;
CREATE TEMP TABLE spelled (name TEXT, place INTEGER, rank INTEGER);
"""
# Ours first: what the shipped file knows stays as it has it, and gains names only.
_SETTLE = """
INSERT INTO names SELECT name, place, min(rank) FROM spelled
WHERE NOT EXISTS (SELECT 1 FROM shipped.names s WHERE s.name = spelled.name AND s.place = spelled.place)
GROUP BY name, place ORDER BY name, place
ON CONFLICT DO UPDATE SET rank = min(rank, excluded.rank);
DELETE FROM places WHERE EXISTS (SELECT 1 FROM shipped.places s WHERE s.id = places.id);
CREATE TEMP TABLE areas (code TEXT PRIMARY KEY, id INTEGER, above INTEGER);
INSERT INTO areas SELECT code, id, admin1 FROM shipped.places WHERE code IS NOT NULL AND precision IN (1, 2);
INSERT OR IGNORE INTO areas SELECT code, id, NULL FROM places WHERE feature IN ('A.ADM1', 'A.ADM2');
UPDATE places SET
  admin2 = (SELECT id FROM areas WHERE areas.code = places.code AND id != places.id AND code LIKE '%.%.%'),
  admin1 = (SELECT id FROM areas WHERE id != places.id AND areas.code = substr(places.code, 1,
            3 + instr(substr(places.code, 4) || '.', '.') - 1));
ANALYZE main;
"""


@dataclass(frozen=True, slots=True)
class AddedFile:
    """The file of a case's own places as it stood at one time."""

    path: str
    stamp: int

    @classmethod
    def of(cls, folder: Path) -> Self | None:
        """That of a case folder; `None` where none was added."""
        path = folder / FILE
        return cls(str(path.resolve()), path.stat().st_mtime_ns) if path.exists() else None


@dataclass(frozen=True, slots=True)
class Added:
    """What a dump came to: places and names that are new, and the rows that are of no kind that is looked up."""

    rows: int
    places: int
    names: int
    left_out: int


class Watch(Protocol):
    """Someone who is told how far it is."""

    def stage(self, name: str, total: int | None) -> None:
        """It begins, with this many steps where that is known."""

    def step(self, count: int) -> None:
        """So many more are done."""


def add_dump(dump: Path, folder: Path, watch: Watch, sites: bool = False) -> Added:
    """Adds a dump's populated places and areas, and its sites where wanted, to a case: all or, with an error, none.

    The same dump again adds nothing.
    """
    target = folder / FILE
    with _staged(target) as staged:
        before = _counts(staged)
        rows = left_out = 0
        with open_dump(dump) as opened:
            watch.stage(f"adding {dump.name}", opened.size)
            waiting = opened.rows(watch.step)
            while some := list(islice(waiting, BATCH)):
                kept = [(row, level) for row in some if (level := _level(row, sites)) is not None]
                _keep(staged, kept)
                rows += len(some)
                left_out += len(some) - len(kept)
        watch.stage("sorting names", None)
        staged.executescript(_SETTLE)
        after = _counts(staged)
    return Added(rows, after[0] - before[0], after[1] - before[1], left_out)


@contextmanager
def _staged(target: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the file that takes its place when all went well."""
    copy = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        if target.exists():
            shutil.copyfile(target, copy)
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}", uri=True, isolation_level=None)) as connection:
            connection.executescript(_SCHEMA)
            connection.execute("ATTACH ? AS shipped", (read_only(SHIPPED),))
            yield connection
        copy.replace(target)
    except sqlite3.OperationalError as error:
        raise InputError(target, f"cannot be written ({error}); nothing was added: see to it and add again") from None
    except sqlite3.DatabaseError as error:
        raise InputError(target, f"is broken ({error}): remove it and add the dumps again") from None
    finally:
        copy.unlink(missing_ok=True)


def _counts(staged: sqlite3.Connection) -> tuple[int, int]:
    (places,), (names,) = staged.execute("SELECT count(*) FROM places UNION ALL SELECT count(*) FROM names")
    return places, names


def _level(row: DumpRow, sites: bool) -> int | None:
    """How precise a place of that feature is; `None` for what is not kept: dissolved areas, zones, rivers."""
    class_, _, code = row.feature.partition(".")
    if class_ == "P":
        return LEVELS.index(Precision.SETTLEMENT)
    if class_ == "S":
        return LEVELS.index(Precision.SITE) if sites else None
    if class_ != "A" or code.endswith("H"):
        return None
    if code == "ADM1":
        return LEVELS.index(Precision.PROVINCE)
    if code.startswith("ADM"):
        return LEVELS.index(Precision.DISTRICT)
    return LEVELS.index(Precision.COUNTRY) if code.startswith("PCL") else None


def _keep(staged: sqlite3.Connection, rows: Sequence[tuple[DumpRow, int]]) -> None:
    staged.execute("BEGIN")
    staged.executemany(
        "INSERT OR REPLACE INTO places VALUES (?,?,?,?,?,NULL,NULL,?,?,?,?,?)",
        (_place(row, level) for row, level in rows),
    )
    staged.executemany(
        "INSERT INTO spelled VALUES (?,?,?)", (each for row, level in rows for each in _names(row, level))
    )
    staged.execute("COMMIT")


def _place(row: DumpRow, level: int) -> tuple[Any, ...]:
    # An area has no point: one within it would be taken for where something happened.
    point = (row.lat, row.lon) if LEVELS[level] in (Precision.SETTLEMENT, Precision.SITE) else (None, None)
    capital = int(row.feature == "P.PPLC")
    name = shown(row.name, row.country)
    return (row.id, name, level, row.country, _code(row), *point, row.population, capital, row.feature)


def _code(row: DumpRow) -> str | None:
    """GeoNames' code of the finest area that holds a place, or of the area itself."""
    if not row.country or row.admin1 in ("", "00"):
        return None
    code = f"{row.country}.{row.admin1}"
    return f"{code}.{row.admin2}" if row.admin2 and row.feature != "A.ADM1" else code


def _names(row: DumpRow, level: int) -> Iterator[tuple[str, int, int]]:
    found = names_of((row.name, row.ascii_name), written(row.others))
    if LEVELS[level] in (Precision.PROVINCE, Precision.DISTRICT):
        for name in (row.name, row.ascii_name, *row.others):
            add_name(found, AREA_SUFFIX.sub("", name), BARE)
    return ((name, row.id, rank) for name, rank in found.items())
