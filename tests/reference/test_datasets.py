"""The mappings of data sets refer only to what is there."""

from __future__ import annotations

import re

import msgspec
import pytest

from invented import GENERATIONS
from vedette.model.errors import UsageError
from vedette.model.kinds import Harm, Precision, Side
from vedette.reference.crosswalks import crosswalk
from vedette.reference.datasets import DATA_SETS, DataSet, data_set


@pytest.fixture(params=DATA_SETS)
def mapping(request: pytest.FixtureRequest) -> DataSet:
    return data_set(request.param)


def test_a_mapping_names_only_columns_that_it_has(mapping: DataSet) -> None:
    columns = set(mapping.columns)
    parties = {cell for party in mapping.parties.values() for cell in party.all_cells}
    rules = [*mapping.sides, *mapping.attributions, *mapping.tolls]
    conditions = {cell for rule in rules for cell in rule.when}
    told = {cell for each in (*mapping.tolls, *mapping.attributions) for cell in each.cells}
    weapons = {cell for group in mapping.weapons.cells for cell in group}
    used = {*mapping.required, *mapping.signature, mapping.text, *mapping.code, *mapping.row_id, *mapping.when.cells}
    remarks = {remark.cell for remark in mapping.remarks}
    assert used | {*mapping.place.cells} | parties | conditions | told | weapons | remarks <= columns
    assert len(columns) == len(mapping.columns)


def test_sides_name_parties_and_the_last_rule_always_holds(mapping: DataSet) -> None:
    for rule in mapping.sides:
        assert {*rule.perpetrators, *rule.targets} <= set(mapping.parties)
        assert rule.perpetrators
        assert not (rule.undirected and rule.targets)
    assert mapping.sides[-1].when == {}
    assert all(rule.when for rule in mapping.sides[:-1])


def test_a_toll_of_a_side_is_one_number_and_a_whole_toll_comes_once(mapping: DataSet) -> None:
    whole = [toll.harm for toll in mapping.tolls if toll.side is Side.UNKNOWN]
    assert len(whole) == len(set(whole))
    assert all(toll.best for toll in mapping.tolls)
    assert {toll.harm for toll in mapping.tolls} <= set(Harm)


def test_precision_codes_run_from_fine_to_coarse_where_they_are_a_scale() -> None:
    order = list(Precision)
    for name in ("acled", "ucdp", "gtd"):
        codes = {code: level for code, level in data_set(name).place.codes.items() if code}
        ranks = [order.index(codes[code]) for code in sorted(codes)]
        assert ranks == sorted(ranks), name


def test_a_mapping_has_its_crosswalk_and_one_for_its_groups(mapping: DataSet) -> None:
    assert crosswalk(mapping.crosswalk).pairs
    refining = {column for each in crosswalk(mapping.crosswalk).refinements for column in each.when}
    assert refining <= set(mapping.columns)


def test_a_list_of_columns_without_header_can_be_told_by_its_looks(mapping: DataSet) -> None:
    for names in mapping.headerless:
        assert set(mapping.headerless_looks) <= set(names)
        assert set(names) <= set(mapping.columns)
    for look in mapping.headerless_looks.values():
        re.compile(look)


@pytest.mark.parametrize("name", GENERATIONS)
def test_every_column_of_every_generation_is_known(name: str) -> None:
    shape = GENERATIONS[name]
    of = data_set(shape.dataset)
    assert {of.canonical(column) for column in shape.columns if column} <= set(of.columns)


def test_two_data_sets_share_too_little_to_be_taken_for_each_other() -> None:
    for one in map(data_set, DATA_SETS):
        for other in map(data_set, DATA_SETS):
            if one is not other:
                shared = set(one.signature) & set(other.columns)
                assert len(shared) / len(one.signature) < 0.5, (one.name, other.name)


@pytest.mark.parametrize(
    ("dataset", "header", "column"),
    [
        ("acled", "EVENT_DATE", "event_date"),
        ("acled", "\ufeffevent_id_cnty", "event_id_cnty"),
        ("acled", "ALLY_ACTOR_1", "assoc_actor_1"),
        ("icews", "CAMEO Code", "cameo_code"),
        ("gdelt", "ActionGeo_FeatureID", "actiongeo_featureid"),
        ("gdelt", "SQLDATE", "sqldate"),
        ("gtd", "INT_LOG", "int_log"),
        ("ucdp", "my own column", "my_own_column"),
    ],
)
def test_a_header_is_known_however_it_is_written(dataset: str, header: str, column: str) -> None:
    assert data_set(dataset).canonical(header) == column


def test_a_data_set_that_is_not_known_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="known are acled, ucdp, gtd, gdelt, icews"):
        data_set("sigacts")


def test_a_word_that_no_mapping_has_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"about": "x", "cell": "y", "colour": "z"}, type=type(data_set("acled").remarks[0]))
