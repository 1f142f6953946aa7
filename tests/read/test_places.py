"""Places are found by name and settled by what stands around them."""

from __future__ import annotations

import json
import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.model.kinds import Precision
from vedette.read.places import PlaceMention, find_places
from vedette.reference.gazetteer import load_gazetteer

ISAF = Path(__file__).parents[2] / "../shared/data/isaf_press_releases/dev.jsonl"


def places(text: str, home: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    """The words, the precision and the levels of each place in a text."""
    return [(text[m.start : m.end], m.place.precision.value, m.place.levels) for m in mentions(text, home)]


def mentions(text: str, home: str = "") -> list[PlaceMention]:
    return find_places(text, load_gazetteer(), home)


def test_a_province_said_to_be_one_is_never_the_city_of_its_name() -> None:
    assert places("He died in Kandahar province.") == [("Kandahar", "province", ("Afghanistan", "Kandahar"))]
    assert places("He died in the eastern province of Nangarhar.") == [
        ("Nangarhar", "province", ("Afghanistan", "Nangarhar"))
    ]
    assert places("A bomb went off in the northern city of Kunduz, Afghanistan.")[0] == (
        "Kunduz", "settlement", ("Afghanistan", "Kunduz", "Kunduz", "Kunduz"),
    )  # fmt: skip


def test_an_area_has_no_point_and_a_city_has_one() -> None:
    area, city = mentions("In Helmand province, Afghanistan, and in Kabul.")[0::2]
    assert area.place.point is None
    assert city.place.point is not None


def test_a_district_that_nobody_knows_lies_in_the_province_named_after_it() -> None:
    assert places("in Nad-e Xali district, Helmand province") == [
        ("Nad-e Xali", "district", ("Afghanistan", "Helmand", "Nad-e Xali")),
        ("Helmand", "province", ("Afghanistan", "Helmand")),
    ]


def test_a_village_that_nobody_knows_lies_in_the_province_named_before_it() -> None:
    found = places("In Logar province of Afghanistan the force searched a compound in the village of Yusof Xheyl.")
    assert found[-1] == ("Yusof Xheyl", "settlement", ("Afghanistan", "Logar", "Yusof Xheyl"))


def test_the_name_after_the_comma_says_which_one_it_is() -> None:
    assert places("She lives in Paris, Texas.")[0][2] == ("United States", "Texas", "Lamar County", "Paris")
    assert places("She lives in Delaware, Ohio.")[0][2] == ("United States", "Ohio", "Delaware County", "Delaware")
    assert places("from Bismarck, N.D., said")[1] == ("N.D.", "province", ("United States", "North Dakota"))


def test_the_country_of_the_article_settles_ambiguous_names() -> None:
    text = "Colombian police in Bogota said that the army of Colombia went to Cartagena and Florencia."
    assert {levels[0] for _, _, levels in places(text)} == {"Colombia"}
    assert places("Troops went to Valencia.", home="VE")[0][2][0] == "Venezuela"


def test_a_demonym_is_no_place() -> None:
    assert places("Afghan troops and Pakistanis fought.") == []


def test_the_name_of_a_country_before_its_troops_is_no_place() -> None:
    assert places("The U.S. military said that it had left.") == []
    assert places("He was flown to the U.S. on Friday.") == [("U.S.", "country", ("United States",))]


@pytest.mark.parametrize(
    "text",
    [
        "President Jackson met Lt. Col. David Houston and Mr. Lincoln.",
        "The New York Times and the Washington Post wrote about it.",
        "Police said in March that Sunday was quiet.",
        "He was held at Camp Victoria.",
        "They may reach a deal, the mobile unit said.",
        "",
    ],
)
def test_persons_papers_and_common_words_are_no_places(text: str) -> None:
    assert places(text) == []


def test_a_dateline_is_marked_as_one() -> None:
    text = "A title\n\nKABUL, Afghanistan (Sept. 1) - Forces fought in Logar province."
    assert [(text[m.start : m.end], m.dateline) for m in mentions(text)] == [
        ("KABUL", True),
        ("Afghanistan", True),
        ("Logar", False),
    ]


def test_a_text_in_capitals_has_its_places_and_no_words_as_places() -> None:
    text = (
        "SAN SALVADOR, 9 JAN 90 (DPA) -- [TEXT] PRESIDENT CRISTIANI SAID THAT THE MEETING OF THE SALVADORAN POLICE\n"
        "IN SANTA ANA, EL SALVADOR, WILL END. COL MOLINA OF THE CENTER LEFT FOR CHALATENANGO DEPARTMENT."
    )
    assert places(text) == [
        ("SAN SALVADOR", "settlement", ("El Salvador", "San Salvador", "San Salvador")),
        ("SANTA ANA", "settlement", ("El Salvador", "Santa Ana", "Santa Ana")),
        ("EL SALVADOR", "country", ("El Salvador",)),
        ("CHALATENANGO", "province", ("El Salvador", "Chalatenango")),
    ]


def test_a_text_without_capitals_has_its_places() -> None:
    found = places("two were killed in nangarhar province, afghanistan, police said on the road to reading")
    assert [levels for _, _, levels in found] == [("Afghanistan", "Nangarhar"), ("Afghanistan",)]


def test_a_name_is_read_over_a_line_break_of_a_wrapped_text_but_not_over_headings() -> None:
    wrapped = "the guerrillas said that they had attacked the town of San\nSalvador in El Salvador"
    assert ("San\nSalvador") in [words for words, _, _ in places(wrapped)]
    assert [words for words, _, _ in places("News from New\n\nYork Herald")] == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=string.ascii_letters + " .,-'\n’éÖ1\u200f", max_size=120))
