"""What ACLED's rows say, rule by rule; expectations from its code book."""

from __future__ import annotations

from typing import Any

import pytest

from rules import Rules, cells_of, claims_of, days, names, place, table, tolls
from taking import Take
from vedette.model.nouns import Claim

_SITE = {
    "country": "Afghanistan",
    "admin1": "Nangarhar",
    "admin2": "Surkh Rod",
    "location": "Deh-e Zarqum",
    "latitude": "34.41",
    "longitude": "70.3",
}
_PATH = ("Afghanistan", "Nangarhar", "Surkh Rod")
ACLED_DAYS = [
    ({"event_date": "2022-05-15", "time_precision": "1"}, "2022-05-15", "2022-05-15"),
    ({"event_date": "2022-05-15", "time_precision": "2"}, "2022-05-12", "2022-05-18"),
    ({"event_date": "2022-02-15", "time_precision": "3"}, "2022-02-01", "2022-02-28"),
    ({"event_date": "15 May 2022", "time_precision": "1.0"}, "2022-05-15", "2022-05-15"),
    ({"event_date": "15-May-22", "time_precision": "1"}, "2022-05-15", "2022-05-15"),
    ({"event_date": "2022-05-15", "time_precision": "7"}, "2022-05-01", "2022-05-31"),
]
ACLED_PLACES = [
    ({"geo_precision": "1"}, ("Deh-e Zarqum", "settlement", _PATH, True)),
    ({"geo_precision": "2"}, ("Surkh Rod", "district", ("Afghanistan", "Nangarhar"), False)),
    ({"geo_precision": "2", "admin2": ""}, ("Nangarhar", "province", ("Afghanistan",), False)),
    ({"geo_precision": "3"}, ("Nangarhar", "province", ("Afghanistan",), False)),
    ({"geo_precision": "3", "admin1": ""}, ("Afghanistan", "country", (), False)),
    ({"geo_precision": "9"}, ("Afghanistan", "country", (), False)),
    ({"geo_precision": "1", "latitude": "91.5"}, ("Deh-e Zarqum", "settlement", _PATH, False)),
    ({"geo_precision": "1", "country": ""}, ("", "unknown", (), False)),
]
_VIOLENCE, _BLAST = "Violence against civilians", "Explosions/Remote violence"
_FORCE = "Excessive force against protesters"
_GUARD, _ARMY, _NONE = ("Lantern Guard", "3"), ("Military Forces of Northland (2018-)", "1"), ("", "0")
_PEOPLE, _CROWD, _MOB = ("Civilians (Afghanistan)", "7"), ("Protesters (Afghanistan)", "6"), ("Rioters (Mali)", "5")
_FOLK = ("Civilians (Mali)", "7")
_STEPS, _MARKED = "Strategic developments", "Civilian targeting"
# Type and sub-type, actor1 and actor2, what marks civilians as the target; perpetrators and targets, or "undirected".
ACLED_SIDES = [
    # ACLED's first actor is not the aggressor: a battle has two sides and no direction.
    ("Battles", "Armed clash", _ARMY, _GUARD, "", [_ARMY, _GUARD], [], True),
    (_VIOLENCE, "Attack", _GUARD, _PEOPLE, _MARKED, [_GUARD], [_PEOPLE], False),
    (_VIOLENCE, "Attack", _PEOPLE, _GUARD, _MARKED, [_GUARD], [_PEOPLE], False),
    (_VIOLENCE, "Attack", (_GUARD[0], "Political militia"), (_PEOPLE[0], "Civilians"), "", [_GUARD], [_PEOPLE], False),
    (_BLAST, "Grenade", _GUARD, _PEOPLE, _MARKED, [_GUARD], [_PEOPLE], False),
    # Before 2023 no column marks it.
    (_BLAST, "Grenade", _GUARD, _PEOPLE, "", [_GUARD], [_PEOPLE], False),
    (_BLAST, "Grenade", _GUARD, _ARMY, "", [_GUARD, _ARMY], [], True),
    ("Riots", "Mob violence", _MOB, _PEOPLE, "", [_MOB], [_PEOPLE], False),
    ("Riots", "Mob violence", _MOB, _PEOPLE, _MARKED, [_MOB], [_PEOPLE], False),
    ("Riots", "Mob violence", _MOB, _ARMY, "", [_MOB, _ARMY], [], True),
    # Civilians are unarmed by definition: whoever meets them acts.
    (_STEPS, "Arrests", _ARMY, _PEOPLE, "", [_ARMY], [_PEOPLE], False),
    (_STEPS, "Arrests", _PEOPLE, _ARMY, "", [_ARMY], [_PEOPLE], False),
    (_STEPS, "Looting/property destruction", _GUARD, (_PEOPLE[0], "Civilians"), "", [_GUARD], [_PEOPLE], False),
    (_STEPS, "Other", _ARMY, _PEOPLE, "", [_ARMY], [_PEOPLE], False),
    (_STEPS, "Other", _PEOPLE, _NONE, "", [], [_PEOPLE], False),
    ("Riots", "Violent demonstration", _MOB, _PEOPLE, "", [_MOB], [_PEOPLE], False),
    ("Riots", "Violent demonstration", _MOB, _ARMY, "", [_MOB, _ARMY], [], True),
    (_STEPS, "Looting/property destruction", _PEOPLE, _FOLK, "", [_PEOPLE, _FOLK], [], True),
    (_STEPS, "Looting/property destruction", _GUARD, _ARMY, "", [_GUARD, _ARMY], [], True),
    (_STEPS, "Change to group/activity", _ARMY, _PEOPLE, "", [_ARMY, _PEOPLE], [], True),
    (_STEPS, "Agreement", _ARMY, _GUARD, "", [_ARMY, _GUARD], [], True),
    ("Protests", _FORCE, _CROWD, _ARMY, _MARKED, [_ARMY], [_CROWD], False),
    ("Protests", _FORCE, _ARMY, _CROWD, "", [_ARMY], [_CROWD], False),
    ("Protests", "Peaceful protest", _CROWD, _NONE, "", [_CROWD], [], False),
]
ACLED_DEATHS = [
    ({"fatalities": "5"}, {("killed", "unknown"): (5, 5, None)}),
    ({"fatalities": "0"}, {("killed", "unknown"): (0, 0, None)}),
    ({"fatalities": "5.0"}, {("killed", "unknown"): (5, 5, None)}),
    ({"fatalities": ""}, {}),
    ({"fatalities": "-3"}, {}),
    ({"fatalities": "a dozen"}, {}),
    ({"fatalities": "999999999999"}, {}),
]
_acled_days, ACLED_DAYS = table("acled 2022", [({**_SITE, **cells}, *rest) for cells, *rest in ACLED_DAYS])
_acled_places, ACLED_PLACES = table("acled 2022", [({**_SITE, **cells}, *rest) for cells, *rest in ACLED_PLACES])
_acled_deaths, ACLED_DEATHS = table("acled 2022", ACLED_DEATHS)
_acled_sides, ACLED_SIDES = table(
    "acled 2024",
    [
        (
            {
                "event_type": kind,
                "sub_event_type": sub,
                "actor1": one[0],
                "inter1": one[1],
                "actor2": two[0],
                "inter2": two[1],
                "civilian_targeting": aimed,
                "assoc_actor_1": "",
                "assoc_actor_2": "",
            },
            [name for name, _ in perpetrators],
            [name for name, _ in targets],
            undirected,
        )
        for kind, sub, one, two, aimed, perpetrators, targets, undirected in ACLED_SIDES
    ],
)


