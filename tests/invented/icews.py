"""ICEWS coded events: 20 columns with blanks in their names, tabs, NA where nothing is told."""

from __future__ import annotations

from datetime import date
from random import Random

from invented.tables import Row, filled
from invented.world import OUTLETS, REBELS, Site, nudged, some_day, somewhere

COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)
_EVENTS = (
    ("Make statement", "010", 0),
    ("Consult", "040", 1),
    ("Provide humanitarian aid", "073", 7.4),
    ("Demonstrate or rally", "141", -6.5),
    ("Arrest, detain, or charge with legal action", "173", -5),
    ("Use unconventional violence", "180", -9),
    ("Abduct, hijack, or take hostage", "181", -9),
    ("Carry out suicide bombing", "1831", -10),
    ("Assassinate", "186", -10),
    ("Use conventional military force", "190", -10),
    ("fight with small arms and light weapons", "193", -10),
    ("Employ aerial weapons", "195", -10),
)


def icews_rows(n: int, seed: int = 0) -> list[Row]:
    """Rows of the yearly files of the Dataverse."""
    rng = Random(f"icews {seed}")
    return [_row(number, rng) for number in range(n)]


def _row(number: int, rng: Random) -> Row:
    site = somewhere(rng)
    text, code, intensity = _EVENTS[number % len(_EVENTS)]
    parties = _parties(site, rng)
    source, target = rng.sample(parties, 2)
    told = {
        "Event ID": 39_000_000 + number,
        "Event Date": some_day(date(2018, 1, 1), date(2018, 12, 31), rng),
        "Source Name": source[0],
        "Source Sectors": source[1],
        "Source Country": source[2],
        "Event Text": text,
        "CAMEO Code": code,
        "Intensity": intensity,
        "Target Name": target[0],
        "Target Sectors": target[1],
        "Target Country": target[2],
        "Story ID": 49_000_000 + number // 3,
        "Sentence Number": number % 6 + 1,
        "Publisher": rng.choice(OUTLETS),
        "City": site.name if number % 4 else "",
        "District": site.district if number % 7 == 1 else "",
        "Province": site.province if number % 5 else "",
        "Country": site.country.name,
        "Latitude": nudged(site.lat, rng),
        "Longitude": nudged(site.lon, rng),
    }
    return filled(COLUMNS, told, "NA")


def _parties(site: Site, rng: Random) -> tuple[tuple[str, str, str], ...]:
    country = site.country.name
    return (
        (f"Police ({country})", "Government,Police", country),
        (f"Military ({country})", "Government,Military", country),
        (rng.choice(REBELS), "Rebel,Dissident", country),
        (f"Citizen ({country})", "General Population / Civilian / Social,Social", country),
        ("Unspecified Actor", "", ""),
        (country, "", country),
    )
