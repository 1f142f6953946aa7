"""UCDP GED of 49 columns, its older 41 columns, and the monthly Candidate files."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from invented.tables import Row, filled
from invented.world import MILITIAS, OUTLETS, REBELS, Country, Site, few, nudged, some_day, somewhere

_GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
)
_OLD = (
    "id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name side_a_new_id side_a "
    "side_b_new_id gwnob side_b number_of_sources source_article source_office source_date source_headline "
    "source_original where_prec where_coordinates adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown "
    "low best high"
)
COLUMNS = {"ged": tuple(_GED.split()), "ged41": tuple(_OLD.split()), "candidate": tuple(_GED.split())}

# What an event of each date_prec spans beyond its first day (code book: 1 a day, 2 up to six, 3 a week, 4 a month).
_DAYS = {1: 0, 2: 4, 3: 6, 4: 29, 5: 120}


def ucdp_rows(generation: str, n: int, seed: int = 0) -> list[Row]:
    """Rows of "ged" (49 columns), "ged41" or "candidate"; 7 hold every where_prec, 5 every date_prec."""
    rng = Random(f"ucdp {generation} {seed}")
    return [_row(generation, number, rng) for number in range(n)]


def _row(generation: str, number: int, rng: Random) -> Row:
    site = somewhere(rng)
    violence = number % 3 + 1
    parties = _parties(violence, site.country, rng)
    told = {
        **parties,
        **_when(generation, number, rng),
        **_where(site, number, rng),
        **_deaths(violence, number, rng),
        "id": 900_000 + number,
        "active_year": 0 if number % 11 == 10 else 1,
        "type_of_violence": violence,
        "event_clarity": 2 if number % 8 == 7 else 1,
        "code_status": _status(generation, number),
    }
    told["relid"] = f"{site.country.iso3}-{told['year']}-{violence}-{parties['dyad_new_id']}-{number + 1}"
    told |= _sources(str(told["date_end"])[:10], site, number, rng)
    columns = COLUMNS[generation]
    return filled(columns, {name: value for name, value in told.items() if name in columns})


def _parties(violence: int, country: Country, rng: Random) -> dict[str, object]:
    government = f"Government of {country.name}"
    rebels, militia = rng.choice(REBELS), rng.choice(MILITIAS)
    side_a, side_b = {1: (government, rebels), 2: (rebels, militia), 3: (rebels, "Civilians")}[violence]
    a, b = country.gwno + 10_000 * violence, 9999 if violence == 3 else 20_000 + country.gwno
    dyad = f"{side_a} - {side_b}"
    return {
        "conflict_dset_id": 30_000 + country.gwno,
        "conflict_new_id": 30_000 + country.gwno,
        "conflict_name": f"{country.name}: Government" if violence == 1 else dyad,
        "dyad_dset_id": 40_000 + country.gwno,
        "dyad_new_id": 40_000 + country.gwno,
        "dyad_name": dyad,
        "side_a_dset_id": a,
        "side_a_new_id": a,
        "side_a": side_a,
        "side_b_dset_id": b,
        "side_b_new_id": 1 if violence == 3 else b,
        "side_b": side_b,
        "gwnoa": country.gwno if violence == 1 else "",
        "gwnob": "",
    }


def _when(generation: str, number: int, rng: Random) -> dict[str, object]:
    year = 2024 if generation == "candidate" else rng.choice((1993, 2008, 2016, 2022))
    precision = number % 5 + 1
    start = some_day(date(year, 1, 1), date(year, 8, 31), rng)
    end = start + timedelta(days=_DAYS[precision])
    # Candidate files give a time of day that is always midnight.
    midnight = " 00:00:00.000" if generation == "candidate" else ""
    return {"year": year, "date_prec": precision, "date_start": f"{start}{midnight}", "date_end": f"{end}{midnight}"}


def _where(site: Site, number: int, rng: Random) -> dict[str, object]:
    precision = number % 7 + 1
    lat, lon = nudged(site.lat, rng), nudged(site.lon, rng)
    named = {1: f"{site.name} village", 2: f"{site.name} village", 3: f"{site.district} district"}
    return {
        "where_prec": precision,
        "where_coordinates": named.get(precision, f"{site.province} province" if precision < 6 else site.country.name),
        "where_description": f"{site.name}, on the road to the old mill" if number % 4 else "",
        "adm_1": f"{site.province} province" if precision < 6 else "",
        "adm_2": f"{site.district} district" if precision < 4 else "",
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": grid_cell(float(lat), float(lon)),
        "country": site.country.name,
        "country_id": site.country.gwno,
        "region": site.country.ucdp_region,
    }


def grid_cell(lat: float, lon: float) -> int:
    """The half-degree cell of PRIO-GRID: 720 to a row, counted from the south-west corner, from 1."""
    return int((lat + 90) * 2) * 720 + int((lon + 180) * 2) + 1


def _deaths(violence: int, number: int, rng: Random) -> dict[str, object]:
    a, b = (few(rng), 0) if violence == 3 else (few(rng), few(rng))
    civilians, unknown = few(rng), few(rng) if number % 4 == 3 else 0
    best = a + b + civilians + unknown
    return {
        "deaths_a": a,
        "deaths_b": b,
        "deaths_civilians": civilians,
        "deaths_unknown": unknown,
        "best": best,
        "low": max(0, best - rng.choice((0, 0, 0, 2))),
        "high": best + rng.choice((0, 0, 0, 3, 40)),
    }


def _sources(day: str, site: Site, number: int, rng: Random) -> dict[str, object]:
    headline = f"Dead counted in {site.name}, invented report {number}"
    if number % 3 == 2:  # coded before sources were split into office, date and headline
        return {"number_of_sources": -1, "source_article": f'"{headline}", printed in the {rng.choice(OUTLETS)}'}
    offices = rng.sample(OUTLETS, 1 + number % 2)
    joint = ";\n" if number % 5 == 4 else ";"
    return {
        "number_of_sources": len(offices),
        "source_article": joint.join(f'"{office},{day},{headline}"' for office in offices),
        "source_office": ";".join(offices),
        "source_date": ";".join(day for _ in offices),
        "source_headline": ";".join(headline for _ in offices),
        "source_original": rng.choice(("police", "a hospital; an elder", "")),
    }


def _status(generation: str, number: int) -> str:
    return ("Clear", "Check deaths", "Check dyad")[number % 3] if generation == "candidate" else "Clear"
