from __future__ import annotations

import pytest

from evals.calibration import Verdict, ece, scores


def test_values_that_are_right_as_often_as_they_are_sure_have_no_error():
    found = [Verdict("kind", 0.75, right) for right in (True, True, True, False)]
    assert ece(found) == 0


def test_sure_values_that_are_wrong_have_all_the_error_there_is():
    assert ece([Verdict("kind", 1.0, False)] * 3) == 1


def test_the_error_is_told_by_bins_and_weighed_by_their_size():
    found = [Verdict("when", 0.95, True)] * 3 + [Verdict("when", 0.25, True)]
    assert ece(found) == pytest.approx((3 * 0.05 + 0.75) / 4)


def test_of_the_values_from_eight_in_ten_on_the_share_of_right_ones_is_told():
    found = [Verdict("kind", 0.8, True), Verdict("place", 0.9, False), Verdict("place", 0.1, True)]
    assert scores(found, 1).scores["right_from_80"] == 0.5
    assert scores(found, 1).details["kept_from_80"] == pytest.approx(2 / 3)


def test_claims_are_kept_by_the_score_of_their_kind():
    kinds = [Verdict("kind", 0.9, True), Verdict("kind", 0.8, False), Verdict("kind", 0.79, True)]
    told = scores([*kinds, Verdict("place", 0.95, True)], 1).details
    assert (told["claims"], told["claims_from_80"], told["claims_right_from_80"]) == (3, 2, 0.5)
    assert told["claims_kept_from_80"] == pytest.approx(2 / 3)
