"""What UCDP GED's rows say, rule by rule; expectations from its code book."""

from __future__ import annotations

from typing import Any

import pytest

from rules import Rules, cells_of, claims_of, days, names, table, tolls
from taking import Take
from vedette.model.nouns import Claim

_VILLAGE = {
    "country": "Syria",
    "adm_1": "Idlib governorate",
    "adm_2": "Harim district",
    "where_coordinates": "Tell Marwaniyeh village",
    "latitude": "35.9",
    "longitude": "36.5",
}
UCDP_PLACES = [
    ({"where_prec": "1"}, "settlement", "Tell Marwaniyeh", True),
    ({"where_prec": "2"}, "district", "Harim", False),
    ({"where_prec": "3"}, "district", "Harim", False),
    ({"where_prec": "4"}, "province", "Idlib", False),
    ({"where_prec": "5"}, "country", "Syria", False),
    ({"where_prec": "6"}, "country", "Syria", False),
    ({"where_prec": "7"}, "unknown", "", False),
    ({"where_prec": ""}, "country", "Syria", False),
]
UCDP_DAYS = [
    ({"date_start": "2016-03-04", "date_end": "2016-03-04"}, "2016-03-04", "2016-03-04"),
    ({"date_start": "2016-03-04", "date_end": "2016-03-09"}, "2016-03-04", "2016-03-09"),
    ({"date_start": "2016-03-04 00:00:00.000", "date_end": "2016-03-31 00:00:00.000"}, "2016-03-04", "2016-03-31"),
    ({"date_start": "2016-03-09", "date_end": "2016-03-04"}, "2016-03-04", "2016-03-09"),
    ({"date_start": "2016-03-04", "date_end": ""}, "2016-03-04", "2016-03-04"),
    ({"date_start": "3/4/2016", "date_end": "3/31/2016"}, "2016-03-04", "2016-03-31"),
]
_DEAD = {
    "deaths_a": "1", "deaths_b": "2", "deaths_civilians": "3", "deaths_unknown": "4", "low": "8", "best": "10",
    "high": "15", "side_a": "Government of Syria", "side_b": "Black Cedar Brigade",
}  # fmt: skip
_ALWAYS = {
    ("killed", "unknown"): (8, 10, 15),
    ("killed", "civilians"): (3, 3, 3),
    ("killed", "unidentified"): (4, 4, 4),
}
_BY_SIDE = {**_ALWAYS, ("killed", "side_a"): (1, 1, 1), ("killed", "side_b"): (2, 2, 2)}
_ONE_SIDED = {**_ALWAYS, ("killed", "perpetrators"): (1, 1, 1), ("killed", "targets"): (2, 2, 2)}
_STATE, _BRIGADE = "Government of Syria", "Black Cedar Brigade"
UCDP_SIDES = [
    ({"type_of_violence": "1"}, [_STATE, _BRIGADE], [], True, _BY_SIDE),
    ({"type_of_violence": "2"}, [_STATE, _BRIGADE], [], True, _BY_SIDE),
    ({"type_of_violence": "3", "side_b": "Civilians"}, [_STATE], ["Civilians"], False, _ONE_SIDED),
]
_ucdp_places, UCDP_PLACES = table("ucdp ged", [({**_VILLAGE, **cells}, *rest) for cells, *rest in UCDP_PLACES])
_ucdp_days, UCDP_DAYS = table("ucdp ged", UCDP_DAYS)
_ucdp_sides, UCDP_SIDES = table("ucdp ged", [({**_DEAD, **cells}, *rest) for cells, *rest in UCDP_SIDES])


@pytest.fixture(scope="module")
def claims(take: Take) -> dict[str, dict[str, Claim]]:
    return claims_of(
        take,
        {
            "ucdp places": _ucdp_places,
            "ucdp days": _ucdp_days,
            "ucdp sides": _ucdp_sides,
        },
    )


@pytest.mark.parametrize(("row", "precision", "name", "pointed"), UCDP_PLACES)
def test_a_ucdp_place_is_as_fine_as_its_where_prec(
    claims: Any, row: str, precision: str, name: str, pointed: bool
) -> None:
    told = claims["ucdp places"][row].place.value
    assert (told.precision, told.name, told.point is not None) == (precision, name, pointed)


@pytest.mark.parametrize(("row", "earliest", "latest"), UCDP_DAYS)
def test_a_ucdp_event_lies_between_its_first_and_last_day(claims: Any, row: str, earliest: str, latest: str) -> None:
    assert days(claims["ucdp days"][row]) == (earliest, latest)


@pytest.mark.parametrize(("row", "perpetrators", "targets", "undirected", "told"), UCDP_SIDES)
def test_only_ucdp_one_sided_violence_has_a_direction_and_deaths_are_kept_by_side(
    claims: Any, row: str, perpetrators: list[str], targets: list[str], undirected: bool, told: object
) -> None:
    claim = claims["ucdp sides"][row]
    assert (names(claim.perpetrators), names(claim.targets), claim.undirected) == (perpetrators, targets, undirected)
    assert tolls(claim) == told
    by_side = {str(toll.value.side): set(cells_of(toll)) for toll in claim.tolls}
    assert by_side["unknown"] == {"low", "best", "high"}
    assert by_side["civilians"] == {"deaths_civilians"}


UNORDERED = [
    ({"low": "2", "best": "2", "high": "0"}, (2, 2, None), "low 2, best 2, high 0"),
    ({"low": "5", "best": "3", "high": "9"}, (None, 3, 9), "low 5, best 3, high 9"),
    ({"low": "5", "best": "3", "high": "1"}, (None, 3, None), "low 5, best 3, high 1"),
    ({"low": "5", "best": "", "high": "1"}, (None, None, None), "low 5, high 1"),
    ({"low": "1", "best": "", "high": "5"}, (1, None, 5), ""),
    ({"low": "1", "best": "3", "high": ""}, (1, 3, None), ""),
]


@pytest.mark.parametrize(("cells", "expected", "told"), UNORDERED)
def test_of_tolls_out_of_order_the_best_stays_and_an_end_that_contradicts_it_is_open_and_told(
    take: Take, cells: dict[str, str], expected: tuple[int | None, ...], told: str
) -> None:
    rules = Rules("ucdp ged")
    rules.row(cells)
    taken = rules.take(take)
    (claim,) = taken.claims.values()
    assert tolls(claim).get(("killed", "unknown"), (None, None, None)) == expected
    assert taken.faults == ([f"2: the killed are not in order: {told}"] if told else [])


def test_ucdp_clarity_is_a_remark(take: Take) -> None:
    rules = Rules("ucdp ged")
    rules.row({"event_clarity": "2", "date_prec": "5", "where_prec": "2"})
    (claim,) = rules.take(take).claims.values()
    remarks = {remark.value for remark in claim.remarks}
    assert {
        "event clarity: lower: the reports add several events up",
        "date: within more than a month",
        "place: within 25 km of the place named",
    } <= remarks
