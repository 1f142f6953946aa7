from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from vedette.reference.countries import load_countries
from vedette.reference.gazetteer import load_gazetteer

NAMES = {
    "Afghanistan": "AF",
    "DR Congo (Zaire)": "CD",
    "Democratic Republic of Congo": "CD",
    "Congo (Democratic Republic Of The)": "CD",
    "Congo": "CG",
    "Republic of Congo": "CG",
    "Ivory Coast": "CI",
    "Myanmar (Burma)": "MM",
    "Cambodia (Kampuchea)": "KH",
    "Macedonia, FYR": "MK",
    "Moldova, Republic of": "MD",
    "Bosnia-Herzegovina": "BA",
    "Yemen (North Yemen)": "YE",
    "Russia (Soviet Union)": "RU",
    "Serbia (Yugoslavia)": "RS",
    "Zimbabwe (Rhodesia)": "ZW",
    "Kingdom of eSwatini (Swaziland)": "SZ",
    "West Bank and Gaza Strip": "PS",
    "United States of America": "US",
    "Vietnam (North Vietnam)": "VN",
    "Vietnam (Republic Of)": "VN",
    "Bahamas (The)": "BS",
    "Slovak Republic": "SK",
    "Madagascar (Malagasy)": "MG",
    "Timor-Leste": "TL",
    "Kosovo": "XK",
    "St. Lucia": "LC",
    "Macau": "MO",
    "People's Republic of the Congo": "CG",
}


@pytest.mark.parametrize(("name", "code"), NAMES.items())
def test_a_country_is_known_by_the_names_that_data_sets_give_it(name: str, code: str) -> None:
    place = load_countries().named(name)
    assert place
    assert place.country == code


@pytest.mark.parametrize("name", ["", "Yugoslavia", "Soviet Union", "International", "Oceans", "NA", "Kandahar"])
def test_what_means_no_one_country_of_today_is_none(name: str) -> None:
    assert load_countries().named(name) is None


@pytest.mark.parametrize(
    ("code", "expected"), [("AFG", "AF"), ("afg", "AF"), ("004", "AF"), ("760", "SY"), ("ZZZ", "")]
)
def test_a_country_is_known_by_its_iso_codes(code: str, expected: str) -> None:
    place = load_countries().coded(code)
    assert (place.country if place else "") == expected


def test_every_box_is_one_and_holds_its_capital_side_up() -> None:
    for code, box in load_countries().boxes.items():
        assert -91 <= box.south < box.north <= 91, code
        assert -181 <= box.west < box.east <= 181, code


PROVINCES = [
    ("Idlib governorate", "SY", "Idlib"),
    ("State of Uttar Pradesh", "IN", "Uttar Pradesh"),
    ("Nangarhar province", "AF", "Nangarhar"),
    ("Nangarhar", "AF", "Nangarhar"),
    ("Nowhere Province", "AF", "Nowhere Province"),
    ("Nangarhar", "SY", "Nangarhar"),
    ("", "AF", ""),
]


@pytest.mark.parametrize(("name", "country", "expected"), PROVINCES)
def test_a_province_goes_by_the_gazetteers_name(name: str, country: str, expected: str) -> None:
    assert load_countries().province(name, country) == expected


REAL = {
    "ucdp_ged/ged_v23_sample_dev.csv": ("country", set()),
    "gtd_slices/gtd_1993_1213dist.csv": ("country_txt", {"Yugoslavia"}),
    "acled_samples/acled_2020-05_export.csv": ("country", {""}),
    "acled_samples/acled_2022h1_dev.csv": ("country", set()),
}


@pytest.mark.parametrize("name", REAL)
def test_every_country_of_a_real_file_is_known(name: str) -> None:
    path = Path(__file__).parents[2] / "../shared/data" / name
    if not path.exists():
        pytest.skip(f"{name} of the shared data is not on this machine")
    column, unknown = REAL[name]
    text = io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")
    named = {row[column] for row in csv.DictReader(text)}
    assert {each for each in named if load_countries().named(each) is None} == unknown


def test_every_code_of_the_list_is_a_country_of_the_gazetteer() -> None:
    known = load_countries()
    gazetteer = load_gazetteer()
    assert {code for code in known.boxes if not gazetteer.country(code)} <= {"AN", "CS"}  # of the past
