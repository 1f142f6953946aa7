from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.crosswalk import crosswalk
from evals.gold import rows
from evals.parts import given, parts_of
from evals.wikievents import argument_scores, arguments_of, events_of, gold_events, scores, tokens_of
from vedette.model.kinds import EventKind
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Span
from vedette.read.neural.labels import ROLES

MakeClaim = Callable[..., Claim]

TOKENS = ["Blast", "in", "Lara", "Gunmen", "killed", "farmers", ".", "They", "fled", "."]
ROW: dict[str, Any] = {
    "doc_id": "made-up",
    "tokens": TOKENS,
    "sentences": [[[], "Blast in Lara"], [[], "Gunmen killed farmers."], [[], "They fled."]],
    "entity_mentions": [
        {"id": "T1", "start": 3, "end": 4},
        {"id": "T2", "start": 5, "end": 6},
        {"id": "T3", "start": 7, "end": 8},
        {"id": "T4", "start": 2, "end": 3},
    ],
    "coref_clusters": [["T1", "T3"]],
    "event_mentions": [
        {
            "event_type": "Life.Die.Unspecified",
            "trigger": {"start": 4, "end": 5},
            "arguments": [{"entity_id": "T3", "role": "Killer"}, {"entity_id": "T2", "role": "Victim"}],
        },
        {
            "event_type": "Conflict.Attack.DetonateExplode",
            "trigger": {"start": 0, "end": 1},
            "arguments": [{"entity_id": "T4", "role": "Place"}],
        },
    ],
}


@pytest.mark.parametrize("name", ["wikievents", "rams"])
def test_crosswalk_speaks_of_kinds_and_parts_of_ours(name: str) -> None:
    told = crosswalk(name)
    assert set(told.kinds) | told.settled <= {kind.value for kind in EventKind}
    assert {part for roles in told.roles.values() for part in roles} <= set(ROLES)
    assert all(told.known(type_) for type_ in told.kinds.values())


def test_word_of_the_trigger_settles_the_type_of_violence(claim: MakeClaim) -> None:
    types = crosswalk("wikievents")
    assert types.type_of(claim(EventKind.ATTACK, "killed")) == "Life.Die.Unspecified"
    assert types.type_of(claim(EventKind.ATTACK, "shot at")) == "Conflict.Attack.Unspecified"
    assert types.type_of(claim(EventKind.ARRESTS, "killed")) == "Justice.ArrestJailDetain.Unspecified"
    assert types.type_of(claim(EventKind.AGREEMENT, "signed")) == ""


def test_role_is_that_of_the_longest_listed_beginning_of_the_type() -> None:
    types = crosswalk("wikievents")
    assert types.role_of("Conflict.Attack.DetonateExplode", "weapon") == "ExplosiveDevice"
    assert types.role_of("Conflict.Attack.Unspecified", "weapon") == "Instrument"
    assert types.role_of("Contact.Contact.Meet", "place") == "Place"
    assert types.role_of("Contact.Contact.Meet", "perpetrator") == ""


def test_claim_is_an_event_at_the_tokens_of_its_words(claim: MakeClaim) -> None:
    document = tokens_of(ROW)
    text = document.article.text
    gunmen, farmers = (
        (Span("", text.index(word), text.index(word) + len(word), word)) for word in ("Gunmen", "farmers")
    )
    told = replace(
        claim(EventKind.ATTACK, "killed", at=text.index("killed")),
        perpetrators=(Cited(Actor("Gunmen"), (gunmen,)),),
        targets=(Cited(Actor("farmers"), (farmers,)),),
    )
    (event,) = events_of([told], document)
    assert (event.trigger, event.type) == ((4, 5), "Life.Die.Unspecified")
    assert {(argument.bound, argument.role) for argument in event.arguments} == {((3, 4), "Killer"), ((5, 6), "Victim")}
    found = scores([[event]], [list(gold_events(ROW))], [TOKENS]).scores
    assert found["trigger_classification_f1"] == pytest.approx(2 / 3)  # one of two, and nothing wrong
    assert found["argument_classification_span_f1"] == pytest.approx(2 * 0.5 * (1 / 3) / (0.5 + 1 / 3))
    assert found["argument_classification_coref_f1"] == pytest.approx(2 * 1 * (2 / 3) / (1 + 2 / 3))


def test_gold_against_itself_scores_one_and_against_nothing_zero() -> None:
    gold = [list(gold_events(ROW))]
    assert set(scores(gold, gold, [TOKENS]).scores.values()) == {1.0}
    assert set(scores([[]], gold, [TOKENS]).scores.values()) == {0.0}
    assert set(argument_scores([[]], gold, [TOKENS], "given_trigger_").values()) == {0.0}


def test_headline_is_a_paragraph_of_its_own() -> None:
    assert tokens_of(ROW).article.text == "Blast in Lara\n\nGunmen killed farmers. They fled."


def test_claims_of_the_lexical_reader_are_taken_at_the_given_trigger() -> None:
    document = tokens_of(ROW)
    parts = given("lexical", [document], [[(4, 5), (8, 9)]])
    assert {role for role, _, _ in parts[0][0]} >= {"perpetrator", "target"}
    assert parts[0][1] == []
    assert {argument.role for argument in arguments_of("Life.Die.Unspecified", parts[0][0], document)} >= {"Killer"}


def test_network_is_asked_about_the_given_trigger() -> None:
    document = tokens_of(ROW)
    (parts,) = given("accurate", [document], [[(4, 5)]])[0]
    assert all(document.within(part.start, part.end) for part in parts)


def test_words_of_a_toll_that_tell_the_event_are_no_part(claim: MakeClaim) -> None:
    from vedette.model.values import Tally

    told = claim(EventKind.ATTACK, "killed", at=20, killed=Tally(2, 2, 2))
    assert parts_of(told) == []


def test_counts_of_the_development_file_are_those_of_the_paper(shared_data: Path) -> None:
    events = [list(gold_events(row)) for row in rows(shared_data / "wikievents/dev.jsonl")]
    assert len(events) == 20
    assert sum(map(len, events)) == 345
    assert sum(len(event.arguments) for each in events for event in each) == 428
