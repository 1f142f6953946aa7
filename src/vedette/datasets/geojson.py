"""Rows as GeoJSON (RFC 7946): a point only where one is known, never in the middle of an area."""

from __future__ import annotations

import json
from collections.abc import Mapping

REMARK = (
    "Coded by machine, except where machine_coded is false: that a person has judged. A feature without geometry lies "
    "in the area that place, precision and path name. coarsened: kept to its province to protect people."
)
# Members beside type and features are allowed by RFC 7946, section 6.1.
BEFORE = f'{{"type":"FeatureCollection","remark":{json.dumps(REMARK)},"features":'.encode()
AFTER = b"}\n"
OPTIONS = "FORMAT json, ARRAY true"

# What is true of a row whose place is a point of the globe and no area.
HAS_POINT = "precision IN ('site', 'settlement') AND abs(lat) <= 90 AND abs(lon) <= 180"


def features(columns: Mapping[str, str]) -> list[str]:
    """SQL that makes one Feature of each row; all columns but the coordinates are its properties."""
    properties = ", ".join(f"'{name}': \"{name}\"" for name in columns if name not in {"lat", "lon"})
    return [
        "'Feature' AS type",
        "id",
        f"CASE WHEN {HAS_POINT} THEN {{'type': 'Point', 'coordinates': [lon, lat]}} END AS geometry",
        f"{{{properties}}} AS properties",
    ]
