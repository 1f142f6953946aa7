from __future__ import annotations

import pytest

from evals.classes import average_precision, counts_of, details, macro_f1, micro_f1
from evals.located import located, piece_at, pieces_in

GOLD = [frozenset({"A"}), frozenset({"A", "B"}), frozenset(), frozenset({"B"})]
TOLD = [frozenset({"A"}), frozenset({"A"}), frozenset({"A"}), frozenset({"B"})]


def test_f1_of_each_label_their_mean_and_their_sum() -> None:
    counts = counts_of(TOLD, GOLD, ["A", "B", "C"])
    assert counts["A"].f1 == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))  # told three times, right twice
    assert counts["B"].f1 == pytest.approx(2 * 1 * 0.5 / 1.5)
    assert counts["C"].f1 == 0  # borne by none: counts in the mean all the same
    assert macro_f1(counts) == pytest.approx((0.8 + 2 / 3 + 0) / 3)
    assert micro_f1(counts) == pytest.approx(2 * 3 / (4 + 4))
    assert details(counts, "x.")["x.a.precision"] == pytest.approx(2 / 3)


def test_average_precision_is_the_mean_precision_at_the_true_ones() -> None:
    assert average_precision([0.9, 0.8, 0.7], [True, False, True]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([0.9, 0.8], [True, False]) == 1
    assert average_precision([0.9, 0.8], [False, False]) == 0


def test_texts_that_are_as_sure_have_one_place() -> None:
    assert average_precision([0.5, 0.5, 0.5, 0.5], [True, False, False, False]) == 0.25


def test_pieces_are_found_in_a_text_whose_blanks_and_broken_letters_were_mended() -> None:
    text = "Rebels “struck” Lara.\n\nNobody was hurt."
    bounds = located(["Rebels  â€œstruckâ€\x9d Lara.", "…", "Nobody\nwas hurt. "], text)
    assert [text[slice(*bound)] if bound else None for bound in bounds] == [
        "Rebels “struck” Lara",
        None,
        "Nobody was hurt",
    ]
    assert piece_at(bounds, text.index("Lara")) == 0
    assert piece_at(bounds, text.index("hurt")) == 2
    assert pieces_in(bounds, 0, len(text)) == [0, 2]


def test_piece_that_is_not_in_the_text_does_not_lose_the_next() -> None:
    assert located(["alpha", "missing", "beta"], "alpha beta") == [(0, 5), None, (6, 10)]
