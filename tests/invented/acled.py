"""ACLED in five generations of its columns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from invented.tables import Row, filled
from invented.world import ALLIES, MILITIAS, OUTLETS, REBELS, Site, few, note, nudged, some_day, somewhere

_2015 = (
    "GWNO EVENT_ID_CNTY EVENT_ID_NO_CNTY EVENT_DATE YEAR TIME_PRECISION EVENT_TYPE ACTOR1 ALLY_ACTOR_1 INTER1 ACTOR2 "
    "ALLY_ACTOR_2 INTER2 INTERACTION COUNTRY ADMIN1 ADMIN2 ADMIN3 LOCATION LATITUDE LONGITUDE GEO_PRECISION SOURCE "
    "NOTES FATALITIES"
)
_2016 = (
    "actor1 actor2 admin1 admin2 admin3 ally_actor_1 ally_actor_2 country data_id event_date event_id_cnty "
    "event_id_no_cnty event_type fatalities geo_precision gwno inter1 inter2 interaction latitude location longitude "
    "notes source time_precision year"
)
_2020 = (
    "data_id iso event_id_cnty event_id_no_cnty event_date year time_precision event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities timestamp iso3"
)
_2022 = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
COLUMNS = {
    "2015": tuple(_2015.split()),
    "2016": ("", *_2016.split()),  # the first column is the index of a data frame and has no name
    "2020": tuple(_2020.split()),
    "2022": tuple(_2022.split()),
    "2023": tuple(_2022.split()),
    "2024": (*_2022.split(), "population_best"),
}
_YEARS = {"2015": 2015, "2016": 2016, "2020": 2020, "2022": 2022, "2023": 2022, "2024": 2024}

# Sub-event types by event type, with the two actors' inter codes (ACLED code book); 0 is nobody.
_SUB_TYPES = {
    "Battles": {
        "Armed clash": (1, 2),
        "Government regains territory": (1, 2),
        "Non-state actor overtakes territory": (2, 1),
    },
    "Explosions/Remote violence": {
        "Chemical weapon": (1, 7),
        "Air/drone strike": (8, 2),
        "Suicide bomb": (2, 7),
        "Shelling/artillery/missile attack": (1, 0),
        "Remote explosive/landmine/IED": (3, 1),
        "Grenade": (3, 7),
    },
    "Violence against civilians": {
        "Sexual violence": (3, 7),
        "Attack": (2, 7),
        "Abduction/forced disappearance": (3, 7),
    },
    "Protests": {
        "Peaceful protest": (6, 0),
        "Protest with intervention": (6, 1),
        "Excessive force against protesters": (1, 6),
    },
    "Riots": {"Violent demonstration": (5, 1), "Mob violence": (5, 7)},
    "Strategic developments": {
        "Agreement": (1, 2),
        "Arrests": (1, 7),
        "Change to group/activity": (2, 0),
        "Disrupted weapons use": (1, 3),
        "Headquarters or base established": (2, 0),
        "Looting/property destruction": (4, 7),
        "Non-violent transfer of territory": (2, 1),
        "Other": (7, 0),
    },
}
# Event types before 2017, which had no sub-event types (code book of 2015).
_OLD_TYPES = {
    "Battle-No change of territory": (1, 2),
    "Battle-Government regains territory": (1, 2),
    "Battle-Non-state actor overtakes territory": (2, 1),
    "Headquarters or base established": (2, 0),
    "Strategic development": (1, 0),
    "Riots/Protests": (6, 0),
    "Violence against civilians": (3, 7),
    "Non-violent transfer of territory": (2, 1),
    "Remote violence": (1, 7),
}
_INTER = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
_SCALES = ("National", "Subnational", "Other", "New media", "Local partner-Other", "Other-National", "International")


def acled_rows(generation: str, n: int, seed: int = 0) -> list[Row]:
    """Rows of ACLED's columns of "2015", "2016", "2020", "2022", "2023" or "2024"; 25 hold every sub-event type."""
    rng = Random(f"acled {generation} {seed}")
    return [_row(generation, number, rng) for number in range(n)]


