"""Adds to `src/vedette/reference/data/actors/ucdp_ids.csv` the actors of UCDP GED files: name and number.

`python scripts/build_ucdp_ids.py GEDEvent.csv candidate.csv.gz …`; UCDP GED is licensed CC BY 4.0.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

TARGET = Path(__file__).resolve().parents[1] / "src/vedette/reference/data/actors/ucdp_ids.csv"
# Older and newer columns of the same numbers. A coalition, written as its members' names, is no actor of its own.
SIDES = (("side_a", "side_a_new_id"), ("side_b", "side_b_new_id"))


def main(paths: list[str]) -> None:
    """Write one line a name and number, in order of the names."""
    pairs = set(known()) | {pair for path in paths for pair in actors(Path(path))}
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "id"])
        writer.writerows(sorted(pairs))


def known() -> Iterator[tuple[str, int]]:
    """The pairs that the file holds."""
    if TARGET.exists():
        with TARGET.open(encoding="utf-8", newline="") as lines:
            yield from ((row["name"], int(row["id"])) for row in csv.DictReader(lines))


def actors(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of each side of each row."""
    with opened(path) as lines:
        for row in csv.DictReader(lines):
            for name, ident in SIDES:
                if row[name] and row[name] != "Civilians" and ", " not in row[name] and row.get(ident, "").isdecimal():
                    yield row[name], int(row[ident])


def opened(path: Path) -> TextIO:
    """A file as text, gzipped or not."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


if __name__ == "__main__":
    main(sys.argv[1:])