def test_no_text_breaks_the_search_and_mentions_never_overlap(text: str) -> None:
    found = mentions(text)
    assert all(0 <= m.start < m.end <= len(text) and 0 <= m.score <= 1 for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(m.place.point is None or m.place.precision is Precision.SETTLEMENT for m in found)


@pytest.mark.skipif(not ISAF.exists(), reason="../shared/data/isaf_press_releases is not here")
def test_the_coded_province_is_among_the_places_of_95_in_100_press_releases() -> None:
    rows = [json.loads(line) for line in ISAF.read_text(encoding="utf-8").splitlines()]
    told = [row for row in rows if len(row["label"]["province"]) == 1 and row["label"]["province"][0].isascii()]
    gazetteer = load_gazetteer()
    hits = total = 0
    for row in told:
        coded = [e.place for e in gazetteer.find(row["label"]["province"][0], "AF")]
        wanted = [place.levels for place in coded if place.precision is Precision.PROVINCE]
        if wanted:
            total += 1
            hits += any(m.place.levels[:2] == wanted[0] for m in mentions(row["text"]) if not m.dateline)
    assert total > 480
    assert hits / total >= 0.98


def test_the_province_that_the_text_names_holds_the_district() -> None:
    text = "KABUL, Afghanistan (May 1) - Troops killed one in Bala Boluk district, Farah province, and went home."
    assert ("Bala Boluk", "district", ("Afghanistan", "Farah", "Bala Boluk")) in places(text)
    text = "KABUL, Afghanistan (May 1) - In Ahmadabad district, Paktiya province. In Ahmadabad district one fell."
    assert [levels[:2] for words, _, levels in places(text) if words == "Ahmadabad"] == [("Afghanistan", "Paktia")] * 2


def test_a_part_of_a_districts_name_is_no_place() -> None:
    found = places("KABUL, Afghanistan (May 1) - One died in Wali Kot district, Kandahar province.")
    assert ("Wali Kot", "district", ("Afghanistan", "Kandahar", "Wali Kot")) in found
    assert "Kot" not in [words for words, _, _ in found]


def test_a_preposition_is_no_part_of_a_district() -> None:
    assert "Zurmat" in [words for words, _, _ in places("KABUL, Afghanistan (May 1)\nIn Zurmat district one died.")]


def test_a_country_in_an_organisations_name_is_not_where_it_happened() -> None:
    text = "Troops targeted an Islamic Movement of Uzbekistan leader in Samangan province, Afghanistan."
    assert "Uzbekistan" not in [words for words, _, _ in places(text)]


@pytest.mark.parametrize(
    ("text", "city"), [("in the Nigerian city of Jos", "Jos"), ("near the Iraqi city of Mosul", "Mosul")]
)
def test_a_people_is_no_city(text, city):
    assert [mention.place.name for mention in find_places(text, load_gazetteer())] == [city]
