"""Blocking keys: claims that may tell of one event share at least one, so that only those need be compared."""

from __future__ import annotations

from datetime import date

from vedette.model.kinds import EventKind, EventType, Harm, Precision, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Place, When, toll_of

EXACT = 1  # days between the ends: what happened "overnight" lies on two days
WEEK = 7  # "earlier this week", "in the past week"
RECENT = 62  # "recently", or nothing told: this month and the two before it
TELLING_TOLL = 3  # one or two dead are told of many events of a week; a toll of three begins to tell them apart
LONGEST = 12  # months; what is told of a longer span names no one event

SETTLED = frozenset({Precision.SITE, Precision.SETTLEMENT})
_IN_PROVINCE = SETTLED | {Precision.DISTRICT, Precision.PROVINCE}

# Words that name a role and not one organisation: "gunmen" may be anybody's, and so may "armed police".
_ROLES = """
a an and armed army assailant assailants attacker attackers authorities bomber bombers child children civilian
civilians commander commanders crowd crowds driver fighter fighters force forces foreign government group gunman
gunmen guard guards individuals insurgent insurgents killer local man masked men military militant militants
militia militiamen motorcycle motorcyclists mob of officer officers official officials on passengers people
person personnel police policeman policemen protester protesters rebel rebels resident residents security
shooter shooters soldier soldiers some suicide suspected terrorist terrorists the three troop troops two
unidentified unknown unnamed villagers woman women worker workers
"""
ROLES = frozenset(_ROLES.split())

_GROUPS_OF_TYPE = {
    EventType.BATTLES: ("force",),
    EventType.EXPLOSIONS: ("force",),
    EventType.CIVILIANS: ("force",),
    EventType.PROTESTS: ("crowd",),
    EventType.RIOTS: ("crowd",),
    EventType.STRATEGIC: ("quiet",),
    EventType.UNKNOWN: ("force",),
    EventType.NONE: (),
}
# Kinds that are told now as one group, now as the other: a raid is arrests to one and a clash to the next.
_GROUPS_OF_KIND = {
    EventKind.ARRESTS: ("force",),
    EventKind.DISRUPTED_WEAPONS_USE: ("force",),
    EventKind.NON_VIOLENT_TRANSFER_OF_TERRITORY: ("force",),
    EventKind.EXCESSIVE_FORCE_AGAINST_PROTESTERS: ("crowd", "force"),
    EventKind.LOOTING_PROPERTY_DESTRUCTION: ("crowd", "force"),
}


def blocking_keys(claim: Claim) -> tuple[str, ...]:
    """A few keys, sorted: one for each day in its province, and one for each named actor with a telling toll.

    A threat has none: it is told of no event that has happened.
    """
    if claim.stance.value is Stance.THREATENS:
        return ()
    return tuple(sorted({*_day_keys(claim), *_actor_keys(claim)}))


def groups_of(kind: EventKind) -> tuple[str, ...]:
    """The coarse groups of kinds within which one event may be told."""
    return _GROUPS_OF_KIND.get(kind) or _GROUPS_OF_TYPE[kind.type]


def actor_key(actor: Actor) -> str:
    """What an actor is recognised by: its id in the registry, else its name without case and articles."""
    return actor.id or " ".join(_words(actor.name))


def is_named(actor: Actor) -> bool:
    """True where an actor is one organisation or force, false for a role such as "gunmen" or "local police"."""
    words = _words(actor.name)
    if words and ROLES.issuperset(words):
        return False
    return bool(actor.id) or any(part[:1].isupper() for part in actor.name.split() if part.lower() not in ROLES)


def days_between(when: When) -> int | None:
    """The days from the earliest to the latest, 0 for a single day; `None` where an end is open."""
    return (when.latest - when.earliest).days if when.earliest and when.latest else None


def days_meant(claim: Claim) -> When:
    """The days on which a claim's event may lie; a denial that tells no day answers what the past week reported."""
    when = claim.when.value
    if claim.stance.value is Stance.DENIES and when.latest and when.earliest is None:
        return When(_shifted(when.latest, -WEEK), when.latest)
    return when


def tolls_told(claim: Claim) -> tuple[tuple[Harm, int], ...]:
    """The best count of each harm that is high enough to tell one event from another."""
    tolls = tuple(toll.value for toll in claim.tolls)
    bests = ((harm, tally.best) for harm in Harm if (tally := toll_of(tolls, harm)))
    return tuple((harm, best) for harm, best in bests if best is not None and best >= TELLING_TOLL)


def _day_keys(claim: Claim) -> list[str]:
    cell = _cell(claim.place.value)
    days = _days(days_meant(claim), WEEK if claim.place.value.precision in SETTLED else EXACT)
    return [f"{cell}|{group}|{day}" for group in groups_of(claim.kind.value) for day in days] if cell else []


def _actor_keys(claim: Claim) -> list[str]:
    tolls = tolls_told(claim)
    months = _months(days_meant(claim)) if tolls else ()
    named = {actor_key(actor.value) for actor in (*claim.perpetrators, *claim.targets) if is_named(actor.value)}
    return [f"{name}|{harm}={best}|{month}" for name in named for harm, best in tolls for month in months]


def _cell(place: Place) -> str:
    return "|".join(place.levels[:2]).casefold() if place.precision in _IN_PROVINCE else ""


def _days(when: When, longest: int) -> tuple[str, ...]:
    between = days_between(when)
    if when.earliest is None or between is None or not 0 <= between <= longest:
        return ()
    return tuple(_shifted(when.earliest, day).isoformat() for day in range(between + 1))


def _months(when: When) -> tuple[str, ...]:
    ends = [day for day in (when.earliest, when.latest) if day]
    if not ends:
        return ()
    first, last = when.earliest or _shifted(ends[0], -RECENT), when.latest or _shifted(ends[0], RECENT)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(_month(first, step) for step in range(count)) if count <= LONGEST else ()


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _month(first: date, step: int) -> str:
    year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
    return f"{year:04}-{month + 1:02}"


def _words(name: str) -> list[str]:
    words = name.casefold().replace("-", " ").split()
    return words[1:] if words and words[0] in {"the", "a", "an"} else words
