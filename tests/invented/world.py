"""A made-up conflict in real provinces: settlements, groups, outlets and reports that exist nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


@dataclass(frozen=True)
class Country:
    """A real country under each data set's code for it."""

    name: str
    iso: int
    iso2: str
    iso3: str
    gwno: int
    fips: str
    gtd: int
    acled_region: str
    ucdp_region: str
    gtd_region: tuple[int, str]


@dataclass(frozen=True)
class Site:
    """An invented settlement at a real spot of a real province; `native` is its name in a script of the country."""

    country: Country
    province: str
    district: str
    name: str
    native: str
    lat: float
    lon: float


_ASIA = ("Caucasus and Central Asia", "Asia", (6, "South Asia"))
_SAHEL = ("Western Africa", "Africa", (11, "Sub-Saharan Africa"))
_HORN = ("Eastern Africa", "Africa", (11, "Sub-Saharan Africa"))
_LEVANT = ("Middle East", "Middle East", (10, "Middle East & North Africa"))
_ANDES = ("South America", "Americas", (3, "South America"))
_EAST = ("Europe", "Europe", (9, "Eastern Europe"))

AFGHANISTAN = Country("Afghanistan", 4, "AF", "AFG", 700, "AF", 4, *_ASIA)
BURKINA = Country("Burkina Faso", 854, "BF", "BFA", 439, "UV", 26, *_SAHEL)
SOMALIA = Country("Somalia", 706, "SO", "SOM", 520, "SO", 182, *_HORN)
SYRIA = Country("Syria", 760, "SY", "SYR", 652, "SY", 200, *_LEVANT)
COLOMBIA = Country("Colombia", 170, "CO", "COL", 100, "CO", 45, *_ANDES)
UKRAINE = Country("Ukraine", 804, "UA", "UKR", 369, "UP", 214, *_EAST)

SITES = (
    Site(AFGHANISTAN, "Nangarhar", "Surkh Rod", "Deh-e Zarqum", "ده زرقوم", 34.4105, 70.3032),
    Site(AFGHANISTAN, "Ghazni", "Qarabagh", "Qala-ye Narenj", "قلعه نارنج", 33.2027, 68.1174),
    Site(BURKINA, "Sahel", "Soum", "Tamboura-Sud", "", 14.1022, -1.6305),
    Site(BURKINA, "Centre-Nord", "Sanmatenga", "Loungo-Foulbé", "", 13.0917, -1.0844),
    Site(SOMALIA, "Bay", "Baidoa", "Buur Caddaan", "", 3.1042, 43.7106),
    Site(SYRIA, "Idleb", "Jisr-Ash-Shugur", "Tell Marwaniyeh", "تل المروانية", 35.8131, 36.3177),
    Site(COLOMBIA, "Antioquia", "Ituango", "San Arcadio del Río", "", 7.1713, -75.7642),
    Site(UKRAINE, "Donetsk", "Pokrovskyi", "Novo-Lypivka", "Ново-Липівка", 48.2817, 37.1759),
)

REBELS = ("Free Orchard Front", "Black Cedar Brigade", "Movement of the Seven Rivers")
MILITIAS = ("Lantern Guard", "Sons of the Upper Well")
ALLIES = ("Almond Growers' Union", "Health Workers", "Students", "Bus Drivers' League", "Women of the Lower Market")
OUTLETS = ("Orchard Gazette", "Radio Seven Rivers", "Upper Well Post", "The Evening Ledger", "Agence Fictive")

_DEEDS = (
    "fighters came on motorcycles and fired on a checkpoint beside the grain store",
    "two rockets fell in an almond orchard and on the road below it",
    "people gathered before the district office and asked for water",
    "men in unmarked uniforms took three drivers from a lorry park",
    "a device went off under a bridge as a convoy passed",
    "the market was closed after shots were heard from the old mill",
)
_ENDS = (
    "The number of dead could not be verified.",
    'A spokesperson called it "a small matter"; an elder said, "We counted more."',
    "No group said that it had done it.",
    "Both sides spoke of losses; the figures differ.",
    "The wounded were brought to the provincial town.",
)


def somewhere(rng: Random) -> Site:
    """One of the sites."""
    return rng.choice(SITES)


def nudged(value: float, rng: Random) -> str:
    """A coordinate in degrees within a kilometre or two of the given one, four decimals at most."""
    return f"{value + rng.uniform(-0.01, 0.01):.4f}".rstrip("0")


def some_day(first: date, last: date, rng: Random) -> date:
    """A day of the period."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def note(day: date, site: Site, number: int, rng: Random) -> str:
    """What is told of event `number`: every fifth over two lines, every third with the place in its own script."""
    named = f"{site.name} ({site.native})" if site.native and number % 3 == 0 else site.name
    deed, end = rng.choice(_DEEDS), rng.choice(_ENDS)
    joint = "\n" if number % 5 == 4 else " "
    return f"On {day.day} {day:%B %Y}, in {named}, {site.province}, {deed}.{joint}{end} [invented report {number}]"


def few(rng: Random) -> int:
    """A toll: mostly none or few, now and then many."""
    return rng.choice((0, 0, 0, 0, 1, 1, 2, 3, 5, 12, 47))
