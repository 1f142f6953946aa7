from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.gold import article, rows
from evals.muc4_all_slots import key_of, scores
from evals.muc4_claims import response_of, responses_of
from evals.slot_grades import Fill
from evals.slot_scoring import SLOTS
from vedette.model.kinds import EventKind, Harm, Precision, Side
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Place, Span, Tally, Toll, When

MakeClaim = Callable[..., Claim]
DAY = date(1990, 2, 4)
ARTICLE = article("Rebels bombed a bridge in Lima.", published=DAY)


def filler(*values: str, ref: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"alternatives": [{"value": value} | ({"ref": list(ref)} if ref else {}) for value in values]}


ROW: dict[str, Any] = {
    "templates": [
        {
            "optional_template": False,
            "slots": {
                "date": [filler("- 04 FEB 90")],
                "location": [filler("PERU: LIMA (CITY)")],
                "incident_type": [filler("BOMBING")],
                "stage_of_execution": [filler("ACCOMPLISHED")],
                "perp_individual_id": [filler("REBELS")],
                "perp_category": [filler("TERRORIST ACT")],
                "phys_tgt_id": [filler("BRIDGE", "STEEL BRIDGE")],
                "phys_tgt_type": [filler("TRANSPORTATION ROUTE", ref=("BRIDGE", "STEEL BRIDGE"))],
                "phys_tgt_number": [filler("1", ref=("BRIDGE", "STEEL BRIDGE"))],
                "hum_tgt_name": [filler("JUAN PEREZ")],
            },
        }
    ]
}


def test_claim_fills_the_slots_that_it_tells(claim: MakeClaim) -> None:
    told = claim(
        EventKind.REMOTE_EXPLOSIVE_LANDMINE_IED,
        "bombed",
        place=Place("Lima", Precision.SETTLEMENT, path=("Peru",)),
        by=(Actor("rebels"),),
        on=("a bridge",),
        weapons=("car bomb",),
    )
    slots = response_of(told, DAY)
    assert slots["incident_type"] == (Fill("BOMBING"),)
    assert slots["date"] == (Fill("- 04 FEB 90"),)
    assert slots["location"] == (Fill("PERU: LIMA"),)
    assert slots["perp_category"] == (Fill("TERRORIST ACT"),)
    assert slots["instrument_type"] == (Fill("VEHICLE BOMB", ("car bomb",)),)
    assert slots["phys_tgt_type"] == (Fill("TRANSPORTATION ROUTE", ("a bridge",)),)
    found = scores([[{slot: fills for slot, fills in slots.items() if "instrument" not in slot}]], [key_of(ROW)])
    assert found.scores["all_templates_precision"] == 1
    assert found.scores["all_templates_recall"] == 0.9  # all but the name
    assert found.details["without_names.f1"] == 1


def test_people_struck_are_told_by_the_tolls_and_the_targets(claim: MakeClaim) -> None:
    words = Span("article", 40, 51, "two farmers")
    told = replace(
        claim(EventKind.ATTACK, on=("a judge",)),
        tolls=(Cited(Toll(Harm.KILLED, Tally(2, 2, 2), Side.CIVILIANS), (words,)),),
    )
    slots = response_of(told, None)
    assert slots["hum_tgt_description"] == (Fill("two farmers"), Fill("a judge"))
    assert slots["hum_tgt_type"] == (Fill("CIVILIAN", ("two farmers",)), Fill("LEGAL OR JUDICIAL", ("a judge",)))
    assert slots["hum_tgt_number"] == (Fill("2", ("two farmers",)), Fill("1", ("a judge",)))
    assert slots["hum_tgt_effect"] == (Fill("DEATH", ("two farmers",)),)


def test_count_without_words_is_of_the_only_target(claim: MakeClaim) -> None:
    bare = claim(EventKind.ATTACK, on=("peasants",), killed=Tally(3, 3, None))
    slots = response_of(bare, None)
    assert slots["hum_tgt_number"] == (Fill("3 -", ("peasants",)),)
    assert slots["hum_tgt_effect"] == (Fill("DEATH", ("peasants",)),)


def test_state_forces_make_state_violence(claim: MakeClaim) -> None:
    assert response_of(claim(EventKind.ATTACK, by=(Actor("soldiers"),)), None)["perp_category"] == (
        Fill("STATE-SPONSORED VIOLENCE"),
    )


def test_claims_of_one_type_day_place_and_perpetrator_are_one_template(claim: MakeClaim) -> None:
    day = When(DAY, DAY)
    one = claim(EventKind.ATTACK, when=day, on=("a bus",), at=0)
    same = claim(EventKind.ATTACK, when=day, on=("a truck",), at=20)
    other = claim(EventKind.ATTACK, when=date(1990, 2, 1), on=("a truck",), at=40)
    responses = responses_of([one, same, other], ARTICLE)
    assert [len(response["phys_tgt_id"]) for response in responses] == [2, 1]


def test_perfect_answer_scores_one_and_none_scores_zero() -> None:
    keys = [key_of(ROW)]
    perfect = [
        {slot: [Fill(k.alternatives[0].value, k.alternatives[0].tags[:1]) for k in t.slots[slot]] for slot in SLOTS}
        for t in keys[0]
    ]
    assert set(scores([perfect], keys).scores.values()) == {1.0}
    assert set(scores([[]], keys).scores.values()) == {0.0}


def test_development_key_scores_one_against_itself(shared_data: Path) -> None:
    keys = [key_of(row) for row in rows(shared_data / "muc4/dev.jsonl")]
    assert sum(map(len, keys)) == 191
    perfect = [
        [
            {slot: [each.alternatives[0] for each in key.slots[slot] if each.alternatives] for slot in SLOTS}
            for key in doc
        ]
        for doc in keys
    ]
    assert scores(perfect, keys).scores["all_templates_f1"] == pytest.approx(1, abs=0.005)
