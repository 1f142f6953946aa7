"""GDELT events: 61 columns since 2015, 58 before, 57 up to April 2013; tabs, no quotes, mostly no header."""

from __future__ import annotations

from datetime import date
from random import Random

from invented.tables import Row, filled
from invented.world import Site, nudged, some_day, somewhere

_ACTOR = (
    "Actor{0}Code Actor{0}Name Actor{0}CountryCode Actor{0}KnownGroupCode Actor{0}EthnicCode Actor{0}Religion1Code "
    "Actor{0}Religion2Code Actor{0}Type1Code Actor{0}Type2Code Actor{0}Type3Code"
)
_GEO = (
    "{0}Geo_Type {0}Geo_FullName {0}Geo_CountryCode {0}Geo_ADM1Code {0}Geo_ADM2Code {0}Geo_Lat {0}Geo_Long "
    "{0}Geo_FeatureID"
)
_ALL = (
    f"GLOBALEVENTID SQLDATE MonthYear Year FractionDate {_ACTOR.format(1)} {_ACTOR.format(2)} IsRootEvent EventCode "
    "EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone "
    f"{_GEO.format('Actor1')} {_GEO.format('Actor2')} {_GEO.format('Action')} DATEADDED SOURCEURL"
)
_V2 = tuple(_ALL.split())
_V1 = tuple(name for name in _V2 if not name.endswith("ADM2Code"))
COLUMNS = {"2.0": _V2, "1.0": _V1, "1.0 historical": _V1[:-1]}
_YEARS = {"2.0": 2019, "1.0": 2014, "1.0 historical": 1994}

# CAMEO code, QuadClass and Goldstein score (code book).
_EVENTS = (
    ("010", 1, 0.0),
    ("042", 1, 1.9),
    ("057", 1, 8.0),
    ("073", 2, 7.4),
    ("112", 3, -2.0),
    ("1383", 3, -7.0),
    ("141", 4, -6.5),
    ("173", 4, -5.0),
    ("180", 4, -9.0),
    ("181", 4, -9.0),
    ("1823", 4, -10.0),
    ("1831", 4, -10.0),
    ("186", 4, -10.0),
    ("190", 4, -10.0),
    ("193", 4, -10.0),
    ("195", 4, -10.0),
    ("202", 4, -10.0),
)
# Suffix of an actor's code, its name and type; a country's code stands before it.
_ACTORS = (("GOV", "GOVERNMENT"), ("MIL", "MILITARY"), ("COP", "POLICE"), ("REB", "REBEL"), ("CVL", "VILLAGER"))


def gdelt_rows(generation: str, n: int, seed: int = 0) -> list[Row]:
    """Rows of "2.0", "1.0" or "1.0 historical"; actors and places are missing as often as they are there."""
    rng = Random(f"gdelt {generation} {seed}")
    return [_row(generation, number, rng) for number in range(n)]


def _row(generation: str, number: int, rng: Random) -> Row:
    site, year = somewhere(rng), _YEARS[generation]
    day = some_day(date(year, 1, 1), date(year, 12, 31), rng)
    code, quad, goldstein = _EVENTS[number % len(_EVENTS)]
    mentions = rng.randrange(1, 40)
    told = {
        "GLOBALEVENTID": 990_000_000 + number,
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": year,
        "FractionDate": f"{year + day.timetuple().tm_yday / 365.25:.4f}",
        **_actor(1, site, number % 5 != 0, rng),
        **_actor(2, site, number % 3 != 0, rng),
        "IsRootEvent": number % 2,
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad,
        "GoldsteinScale": goldstein,
        "NumMentions": mentions,
        "NumSources": 1 + mentions // 8,
        "NumArticles": mentions,
        "AvgTone": rng.uniform(-12, 3),
        **_geo("Actor1", 0 if number % 5 == 0 else 1, site, rng),
        **_geo("Actor2", 0 if number % 3 == 0 else 4, site, rng),
        **_geo("Action", number % 6, site, rng),
        "DATEADDED": f"{day:%Y%m%d}143000" if generation == "2.0" else f"{day:%Y%m%d}",
        "SOURCEURL": f"https://www.example.org/invented/{number}",
    }
    columns = COLUMNS[generation]
    return filled(columns, {name: value for name, value in told.items() if name in columns})


def _actor(place: int, site: Site, present: bool, rng: Random) -> dict[str, object]:
    if not present:
        return {}
    suffix, name = rng.choice(_ACTORS)
    return {
        f"Actor{place}Code": f"{site.country.iso3}{suffix}",
        f"Actor{place}Name": name,
        f"Actor{place}CountryCode": site.country.iso3,
        f"Actor{place}Type1Code": suffix,
    }


def _geo(whose: str, type_: int, site: Site, rng: Random) -> dict[str, object]:
    """Type 0 is no place, 1 a country, 2 or 3 a state or city of the United States, 4 or 5 a city or province."""
    if type_ == 0:
        return {f"{whose}Geo_Type": 0}
    american = type_ in {2, 3}
    country = "US" if american else site.country.fips
    names = {
        1: site.country.name,
        2: "Kansas, United States",
        3: "Almond Springs, Kansas, United States",
        4: f"{site.name}, {site.province}, {site.country.name}",
        5: f"{site.province}, {site.country.name}",
    }
    return {
        f"{whose}Geo_Type": type_,
        f"{whose}Geo_FullName": names[type_],
        f"{whose}Geo_CountryCode": country,
        f"{whose}Geo_ADM1Code": {1: country, 2: "USKS", 3: "USKS"}.get(type_, f"{country}18"),
        f"{whose}Geo_ADM2Code": "3391" if type_ in {4, 5} else "",
        f"{whose}Geo_Lat": "38.5" if american else nudged(site.lat, rng),
        f"{whose}Geo_Long": "-98.0" if american else nudged(site.lon, rng),
        f"{whose}Geo_FeatureID": {1: country, 2: "KS", 3: "473900"}.get(type_, "-3378435"),
    }
