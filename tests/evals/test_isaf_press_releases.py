from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from evals.gold import rows
from evals.isaf_press_releases import Row, gold_row, province, province_name, release_article, row_of, scores

from vedette.model.kinds import EventKind, Precision, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Place, Tally, When

MakeClaim = Callable[..., Claim]
RAID = date(2011, 5, 3)
KHOST = Place("Khost", Precision.PROVINCE, path=("Afghanistan",))
SABARI = Place("Sabari", Precision.DISTRICT, path=("Afghanistan", "Khost"))


def test_one_operation_in_two_claims_becomes_one_row(claim: MakeClaim) -> None:
    raid = claim(EventKind.ARRESTS, at=10, when=RAID, place=SABARI, captured=Tally(3, 3, 9))
    fight = claim(EventKind.ARMED_CLASH, at=90, when=RAID, place=KHOST, killed=Tally(2, 2, 2), captured=Tally(1, 1, 1))
    assert row_of([fight, raid]) == Row(RAID, frozenset({"khost"}), 2, 4)


def test_what_went_before_the_operation_is_left_out(claim: MakeClaim) -> None:
    raid = claim(EventKind.ARRESTS, at=10, when=RAID, place=KHOST, captured=Tally(1, 1, 1))
    before = claim(EventKind.SUICIDE_BOMB, at=200, when=date(2011, 4, 1), killed=Tally(9, 9, 9))
    assert row_of([raid, before]) == Row(RAID, frozenset({"khost"}), 0, 1)


def test_denied_and_doubted_claims_do_not_count(claim: MakeClaim) -> None:
    denied = claim(EventKind.AIR_DRONE_STRIKE, stance=Stance.DENIES, when=RAID, killed=Tally(5, 5, 5))
    assert row_of([denied]) == Row(None, frozenset(), 0, 0)


def test_undated_claim_belongs_to_the_dated_operation(claim: MakeClaim) -> None:
    undated = claim(EventKind.ARMED_CLASH, at=5, killed=Tally(1, 1, None))
    raid = claim(EventKind.ARRESTS, at=50, when=When(RAID, RAID), captured=Tally(2, 2, 2))
    assert row_of([undated, raid]) == Row(RAID, frozenset(), 1, 2)


def test_toll_at_the_same_words_counts_once(claim: MakeClaim) -> None:
    one = claim(EventKind.ARMED_CLASH, at=10, when=RAID, killed=Tally(2, 2, 2))
    again = claim(EventKind.AIR_DRONE_STRIKE, at=10, when=RAID, killed=Tally(2, 2, 2))
    assert row_of([one, again]).killed == 2


def test_province_is_compared_in_one_spelling() -> None:
    assert province("Paktya Province") == province("paktia")
    assert province("Sar-e Pul") == province("sar-e pul")
    assert province_name(SABARI) == "Khost"
    assert province_name(Place("Afghanistan", Precision.COUNTRY)) == ""


def test_gold_that_knows_no_province_is_right_where_none_is_told() -> None:
    label = {"start_date": "2011-05-03", "province": ["??"], "min_killed": 0, "min_captured": 0}
    assert gold_row({"label": label}).provinces == frozenset()


def test_each_field_is_scored_alone_and_exactly() -> None:
    gold = [Row(RAID, frozenset({"khost"}), 2, 4), Row(RAID, frozenset({"logar"}), 0, 1)]
    told = [Row(RAID, frozenset({"khost", "logar"}), 2, 3), Row(None, frozenset({"logar"}), 0, 1)]
    result = scores(told, gold)
    assert result.scores == pytest.approx(
        {"date_exact": 0.5, "province_exact": 0.5, "killed_exact": 1.0, "captured_exact": 0.5}
    )
    assert result.details == {"all_exact": 0.0}
    assert set(scores(gold, gold).scores.values()) == {1.0}


def test_gold_rows_are_read_as_their_readme_says(shared_data: Path) -> None:
    releases = list(rows(shared_data / "isaf_press_releases/dev.jsonl"))
    answers = [gold_row(release) for release in releases]
    assert len(answers) == 494
    assert sum(len(answer.provinces) != 1 for answer in answers) == 2
    assert release_article(releases[0]).published is None
