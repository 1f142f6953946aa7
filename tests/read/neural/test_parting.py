"""Values of one event do not stand in the claim of another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from vedette.model.kinds import Stance
from vedette.read import read_articles
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.events import Mention
from vedette.read.neural.page import Page
from vedette.read.neural.parting import parted

Marked = Callable[..., tuple[Page, list[Stretch]]]

BOMBING = "A bomb tore through a mosque in Kunduz on Friday, killing at least 40 people, officials said. "
CLAIMED = "The Islamic State claimed responsibility for the attack. "
DENIED = "The Taliban denied any involvement. "
CHECKPOINT = "In a separate incident, gunmen attacked a checkpoint in Ghazni on Saturday, killing two policemen."


def mention(page: Page, word: str, *parts: Stretch) -> Mention:
    """A mention by the first such word of the page, with these parts."""
    at = next(n for n, each in enumerate(page.words) if page.article.text[each.start : each.end] == word)
    return Mention(at, np.ones(1, np.float32), parts, np.ones(4, np.float32), np.ones(4, np.float32), 0.0)


def test_a_toll_in_the_sentence_of_one_event_is_not_the_others(marked: Marked):
    page, (killed, place) = marked("A bomb killed [two] in [Kunduz]. Later a mine went off.", "killed", "place")
    bomb, mine = parted(page, [[mention(page, "bomb", killed, place)], [mention(page, "mine", killed, place)]])
    assert list(bomb[0].parts) == [killed, place]
    assert list(mine[0].parts) == [place]  # two may lie at one place


@pytest.mark.parametrize(
    "text",
    [
        "A bomb and a mine killed [two] in Kunduz.",  # in the sentence of both
        "A bomb went off. A mine went off. In all [two] were killed.",  # in that of neither
    ],
)
def test_a_toll_that_may_be_of_both_stays_with_both(marked: Marked, text: str):
    page, (killed,) = marked(text, "killed")
    events = parted(page, [[mention(page, "bomb", killed)], [mention(page, "mine", killed)]])
    assert [list(event[0].parts) for event in events] == [[killed], [killed]]


@pytest.mark.parametrize("text", [BOMBING + CLAIMED + DENIED + CHECKPOINT, BOMBING + CLAIMED + CHECKPOINT])
def test_a_bombing_claimed_by_one_and_an_attack_elsewhere_are_told_apart(reference, make_article, text: str):
    article = make_article(text, published="2025-03-01")
    found = [
        each
        for each in read_articles([article], reference, "accurate")[0].claims
        if each.stance.value is Stance.ASSERTS
    ]
    told = [
        (
            claim.place.value.name,
            str(claim.when.value.earliest),
            [actor.value.name for actor in claim.perpetrators],
            [toll.value.tally.best for toll in claim.tolls],
        )
        for claim in found
    ]
    assert told == [
        ("Kunduz", "2025-02-28", ["Islamic State"], [40]),
        ("Ghazni", "2025-03-01", ["gunmen"], [2]),
    ]
