from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vedette.model.kinds import Attribution, EventKind, Harm, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Place, Span, Tally, Toll, When

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # `evals` is beside `src`, not installed

MakeClaim = Callable[..., Claim]


@pytest.fixture
def shared_data() -> Path:
    data = ROOT / "../shared/data"
    if not data.is_dir():
        pytest.skip("the gold sets are not beside this checkout (../shared/data)")
    return data


@pytest.fixture
def claim() -> MakeClaim:
    """A claim told by its trigger word, whose place in the text is `at`."""

    def make(
        kind: EventKind,
        trigger: str = "struck",
        *,
        at: int = 0,
        stance: Stance = Stance.ASSERTS,
        when: When | date | None = None,
        place: Place = Place(),
        by: tuple[Actor, ...] = (),
        on: tuple[str, ...] = (),
        weapons: tuple[str, ...] = (),
        killed: Tally | None = None,
        captured: Tally | None = None,
        undirected: bool = False,
    ) -> Claim:
        span = Span("article", at, at + len(trigger), trigger)
        days = When(when, when) if isinstance(when, date) else when or When()
        told = ((Harm.KILLED, killed), (Harm.CAPTURED, captured))
        return Claim(
            id=f"claim-{kind}-{at}",
            article_id="article",
            kind=Cited(kind, (span,)),
            when=Cited(days),
            place=Cited(place),
            stance=Cited(stance),
            attribution=Cited(Attribution.FACT),
            perpetrators=tuple(Cited(actor) for actor in by),
            targets=tuple(Cited(Actor(name)) for name in on),
            weapons=tuple(Cited(weapon) for weapon in weapons),
            tolls=tuple(Cited(Toll(harm, tally), (Span("article", at, at + 1),)) for harm, tally in told if tally),
            undirected=undirected,
        )

    return make
