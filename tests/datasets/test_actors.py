"""Whom a data set's name is counted under."""

from __future__ import annotations

from typing import Any

import pytest

from invented import GENERATIONS, acled_rows, as_csv
from taking import Take


def battle(**cells: str) -> dict[str, str]:
    row = acled_rows("2022", 1)[0]
    return {
        **row,
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "assoc_actor_1": "",
        "assoc_actor_2": "",
    } | cells


def claim_of(take: Take, row: dict[str, str]) -> Any:
    (claim,) = take("acled", as_csv([row])).claims.values()
    return claim


@pytest.mark.parametrize(
    "name",
    [
        "ANP: Association of Night Porters",
        "NPA: New Anticapitalist Party",
        "JaS: Lantern Front",
        "RSF: Riverside Skating Federation",
        "KDF",
    ],
)
def test_an_acronym_does_not_make_one_actor_of_another(take: Take, name: str) -> None:
    claim = claim_of(take, battle(actor1=name, actor2="Protesters (France)"))
    first = claim.perpetrators[0].value
    assert (first.name, first.id) == (name, "")


def test_the_full_name_after_an_acronym_is_looked_up(take: Take) -> None:
    claim = claim_of(take, battle(actor1="PDF: People's Defense Force (Myanmar)"))
    assert claim.perpetrators[0].value.id == "pdf-myanmar"
    claim = claim_of(
        take, battle(actor1="TTP: Tehreek-i-Taliban Pakistan", actor2="Unidentified Armed Group (Pakistan)")
    )
    assert claim.perpetrators[0].value.id == "ttp"


def test_two_names_of_one_actor_on_one_side_are_one_party_and_push_nobody_out(take: Take) -> None:
    row = battle(
        actor1="Islamic State (Syria)", assoc_actor_1="Islamic State (Iraq)", actor2="QSD: Syrian Democratic Forces"
    )
    claim = claim_of(take, row)
    told = [(cited.value.name, cited.value.id) for cited in claim.perpetrators]
    assert told[0] == ("Islamic State (Syria)", "is")
    assert [name for name, _ in told] == ["Islamic State (Syria)", "QSD: Syrian Democratic Forces"]
    assert all(cited.cells for cited in claim.perpetrators)


def test_what_vedette_exported_does_not_bear_its_own_record_out(take: Take) -> None:
    taken = take("acled", as_csv([battle(event_id_cnty="VDT3f2a9c01"), battle(event_id_cnty="AFG1")]))
    assert (taken.imported.difference.added, taken.imported.difference.left_out) == (1, 1)
    assert any("no record bears itself out" in fault.message for fault in taken.imported.faults)


def test_a_precision_that_is_not_known_is_told(take: Take) -> None:
    taken = take("acled", as_csv([battle(geo_precision="9", time_precision="9")]))
    (fault,) = taken.imported.faults
    assert "geo_precision 9: taken as the country" in fault.message
    assert "time_precision 9: taken as the month" in fault.message


@pytest.mark.parametrize(
    ("group", "name", "role", "country", "told"),
    [
        ("HEZ", "HASSAN NASRALLAH", "REB", "LBN", ["Rebels (Lebanon)"]),
        ("UNO", "BAN KI-MOON", "IGO", "", ["International organisation"]),
        ("", "TALIBAN COMMANDER OMAR", "", "", []),
        ("UNO", "WORLD BANK", "IGO", "", ["World Bank"]),
        ("TAL", "TALIBAN", "INS", "", ["Taliban"]),
        ("", "AFGHAN NATIONAL ARMY", "MIL", "AFG", ["Afghan National Army"]),
    ],
)
def test_gdelt_names_organisations_and_never_a_person(
    take: Take, group: str, name: str, role: str, country: str, told: list[str]
) -> None:
    shape = GENERATIONS["gdelt 2.0"]
    cells = {"KnownGroupCode": group, "Name": name, "Type1Code": role, "CountryCode": country}
    row = shape.rows(1)[0] | {f"Actor1{cell}": text for cell, text in cells.items()}
    (claim,) = take("gdelt", shape.written([row], header=False)).claims.values()
    assert [cited.value.name for cited in claim.perpetrators] == told


def test_a_year_beyond_all_numbers_leaves_out_its_row_alone(take: Take) -> None:
    shape = GENERATIONS["gtd 135"]
    rows = shape.rows(3)
    rows[1] = rows[1] | {"iyear": "99999999999999"}
    taken = take("gtd", shape.written(rows, header=True))
    assert (taken.imported.difference.added, taken.imported.difference.left_out) == (2, 1)
