"""Sums over many events are figures and months are no marches: neither makes a claim."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "The insurgents carried out 14 attacks in Takhar in February. At least 38 people were killed.",
        "In March our desk recorded 31 incidents in Takhar. Between 40 and 45 people were killed in them.",
        "Officers hunting the gunmen arrested nobody.",
        "TALOQAN, Afghanistan, March 7, 2025 (Wire) - The rebels met for talks with the people of the town.",
    ],
)
def test_no_claim_is_made_of(claims_of, text):
    assert claims_of(text) == ()


def test_several_hundred_teachers_marched(claims_of):
    (claim,) = claims_of("Several hundred teachers marched through Fayzabad on Sunday for kidnapped colleagues.")
    assert claim.kind.value.value == "peaceful_protest"


def test_a_datelines_place_is_not_finer_than_what_the_text_tells(claims_of):
    (claim,) = claims_of(
        "Gunmen ambush convoy in northern Afghanistan\n\nKABUL, March 10, 2025 (Wire) - Gunmen ambushed a police "
        "convoy in the northern province of Kunduz on Monday, killing three policemen.",
        published="2025-03-10",
    )
    assert claim.place.value.name == "Kunduz"


def test_a_martyrdom_operation_is_a_suicide_bombing(claims_of):
    (claim,) = claims_of(
        "A fighter of the Taliban carried out a martyrdom operation against the police headquarters in Taloqan today. "
        "Twenty-five members of the puppet police were killed and 40 wounded."
    )
    assert claim.kind.value.value == "suicide_bomb"
