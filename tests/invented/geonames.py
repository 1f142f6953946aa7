"""Invented GeoNames dumps: places that do not exist, in the columns of those that do."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

_SYLLABLES = ("ka", "la", "mo", "ri", "shan", "dar", "bad", "zai", "qul", "tep", "gor", "nau", "kot", "wal", "pir")


def line(ident: int, name: str, **told: object) -> str:
    """One row; what is not told is that of a village in Helmand."""
    cells = {
        "others": "", "lat": 31.5, "lon": 64.2, "feature": "P.PPL", "country": "AF", "admin1": "10", "admin2": "2308",
        "population": 0,
    } | told  # fmt: skip
    class_, _, code = str(cells["feature"]).partition(".")
    place = (ident, name, name, cells["others"], cells["lat"], cells["lon"], class_, code, cells["country"], "")
    held = (cells["admin1"], cells["admin2"], "", "", cells["population"], "", 850, "Asia/Kabul", "2024-01-01")
    return "\t".join(map(str, (*place, *held)))


def many(rows: int, seed: int = 1) -> Iterator[str]:
    """Rows of invented villages with names in two scripts, in all provinces of Afghanistan."""
    rng = random.Random(seed)
    for at in range(rows):
        name = "".join(rng.choices(_SYLLABLES, k=3)).capitalize()
        arabic = "".join(rng.choices("ابتجدرزسشقكلمنوي", k=6))
        told: dict[str, object] = {"lat": round(rng.uniform(29.5, 38), 5), "lon": round(rng.uniform(61, 74), 5)}
        told |= {"admin1": f"{rng.randint(1, 42):02}", "others": f"{name}e,{arabic}"}
        yield line(900_000_000 + at, f"{name} {at % 977}" if at % 3 else name, **told)


def write_zip(path: Path, rows: Iterator[str] | list[str], name: str = "AF.txt") -> Path:
    """A ZIP file of rows and a readme, as GeoNames packs them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for GeoNames\n")
        with archive.open(name, "w", force_zip64=True) as member:
            for row in rows:
                member.write(f"{row}\n".encode())
    return path
