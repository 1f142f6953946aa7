"""What GTD's rows say, rule by rule; expectations from its code book."""

from __future__ import annotations

from typing import Any

import pytest

from rules import Rules, cells_of, claims_of, days, names, place, table, tolls
from taking import Take
from vedette.model.nouns import Claim

GTD_DAYS = [
    ({"iyear": "1979", "imonth": "3", "iday": "4"}, "1979-03-04", "1979-03-04"),
    ({"iyear": "1979", "imonth": "2", "iday": "0"}, "1979-02-01", "1979-02-28"),
    ({"iyear": "1979", "imonth": "0", "iday": "0"}, "1979-01-01", "1979-12-31"),
    ({"iyear": "1979", "imonth": "", "iday": ""}, "1979-01-01", "1979-12-31"),
]
_CITY = {
    "country_txt": "Somalia", "provstate": "Bay", "city": "Buur Caddaan", "latitude": "3.1", "longitude": "43.71",
}  # fmt: skip
GTD_PLACES = [
    ({"specificity": "1"}, ("Buur Caddaan", "settlement", ("Somalia", "Bay"), True)),
    # 2: in the city, but the point is the middle of its district.
    ({"specificity": "2"}, ("Buur Caddaan", "settlement", ("Somalia", "Bay"), False)),
    ({"specificity": "3"}, ("Bay", "province", ("Somalia",), False)),
    ({"specificity": "4"}, ("Bay", "province", ("Somalia",), False)),
    ({"specificity": "5"}, ("Somalia", "country", (), False)),
    ({"specificity": "", "latitude": "", "longitude": ""}, ("Buur Caddaan", "settlement", ("Somalia", "Bay"), False)),
    ({"specificity": "1", "city": "Unknown"}, ("Bay", "province", ("Somalia",), False)),
    ({"specificity": "1", "city": "Unknown", "provstate": "Unknown"}, ("Somalia", "country", (), False)),
]
_FRONT = "Free Orchard Front"
GTD_NAMED = [
    ({"gname": "Unknown", "claimed": "0", "guncertain1": "0"}, "unknown", []),
    ({"gname": "Unknown", "claimed": "1", "guncertain1": "0"}, "unknown", []),
    ({"gname": _FRONT, "claimed": "0", "guncertain1": "0"}, "fact", [_FRONT]),
    ({"gname": _FRONT, "claimed": "-9", "guncertain1": "1"}, "accused", [_FRONT]),
    ({"gname": _FRONT, "claimed": "1", "guncertain1": "0"}, "claimed", [_FRONT]),
    ({"gname": _FRONT, "claimed": "1.0", "guncertain1": "1"}, "claimed", [_FRONT]),
    ({"gname": _FRONT, "claimed": "", "guncertain1": ""}, "fact", [_FRONT]),
]
GTD_TOLLS = [
    ({"nkill": "2", "nkillter": "1"}, {("killed", "unknown"): (2, 2, 2), ("killed", "perpetrators"): (1, 1, 1)}),
    # A share of a total over several attacks: the whole numbers around it.
    ({"nkill": "1.5"}, {("killed", "unknown"): (1, 2, 2)}),
    ({"nkill": "19.8"}, {("killed", "unknown"): (19, 20, 20)}),
    ({"nwound": "78.125"}, {("wounded", "unknown"): (78, 78, 79)}),
    ({"nhostkid": "3"}, {("abducted", "unknown"): (3, 3, 3)}),
    ({"nkill": "", "nhostkid": "-99"}, {}),
]
_NOBODY = {"nkill": "", "nkillter": "", "nwound": "", "nwoundte": "", "nhostkid": ""}
_gtd_days, GTD_DAYS = table("gtd 135", GTD_DAYS)
_gtd_places, GTD_PLACES = table("gtd 135", [({**_CITY, **cells}, *rest) for cells, *rest in GTD_PLACES])
_gtd_named, GTD_NAMED = table("gtd 135", [({"gname2": "", "gname3": "", **cells}, *rest) for cells, *rest in GTD_NAMED])
_gtd_tolls, GTD_TOLLS = table("gtd 135", [({**_NOBODY, **cells}, *rest) for cells, *rest in GTD_TOLLS])


@pytest.fixture(scope="module")
def claims(take: Take) -> dict[str, dict[str, Claim]]:
    return claims_of(
        take, {"gtd days": _gtd_days, "gtd places": _gtd_places, "gtd named": _gtd_named, "gtd tolls": _gtd_tolls}
    )


@pytest.mark.parametrize(("row", "earliest", "latest"), GTD_DAYS)
def test_a_gtd_day_or_month_of_nought_is_not_known(claims: Any, row: str, earliest: str, latest: str) -> None:
    assert days(claims["gtd days"][row]) == (earliest, latest)


@pytest.mark.parametrize(("row", "expected"), GTD_PLACES)
def test_a_gtd_city_is_the_place_and_its_point_is_only_kept_where_it_is_the_citys_own(
    claims: Any, row: str, expected: object
) -> None:
    assert place(claims["gtd places"][row]) == expected


@pytest.mark.parametrize(("row", "attribution", "perpetrators"), GTD_NAMED)
def test_a_gtd_group_is_told_as_fact_accused_or_claiming(
    claims: Any, row: str, attribution: str, perpetrators: list[str]
) -> None:
    claim = claims["gtd named"][row]
    assert (claim.attribution.value, names(claim.perpetrators)) == (attribution, perpetrators)
    assert cells_of(claim.attribution)["gname"]


@pytest.mark.parametrize(("row", "expected"), GTD_TOLLS)
def test_gtd_tolls_are_whole_numbers_and_unknown_ones_are_none(claims: Any, row: str, expected: object) -> None:
    assert tolls(claims["gtd tolls"][row]) == expected


def test_gtd_names_targets_by_type_and_weapons_by_their_finest_name(take: Take) -> None:
    rules = Rules("gtd 135")
    rules.row(
        {
            "targtype1": "14", "targtype1_txt": "Private Citizens & Property", "targsubtype1_txt": "",
            "target1": "A. B.",
            "targtype2": "3", "targtype2_txt": "Police", "targsubtype2_txt": "Police Building", "corp2": "A. B. & Sons",
            "weaptype1_txt": "Firearms", "weapsubtype1_txt": "Handgun", "weaptype2_txt": "Explosives",
            "weapsubtype2_txt": "Unknown",
        }
    )  # fmt: skip
    (claim,) = rules.take(take).claims.values()
    assert names(claim.targets) == ["Private Citizens & Property", "Police Building"]
    assert [weapon.value for weapon in claim.weapons] == ["Handgun", "Explosives"]
    assert cells_of(claim.weapons[1]) == {"weaptype2_txt": "Explosives"}
    assert "A. B." not in str(claim)


def test_a_gtd_date_that_is_approximate_doubted_and_related_is_remarked(take: Take) -> None:
    rules = Rules("gtd 135")
    rules.row({"approxdate": "Early 1979", "doubtterr": "1", "related": "197901010001", "compclaim": "1"})
    (claim,) = rules.take(take).claims.values()
    assert {
        "date: Early 1979", "terrorism proper: doubted", "related: 197901010001",
        "competing claims: several groups claim it",
    } <= {remark.value for remark in claim.remarks}  # fmt: skip
