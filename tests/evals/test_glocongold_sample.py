from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.glocongold_sample import label_of, mapping, score, scores
from vedette.model.kinds import EventKind, Stance
from vedette.model.nouns import Claim

MakeClaim = Callable[..., Claim]

TEXTS = [{"label": "1"}, {"label": "1"}, {"label": "0"}, {"label": "0"}]


def test_every_kind_in_the_mapping_is_a_kind_of_ours() -> None:
    assert mapping()[0] <= {kind.value for kind in EventKind}


def test_protest_or_attack_makes_a_text_positive_and_an_arrest_alone_does_not(claim: MakeClaim) -> None:
    assert label_of([claim(EventKind.ARRESTS), claim(EventKind.PEACEFUL_PROTEST)]) == "protest"
    assert label_of([claim(EventKind.SUICIDE_BOMB)]) == "protest"
    assert label_of([claim(EventKind.ARRESTS)]) == "none"
    assert label_of([claim(EventKind.PEACEFUL_PROTEST, stance=Stance.THREATENS)]) == "none"
    assert label_of([]) == "none"


def test_perfect_answer_scores_one_and_none_is_right_on_the_rest() -> None:
    assert scores(["protest", "protest", "none", "none"], TEXTS, "document").scores["document_macro_f1"] == 1
    empty = scores(["none"] * 4, TEXTS, "document").scores
    assert empty["document_protest_f1"] == 0
    assert empty["document_macro_f1"] == pytest.approx((0 + 2 * 2 / (4 + 2)) / 2)


def test_macro_f1_is_the_mean_of_both_classes() -> None:
    found = scores(["protest", "none", "protest", "none"], TEXTS, "sentence").scores
    assert found == {"sentence_macro_f1": 0.5, "sentence_protest_f1": 0.5}


def test_file_tells_its_level_and_rows_of_label_2_are_left_out(tmp_path: Path) -> None:
    told = [
        {"sentence": "Hundreds of protesters marched through Lara on Monday.", "label": 1},
        {"sentence": "The price of maize rose.", "label": 0},
        {"sentence": "It may have been a rally.", "label": 2},
    ]
    gold = tmp_path / "sentences.jsonl"
    gold.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    found = score(gold, "lexical")
    assert found.n == 2
    assert set(found.scores) == {"sentence_macro_f1", "sentence_protest_f1"}
