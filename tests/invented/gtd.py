"""GTD: 135 columns, and the older distribution of 123 that writes a full stop for a text that is missing."""

from __future__ import annotations

from datetime import date
from random import Random

from invented.tables import Row, filled
from invented.world import MILITIAS, OUTLETS, REBELS, Site, nudged, some_day, somewhere

# A trailing `#` stands for a code and, beside it, its text: `country country_txt`.
_HEAD = (
    "eventid iyear imonth iday approxdate extended resolution country# region# provstate city latitude longitude "
    "specificity vicinity location summary crit1 crit2 crit3 doubtterr alternative# multiple success suicide "
    "attacktype1# attacktype2# attacktype3#"
)
_TARGET = "targtype{0}# targsubtype{0}# corp{0} target{0} natlty{0}#"
_WHO = (
    "gname gsubname gname2 gsubname2 gname3 gsubname3 motive guncertain1 guncertain2 guncertain3 individual nperps "
    "nperpcap claimed claimmode# claim2 claimmode2# claim3 claimmode3# compclaim"
)
_WEAPON = "weaptype{0}# weapsubtype{0}#"
_TAIL = (
    "weapdetail nkill nkillus nkillter nwound nwoundus nwoundte property propextent# propvalue propcomment ishostkid "
    "nhostkid nhostkidus nhours ndays divert kidhijcountry ransom ransomamt ransomamtus ransompaid ransompaidus "
    "ransomnote hostkidoutcome# nreleased addnotes scite1 scite2 scite3 dbsource"
)
_LAST = "INT_LOG INT_IDEO INT_MISC INT_ANY related"


def _columns(text: str) -> tuple[str, ...]:
    return tuple(
        name for word in text.split() for name in ((word[:-1], f"{word[:-1]}_txt") if word.endswith("#") else (word,))
    )


_TARGETS = " ".join(_TARGET.format(number) for number in (1, 2, 3))
_WEAPONS = " ".join(_WEAPON.format(number) for number in (1, 2, 3, 4))
_FULL = _columns(f"{_HEAD} {_TARGETS} {_WHO} {_WEAPONS} {_TAIL} {_LAST}")
# What came after the distribution of December 2013.
_LATER = {"individual", *_LAST.split(), *(f"targsubtype{n}{end}" for n in (1, 2, 3) for end in ("", "_txt"))}
COLUMNS = {"135": _FULL, "123": tuple(name for name in _FULL if name not in _LATER)}

_ATTACKS = (
    "Assassination",
    "Armed Assault",
    "Bombing/Explosion",
    "Hijacking",
    "Hostage Taking (Barricade Incident)",
    "Hostage Taking (Kidnapping)",
    "Facility/Infrastructure Attack",
    "Unarmed Assault",
    "Unknown",
)
_TARGET_TYPES = {
    1: "Business",
    2: "Government (General)",
    3: "Police",
    4: "Military",
    8: "Educational Institution",
    10: "Journalists & Media",
    12: "NGO",
    14: "Private Citizens & Property",
    15: "Religious Figures/Institutions",
    17: "Terrorists/Non-State Militia",
    19: "Transportation",
    20: "Unknown",
    21: "Utilities",
}
_WEAPON_TYPES = {5: "Firearms", 6: "Explosives", 8: "Incendiary", 9: "Melee", 12: "Other", 13: "Unknown"}
_MODES = {1: "Letter", 2: "Call (post-incident)", 6: "Video", 8: "Personal claim", 10: "Unknown"}
_ALTERNATIVES = {1: "Insurgency/Guerilla Action", 2: "Other Crime Type", 3: "Intra/Inter-group Conflict"}
_OUTCOMES = {
    2: "Hostage(s) released by perpetrators",
    4: "Hostage(s) killed (not during rescue attempt)",
    7: "Unknown",
}
_TOLLS = ("0", "0", "0", "1", "2", "7", "", "1.5", "34")  # a half is a toll that several incidents share


def gtd_rows(generation: str, n: int, seed: int = 0) -> list[Row]:
    """Rows of "135" or "123"; 9 hold every attack type, every tenth lacks its day or its day and month."""
    rng = Random(f"gtd {generation} {seed}")
    return [_row(generation, number, rng) for number in range(n)]


def _row(generation: str, number: int, rng: Random) -> Row:
    site = somewhere(rng)
    told: dict[str, object] = {
        **_when(generation, number, rng),
        **_where(site, number, rng),
        **_criteria(number),
        **_what(generation, number, rng),
        **_target(site, number, rng),
        **_who(number, rng),
        **_harm(number, rng),
    }
    told["summary"] = (
        f"{told['imonth']}/{told['iday']}/{told['iyear']}: Assailants struck near {site.name}, {site.province}, "
        f'{site.country.name}. An elder said that "nobody had warned us". [invented report {number}]'
    )
    columns = COLUMNS[generation]
    row = filled(columns, {name: value for name, value in told.items() if name in columns})
    if generation == "135":
        return row
    return {name: "." if name.endswith("_txt") and not value else value for name, value in row.items()}


def _when(generation: str, number: int, rng: Random) -> dict[str, object]:
    year = rng.choice((1970, 1974, 1979)) if number % 10 >= 8 else rng.choice((1994, 2006, 2016))
    if generation == "123":
        year = min(year, 2011)
    day = some_day(date(year, 1, 1), date(year, 12, 28), rng)
    month_known, day_known = number % 10 != 9, number % 10 < 8
    approx = "" if day_known else (f"{day:%B %Y}" if month_known else str(year))
    month, numbered = day.month * month_known, day.day * day_known
    return {
        "eventid": f"{year}{month:02}{numbered:02}{number + 1:04}",
        "iyear": year,
        "imonth": month,
        "iday": numbered,
        "approxdate": approx,
        "extended": int(number % 6 == 5),
        "resolution": ("1996-01-08 00:00:00" if generation == "123" else "1/8/1996") if number % 12 == 5 else "",
    }


