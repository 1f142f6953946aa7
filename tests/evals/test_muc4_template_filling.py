from __future__ import annotations

import itertools
import random

import pytest

from evals.template_filling import (
    ROLES,
    TYPE,
    Counts,
    Template,
    best_alignment,
    ceaf_ree_counts,
    entity,
    gtt_counts,
    merged,
    normalised,
    total,
)


def template(incident_type: str, **fillers: list[list[str]]) -> Template:
    return Template(incident_type, {role: tuple(entity(e) for e in fillers.get(role, [])) for role in ROLES})


BRIDGE = template("bombing", Target=[["the Lara bridge", "bridge"]], Weapon=[["dynamite"]], PerpOrg=[["Red Kites"]])
MAYOR = template("kidnapping", PerpInd=[["hooded men"]], Victim=[["the mayor of Lara", "the mayor"]])


def test_mentions_are_compared_without_case_articles_punctuation_and_line_breaks() -> None:
    assert normalised('The "Santa Rita"\n  FARM.') == normalised("santa rita farm") == "santa rita farm"
    assert normalised("theatre") == "theatre"


def test_templates_told_in_another_order_are_still_all_right() -> None:
    slots = gtt_counts([MAYOR, BRIDGE], [BRIDGE, MAYOR])
    assert slots[TYPE] == Counts(2, 2, 2, 2)
    assert total(slots.values()).f1 == 1.0


def test_wrong_incident_type_makes_a_whole_template_spurious_and_one_missed() -> None:
    wrong = Template("attack", BRIDGE.fillers)
    counts = total(gtt_counts([wrong], [BRIDGE]).values())
    assert counts == Counts(0, 4, 0, 4)


def test_either_alternative_of_a_gold_type_is_right() -> None:
    assert gtt_counts([template("attack")], [template("bombing / attack")])[TYPE].right == 1
    assert gtt_counts([template("arson")], [template("bombing / attack")])[TYPE].right == 0


def test_entity_with_a_mention_the_gold_lacks_is_wrong() -> None:
    half = template("bombing", Target=[["bridge", "the ferry"]])
    assert gtt_counts([half], [BRIDGE])["Target"] == Counts(0, 1, 0, 1)


def test_gtt_counts_two_mentions_of_one_gold_entity_as_two_right_and_one_found() -> None:
    twice = template("bombing", Target=[["bridge"], ["Lara bridge"]])
    target = gtt_counts([twice], [BRIDGE])["Target"]
    assert target == Counts(right=2, predicted=2, found=1, gold=1)


def test_ceaf_ree_counts_two_mentions_of_one_gold_entity_as_one_right() -> None:
    twice = template("bombing", Target=[["bridge"], ["Lara bridge"]])
    assert ceaf_ree_counts(twice.fillers, BRIDGE.fillers)["Target"] == Counts(1, 2, 1, 1)


def test_worked_document_gives_the_figures_worked_by_hand() -> None:
    # Of six told values (2 types, 4 fillers) four are right; of seven gold values four are found.
    told = [
        template("bombing", Target=[["bridge"]], PerpOrg=[["Blue Kites"]]),
        template("kidnapping", PerpInd=[["hooded men"]], Victim=[["councillor"]]),
    ]
    counts = total(gtt_counts(told, [BRIDGE, MAYOR]).values())
    assert counts == Counts(4, 6, 4, 7)
    assert counts.precision == pytest.approx(4 / 6)
    assert counts.recall == pytest.approx(4 / 7)
    assert counts.f1 == pytest.approx(8 / 13)
    # Without the types: two of four right, two of five found.
    assert total(ceaf_ree_counts(merged(told), merged([BRIDGE, MAYOR])).values()) == Counts(2, 4, 2, 5)


def test_ceaf_ree_gives_up_a_first_match_for_a_better_whole() -> None:
    # "men" fits both gold entities, "hooded men" only the first: taking the first greedily would lose one.
    gold = template("attack", PerpInd=[["hooded men", "men"], ["men", "guards"]])
    told = template("attack", PerpInd=[["men"], ["hooded men"]])
    assert ceaf_ree_counts(told.fillers, gold.fillers)["PerpInd"].right == 2


def test_merging_keeps_one_of_two_entities_that_contain_each_other() -> None:
    shorter = template("arson", PerpOrg=[["Kites"]])
    longer = template("attack", PerpOrg=[["Kites", "Red Kites"]])
    assert merged([shorter, longer])["PerpOrg"] == (entity(["Kites"]),)


def test_nothing_told_and_nothing_to_tell_is_no_division_by_zero() -> None:
    assert total(gtt_counts([], []).values()).f1 == 0.0
    assert total(ceaf_ree_counts({}, {}).values()).f1 == 0.0


def every_alignment(n: int, m: int) -> list[list[tuple[int, int]]]:
    choices = itertools.product([None, *range(m)], repeat=n)
    taken = ([(i, j) for i, j in enumerate(choice) if j is not None] for choice in choices)
    return [pairs for pairs in taken if len({j for _, j in pairs}) == len(pairs)]


@pytest.mark.parametrize("seed", range(25))
def test_alignment_is_the_best_of_all_alignments(seed: int) -> None:
    rng = random.Random(seed)
    n, m = rng.randint(1, 4), rng.randint(1, 4)
    pairs = {
        (i, j): {"Target": (rng.randint(0, 3), rng.randint(0, 3))}
        for i in range(n)
        for j in range(m)
        if rng.random() < 0.7
    }
    sizes = rng.randint(12, 20), rng.randint(12, 20)

    def f1(aligned: list[tuple[int, int]]) -> float:
        right = sum(1 + pairs[pair]["Target"][0] for pair in aligned)
        found = sum(1 + pairs[pair]["Target"][1] for pair in aligned)
        return Counts(right, sizes[0], found, sizes[1]).f1

    best = max(f1(aligned) for aligned in every_alignment(n, m) if all(pair in pairs for pair in aligned))
    assert f1(list(best_alignment(pairs, n, *sizes))) == pytest.approx(best, abs=1e-12)


def test_many_claims_against_many_templates_align_in_no_time() -> None:
    crowd = [template("attack", PerpInd=[[f"band {i % 5}"]]) for i in range(30)]
    gold = [template("attack", PerpInd=[[f"band {i}"]]) for i in range(9)]
    assert gtt_counts(crowd, gold)["PerpInd"].found == 5
