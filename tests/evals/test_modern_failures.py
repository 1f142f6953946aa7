from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evals.failures_card import card
from evals.modern import Pair, modern_article
from evals.modern_failures import Judged, confusions, region, tables
from vedette.model.kinds import EventKind, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Tally

MakeClaim = Callable[..., Claim]


def label(kind: EventKind, stance: Stance = Stance.ASSERTS, killed: int | None = None) -> dict[str, Any]:
    toll = {"harm": "killed", "low": killed, "best": killed, "high": killed, "side": "unknown"}
    return {"kind": kind.value, "stance": stance.value, "tolls": [toll] if killed else []}


def text(*labels: dict[str, Any], **told: Any) -> dict[str, Any]:
    return {"set": "re3d", "claims": list(labels), **told}


def test_texts_are_told_by_their_set_and_our_own_by_their_style(claim: MakeClaim) -> None:
    judged = [
        Judged(text(style="wire") | {"set": "own"}, [], []),
        Judged({"style": "feed", "claims": []}, [claim(EventKind.ATTACK)], []),
        Judged(text(), [], []),
    ]
    found = tables(judged)["by_origin"]
    assert list(found) == ["re3d", "own, feed", "own, wire"]
    assert (found["own, feed"]["empty"], found["own, feed"]["false"]) == (1, 1)


def test_region_is_that_of_the_marked_place_and_afghanistan_stands_by_itself() -> None:
    told = "From Bamako it is said: gunmen attacked a checkpoint in Kandahar on Monday."
    at = [told.index("Kandahar"), told.index("Kandahar") + len("Kandahar")]
    marked = {"text": told, "claims": [{"place": {"at": [at]}}]}
    assert region(marked, modern_article(marked)) == "Afghanistan"
    bare = {"text": told, "claims": []}
    assert region(bare, modern_article(bare)) == "Western Africa"
    nowhere = {"text": "Gunmen attacked a checkpoint on Monday.", "claims": []}
    assert region(nowhere, modern_article(nowhere)) == ""


def test_regions_are_told_by_their_labels_and_texts_of_no_region_last(claim: MakeClaim) -> None:
    attack = label(EventKind.ATTACK)
    judged = [
        Judged(text(), [claim(EventKind.ATTACK)], []),
        Judged(text(attack), [], [], "Europe"),
        Judged(text(attack, attack), [], [], "Afghanistan"),
    ]
    found = tables(judged)["by_region"]
    assert list(found) == ["Afghanistan", "Europe", ""]
    assert (found[""]["empty"], found[""]["false"]) == (1, 1)


def test_a_claim_of_another_kind_of_the_same_type_counts_for_the_type(claim: MakeClaim) -> None:
    shelling, strike = label(EventKind.SHELLING_ARTILLERY_MISSILE), claim(EventKind.AIR_DRONE_STRIKE)
    row = tables([Judged(text(shelling), [strike], [Pair(strike, shelling)])])["by_type"]
    assert row["explosions_remote_violence"]["f1"] == 1
    assert row["explosions_remote_violence"]["kind_accuracy"] == 0


def test_the_card_leaves_out_groups_of_which_there_is_too_little() -> None:
    pairs = {"pairs": 2, "kind_accuracy": 0.5, "killed_n": 0, "killed_exact": 0.0}
    large = {"texts": 9, "labels": 10, "empty": 0, "false": 0, "claim_f1": 0.5} | pairs
    told = {"by_region": {"Europe": large, "Oceania": large | {"labels": 9}}, "by_origin": {"re3d": large}}
    riots = {"labels": 4, "found": 0.5, "f1": 0.25} | pairs
    written = card(told | {"by_type": {"riots": riots}}, "2026-01-01")
    assert "| Europe | 9 | 10 | .500 |" in written
    assert "Oceania" not in written
    assert "| `riots` | 4 | .500 | .250 |" in written


def test_f1_of_an_origin_counts_pairs_among_its_claims_and_labels(claim: MakeClaim) -> None:
    true, made = label(EventKind.ATTACK), claim(EventKind.ATTACK)
    judged = [Judged(text(true, label(EventKind.GRENADE)), [made], [Pair(made, true)])]
    assert tables(judged)["by_origin"]["re3d"]["claim_f1"] == 2 / 3


def test_killed_is_judged_where_claim_or_label_tells_any(claim: MakeClaim) -> None:
    three = claim(EventKind.ATTACK, killed=Tally(3, 3, 3))
    none = claim(EventKind.ATTACK)
    pairs = [
        Pair(three, label(EventKind.ATTACK, killed=3)),
        Pair(none, label(EventKind.ATTACK, killed=3)),
        Pair(none, label(EventKind.ATTACK)),
    ]
    judged = [Judged(text(*(pair.gold for pair in pairs)), [pair.claim for pair in pairs], pairs)]
    row = tables(judged)["by_origin"]["re3d"]
    assert (row["killed_n"], row["killed_exact"]) == (2, 0.5)


def test_kind_is_found_where_a_claim_is_and_right_where_it_has_that_kind(claim: MakeClaim) -> None:
    clash = claim(EventKind.ARMED_CLASH)
    attacks = [label(EventKind.ATTACK), label(EventKind.ATTACK)]
    judged = [Judged(text(*attacks), [clash], [Pair(clash, attacks[0])])]
    row = tables(judged)["by_kind"]["attack"]
    assert (row["labels"], row["found"], row["same"], row["f1"]) == (2, 0.5, 0, 0)


def test_stance_that_is_told_too_often_costs_f1(claim: MakeClaim) -> None:
    true = label(EventKind.ATTACK, Stance.DENIES)
    claims = [claim(EventKind.ATTACK, stance=Stance.DENIES), claim(EventKind.ATTACK, stance=Stance.DENIES, at=9)]
    judged = [Judged(text(true), claims, [Pair(claims[0], true)])]
    assert tables(judged)["by_stance"]["denies"]["f1"] == 2 / 3


def test_confusions_are_counted_and_the_most_frequent_stands_first(claim: MakeClaim) -> None:
    clash, attack = claim(EventKind.ARMED_CLASH), claim(EventKind.ATTACK)
    pairs = [Pair(attack, label(EventKind.GRENADE)), *[Pair(clash, label(EventKind.ATTACK))] * 2]
    assert confusions([*pairs, Pair(clash, label(EventKind.ARMED_CLASH))]) == [
        ["attack", "armed_clash", 2],
        ["grenade", "attack", 1],
    ]