def _where(site: Site, number: int, rng: Random) -> dict[str, object]:
    located = number % 9 != 8
    return {
        "country": site.country.gtd,
        "country_txt": site.country.name,
        "region": site.country.gtd_region[0],
        "region_txt": site.country.gtd_region[1],
        "provstate": site.province,
        "city": site.name if number % 8 != 7 else "Unknown",
        "latitude": nudged(site.lat, rng) if located else "",
        "longitude": nudged(site.lon, rng) if located else "",
        "specificity": number % 5 + 1 if located else "",
        "vicinity": (0, 1, -9)[number % 3],
        "location": "The attack took place on the road to the old mill." if number % 4 == 1 else "",
    }


def _criteria(number: int) -> dict[str, object]:
    doubt = number % 5 == 4
    other = number % 3 + 1 if doubt else 0
    return {
        "crit1": 1,
        "crit2": 1,
        "crit3": int(not doubt),
        "doubtterr": int(doubt) if number % 13 else -9,
        "alternative": other or "",
        "alternative_txt": _ALTERNATIVES.get(other, ""),
        "multiple": int(number % 6 == 0),
        "success": int(number % 7 != 3),
        "suicide": int(number % 9 == 2),
        "related": f"19740101{number:04}, 19740101{number + 1:04}" if number % 6 == 0 else "",
        "addnotes": "One of several attacks on that day." if number % 6 == 0 else "",
        "dbsource": "START Primary Collection",
        "INT_LOG": (0, 1, -9)[number % 3],
        "INT_IDEO": -9,
        "INT_MISC": 0,
        "INT_ANY": (0, 1, -9)[number % 3],
    }


def _what(generation: str, number: int, rng: Random) -> dict[str, object]:
    attack, weapon = number % 9 + 1, rng.choice(list(_WEAPON_TYPES))
    second = 2 if number % 8 == 0 and attack != 2 else 0
    kidnapped = attack in {4, 5, 6}
    outcome = rng.choice(list(_OUTCOMES)) if kidnapped else 0
    bombs = "Explosives/Bombs/Dynamite" if generation == "123" else "Explosives"
    return {
        "attacktype1": attack,
        "attacktype1_txt": _ATTACKS[attack - 1],
        "attacktype2": second or "",
        "attacktype2_txt": _ATTACKS[1] if second else "",
        "weaptype1": weapon,
        "weaptype1_txt": bombs if weapon == 6 else _WEAPON_TYPES[weapon],
        "weapsubtype1": 5 if weapon == 5 else "",
        "weapsubtype1_txt": "Unknown Gun Type" if weapon == 5 else "",
        "ishostkid": int(kidnapped) if number % 11 else -9,
        "nhostkid": rng.choice((1, 3, -99)) if kidnapped else "",
        "ransom": 0 if kidnapped else "",
        "hostkidoutcome": outcome or "",
        "hostkidoutcome_txt": _OUTCOMES.get(outcome, ""),
        "nreleased": rng.choice((0, 1, -99)) if kidnapped else "",
    }


def _target(site: Site, number: int, rng: Random) -> dict[str, object]:
    types = rng.sample(list(_TARGET_TYPES), 2)
    told: dict[str, object] = {}
    for place, type_ in enumerate(types[: 1 + (number % 5 == 0)], start=1):
        told |= {
            f"targtype{place}": type_,
            f"targtype{place}_txt": _TARGET_TYPES[type_],
            f"corp{place}": "Almond Growers' Union" if type_ == 1 else "Not Applicable",
            f"target{place}": f"A post of the {_TARGET_TYPES[type_].lower()} at {site.name}",
            f"natlty{place}": site.country.gtd,
            f"natlty{place}_txt": site.country.name,
        }
    return told


def _who(number: int, rng: Random) -> dict[str, object]:
    known = number % 3 != 0
    claimed = rng.choice((0, 1, -9)) if known else 0
    mode = rng.choice(list(_MODES)) if claimed == 1 else 0
    second = rng.choice(MILITIAS) if known and number % 10 == 1 else ""
    return {
        "gname": rng.choice(REBELS) if known else "Unknown",
        "gsubname": "Northern Wing" if known and number % 7 == 1 else "",
        "gname2": second,
        "motive": "Unknown" if number % 2 else "",
        "guncertain1": int(number % 4 == 2),
        "guncertain2": 0 if second else "",
        "individual": int(number % 12 == 0),
        "nperps": rng.choice(("", "-99", "1", "4", "20")),
        "nperpcap": rng.choice(("", "-99", "0", "2")),
        "claimed": claimed,
        "claimmode": mode or "",
        "claimmode_txt": _MODES.get(mode, ""),
        "compclaim": rng.choice((0, -9)) if claimed == 1 else "",
    }


def _harm(number: int, rng: Random) -> dict[str, object]:
    damaged = rng.choice((0, 1, -9))
    return {
        "nkill": rng.choice(_TOLLS),
        "nkillus": 0 if number % 4 else "",
        "nkillter": rng.choice(("0", "1", "")),
        "nwound": rng.choice(_TOLLS),
        "nwoundus": 0 if number % 4 else "",
        "nwoundte": 0 if number % 5 else "",
        "property": damaged,
        "propextent": 3 if damaged == 1 else "",
        "propextent_txt": "Minor (likely < $1 million)" if damaged == 1 else "",
        "propvalue": -99 if damaged == 1 else "",
        "scite1": f'"Attack near the old mill," {rng.choice(OUTLETS)}, invented report {number}.',
        "scite2": "“Dead counted,” Agence Fictive." if number % 2 else "",
    }
