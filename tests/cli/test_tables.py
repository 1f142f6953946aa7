from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from running import PLAIN, Vedette, reports
from vedette.cli import render, words
from vedette.model.kinds import EventKind, EventType, Precision
from vedette.model.values import Actor, Place


def test_a_list_names_a_place_once_and_its_country_by_code() -> None:
    kunduz = Place("Kunduz", Precision.SETTLEMENT, "1", "AF", ("Afghanistan", "Kunduz"))
    province = Place("Kunduz", Precision.PROVINCE, "2", "AF", ("Afghanistan",))
    assert words.near_place(kunduz) == "Kunduz, AF"
    assert words.near_place(province) == "Kunduz, AF (province)"
    assert words.near_place(Place()) == "not told"


def test_a_long_party_is_cut_with_the_number_of_the_rest() -> None:
    party = [Actor("Gunmen"), Actor("gunmen"), Actor("police"), Actor("[soldiers]")]
    assert words.actors(party, 2) == "Gunmen, police +1"
    assert words.actors(party) == "Gunmen, police, \\[soldiers]"


@pytest.mark.parametrize("kind", [*EventType, *EventKind])
def test_a_kind_can_be_asked_for_as_it_is_shown(kind: str) -> None:
    assert words.kind_of(words.kind(kind)) == words.kind_of(kind) == kind


def test_the_filter_takes_the_kind_that_the_table_shows(vedette: Vedette, case: Path) -> None:
    shown = vedette("count", "--kind", "Remote explosive/landmine/IED", "--case", case, "--format", "json").out
    value = vedette("count", "--kind", "remote_explosive_landmine_ied", "--case", case, "--format", "json").out
    assert shown == value
    assert json.loads(value)["whole"]["count"] > 0


@pytest.mark.parametrize("unit", ["incidents", "claims"])
def test_a_source_is_found_however_it_is_capitalised(vedette: Vedette, case: Path, unit: str) -> None:
    answer = vedette("count", "--source", "WIRE", "--unit", unit, "--case", case, "--format", "json")
    assert json.loads(answer.out)["whole"]["count"] > 0


def test_what_surely_lies_in_the_period_comes_first(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    row = {"text": "A bomb killed 3 soldiers in Zaranj in 2025, police said.", "published": "2025-12-01"}
    (tmp_path / "vague.jsonl").write_text(json.dumps(row))
    assert vedette("read", tmp_path / "vague.jsonl", "--case", case, *PLAIN).code == 0
    answer = vedette("incidents", "--from", "2025-01-01", "--to", "2025-03-31", "--case", case, "--format", "json")
    latest = [each["when"]["latest"] or "9" for each in json.loads(answer.out)]
    inside = [day <= "2025-03-31" for day in latest]
    assert inside == sorted(inside, reverse=True)
    assert True in inside
    assert False in inside
    said = vedette("incidents", "--from", "2025-01-01", "--to", "2025-03-31", "--case", case).err
    assert f"{inside.count(True)} of them lie in the period" in said


def test_an_empty_answer_tells_an_empty_record_from_a_narrow_question(
    vedette: Vedette, case: Path, tmp_path: Path
) -> None:
    assert "none that answers this" in vedette("incidents", "--place", "Atlantis", "--case", case).err
    assert "held no incidents yet on 2020-01-01" in vedette("incidents", "--as-of", "2020-01-01", "--case", case).err
    vedette("init", tmp_path / "new")
    assert "vedette read" in vedette("incidents", "--case", tmp_path / "new").err


def test_on_a_narrow_terminal_each_incident_is_a_block(
    vedette: Vedette, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "console", lambda: Console(highlight=False, width=80))
    lines = vedette("incidents", "--limit", 2, "--case", case).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("  place") for line in lines) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch",),
        ("incidents", "--nope"),
        ("incidents", "--case"),
        ("read",),
        ("incidents", "--from", "yesterday"),
        ("incidents", "--limit", "0"),
        ("count", "--unit", "x"),
        ("incidents", "extra"),
    ],
)
def test_wrong_usage_is_one_sentence_that_names_the_help(vedette: Vedette, arguments: tuple[str, ...]) -> None:
    answer = vedette(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    (line,) = answer.err.splitlines()
    assert line.startswith("vedette")
    assert "--help` tells what it takes" in line
    assert "Value error" not in line


def test_a_stopped_run_says_that_it_goes_on_later(
    vedette: Vedette, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vedette.flow.Flow.catch_up", stop)
    answer = vedette("read", reports(tmp_path / "a.jsonl", [1]))
    assert answer.code == 130
    assert "the same command goes on from there" in answer.err


def test_the_same_line_many_times_is_one_article(vedette: Vedette, tmp_path: Path) -> None:
    line = reports(tmp_path / "a.jsonl", [1]).read_text()
    (tmp_path / "b.jsonl").write_text(line * 1000)
    answer = vedette("read", tmp_path / "b.jsonl", "--format", "json")
    assert json.loads(answer.out)["articles"] == 1
