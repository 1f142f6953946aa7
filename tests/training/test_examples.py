from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.examples import modern, muc, rams, wikievents
from vedette.read.neural.labels import MUC_TAGS, MUC_TYPES, SIDES, TAGS, TRIGGERS

DATA = Path(__file__).parents[2] / "../shared/data"
TEXT = "Two bombs killed three soldiers. The blasts were claimed by rebels."


LISTS = ("stance_at", "attribution_at", "targets", "weapons", "said_by")


def label(**change: object) -> dict[str, object]:
    told: dict[str, object] = {name: [] for name in LISTS}
    told |= {"trigger": [10, 16], "also": [[37, 43]], "kind": "grenade", "perpetrators": [[60, 66]]}
    told |= {"stance": "asserts", "attribution": "claimed", "undirected": False}
    told["tolls"] = [{"harm": "killed", "at": [17, 22], "low": 3, "best": 3, "high": 3, "side": "targets"}]
    return told | {"when": {"at": []}, "place": {"at": []}} | change


def test_each_mention_of_an_event_has_all_its_parts_and_the_other_mentions() -> None:
    (example,) = modern([{"id": "x", "text": TEXT, "claims": [label()]}])
    assert {example.words[word]: [TRIGGERS[n] for n in labels] for word, labels in example.triggers.items()} == {
        "killed": ["grenade"],
        "blasts": ["grenade"],
    }
    first, second = example.anchors
    parts = {example.words[word]: TAGS[tag] for word, tag in first.parts.items()}
    assert parts == {"three": "B-killed", "rebels": "B-perpetrator", "blasts": "B-same_event"}
    assert {example.words[word]: SIDES[side] for word, side in first.sides.items()} == {"three": "targets"}
    assert TAGS[second.parts[example.words.index("killed")]] == "B-same_event"


def test_a_text_without_an_event_teaches_that_no_word_names_one() -> None:
    (example,) = modern([{"id": "x", "text": TEXT, "claims": []}])
    assert (example.triggers, example.whole, example.anchors) == ({}, True, [])


def test_a_type_of_another_set_is_right_with_any_of_its_kinds(tmp_path: Path) -> None:
    event = {"event_type": "Conflict.Attack.DetonateExplode", "trigger": {"start": 1}, "arguments": []}
    row = {"doc_id": "d", "tokens": ["They", "bombed", "it"], "event_mentions": [event]}
    (tmp_path / "w.jsonl").write_text(json.dumps(row))
    (example,) = wikievents(tmp_path / "w.jsonl")
    assert {TRIGGERS[n] for n in example.triggers[1]} >= {"suicide_bomb", "air_drone_strike", "grenade"}
    assert TRIGGERS.index("no_event") not in example.triggers[1]


@pytest.mark.skipif(not DATA.is_dir(), reason="the gold sets, ../shared/data, are not here")
def test_real_gold_gives_examples_with_labels_that_exist() -> None:
    documents = list(muc(DATA / "muc4/train.jsonl.gz"))
    assert len(documents) == 1300
    assert all(len(each.muc_tags or ()) == len(each.words) for each in documents)
    assert all(len(each.muc_types or ()) == len(MUC_TYPES) for each in documents)
    assert {tag for each in documents for tag in each.muc_tags or ()} == set(range(len(MUC_TAGS)))
    passages = list(rams(DATA / "rams/dev.jsonl"))
    assert len(passages) == 924
    assert all(len(each.triggers) == 1 and not each.whole for each in passages)
