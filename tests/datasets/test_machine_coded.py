"""What GDELT's and ICEWS's rows say, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from rules import Rules, claims_of, names, place, table
from taking import Take
from vedette.model.kinds import EventKind
from vedette.model.nouns import Claim

_SPOT = {"ActionGeo_Lat": "34.4", "ActionGeo_Long": "70.3"}
GDELT_PLACES = [
    ("1", "Afghanistan", ("Afghanistan", "country", (), False)),
    ("4", "Deh-e Zarqum, Nangarhar, Afghanistan", ("Deh-e Zarqum", "settlement", ("Afghanistan", "Nangarhar"), True)),
    ("5", "Nangarhar, Afghanistan", ("Nangarhar", "province", ("Afghanistan",), False)),
    ("2", "Kansas, United States", ("Kansas", "province", ("United States",), False)),
    ("3", "Almond Springs, Kansas, United States", ("Almond Springs", "settlement", ("United States", "Kansas"), True)),
    ("1", "Bahamas, The", ("Bahamas", "country", (), False)),
    ("4", "Nassau, New Providence, Bahamas, The", ("Nassau", "settlement", ("Bahamas", "New Providence"), True)),
    ("1", "Vietnam, Republic Of", ("Vietnam", "country", (), False)),
    ("0", "", ("", "unknown", (), False)),
]
_gdelt_places, GDELT_PLACES = table(
    "gdelt 2.0",
    [
        ({**_SPOT, "ActionGeo_Type": type_, "ActionGeo_FullName": name}, expected)
        for type_, name, expected in GDELT_PLACES
    ],
)
GDELT_ACTORS = [
    # A name may be a person's: who is known by a role or country is told by these.
    ({"Actor1Name": "JANE DOE", "Actor1Type1Code": "GOV", "Actor1CountryCode": "USA"}, ["Government (United States)"]),
    ({"Actor1Name": "JANE DOE", "Actor1CountryCode": "AFG"}, ["Afghanistan"]),
    ({"Actor1Name": "JANE DOE"}, []),
    ({"Actor1Name": "UNITED NATIONS", "Actor1KnownGroupCode": "UNO"}, ["United Nations"]),
    ({"Actor1Name": "POLICE", "Actor1Type1Code": "COP"}, ["Police"]),
    ({}, []),
]
_PARTY = ("Code", "Name", "CountryCode", "KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")
_gdelt_actors, GDELT_ACTORS = table(
    "gdelt 2.0",
    [
        ({**{f"Actor{n}{of}": "" for n in (1, 2) for of in _PARTY}, **cells}, expected)
        for cells, expected in GDELT_ACTORS
    ],
)


@pytest.fixture(scope="module")
def claims(take: Take) -> dict[str, dict[str, Claim]]:
    return claims_of(
        take, {"gdelt places": _gdelt_places, "gdelt actors": _gdelt_actors, "icews actors": _icews_actors}
    )


@pytest.mark.parametrize(("row", "expected"), GDELT_PLACES)
def test_a_gdelt_place_is_read_off_its_joined_name(claims: Any, row: str, expected: object) -> None:
    assert place(claims["gdelt places"][row]) == expected


@pytest.mark.parametrize(("row", "expected"), GDELT_ACTORS)
def test_a_gdelt_actor_is_a_group_a_role_or_a_country_and_no_person(claims: Any, row: str, expected: object) -> None:
    assert names(claims["gdelt actors"][row].perpetrators) == expected


def test_a_cameo_code_that_lost_its_zero_is_known_again(take: Take) -> None:
    rules = Rules("gdelt 2.0")
    rules.row({"EventCode": "43"})
    rules.row({"EventCode": "1831"})
    kinds = [claim.kind.value for claim in rules.take(take).claims.values()]
    assert sorted(kinds) == [EventKind.NO_COUNTERPART, EventKind.SUICIDE_BOMB]


ICEWS_ACTORS = [
    (("Police (India)", "Government,Police", "India"), ["Police (India)"]),
    (("John Roe", "Far Left,Parties,Government,Executive", "Somalia"), ["Government (Somalia)"]),
    (("John Roe", "NA", "Somalia"), ["Person (Somalia)"]),
    (("Slovenian Democratic Party", "Parties", "Slovenia"), ["Slovenian Democratic Party"]),
    (("Somalia", "NA", "Somalia"), ["Somalia"]),
    (("Unspecified Actor", "NA", "NA"), []),
    (("NA", "NA", "NA"), []),
]
_icews_actors, ICEWS_ACTORS = table(
    "icews 2018",
    [
        ({"Source Name": name, "Source Sectors": sectors, "Source Country": country}, expected)
        for (name, sectors, country), expected in ICEWS_ACTORS
    ],
)


@pytest.mark.parametrize(("row", "expected"), ICEWS_ACTORS)
def test_an_icews_actor_is_an_organisation_or_a_role_and_no_person(claims: Any, row: str, expected: object) -> None:
    assert names(claims["icews actors"][row].perpetrators) == expected
