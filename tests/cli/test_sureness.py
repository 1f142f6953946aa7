"""`--min-score` and the scores that `show` prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

TEXT = (
    "A suicide bomber struck a mosque in Kunduz on Friday, killing at least 46 people, officials said. The Islamic "
    "State claimed responsibility for the attack."
)


def read(vedette, folder: Path, reader: str) -> Path:
    """The folder of a case in which this reader has read a report."""
    report = folder / "report.txt"
    report.write_text(TEXT)
    assert vedette("init", folder / "case").code == 0
    told = vedette("read", report, "--case", folder / "case", "--published", "2025-03-01", "--reader", reader)
    assert told.code == 0
    return folder / "case"


def test_each_value_of_a_claim_is_shown_with_its_score(vedette, tmp_path: Path):
    case = read(vedette, tmp_path, "accurate")
    (incident,) = json.loads(vedette("incidents", "--case", case, "--format", "json").out)
    shown = vedette("show", incident["id"], "--case", case).out
    assert re.search(r"where +Kunduz.*  0\.\d\d  “Kunduz”", shown)
    (claim,) = json.loads(vedette("show", incident["id"], "--case", case, "--format", "json").out)["claims"]
    assert 0 < claim["place"]["score"] < 1


def test_with_a_least_score_a_claim_tells_only_what_is_as_sure(vedette, tmp_path: Path):
    case = read(vedette, tmp_path, "accurate")
    asked = ("incidents", "--unit", "claims", "--case", case, "--format", "json")
    (whole,) = json.loads(vedette(*asked).out)
    least = whole["kind"]["score"] - 0.01
    told = vedette(*asked, "--min-score", least)
    (sure,) = json.loads(told.out)
    kept = [each for each in whole["perpetrators"] if each["score"] >= least]
    assert sure["perpetrators"] == kept
    assert sure["place"]["value"]["name"] == ("Kunduz" if whole["place"]["score"] >= least else "")
    assert all(toll["score"] >= least for toll in sure["tolls"])
    assert "probabilities" not in told.err
    assert json.loads(vedette(*asked, "--min-score", 1).out) == []


@pytest.mark.parametrize("command", [("incidents",), ("count",), ("trend",), ("count", "--unit", "claims")])
def test_a_least_score_warns_where_scores_only_rank(vedette, tmp_path: Path, command: tuple[str, ...]):
    case = read(vedette, tmp_path, "lexical")
    told = vedette(*command, "--case", case, "--min-score", 0.5, "--format", "json")
    assert told.code == 0
    assert "the scores of lexical.en/1 are no probabilities" in told.err
    json.loads(told.out)
