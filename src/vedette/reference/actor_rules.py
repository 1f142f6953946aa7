"""Written actors and what every country has by rule: who is a country's army when, and under what names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from vedette.reference.actor_files import Role, Written
from vedette.reference.actor_words import key_of
from vedette.reference.bearers import bearer, overlap
from vedette.reference.folding import fold
from vedette.reference.known_actors import IN_TEXT, ActorName, KnownActor
from vedette.reference.rule_names import Land, Rule, lands, rules

_DAY = timedelta(days=1)
# Of what came before a registered army or government only that is made by rule which lasted so long.
_TOLD_FROM = date(1990, 12, 31)


class Held(NamedTuple):
    """From when until when an actor is what a rule makes for a country."""

    id: str
    since: date | None
    until: date | None


class _Given(NamedTuple):
    actor: str
    name: ActorName


def with_rules(written: Iterable[Written]) -> list[KnownActor]:
    """The written actors with the names that rules add, and the actors that rules make."""
    own = list(written)
    actors = {each.actor.id: each.actor for each in own}
    given: list[_Given] = []
    for land in lands():
        governments: Sequence[Held] = ()
        for rule in rules():
            roles = [(each.actor, role) for each in own for role in each.roles if _is(role, rule, land)]
            held = _holders(roles, rule, land)
            governments = governments or held
            for one in held:
                actors.setdefault(one.id, _made(one, rule, land, governments))
            for actor, _ in roles:
                actors[actor.id] = _branch(actors[actor.id], held)
            given += [_Given(one.id, _within(name, one, actors)) for one in held for name in rule.all_names(land)]
    return list(_named(actors, given))


def _is(role: Role, rule: Rule, land: Land) -> bool:
    return (role.rule, role.country) == (rule.name, land.code)


def _holders(roles: Sequence[tuple[KnownActor, Role]], rule: Rule, land: Land) -> list[Held]:
    """Who it is when: the actors that have names of the whole, those with most of them first; else the rule's own."""
    core = {key_of(name) for name in rule.core_names(land)}
    counted = [(len(core & {key_of(name.text) for name in actor.names}), actor, role) for actor, role in roles]
    held: list[Held] = []
    for count, actor, role in sorted(counted, key=lambda each: -each[0]):
        one = Held(actor.id, role.since, role.until)
        if (count or role.whole) and not any(overlap(one, other) for other in held):
            held.append(one)
    ident = f"{rule.name}-{land.code.lower()}"
    return [*held, *(Held(ident, since, until) for since, until in _gaps(held))]


def _gaps(held: Sequence[Held]) -> Iterator[tuple[date | None, date | None]]:
    """The times for which nobody is registered."""
    ordered = sorted(held, key=lambda each: each.since or date.min)
    if not ordered:
        yield None, None
        return
    if ordered[0].since and ordered[0].since > _TOLD_FROM:
        yield None, ordered[0].since - _DAY
    ends = [(each.until, following) for each, following in zip(ordered, [*ordered[1:], None], strict=True)]
    for until, following in ends:
        if until and (following is None or (following.since and until + _DAY < following.since)):
            yield until + _DAY, following.since - _DAY if following and following.since else None


def _made(held: Held, rule: Rule, land: Land, governments: Sequence[Held]) -> KnownActor:
    """What a rule makes; it belongs to its latest government."""
    ruling = [each for each in governments if overlap(each, held)] or governments
    parent = "" if rule.name == "government" else max(ruling, key=lambda each: each.until or date.max).id
    name = rule.whole_name(land)
    return KnownActor(held.id, name, rule.kind, land.code, rule.type, parent)


def _branch(actor: KnownActor, held: Sequence[Held]) -> KnownActor:
    """An actor that stands for a country's army and is not the whole of it is a branch of that."""
    if actor.parent or any(one.id == actor.id for one in held):
        return actor
    whole = [one for one in held if overlap(one, actor)]
    return replace(actor, parent=max(whole, key=lambda one: one.until or date.max).id) if whole else actor


def _within(name: ActorName, held: Held, actors: dict[str, KnownActor]) -> ActorName:
    """A name with the time for which it is given, where that is narrower than the actor's own."""
    actor = actors[held.id]
    same = (held.since, held.until) == (actor.since, actor.until)
    return name if same else replace(name, since=held.since, until=held.until)


def _named(actors: dict[str, KnownActor], given: Sequence[_Given]) -> Iterator[KnownActor]:
    """The actors with the names given them that nobody else has at that time, written or given."""
    times: dict[tuple[str, str], list[Held]] = {}
    written = [_Given(actor.id, name) for actor in actors.values() for name in actor.names]
    for ident, name in (*written, *given):
        _, since, until, _ = bearer(actors[ident], name)
        times.setdefault(_looked_up(name), []).append(Held(ident, since, until))
    own = {(ident, *_looked_up(name)) for ident, name in written}
    added: dict[str, list[ActorName]] = {}
    for ident, name in given:
        one = Held(ident, *bearer(actors[ident], name)[1:3])
        others = (other for other in times[_looked_up(name)] if other.id != ident)
        if (ident, *_looked_up(name)) not in own and not any(overlap(one, other) for other in others):
            added.setdefault(ident, []).append(name)
    for actor in actors.values():
        yield replace(actor, names=tuple(dict.fromkeys((*actor.names, *added.get(actor.id, ())))))


def _looked_up(name: ActorName) -> tuple[str, str]:
    return ("", key_of(name.text)) if name.source in IN_TEXT else (name.source, fold(name.text))
