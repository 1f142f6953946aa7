from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.gold import rows
from evals.indiapolice import CLASSES, Told, labels_of_sentences, mapping, police_article, scores, told_by
from evals.located import located
from vedette.model.kinds import EventKind, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Span, Tally

MakeClaim = Callable[..., Claim]

ROW: dict[str, Any] = {
    "text": "a mob gathered in lara. two people were killed in police firing. nobody was held.",
    "date": "2002-03-10",
    "doc_labels": ["KILL", "FORCE", "ANY_ACTION"],
    "sents": [
        {"text": "a mob gathered in lara.", "labels": []},
        {"text": "two people were killed in police firing.", "labels": ["KILL", "FORCE", "ANY_ACTION"]},
        {"text": "nobody was held.", "labels": []},
    ],
}
EACH = police_article(ROW)
FIRED = EACH.text.index("killed")


def labels(claim: Claim) -> set[str]:
    return {told.label for told in told_by(claim, EACH)}


def test_every_kind_in_the_mapping_is_a_kind_of_ours() -> None:
    rules = mapping()
    assert rules.force | rules.force_always | rules.arrest <= {kind.value for kind in EventKind}


def test_police_who_kill_use_force_and_act(claim: MakeClaim) -> None:
    told = claim(EventKind.ATTACK, by=(Actor("riot police"),), killed=Tally(2, 2, 2))
    assert labels(told) == {"KILL", "FORCE", "ANY_ACTION"}


def test_force_without_dead_is_no_killing(claim: MakeClaim) -> None:
    police = (Actor("constables"),)
    assert labels(claim(EventKind.ATTACK, by=police)) == {"FORCE", "ANY_ACTION"}
    assert labels(claim(EventKind.ATTACK, by=police, killed=Tally(0, 0, 0))) == {"FORCE", "ANY_ACTION"}


def test_arrest_is_one_by_police_whoever_is_told_to_have_made_it(claim: MakeClaim) -> None:
    assert labels(claim(EventKind.ARRESTS)) == {"ARREST", "ANY_ACTION"}


def test_police_beside_the_word_of_the_event_did_it_where_nobody_else_is_told(claim: MakeClaim) -> None:
    unnamed = claim(EventKind.ATTACK, "killed", at=FIRED, killed=Tally(2, 2, 2))
    assert labels(unnamed) == {"KILL", "FORCE", "ANY_ACTION"}
    assert labels(claim(EventKind.ATTACK, "killed", at=FIRED, by=(Actor("a mob"),))) == set()


def test_what_others_did_and_what_is_denied_gives_no_label(claim: MakeClaim) -> None:
    assert labels(claim(EventKind.MOB_VIOLENCE, by=(Actor("a mob"),))) == set()
    assert labels(claim(EventKind.ATTACK, by=(Actor("police"),), stance=Stance.DENIES)) == set()


def test_label_stands_in_the_sentence_of_its_words(claim: MakeClaim) -> None:
    told = told_by(claim(EventKind.ATTACK, "killed", at=FIRED, killed=Tally(2, 2, 2)), EACH)
    assert labels_of_sentences(told, ROW, EACH) == [frozenset(), {"KILL", "FORCE", "ANY_ACTION"}, frozenset()]


def test_perfect_answer_scores_one_and_none_scores_zero() -> None:
    row = ROW | {"doc_labels": list(CLASSES), "sents": [{"text": "all of it", "labels": list(CLASSES)}]}
    told = [Told(label, (Span("", 0, 1),), 0.9) for label in CLASSES]
    assert set(scores([told], [[frozenset(CLASSES)]], [row]).scores.values()) == {1.0}
    nothing = scores(
        [[], []], [[frozenset()], [frozenset()]], [row, ROW | {"doc_labels": [], "sents": [ROW["sents"][0]]}]
    )
    assert {name: value for name, value in nothing.scores.items() if not name.endswith("_ap")} == dict.fromkeys(
        (name for name in nothing.scores if not name.endswith("_ap")), 0.0
    )
    assert nothing.scores["document_kill_ap"] == 0.5  # nothing told: the share of true documents


def test_scores_are_those_counted_by_hand() -> None:
    told = [Told("FORCE", (Span("", 0, 1),), 0.9)]
    found = scores([told], [[frozenset({"FORCE"}), frozenset({"FORCE"}), frozenset()]], [ROW]).scores
    assert found["sentence_force_f1"] == pytest.approx(2 / 3)  # told in two sentences, true in one of them
    assert found["document_force_f1"] == 1
    assert found["document_macro_f1"] == pytest.approx(1 / 5)
    assert found["sentence_kill_f1"] == 0


def test_sentences_of_the_development_file_are_found_in_their_documents(shared_data: Path) -> None:
    documents = list(rows(shared_data / "indiapolice/dev.jsonl"))
    found = [located((s["text"] for s in row["sents"]), police_article(row).text) for row in documents]
    assert len(documents) == 896
    assert sum(map(len, found)) == 14_941
    assert sum(bound is None for bounds in found for bound in bounds) < 200  # signs without a letter
