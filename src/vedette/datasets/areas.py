"""Countries and provinces as data sets write them, under the gazetteer's names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vedette.datasets.texts import code, parted, told
from vedette.model.kinds import Precision
from vedette.reference.countries import Box, load_countries
from vedette.reference.datasets import DataSet

# "Bahamas, The" and "Congo, Republic Of" are one name.
_TURNED = re.compile(r", (The|[^,]* Of( The)?)$")


@dataclass(frozen=True, slots=True)
class Area:
    """What holds a row's place; `settlement` where the name of the place is in the same cell."""

    country: str
    code: str
    id: str
    province: str
    settlement: str
    box: Box | None


def area_of(key: str, of: DataSet) -> Area:
    """The area that a key of the data set's `area_cells` means; empty names where it tells none."""
    cells = parted(key, of.area_cells)
    country, province, settlement = _joined(cells, of) if of.place.form == "joined" else _by_level(cells, of)
    known = load_countries()
    place = known.named(country) if country else None
    iso = place.country if place else ""
    return Area(
        country=place.name if place else country,
        code=iso,
        id=place.id if place else "",
        province=known.province(province, iso) if province else "",
        settlement=settlement,
        box=known.boxes.get(iso),
    )


def _by_level(cells: dict[str, str], of: DataSet) -> tuple[str, str, str]:
    place = of.place
    names = {level: told(cells.get(place.levels.get(level, ""), ""), of) for level in Precision}
    country, province = (
        "" if names[level] in place.absent else names[level] for level in (Precision.COUNTRY, Precision.PROVINCE)
    )
    return country, province, ""


def _joined(cells: dict[str, str], of: DataSet) -> tuple[str, str, str]:
    """Of "Vancouver, British Columbia, Canada" all three, of two parts the type of the place tells which they are."""
    place = of.place
    parts = _TURNED.sub(r" (\1)", told(cells[place.name], of)).split(", ")
    level = place.codes.get(code(cells[place.precision], of), Precision.COUNTRY)
    if len(parts) == 1:
        return parts[0], "", ""
    province = parts[-2] if len(parts) > 2 or level is Precision.PROVINCE else ""
    return parts[-1], province, parts[0]
