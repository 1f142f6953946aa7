from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.gold import rows
from evals.satp_conflibert import gold_labels, labels_of, mapping, scores
from vedette.model.kinds import EventKind, Stance
from vedette.model.nouns import Claim

MakeClaim = Callable[..., Claim]


def test_mapping_leads_from_kinds_of_ours_to_columns_of_theirs() -> None:
    assert set(mapping().kinds) <= {kind.value for kind in EventKind}
    assert set(mapping().kinds.values()) == set(mapping().columns)


def test_report_bears_the_types_of_all_its_claims(claim: MakeClaim) -> None:
    told = [claim(EventKind.ARMED_CLASH), claim(EventKind.GRENADE), claim(EventKind.AGREEMENT)]
    assert labels_of(told) == {"armed_assault", "bombing"}
    assert labels_of([claim(EventKind.GRENADE, stance=Stance.DENIES)]) == frozenset()


def test_scores_are_those_counted_by_hand() -> None:
    gold = [gold_labels({"labels": each}) for each in ([1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1])]
    assert set(scores(gold, gold).scores.values()) == {1.0}
    assert set(scores([frozenset()] * 3, gold).scores.values()) == {0.0}
    told = [frozenset({"armed_assault"}), frozenset({"kidnapping", "other"}), frozenset({"other"})]
    found = scores(told, gold)
    assert found.scores["micro_f1"] == pytest.approx(2 * 3 / (4 + 4))
    assert found.scores["macro_f1"] == pytest.approx((1 + 0 + 1 + 2 / 3) / 4)
    assert found.details["other.precision"] == 0.5


def test_development_file_has_the_label_sums_of_its_readme(shared_data: Path) -> None:
    reports = list(rows(shared_data / "satp_conflibert/dev.jsonl"))
    assert len(reports) == 232
    assert [sum(column) for column in zip(*(row["labels"] for row in reports), strict=True)] == [101, 90, 18, 53]
