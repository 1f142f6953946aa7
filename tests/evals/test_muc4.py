from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.gold import rows
from evals.muc4 import gold_templates, head, incident_type_of, mapping, muc4_article, scores, templates_of
from evals.template_filling import ROLES, entity, merged
from vedette.model.kinds import EventKind, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor

MakeClaim = Callable[..., Claim]


def test_every_kind_in_the_mapping_is_a_kind_of_ours() -> None:
    assert set(mapping().kinds) <= {kind.value for kind in EventKind}


@pytest.mark.parametrize(
    ("kind", "trigger", "expected"),
    [
        (EventKind.REMOTE_EXPLOSIVE_LANDMINE_IED, "went off", "bombing"),
        (EventKind.ABDUCTION_FORCED_DISAPPEARANCE, "kidnapped", "kidnapping"),
        (EventKind.LOOTING_PROPERTY_DESTRUCTION, "SET\nFIRE TO", "arson"),
        (EventKind.LOOTING_PROPERTY_DESTRUCTION, "robbed", "robbery"),
        (EventKind.ARRESTS, "arrested", ""),
        (EventKind.PEACEFUL_PROTEST, "marched", ""),
    ],
)
def test_kind_and_trigger_settle_the_incident_type(
    claim: MakeClaim, kind: EventKind, trigger: str, expected: str
) -> None:
    assert incident_type_of(claim(kind, trigger)) == expected


def test_fillers_go_into_the_slots_of_individuals_organisations_things_and_weapons(claim: MakeClaim) -> None:
    told = claim(
        EventKind.REMOTE_EXPLOSIVE_LANDMINE_IED,
        by=(Actor("members of the Red Kites"), Actor("Red Kites", id="red-kites"), Actor("the Kite Movement")),
        on=("two bridges of the railway", "a farmer"),
        weapons=("dynamite",),
    )
    (template,) = templates_of([told])
    assert template.fillers["PerpInd"] == (entity(["members of the Red Kites"]),)
    assert template.fillers["PerpOrg"] == (entity(["red kites"]), entity(["kite movement"]))
    assert template.fillers["Target"] == (entity(["two bridges of the railway"]),)
    assert template.fillers["Victim"] == ()  # a slot of names, and we tell of people by role
    assert template.fillers["Weapon"] == (entity(["dynamite"]),)


@pytest.mark.parametrize("phrase", ["members of the Red Kites", "Red Kites rebels"])
def test_people_of_a_known_organisation_fill_both_slots_of_perpetrators(claim: MakeClaim, phrase: str) -> None:
    (template,) = templates_of([claim(EventKind.ATTACK, by=(Actor(phrase, id="red-kites"),))])
    assert template.fillers["PerpInd"] == (entity([phrase]),)
    assert template.fillers["PerpOrg"] == (entity(["Red Kites"]),)


def test_what_muc4_holds_irrelevant_gives_no_template(claim: MakeClaim) -> None:
    denied = claim(EventKind.ATTACK, stance=Stance.DENIES)
    doubted = claim(EventKind.ATTACK, stance=Stance.DOUBTS)
    between_forces = claim(EventKind.ARMED_CLASH, on=("an army patrol", "five soldiers"))
    clash = claim(EventKind.ARMED_CLASH, by=(Actor("rebels"), Actor("troops")), undirected=True)
    assert templates_of([denied, doubted, between_forces, clash]) == []


def test_threat_attack_on_nobody_named_and_civilians_among_soldiers_give_templates(claim: MakeClaim) -> None:
    threat = claim(EventKind.ATTACK, stance=Stance.THREATENS)
    unaimed = claim(EventKind.ATTACK, by=(Actor("rebels"),))
    mixed = claim(EventKind.ARMED_CLASH, on=("an army patrol", "a bus"))
    assert len(templates_of([threat, unaimed, mixed])) == 3


def test_head_of_a_phrase_is_the_noun_before_its_first_of() -> None:
    assert head("the offices of the bank") == "offices"
    assert head("a military patrol") == "patrol"


def test_gold_against_itself_scores_one_and_against_nothing_zero() -> None:
    row = {"gtt": {"templates": [_raw("bombing", Target=[[["bridge", 3], ["lara bridge", 9]]])]}}
    gold = [gold_templates(row)]
    assert scores(gold, gold).scores == {"gtt_micro_f1": 1.0, "ceaf_ree_f1": 1.0, "kind_micro_f1": 1.0}
    assert set(scores([[]], gold).scores.values()) == {0.0}


def test_two_gold_templates_that_say_the_same_count_once() -> None:
    row = {"gtt": {"templates": [_raw("arson"), _raw("arson"), _raw("attack")]}}
    assert [template.incident_type for template in gold_templates(row)] == ["arson", "attack"]


def test_counts_of_the_development_gold_agree_with_its_readme(shared_data: Path) -> None:
    documents = list(rows(shared_data / "muc4/dev.jsonl"))
    assert len(documents) == 200
    assert sum(bool(gold_templates(row)) for row in documents) == 116
    assert {muc4_article(row).lang for row in documents} == {"en"}
    assert (
        sum(len(merged(gold_templates(row))[role]) for row in documents for role in ROLES) == 475
    )  # as many as in GRIT's own dev set


def _raw(incident_type: str, **fillers: list[list[list[object]]]) -> dict[str, object]:
    return {"incident_type": incident_type, **{role: fillers.get(role, []) for role in ROLES}}
