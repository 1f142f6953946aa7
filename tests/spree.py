"""Attacks of one group on two sorts of target, made for tests of counts and series."""

from __future__ import annotations

from datetime import date
from typing import Any

from made import KUNDUZ, article
from vedette.model.kinds import EventKind, Harm
from vedette.model.nouns import Article, Incident
from vedette.model.values import Actor, Tally, Toll, When

GROUP, TALIBAN, CIVILIANS = Actor("Islamic State", "islamic_state"), Actor("Taliban", "taliban"), Actor("civilians")


def incident(number: int, day: date, target: Actor, **other: Any) -> Incident:
    """An attack on a target; every second one killed two, of the others none is told."""
    told: dict[str, Any] = {
        "kind": EventKind.ATTACK,
        "when": When(day, day),
        "place": KUNDUZ,
        "perpetrators": (GROUP,),
        "targets": (target,),
        "tolls": (Toll(Harm.KILLED, Tally(2, 2, 2)),) if number % 2 else (),
        "claim_ids": (f"claim-{number}",),
        "credibility": 2,
        "sources": ("wire",),
    }
    return Incident(f"i{number}", **{**told, **other})


def published(day: date) -> Article:
    """An article of a day."""
    told = article(f"Report of {day}.")
    return Article(
        told.id, told.capture_id, "wire", "", "", told.text, "en", told.published.replace(*day.timetuple()[:3])
    )
