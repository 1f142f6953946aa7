"""What places cost: `python benchmarks/places.py [--rows N] [--data DIR] [--write docs/performance.md]`.

`--data` names a folder with `ucdp_ged/` and `acled_samples/`, whose rows tell the province of their points.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from invented.geonames import many, write_zip  # noqa: E402
from running import Listener  # noqa: E402
from vedette.model.kinds import Precision  # noqa: E402
from vedette.reference.added_places import FILE, add_dump  # noqa: E402
from vedette.reference.borders import BORDERS, load_borders  # noqa: E402
from vedette.reference.countries import load_countries  # noqa: E402
from vedette.reference.gazetteer import SHIPPED, Gazetteer, load_gazetteer  # noqa: E402

BEGIN, END = "<!-- places: begin -->", "<!-- places: end -->"
LOOKED_UP = 20_000
POINTS = 1_000_000
COLUMNS = ("adm_1", "admin1")  # UCDP's, ACLED's
AREAS_ONLY = frozenset("4567")  # where_prec and geo_precision from which on a row tells no place in a province


def main() -> None:
    """Prints the tables, and writes them where wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the invented dump")
    parser.add_argument("--data", type=Path, help="a folder with ucdp_ged/ and acled_samples/")
    parser.add_argument("--write", type=Path, help="a Markdown file whose measured part is replaced")
    parser.add_argument("--part", choices=PARTS, help="measure one part in this process")
    asked = parser.parse_args()
    if asked.part:
        print("\n".join(PARTS[asked.part](asked)))
        return
    # Each part in a process of its own, so that its peak memory is its own.
    tables = [_of_part(part, asked) for part in PARTS]
    text = "\n\n".join(
        ["| what | measured |\n| --- | ---: |\n" + "".join(tables[:3]).rstrip(), tables[3].rstrip()]
    ).rstrip()
    print(text)
    if asked.write:
        page = asked.write.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        asked.write.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def _of_part(part: str, asked: argparse.Namespace) -> str:
    command = [sys.executable, __file__, "--part", part, "--rows", str(asked.rows)]
    command += ["--data", str(asked.data)] if asked.data else []
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"


def _look_ups(_: argparse.Namespace) -> Iterator[str]:
    with sqlite3.connect(SHIPPED) as places:
        names = [name for (name,) in places.execute("SELECT DISTINCT name FROM names")]
    wanted = random.Random(1).sample(names, LOOKED_UP)
    yield f"| gazetteer | {Path(SHIPPED).stat().st_size / 1e6:.1f} MB, {len(names):,} different names |"
    del names
    yield f"| first look-up in a process | {1e3 * _timed(lambda: Gazetteer().find('Kabul')):.1f} ms |"
    gazetteer = Gazetteer()
    gazetteer.find("Kabul")
    for state in ("a name for the first time", "the same again"):
        took = np.array([_timed(lambda name=name: gazetteer.find(name)) for name in wanted]) * 1e6
        p50, p95 = np.percentile(took, (50, 95))
        yield f"| look-up of {state}, p50 and p95 | {p50:,.1f} and {p95:,.1f} µs |"


def _added(asked: argparse.Namespace) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        dump = write_zip(at / "AF.zip", many(asked.rows))
        took = _timed(lambda: add_dump(dump, at, Listener()))
        yield f"| `gazetteer add` of {asked.rows:,} invented rows | {took:.1f} s |"
        yield f"| peak memory of that | {_memory()} |"
        yield f"| the case's file of them | {(at / FILE).stat().st_size / 1e6:.0f} MB |"
        gazetteer = Gazetteer(added=at / FILE)
        with sqlite3.connect(at / FILE) as places:
            names = [name for (name,) in places.execute("SELECT name FROM names WHERE place % 50 = 0")]
        wanted = random.Random(1).sample(names, min(LOOKED_UP, len(names)))
        gazetteer.find("Kabul")
        spent = np.array([_timed(lambda name=name: gazetteer.find(name)) for name in wanted]) * 1e6
        p50, p95 = np.percentile(spent, (50, 95))
        yield f"| look-up of a name among them for the first time, p50 and p95 | {p50:,.1f} and {p95:,.1f} µs |"


def _points(_: argparse.Namespace) -> Iterator[str]:
    yield f"| borders | {Path(str(BORDERS)).stat().st_size / 1e6:.1f} MB |"
    yield f"| borders and settlements loaded, once in a process | {_timed(load_borders):.2f} s |"
    rng = np.random.default_rng(1)
    with sqlite3.connect(SHIPPED) as places:
        known = np.array(places.execute("SELECT lat / 1e4, lon / 1e4 FROM places WHERE precision = 0").fetchall())
    lat, lon = (known[rng.integers(0, len(known), POINTS)] + rng.normal(0, 0.1, (POINTS, 2))).T
    start = time.process_time()
    took = _timed(lambda: load_borders().areas_of(lat, lon))
    work = time.process_time() - start
    yield f"| points placed, near settlements of the whole world | {POINTS / took:,.0f} a second |"
    yield f"| the same by processor time | {POINTS / work:,.0f} a second |"
    yield f"| peak memory of placing {POINTS:,} | {_memory()} |"


def _accuracy(asked: argparse.Namespace) -> Iterator[str]:
    """The share of rows whose point lies in the country and province that the row tells."""
    if asked.data is None:
        return
    told = "rows with a province | rows with a district, and one told | of those right"
    yield f"| rows of | right country | right province | {told} |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for path in sorted([*asked.data.glob("ucdp_ged/*.csv*"), *asked.data.glob("acled_samples/acled*.csv")]):
        rows = [row for row in _rows(path) if row.get("latitude")]
        if rows:
            yield f"| {path.name.split('.')[0]} | {_shares(rows)} |"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            yield {name.lower(): cell for name, cell in row.items() if name}


def _shares(rows: list[dict[str, str]]) -> str:
    found = load_borders().areas_of(*([float(row[of]) for row in rows] for of in ("latitude", "longitude")))
    countries = provinces = known = districts = right = told = 0
    for at, row in enumerate(rows):
        country = load_countries().named(row["country"])
        if country is None:
            continue
        told += 1
        countries += found.countries[at] == country.country
        province = _known_province(row, country.country)
        if province:
            known += 1
            provinces += found.provinces[at] == province
            if found.districts[at] and (listed := _districts(row, country.country, province)):
                districts += 1
                right += found.districts[at] in listed
    shares = (countries / told, provinces / known if known else 0)
    return (
        " | ".join(f"{share:.1%}" for share in shares)
        + f" | {known:,} | {districts:,} | {right / max(districts, 1):.1%}"
    )


def _known_province(row: dict[str, str], country: str) -> str:
    """The gazetteer's name of a row's province; empty where it knows none of that name, or the row is vaguer."""
    told = next((row[column] for column in COLUMNS if row.get(column)), "")
    if not told or (row.get("where_prec") or row.get("geo_precision") or "1") in AREAS_ONLY:
        return ""
    name = load_countries().province(told, country)
    entries = load_gazetteer().find(name, country)
    return name if any(entry.place.precision is Precision.PROVINCE for entry in entries) else ""


def _districts(row: dict[str, str], country: str, province: str) -> set[str]:
    told = row.get("adm_2") or row.get("admin2") or ""
    entries = load_gazetteer().find(told, country)
    return {e.place.name for e in entries if e.place.precision is Precision.DISTRICT and e.province == province}


PARTS = {"look-ups": _look_ups, "added": _added, "points": _points, "accuracy": _accuracy}


if __name__ == "__main__":
    main()
