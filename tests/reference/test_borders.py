"""Points and the country, province and district that hold them."""

from __future__ import annotations

import time

import numpy as np
import pytest

from vedette.reference.borders import CHUNK, areas_of, load_borders


@pytest.mark.parametrize(
    ("lat", "lon", "country", "province"),
    [
        (34.526, 69.178, "AF", "Kabul"), (35.31, 69.52, "AF", "Panjshir"), (33.72, 66.13, "AF", "Daykundi"),
        (35.02, 69.17, "AF", "Parwan"), (31.593, 64.369, "AF", "Helmand"), (36.20, 37.16, "SY", "Aleppo"),
        (14.03, -0.03, "BF", "Sahel"), (31.5, 34.47, "PS", "Gaza Strip"), (44.95, 34.10, "UA", "Crimea"),
        (42.66, 21.16, "XK", "Pristina"), (-54.80, -68.30, "AR", "Tierra del Fuego"), (-18.14, 178.44, "FJ", "Central"),
    ],
)  # fmt: skip
def test_a_point_lies_in_its_country_and_province(lat: float, lon: float, country: str, province: str) -> None:
    found = areas_of([lat], [lon])
    assert (found.countries[0], found.provinces[0]) == (country, province)


def test_a_point_beside_a_known_settlement_lies_in_its_district() -> None:
    found = areas_of([31.593, 41.88], [64.369, -87.63])
    assert list(found.districts) == ["Lashkar Gah", "Cook County"]
    assert found.province_ids[0] == 1140043
    assert found.district_ids[0] == 7053027


def test_far_from_known_settlements_no_district_is_told() -> None:
    found = areas_of([30.2], [63.0])
    assert (found.provinces[0], found.districts[0], found.district_ids[0]) == ("Helmand", "", 0)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(0, -30), (np.nan, 69), (34, np.nan), (np.inf, 0), (91, 0), (-91, 0), (0, 181), (0, 4e9), (-90.5, -180.5)],
)
def test_what_is_on_no_land_or_is_no_point_lies_nowhere(lat: float, lon: float) -> None:
    found = areas_of([lat], [lon])
    assert (found.countries[0], found.provinces[0], found.districts[0]) == ("", "", "")


@pytest.mark.parametrize(("lat", "lon"), [(90, 0), (-90, 0), (90, 180), (-90, -180), (0, 180), (0, -180)])
def test_the_ends_of_the_world_are_points_too(lat: float, lon: float) -> None:
    assert areas_of([lat], [lon]).countries.size == 1


def test_answers_come_in_the_order_of_the_points() -> None:
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(29, 38, CHUNK + 999), rng.uniform(61, 74, CHUNK + 999)
    together = areas_of(lat, lon)
    for at in (0, 1, CHUNK - 1, CHUNK, CHUNK + 998):
        alone = areas_of(lat[at : at + 1], lon[at : at + 1])
        assert alone.provinces[0] == together.provinces[at]
        assert alone.districts[0] == together.districts[at]


def test_no_points_lie_nowhere() -> None:
    assert areas_of([], []).provinces.size == 0


def test_neighbours_share_their_border() -> None:
    """Along a line through Afghanistan no point lies between two provinces."""
    lon = np.linspace(62.5, 70.0, 20_000)
    assert "" not in set(areas_of(np.full(lon.size, 34.4), lon).provinces)


def test_a_hundred_thousand_points_a_second_are_placed() -> None:
    load_borders()
    rng = np.random.default_rng(2)
    lat, lon = rng.uniform(20, 50, 100_000), rng.uniform(-10, 80, 100_000)
    start = time.process_time()
    areas_of(lat, lon)
    assert time.process_time() - start < 1
