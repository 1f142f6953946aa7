from __future__ import annotations

import pytest

from evals.event_arguments import (
    Argument,
    Event,
    argument_counts,
    by_entity,
    by_head,
    by_tokens,
    head_of,
    trigger_counts,
)

#          0        1   2    3         4      5    6     7     8   9        10     11 12
TOKENS = ["Members", "of", "the", "Front", "killed", "two", "old", "farmers", "in", "Lara", ",", "and", "them"]
FARMERS = Argument((5, 8), "Victim", frozenset({(5, 8), (12, 13)}))
GOLD = Event((4, 5), "Life.Die", [Argument((0, 4), "Killer"), FARMERS, Argument((9, 10), "Place")])


def test_head_is_the_last_word_before_a_preposition_or_a_comma() -> None:
    assert head_of(TOKENS, (0, 4)) == 0
    assert head_of(TOKENS, (5, 8)) == 7
    assert head_of(TOKENS, (9, 11)) == 9  # a sign is no head


def test_trigger_is_identified_by_its_tokens_and_classified_by_its_type_too() -> None:
    told = [Event((4, 5), "Conflict.Attack"), Event((7, 8), "Life.Die")]
    counts = trigger_counts(told, [GOLD])
    assert counts["identification"].f1 == pytest.approx(2 / 3)
    assert counts["classification"].f1 == 0


def test_gold_against_itself_scores_one_and_against_nothing_zero() -> None:
    for matching in (by_tokens, by_head, by_entity):
        counts = argument_counts([GOLD], [GOLD], matching(TOKENS))
        assert {each.f1 for each in counts.values()} == {1.0}
        assert {each.f1 for each in argument_counts([], [GOLD], matching(TOKENS)).values()} == {0.0}


def test_head_asks_less_than_the_whole_span_and_the_role_counts_in_classification_only() -> None:
    told = Event((4, 5), "Life.Die", [Argument((0, 1), "Victim"), Argument((6, 8), "Victim")])
    spans = argument_counts([told], [GOLD], by_tokens(TOKENS))
    heads = argument_counts([told], [GOLD], by_head(TOKENS))
    assert spans["identification"].right == 0
    assert heads["identification"].f1 == pytest.approx(2 * 1 * (2 / 3) / (1 + 2 / 3))
    assert heads["classification"].f1 == pytest.approx(2 * 0.5 * (1 / 3) / (0.5 + 1 / 3))


def test_any_mention_of_the_entity_is_right_by_coreference() -> None:
    told = Event((4, 5), "Life.Die", [Argument((12, 13), "Victim")])
    assert argument_counts([told], [GOLD], by_head(TOKENS))["classification"].right == 0
    assert argument_counts([told], [GOLD], by_entity(TOKENS))["classification"].right == 1


def test_arguments_of_an_event_of_another_type_are_wrong() -> None:
    told = Event((4, 5), "Life.Injure", GOLD.arguments)
    counts = argument_counts([told], [GOLD], by_tokens(TOKENS))["identification"]
    assert (counts.right, counts.predicted, counts.gold) == (0, 3, 3)


def test_one_gold_argument_is_found_once() -> None:
    told = Event((4, 5), "Life.Die", [Argument((5, 8), "Victim"), Argument((7, 8), "Victim")])
    counts = argument_counts([told], [GOLD], by_head(TOKENS))["classification"]
    assert (counts.right, counts.predicted) == (1, 2)
