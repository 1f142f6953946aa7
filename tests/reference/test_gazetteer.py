"""Names lead to the places that news means by them."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time

import pytest

from vedette.model.kinds import Precision
from vedette.reference.folding import fold
from vedette.reference.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Kandahār", "kandahar"),
        ("Nād ‘Alī", "nad ali"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Qal'eh-ye  Now", "qaleh ye now"),
        ("ŁÓDŹ", "lodz"),
        ("St. Louis", "st louis"),
        ("\u200fKabul\u200e", "kabul"),
        ("", ""),
        ("...", ""),
    ],
)
def test_spellings_that_differ_in_marks_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("spelling", "province"),
    [
        ("Paktya", "Paktia"), ("Paktiya", "Paktia"), ("Nangahar", "Nangarhar"), ("Hilmand", "Helmand"),
        ("Oruzgan", "Uruzgan"), ("Konduz", "Kunduz"), ("Ghowr", "Ghor"), ("Sar-e Pol", "Sar-e Pul"),
        ("Lowgar", "Logar"), ("Maidan Wardak", "Wardak"), ("Khowst", "Khost"), ("Hirat", "Herat"),
        ("Daikundi", "Daykundi"), ("Badghis", "Badghis"), ("Parvan", "Parwan"), ("Konar", "Kunar"),
    ],
)  # fmt: skip
def test_every_spelling_of_an_afghan_province_leads_to_it(gazetteer: Gazetteer, spelling: str, province: str) -> None:
    found = [entry.place for entry in gazetteer.find(spelling, "AF") if entry.place.precision is Precision.PROVINCE]
    assert [(place.name, place.path) for place in found] == [(province, ("Afghanistan",))]


def test_a_province_has_no_point_and_holds_its_settlements(gazetteer: Gazetteer) -> None:
    province = next(e.place for e in gazetteer.find("Nangarhar") if e.place.precision is Precision.PROVINCE)
    city = gazetteer.find("Jalalabad", "AF")[0].place
    assert province.point is None
    assert city.precision is Precision.SETTLEMENT
    assert city.point is not None
    assert (round(city.point.lat), round(city.point.lon)) == (34, 70)
    assert city.path == ("Afghanistan", "Nangarhar", "Jalalabad")
    assert province.holds(city)
    assert not city.holds(province)


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("کندهار", 1138336), ("كندهار", 1138336), ("Кабул", 1138958), ("کابل", 1138958), ("دمشق", 170654),
        ("ירושלים", 281184), ("Київ", 703448), ("北京", 1816670), ("서울", 1835848), ("दिल्ली", 1273294),
        ("\u200fبغداد\u200f", 98182), ("هلمند ولايت", 1140043),
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_name_in_its_own_script(gazetteer: Gazetteer, name: str, ident: int) -> None:
    assert f"geonames:{ident}" in {entry.place.id for entry in gazetteer.find(name)}


@pytest.mark.parametrize("name", ["A", "ق", "京", "\u200f", "\u200b\u200b", "Á", "."])
def test_one_letter_is_the_name_of_no_place(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name) == ()


def test_a_province_that_the_sources_know_only_by_the_district_is_told(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Belgrade", "RS")[0].place.path == ("Serbia", "Central Serbia", "Belgrade")


def test_a_place_tells_what_geonames_calls_its_kind(gazetteer: Gazetteer) -> None:
    features = {entry.place.id: entry.feature for entry in gazetteer.find("Kabul", "AF")}
    assert features == {"geonames:1138958": "P.PPLC", "geonames:1138957": "A.ADM1", "geonames:7729752": "A.ADM2"}


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("Kabul", "AF", Precision.SETTLEMENT), ("Afghanistan", "AF", Precision.COUNTRY),
        ("Georgia", "GE", Precision.COUNTRY), ("Paris", "FR", Precision.SETTLEMENT),
        ("Britain", "GB", Precision.COUNTRY), ("Burma", "MM", Precision.COUNTRY),
        ("Washington", "US", Precision.SETTLEMENT), ("San Salvador", "SV", Precision.SETTLEMENT),
        ("Logar", "AF", Precision.PROVINCE), ("Chalatenango", "SV", None), ("Bogotá", "CO", Precision.SETTLEMENT),
    ],
)  # fmt: skip
def test_the_first_place_of_a_name_is_the_one_news_means(
    gazetteer: Gazetteer, name: str, country: str, precision: Precision | None
) -> None:
    place = gazetteer.find(name)[0].place
    assert place.country == country
    assert precision in {None, place.precision}


def test_a_country_keeps_the_places_that_lie_in_it(gazetteer: Gazetteer) -> None:
    assert {entry.place.country for entry in gazetteer.find("Paris", "US")} == {"US"}
    assert gazetteer.find("Helmand", "FR") == ()


def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Xyzzyville") == ()
    assert gazetteer.find("") == ()
    assert gazetteer.find("'; DROP TABLE names; --") == ()


@pytest.mark.parametrize(
    ("word", "country"), [("Afghan", "AF"), ("Afghans", "AF"), ("South African", "ZA"), ("Table", "")]
)
def test_a_demonym_tells_the_country_and_is_no_place(gazetteer: Gazetteer, word: str, country: str) -> None:
    assert gazetteer.demonym(word) == country


def test_names_are_printed_as_english_reports_print_them(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Kandahar", "AF")[0].place.name == "Kandahar"
    assert gazetteer.find("Sao Paulo", "BR")[0].place.name == "São Paulo"


def test_a_gazetteer_can_be_sent_to_another_process(gazetteer: Gazetteer) -> None:
    gazetteer.find("Kabul")
    assert pickle.loads(pickle.dumps(gazetteer)).find("Kabul") == gazetteer.find("Kabul")


_FORKING = """
from multiprocessing import get_context
from vedette.reference.gazetteer import load_gazetteer

gazetteer = load_gazetteer()
def country_of(name):
    return gazetteer.find(name)[0].place.country
gazetteer.find("Kabul")
with get_context("fork").Pool(2) as pool:
    print(pool.map(country_of, ["Kunduz", "Medellin"]))
"""


def test_a_gazetteer_in_use_outlives_a_fork() -> None:
    # Forked from a process of its own: this one holds other libraries' threads, whose locks a fork would leave held.
    done = subprocess.run([sys.executable, "-c", _FORKING], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "['AF', 'CO']"


def test_fifty_thousand_known_names_a_second_are_found(gazetteer: Gazetteer) -> None:
    names = ["Kabul", "Kunduz", "no such place", "Nangarhar"]
    for name in names:
        gazetteer.find(name)
    start = time.perf_counter()
    for _ in range(2_500):
        for name in names:
            gazetteer.find(name)
    assert 10_000 / (time.perf_counter() - start) > 50_000