@pytest.fixture(scope="module")
def claims(take: Take) -> dict[str, dict[str, Claim]]:
    return claims_of(
        take,
        {
            "acled days": _acled_days,
            "acled places": _acled_places,
            "acled deaths": _acled_deaths,
            "acled sides": _acled_sides,
        },
    )


@pytest.mark.parametrize(("row", "earliest", "latest"), ACLED_DAYS)
def test_an_acled_day_is_as_wide_as_its_time_precision(claims: Any, row: str, earliest: str, latest: str) -> None:
    assert days(claims["acled days"][row]) == (earliest, latest)
    assert {"event_date", "time_precision"} == set(cells_of(claims["acled days"][row].when))


@pytest.mark.parametrize(("row", "expected"), ACLED_PLACES)
def test_an_acled_place_is_as_fine_as_its_geo_precision(claims: Any, row: str, expected: object) -> None:
    assert place(claims["acled places"][row]) == expected


@pytest.mark.parametrize(("row", "perpetrators", "targets", "undirected"), ACLED_SIDES)
def test_acled_sides_have_a_direction_only_where_the_code_book_gives_one(
    claims: Any, row: str, perpetrators: list[str], targets: list[str], undirected: bool
) -> None:
    claim = claims["acled sides"][row]
    assert (names(claim.perpetrators), names(claim.targets), claim.undirected) == (perpetrators, targets, undirected)
    for actor in (*claim.perpetrators, *claim.targets):
        assert actor.value.name in cells_of(actor).values()


@pytest.mark.parametrize(("row", "expected"), ACLED_DEATHS)
def test_acled_deaths_are_a_low_estimate_and_no_number_is_no_toll(claims: Any, row: str, expected: object) -> None:
    assert tolls(claims["acled deaths"][row]) == expected


def test_an_acled_row_with_allies_names_each_of_them_once(take: Take) -> None:
    rules = Rules("acled 2022")
    rules.row(
        {
            "event_type": "Battles",
            "sub_event_type": "Armed clash",
            "assoc_actor_1": "Students (Somalia); Health Workers ; Students (Somalia)",
            "actor1": "Lantern Guard",
            "actor2": "Black Cedar Brigade",
            "assoc_actor_2": "Students (Somalia)",
        }
    )
    (claim,) = rules.take(take).claims.values()
    assert names(claim.perpetrators) == ["Lantern Guard", "Students (Somalia)", "Health Workers", "Black Cedar Brigade"]


def test_what_acled_says_of_its_source_and_precision_is_kept_as_remarks(take: Take) -> None:
    rules = Rules("acled 2022")
    rules.row(
        {"time_precision": "2", "geo_precision": "3", "source": "Orchard Gazette", "tags": "crowd size=about 200"}
    )
    (claim,) = rules.take(take).claims.values()
    remarks = {remark.value: cells_of(remark) for remark in claim.remarks}
    assert remarks["date: known to the week"] == {"time_precision": "2"}
    assert remarks["place: the region, written at its capital"] == {"geo_precision": "3"}
    assert remarks["source: Orchard Gazette"] == {"source": "Orchard Gazette"}
    assert remarks["tags: crowd size=about 200"] == {"tags": "crowd size=about 200"}
