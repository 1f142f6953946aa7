from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.agreement import agreement
from evals.gold import rows
from evals.labelling import Checker, labelled
from evals.modern_texts import DATA, LABELS, MORE, TEST, is_test
from evals.modern_texts import labelled as texts_of
from evals.template_filling import matched

TEXT = "A bomb killed two soldiers in Kunduz on Friday. Police said a bomb had been planted by gunmen."
CLAIM = {
    "trigger": "A [[bomb killed]]",
    "kind": "remote_explosive_landmine_ied",
    "perpetrators": ["gunmen"],
    "targets": ["soldiers"],
    "tolls": [["killed", "two", 2, 2, 2, "targets"]],
    "when": ["2025-02-28", "2025-02-28", "Friday"],
    "place": ["settlement", "Kunduz"],
    "said_by": "Police",
}


def checked(**change: Any) -> tuple[dict[str, Any], list[str]]:
    checker = Checker(TEXT)
    return checker.labels({"claims": [{**CLAIM, **change}]}), checker.wrong


def test_quotes_become_the_characters_that_they_quote() -> None:
    labels, wrong = checked()
    (claim,) = labels["claims"]
    assert wrong == []
    told = (claim["trigger"], claim["perpetrators"][0], claim["tolls"][0]["at"], claim["place"]["at"][0])
    assert [TEXT[start:end] for start, end in told] == ["bomb killed", "gunmen", "two", "Kunduz"]
    assert claim["attribution"] == "fact"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"trigger": "exploded"}, "the text has no 'exploded'"),
        ({"trigger": "bomb"}, "stands there 2 times"),
        ({"kind": "war"}, "not a valid EventKind"),
        ({"targets": ["nurses"]}, "the text has no 'nurses'"),
        ({"when": ["2025-03-01", "2025-02-28", "Friday"]}, "is after the latest"),
        ({"tolls": [["killed", "two", 3, 2, 1]]}, "out of order"),
        ({"place": ["settlement"]}, "a place has words"),
        ({"attribution": "unknown"}, "attribution is unknown where perpetrators are told"),
        ({"killed": 2}, "fields killed are not known"),
    ],
)
def test_a_wrong_label_is_left_out_and_told(change: dict[str, Any], fault: str) -> None:
    labels, (wrong,) = checked(**change)
    assert labels["claims"] == []
    assert fault in wrong


def test_a_quote_that_stands_there_twice_is_the_one_nearest_to_the_trigger() -> None:
    text = "Two men died in Kunduz. Two men died in Herat."
    checker = Checker(text)
    draft = {"trigger": "men [[died in Herat]]", "kind": "unknown", "tolls": [["killed", "Two", 2, 2, 2]]}
    (claim,) = checker.labels({"claims": [draft]})["claims"]
    assert claim["tolls"][0]["at"] == [24, 27]


def test_the_texts_of_others_are_not_kept() -> None:
    texts = {"t1": {"id": "t1", "text": TEXT, "digest": "0", "set": "news"}}
    ((row, _),) = labelled([(1, {"id": "t1", "claims": [CLAIM]})], texts)
    assert "text" not in row
    for row in (*rows(LABELS), *rows(MORE), *rows(TEST)):
        assert ("text" in row) == row["id"].startswith("own-")


def test_the_command_tells_what_is_wrong_by_line(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text(json.dumps({"id": "a", "text": TEXT, "claims": [{**CLAIM, "kind": "war"}]}) + "\nno json\n")
    command = [sys.executable, "-m", "evals.labelling", str(drafts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 1
    assert "drafts.jsonl:2: no JSON" in done.stderr
    assert "line 1, a, claim 1" in done.stderr


def test_a_second_labelling_agrees_with_the_first_as_told() -> None:
    told = agreement(rows(LABELS), rows(LABELS.with_name("second.jsonl")))
    assert told["texts"] == 100
    assert told["claim_f1"] == pytest.approx(0.969, abs=0.001)
    assert told["stance_macro_f1"] == pytest.approx(0.914, abs=0.001)


def test_a_fifth_of_the_labels_is_kept_for_testing() -> None:
    names = [row["id"] for row in rows(LABELS)]
    assert len(names) == len(set(names)) == 1954
    assert 0.17 < sum(map(is_test, names)) / len(names) < 0.23


@pytest.mark.skipif(not DATA.is_dir(), reason="the texts of others, ../shared/data, are not here")
@pytest.mark.parametrize("gold", [LABELS, MORE, TEST])
def test_every_label_lies_in_its_text(gold: Path) -> None:
    for row in texts_of(gold, DATA):
        for claim in row["claims"]:
            bounds = [claim["trigger"], *claim["also"], *claim["perpetrators"], *claim["place"]["at"]]
            assert all(0 <= start < end <= len(row["text"]) for start, end in bounds)


def test_as_many_as_can_be_are_paired() -> None:
    assert matched([[0, 1], [0], []]) == {0: 1, 1: 0}


def test_no_text_that_is_tested_on_is_learnt_from() -> None:
    digests = {row["digest"] for gold in (LABELS, TEST) for row in rows(gold) if "key" in row}
    names = {row["id"] for gold in (LABELS, TEST) for row in rows(gold)}
    more = list(rows(MORE))
    assert not names & {row["id"] for row in more}
    assert not digests & {row["digest"] for row in more if "key" in row}  # a set may hold a text twice
