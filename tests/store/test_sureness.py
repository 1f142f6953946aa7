"""Claims are asked for without the values that their reader is not sure enough of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from made import KUNDUZ, article, claim
from vedette.analyse import Filters, Unit
from vedette.analyse import count as counted
from vedette.analyse.listing import claims, flat_claims_like
from vedette.model.kinds import Attribution, Harm, Side
from vedette.model.nouns import Claim
from vedette.model.values import Cited, Place, Tally, Toll, When
from vedette.store import Batch, Case, Work

TOLD = article("A bomb killed 46 people in Kunduz.")
READER = "accurate.en/3"


def told(**scores: float) -> Claim:
    """A claim with these scores, 0.9 where none is given; `killed` and `wounded` are those of its tolls."""
    made = claim(TOLD, reader=READER)
    sure: dict[str, Any] = {
        name: replace(getattr(made, name), score=score)
        for name, score in scores.items()
        if name in ("kind", "when", "place", "stance", "attribution")
    }
    for name in ("perpetrators", "targets"):
        if name in scores:
            sure[name] = tuple(replace(each, score=scores[name]) for each in getattr(made, name))
    tolls = [
        Cited(Toll(Harm(harm), Tally(number, number, number), side), made.kind.spans, READER, scores.get(name, 0.9))
        for name, harm, number, side in (
            ("killed", "killed", 40, Side.TARGETS),
            ("bomber", "killed", 1, Side.PERPETRATORS),
            ("wounded", "wounded", 12, Side.UNKNOWN),
        )
    ]
    return replace(made, **sure, tolls=tuple(tolls))


def keep(case: Case, made: Claim) -> None:
    case.commit(Batch("read", {"articles": [TOLD], "claims": [made], "done": [Work("read", TOLD.id, READER)]}))


def asked(case: Case, made: Claim, least: float = 0.8) -> tuple[list[Claim], list[dict[str, Any]]]:
    """The claim as noun and as row, each in a list that is empty where the claim is left out."""
    keep(case, made)
    with case.snapshot() as now:
        now.only_sure(least)
        filters = Filters(min_score=least)
        return claims(now, filters), list(flat_claims_like(now, filters))


def test_a_claim_of_sure_values_is_shown_as_it_is(case: Case):
    (noun,), (row,) = asked(case, told())
    assert noun == told()
    assert (row["place"], row["killed_best"], row["perpetrators"]) == ("Kunduz", 41, ["gunmen"])


@pytest.mark.parametrize("field", ["kind", "stance"])
def test_a_claim_whose_kind_or_stance_is_less_sure_is_left_out(case: Case, field: str):
    assert asked(case, told(**{field: 0.7})) == ([], [])


def test_a_place_and_a_day_that_are_less_sure_are_left_out(case: Case):
    (noun,), (row,) = asked(case, told(place=0.7, when=0.7))
    assert (noun.place.value, noun.place.spans, noun.when.value) == (Place(), (), When())
    assert (row["place"], row["precision"], row["lat"], row["path"], row["earliest"]) == ("", "unknown", None, [], None)
    assert noun.targets == told().targets


def test_without_a_sure_perpetrator_nothing_is_laid_to_anybody(case: Case):
    (noun,), (row,) = asked(case, told(perpetrators=0.7))
    assert (noun.perpetrators, noun.attribution.value) == ((), Attribution.UNKNOWN)
    assert (row["perpetrators"], row["attribution"], row["targets"]) == ([], "unknown", ["a mosque"])


def test_of_a_harm_with_one_toll_less_sure_no_sum_is_told(case: Case):
    (noun,), (row,) = asked(case, told(bomber=0.7))
    assert [toll.value.harm for toll in noun.tolls] == [Harm.WOUNDED]
    assert (row["killed_low"], row["killed_best"], row["wounded_best"]) == (None, None, 12)


def test_a_filter_does_not_match_a_value_that_is_left_out(case: Case):
    keep(case, told(place=0.7))
    with case.snapshot() as now:
        filters = Filters(min_score=0.8, place=KUNDUZ.name)
        assert counted(now, filters, (), Unit.CLAIMS).whole.count == 1
        now.only_sure(0.8)
        assert counted(now, filters, (), Unit.CLAIMS).whole.count == 0