def _row(generation: str, number: int, rng: Random) -> Row:
    year = _YEARS[generation]
    site, day = somewhere(rng), some_day(date(year, 1, 1), date(year, 12, 28), rng)
    old = generation in {"2015", "2016"}
    kinds = [(kind, "", inter) for kind, inter in _OLD_TYPES.items()] if old else _kinds()
    kind, sub_kind, inter = kinds[number % len(kinds)]
    told = {
        **_who(generation, inter, site, rng),
        **_where(site, number, rng),
        "event_date": _written(day, generation),
        "year": year,
        "time_precision": number % 3 + 1,
        "event_type": kind,
        "sub_event_type": sub_kind,
        "source": "; ".join(rng.sample(OUTLETS, 1 + number % 2)),
        "source_scale": rng.choice(_SCALES),
        "notes": note(day, site, number, rng),
        "fatalities": few(rng),
        "event_id_cnty": f"{1000 + number}{site.country.iso3}" if old else f"{site.country.iso3}{70000 + number}",
        "event_id_no_cnty": "" if generation == "2016" else 70000 + number,
        "data_id": 7_000_000 + number,
        "": number,
        "timestamp": int(datetime(year, 12, 30, tzinfo=UTC).timestamp()) + number,
        "population_best": "" if number % 4 == 0 else 800 + 37 * number,
        "disorder_type": _disorder(kind, sub_kind, generation),
        "civilian_targeting": "Civilian targeting" if inter[1] == 7 and kind != "Strategic developments" else "",
        "tags": _tags(kind, number),
    }
    columns = COLUMNS[generation]
    row = filled(columns, _renamed(told, columns), "NA" if generation == "2023" else "")
    return row if generation != "2022" else {**row, "civilian_targeting": "", "tags": ""}


def _kinds() -> list[tuple[str, str, tuple[int, int]]]:
    return [(kind, sub, inter) for kind, subs in _SUB_TYPES.items() for sub, inter in subs.items()]


def _renamed(told: dict[str, object], columns: tuple[str, ...]) -> dict[str, object]:
    """What is told under this generation's column names; what it has no column for is left out."""
    known = {**told, "ally_actor_1": told["assoc_actor_1"], "ally_actor_2": told["assoc_actor_2"]}
    return {name: known[name.lower()] for name in columns}


def _written(day: date, generation: str) -> str:
    match generation:
        case "2015":
            return f"{day:%d-%B-%Y}"
        case "2020":
            return f"{day.day}-{day:%b-%y}"
        case "2023":
            return f"{day:%d %B %Y}"
        case _:
            return day.isoformat()


def _who(generation: str, inter: tuple[int, int], site: Site, rng: Random) -> dict[str, object]:
    codes = "".join(str(code) for code in sorted(inter, key=lambda code: (code == 0, code)))
    worded = generation == "2024"
    return {
        "actor1": _actor(inter[0], site, rng),
        "actor2": _actor(inter[1], site, rng),
        # Two thirds have an ally, some of them several.
        "assoc_actor_1": "; ".join(f"{ally} ({site.country.name})" for ally in rng.sample(ALLIES, rng.randrange(3))),
        "assoc_actor_2": rng.choice(ALLIES) if inter[1] and rng.random() < 0.3 else "",
        "inter1": _INTER[inter[0] - 1] if worded else inter[0],
        "inter2": (_INTER[inter[1] - 1] if inter[1] else "") if worded else inter[1],
        "interaction": _interaction(codes) if worded else codes,
    }


def _interaction(codes: str) -> str:
    first, second = (int(code) for code in codes)
    return f"{_INTER[first - 1]}-{_INTER[second - 1]}" if second else f"{_INTER[first - 1]} only"


def _actor(inter: int, site: Site, rng: Random) -> str:
    country = site.country.name
    names = (
        "",
        f"Military Forces of {country} (2011-)",
        rng.choice(REBELS),
        rng.choice((*MILITIAS, f"Unidentified Armed Group ({country})")),
        f"{site.district} Communal Militia ({country})",
        f"Rioters ({country})",
        f"Protesters ({country})",
        f"Civilians ({country})",
        "Military Forces of Northland (2018-)",
    )
    return names[inter]


def _where(site: Site, number: int, rng: Random) -> dict[str, object]:
    country = site.country
    return {
        "iso": country.iso,
        "iso3": country.iso3,
        "gwno": country.gwno,
        "region": country.acled_region,
        "country": country.name,
        "admin1": site.province,
        "admin2": site.district,
        "admin3": site.name if number % 2 else "",
        # Of precision 3 is what is told of a province: the province's town stands for it.
        "location": site.province if number % 7 == 6 else site.name,
        "latitude": nudged(site.lat, rng),
        "longitude": nudged(site.lon, rng),
        "geo_precision": 3 if number % 7 == 6 else 1 + number % 2,
    }


def _disorder(kind: str, sub_kind: str, generation: str) -> str:
    if kind == "Strategic developments":
        return kind
    if sub_kind == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    demonstrations = kind == "Protests" or sub_kind == "Violent demonstration"
    # Files of 2022 are about that spell it so.
    spelt = "Demostrations" if generation == "2022" else "Demonstrations"
    return spelt if demonstrations else "Political violence"


def _tags(kind: str, number: int) -> str:
    if kind in {"Protests", "Riots"}:
        return ("crowd size=no report", "crowd size=about 200", "crowd size=hundreds; women targeted: activists")[
            number % 3
        ]
    return "local administrators" if number % 6 == 0 else ""
