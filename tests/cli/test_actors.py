"""`vedette actors` tells whom a name means on a day, and what is known of an actor."""

from __future__ import annotations

import csv
import io
import json

import pytest

from running import Vedette


def found(vedette: Vedette, *arguments: str) -> list[dict[str, object]]:
    answer = vedette("actors", "find", *arguments, "--format", "json")
    assert answer.code == 0
    return json.loads(answer.out)


@pytest.mark.parametrize(
    ("day", "ident", "kind"),
    [("2021-08-14", "afghan-government", "government"), ("2021-08-15", "taliban", "government")],
)
def test_a_name_means_who_bore_it_on_the_day(vedette: Vedette, day: str, ident: str, kind: str) -> None:
    first, *others = found(vedette, "Afghan government", "--on", day)
    assert (first["id"], first["kind"], first["meant"]) == (ident, kind, True)
    assert not any(other["meant"] for other in others)


def test_an_actor_is_shown_as_it_was_on_the_day(vedette: Vedette) -> None:
    before, after = (
        json.loads(vedette("actors", "show", "taliban", "--on", day, "--format", "json").out)
        for day in ("2021-08-14", "2021-08-15")
    )
    assert (before["kind"], before["type"]) == ("armed_group", "rebel_groups")
    assert (after["kind"], after["type"]) == ("government", "state_forces")


def test_every_name_is_shown_with_its_source_and_branches_with_their_parents(vedette: Vedette) -> None:
    shown = json.loads(vedette("actors", "show", "is-khorasan", "--format", "json").out)
    assert shown["parents"] == ["is"]
    assert {"name": "ISKP", "source": "written for Vedette", "since": None, "until": None} in shown["names"]
    assert all(name["source"] for name in shown["names"])
    assert "is-khorasan" in json.loads(vedette("actors", "show", "is", "--format", "json").out)["branches"]
    table = vedette("actors", "show", "is-khorasan").out
    assert "ISKP" in table
    assert "written for Vedette" in table


def test_a_name_that_nobody_bears_is_said_to_be_unknown(vedette: Vedette) -> None:
    answer = vedette("actors", "find", "Brigade of Nobody")
    assert (answer.code, answer.out) == (0, "the registry has no actor called 'Brigade of Nobody'\n")
    assert found(vedette, "Brigade of Nobody") == []


def test_an_id_that_is_none_is_wrong_usage(vedette: Vedette) -> None:
    answer = vedette("actors", "show", "nobody")
    assert (answer.code, answer.out) == (2, "")
    assert "vedette actors find" in answer.err


def test_machine_formats_have_a_line_an_actor(vedette: Vedette) -> None:
    rows = list(csv.DictReader(io.StringIO(vedette("actors", "find", "Afghan government", "--format", "csv").out)))
    lines = vedette("actors", "find", "Afghan government", "--format", "jsonl").out.splitlines()
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]
    assert rows[0]["id"] == "taliban"


@pytest.mark.parametrize("command", ["find", "show"])
def test_help_has_an_example(vedette: Vedette, command: str) -> None:
    assert f"Example: vedette actors {command}" in vedette("actors", command, "--help").out
