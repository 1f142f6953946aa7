"""`vedette kinds` prints our kinds and the crosswalks."""

from __future__ import annotations

import csv
import io
import json

import pytest

from running import Vedette
from vedette.model.kinds import EventKind
from vedette.reference.crosswalks import SYSTEMS, crosswalk


def test_without_a_code_book_every_kind_of_ours_is_counted(vedette: Vedette) -> None:
    answer = vedette("kinds", "--format", "json")
    rows = json.loads(answer.out)
    assert answer.code == 0
    assert [row["kind"] for row in rows] == [str(kind) for kind in EventKind]
    assert all(set(row["codes"]) == set(SYSTEMS) for row in rows)
    (suicide,) = [row for row in rows if row["kind"] == "suicide_bomb"]
    assert suicide["codes"]["acled"] == len([pair for pair in crosswalk("acled").pairs if pair.kind == "suicide_bomb"])


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_code_book_is_printed_whole(vedette: Vedette, system: str) -> None:
    rows = [json.loads(line) for line in vedette("kinds", system, "--format", "jsonl").out.splitlines()]
    plain = [row for row in rows if not row["when"]]
    assert [row["code"] for row in plain] == [pair.code for pair in crosswalk(system).pairs]
    assert {"code", "name", "kind", "relation", "remark"} <= set(rows[0])


def test_what_has_no_counterpart_says_so(vedette: Vedette) -> None:
    rows = list(csv.DictReader(io.StringIO(vedette("kinds", "cameo", "--format", "csv").out)))
    (visit,) = [row for row in rows if row["code"] == "042"]
    assert (visit["kind"], visit["relation"]) == ("no_counterpart", "none")
    assert visit["remark"]


def test_one_kind_is_found_in_every_code_book(vedette: Vedette) -> None:
    rows = json.loads(vedette("kinds", "--kind", "Suicide bomb", "--format", "json").out)
    assert {row["system"] for row in rows} == set(SYSTEMS)
    assert {row["kind"] for row in rows} == {"suicide_bomb"}


def test_a_type_stands_for_its_kinds(vedette: Vedette) -> None:
    rows = json.loads(vedette("kinds", "plover", "--kind", "riots", "--format", "json").out)
    assert {row["kind"] for row in rows} == {"violent_demonstration", "mob_violence"}


def test_conditions_on_other_columns_are_printed(vedette: Vedette) -> None:
    table = vedette("kinds", "gtd", "--kind", "suicide_bomb").out
    assert "suicide 1, weaptype1 6" in table
    assert "when" not in vedette("kinds", "muc4").out


def test_a_kind_that_a_code_book_lacks_leaves_a_header(vedette: Vedette) -> None:
    answer = vedette("kinds", "ucdp", "--kind", "agreement", "--format", "csv")
    assert (answer.code, answer.out) == (0, "system,code,name,when,kind,relation,remark\n")


@pytest.mark.parametrize("arguments", [["kinds", "polecat"], ["kinds", "--kind", "bombing"]])
def test_an_unknown_code_book_or_kind_is_wrong_usage(vedette: Vedette, arguments: list[str]) -> None:
    answer = vedette(*arguments)
    assert answer.code == 2
    assert arguments[-1] in answer.err
    assert not answer.out


def test_help_has_an_example(vedette: Vedette) -> None:
    assert "vedette kinds gtd --kind suicide_bomb" in vedette("kinds", "--help").out
