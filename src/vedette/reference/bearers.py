"""Who bears a name: of several actors the one that bore it on the day, and nobody where that is not told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from vedette.reference.known_actors import ActorName, KnownActor, holds

Ancestors = Callable[[str], Sequence[str]]


class Lasting(Protocol):
    """What has a first and a last day, each open where it is not told."""

    @property
    def since(self) -> date | None:
        """The first day."""

    @property
    def until(self) -> date | None:
        """The last day."""


class Bearer(NamedTuple):
    """An actor and when a name was its; `bound` where the name itself has an end, not the actor alone."""

    id: str
    since: date | None
    until: date | None
    bound: bool


def bearer(actor: KnownActor, name: ActorName) -> Bearer:
    """When an actor bore a name: all the time there was the actor, if nothing narrower is told."""
    bound = name.since is not None or name.until is not None
    return Bearer(actor.id, name.since or actor.since, name.until or actor.until, bound)


def overlap(one: Lasting, other: Lasting) -> bool:
    """True where there is a day on which both are."""
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def settled(bearers: Sequence[Bearer], on: date | None, ancestors: Ancestors) -> str:
    """The id of the actor whose name it was on a day, or is the latest to be; nothing where two have it at one time.

    Of an actor and its branches it is the actor.
    """
    if len(bearers) == 1 and not bearers[0].bound:
        return bearers[0].id  # of a group that is no more, or not yet: nobody else is meant
    day = on or date.max
    holding = {each.id for each in bearers if holds(each.since, each.until, day)}
    if not holding:
        holding = _last_before(bearers, day)
    if len(holding) == 1:
        return holding.pop()
    return next((ident for ident in holding if all(ident in (each, *ancestors(each)) for each in holding)), "")


def _last_before(bearers: Sequence[Bearer], day: date) -> set[str]:
    """Those whose time was the last to end before a day, if the name was not theirs for a time alone."""
    over = [(each.until, each.id) for each in bearers if each.until and each.until < day and not each.bound]
    return {ident for until, ident in over if until == max(over)[0]}


def turns(bearers: Sequence[Bearer]) -> tuple[date, ...]:
    """The days on which a name may pass to another, in order."""
    if len(bearers) == 1 and not bearers[0].bound:
        return ()
    begun = {each.since for each in bearers if each.since}
    over = {each.until + timedelta(days=1) for each in bearers if each.until and each.until < date.max}
    return tuple(sorted(begun | over))
