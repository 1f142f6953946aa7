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
LOGAR = Place("Logar", Precision.PROVINCE, path=("Afghanistan",))
SABARI = Place("Sabari", Precision.DISTRICT, path=("Afghanistan", "Khost"))


def test_one_operation_told_in_sum_and_in_detail_becomes_one_row(claim: MakeClaim) -> None:
    in_sum = claim(EventKind.ARRESTS, at=10, when=RAID, place=SABARI, captured=Tally(3, 3, 9))
    detail = claim(EventKind.ARMED_CLASH, at=90, when=RAID, place=LOGAR, killed=Tally(2, 2, 2), captured=Tally(1, 1, 1))
    assert row_of([detail, in_sum]) == Row(RAID, "khost", 2, 3)


def test_what_went_before_the_operation_is_left_out(claim: MakeClaim) -> None:
    raid = claim(EventKind.ARRESTS, at=10, when=RAID, captured=Tally(1, 1, 1))
    before = claim(EventKind.SUICIDE_BOMB, at=200, when=date(2011, 4, 1), place=LOGAR, killed=Tally(9, 9, 9))
    assert row_of([raid, before]) == Row(RAID, "", 0, 1)


def test_denied_and_doubted_claims_do_not_count(claim: MakeClaim) -> None:
    denied = claim(EventKind.AIR_DRONE_STRIKE, stance=Stance.DENIES, when=RAID, killed=Tally(5, 5, 5))
    assert row_of([denied]) == Row(None, "", 0, 0)


def test_undated_claim_belongs_to_the_dated_operation(claim: MakeClaim) -> None:
    undated = claim(EventKind.ARMED_CLASH, at=5, killed=Tally(1, 1, None))
    raid = claim(EventKind.ARRESTS, at=50, when=When(RAID, RAID), captured=Tally(2, 2, 2))
    assert row_of([undated, raid]) == Row(RAID, "", 1, 2)


def test_operation_of_which_only_the_last_day_is_known_starts_that_day(claim: MakeClaim) -> None:
    assert row_of([claim(EventKind.ARRESTS, when=When(None, RAID))]).start == RAID


def test_province_is_compared_in_one_spelling() -> None:
    assert province("paktya") == province("Paktia")
    assert province("Sar-e Pul") == province("sar-e pul")
    assert province_name(SABARI) == "Khost"
    assert province_name(Place("Afghanistan", Precision.COUNTRY)) == ""


@pytest.mark.parametrize("told", ["??", "southern afghanistan"])
def test_gold_that_knows_no_province_is_right_where_none_is_told(told: str) -> None:
    label = {"start_date": "2011-05-03", "province": [told], "min_killed": 0, "min_captured": 0}
    assert gold_row({"label": label}).province == ""


def test_each_field_is_scored_alone_and_exactly() -> None:
    gold = [Row(RAID, "khost", 2, 4), Row(RAID, "logar", 0, 1)]
    told = [Row(RAID, "paktia", 2, 3), Row(None, "logar", 0, 1)]
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
    assert sum(not answer.province for answer in answers) == 2
    assert release_article(releases[0]).published is None
