from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.event_arguments import Argument, Event
from evals.gold import rows
from evals.parts import Part
from evals.rams import event_of, gold_event, scores, tokens_of

ROW: dict[str, Any] = {
    "sentences": [["The", "rebels", "bombed", "a", "depot", "."], ["It", "lies", "in", "Lara", "."]],
    "evt_triggers": [[2, 2, [["conflict.attack.bombing", 1.0]]]],
    "gold_evt_links": [
        [[2, 2], [1, 1], "evt001arg01attacker"],
        [[2, 2], [3, 4], "evt001arg02target"],
        [[2, 2], [9, 9], "evt001arg04place"],
    ],
}
TOKENS = [token for sentence in ROW["sentences"] for token in sentence]


def test_links_are_arguments_with_plain_roles() -> None:
    event = gold_event(ROW)
    assert (event.trigger, event.type) == ((2, 3), "conflict.attack.bombing")
    assert {(each.bound, each.role) for each in event.arguments} == {
        ((1, 2), "attacker"),
        ((3, 5), "target"),
        ((9, 10), "place"),
    }


def test_parts_are_arguments_by_the_type_of_the_given_event() -> None:
    document = tokens_of(ROW)
    text = document.article.text
    parts = [
        Part("perpetrator", text.index("rebels"), text.index("rebels") + 6),
        Part("said_by", text.index("It"), text.index("It") + 2),
        Part("place", text.index("Lara"), text.index("Lara") + 4),
    ]
    told = event_of(gold_event(ROW), parts, document)
    assert {(each.bound, each.role) for each in told.arguments} == {((1, 2), "attacker"), ((9, 10), "place")}
    other = event_of(Event((2, 3), "contact.discussion.meet"), parts, document)
    assert {each.role for each in other.arguments} == {"place"}


def test_scores_are_those_counted_by_hand() -> None:
    gold = gold_event(ROW)
    assert set(scores([gold], [gold], [TOKENS]).scores.values()) == {1.0}
    assert set(scores([Event(gold.trigger, gold.type)], [gold], [TOKENS]).scores.values()) == {0.0}
    told = Event(gold.trigger, gold.type, [Argument((0, 2), "attacker"), Argument((9, 10), "place")])
    found = scores([told], [gold], [TOKENS])
    assert found.scores["argument_f1"] == pytest.approx(2 * 0.5 * (1 / 3) / (0.5 + 1 / 3))  # "The rebels" is too much
    assert found.scores["argument_head_f1"] == pytest.approx(2 * 1 * (2 / 3) / (1 + 2 / 3))
    assert found.details["code_book_types"] == 1


def test_counts_of_the_development_file_are_those_of_its_readme(shared_data: Path) -> None:
    events = [gold_event(row) for row in rows(shared_data / "rams/dev.jsonl")]
    assert len(events) == 924
    assert sum(len(event.arguments) for event in events) == 2188
