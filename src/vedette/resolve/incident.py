"""One incident from the claims about it: every value from those who assert it, disagreement kept as a range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vedette.model.blocking import actor_key, is_named
from vedette.model.kinds import Attribution, EventKind, Harm, Side, Stance
from vedette.model.nouns import Claim, Incident
from vedette.model.values import Actor, Cited, Place, Responsibility, Tally, Toll, toll_of
from vedette.resolve.credibility import credibility_of
from vedette.resolve.kin import says
from vedette.resolve.profile import coarseness, common_days
from vedette.resolve.told import Told


def incident_of(ident: str, told: Sequence[Told], reasons: Sequence[str]) -> Incident:
    """What these claims, in order, make probable; `reasons` says for each why it is here, the grade's comes last."""
    heard = [each for each in told if each.stance is Stance.ASSERTS]
    heard = heard or [each for each in told if each.stance is Stance.DOUBTS]
    grade, why = credibility_of(told)
    return Incident(
        ident,
        kind=_kind(heard),
        when=common_days([each.claim.when.value for each in heard]),
        place=_place(heard),
        perpetrators=_actors([actor for each in heard for actor in each.claim.perpetrators]),
        targets=_actors([actor for each in heard for actor in each.claim.targets]),
        tolls=_tolls(heard),
        claim_ids=tuple(each.claim.id for each in told),
        credibility=grade,
        responsibility=_responsibility(heard, told),
        sources=tuple(sorted({each.source for each in told})),
        reasons=(*reasons, f"credibility {grade}: {why}"),
    )


def _kind(heard: Sequence[Told]) -> EventKind:
    """The kind that says most, of several the one that most sources tell, then the first told."""
    support = Counter(kind for kind, _ in {(each.claim.kind.value, each.source) for each in heard})
    return max((each.claim.kind.value for each in heard), key=lambda kind: (says(kind), support[kind]))


def _place(heard: Sequence[Told]) -> Place:
    """The finest place, of several the one that most sources tell, then the first told."""
    support = Counter(levels for levels, _ in {(each.claim.place.value.levels, each.source) for each in heard})
    return min((each.claim.place.value for each in heard), key=lambda at: (coarseness(at), -support[at.levels]))


def _actors(actors: Sequence[Cited[Actor]]) -> tuple[Actor, ...]:
    """Each actor once, the named before the roles, then as first told."""
    once = {actor_key(each.value): each.value for each in reversed(actors)}
    first = {actor_key(each.value): None for each in actors}
    return tuple(sorted((once[key] for key in first), key=lambda actor: not is_named(actor)))


def _tolls(heard: Sequence[Told]) -> tuple[Toll, ...]:
    """For each harm the whole toll, then each side's where told: the range over the claims.

    The best is the median of what each source told last, the lower of two: one outlier or one outlet that
    corrects itself does not move it, and it is a number that somebody told.
    """
    tolls: list[Toll] = []
    for harm in Harm:
        whole = [(each.source, tally) for each in heard if (tally := toll_of(_told_tolls(each.claim), harm))]
        if whole:
            tolls.append(Toll(harm, _range(whole)))
        tolls += _by_side(heard, harm)
    return tuple(tolls)


def _by_side(heard: Sequence[Told], harm: Harm) -> list[Toll]:
    told = [(each.source, toll) for each in heard for toll in _told_tolls(each.claim) if toll.harm is harm]
    sides = {side: [(source, toll.tally) for source, toll in told if toll.side is side] for side in Side}
    return [
        Toll(harm, _range(tallies), side) for side, tallies in sides.items() if tallies and side is not Side.UNKNOWN
    ]


def _range(told: Sequence[tuple[str, Tally]]) -> Tally:
    whole = told[0][1]
    for _, tally in told[1:]:
        whole = whole.spanning(tally)
    last = {source: tally.best for source, tally in told if tally.best is not None}
    bests = sorted(best for best in last.values() if best is not None)
    return Tally(whole.low, bests[(len(bests) - 1) // 2] if bests else None, whole.high)


def _told_tolls(claim: Claim) -> tuple[Toll, ...]:
    return tuple(toll.value for toll in claim.tolls)


def _responsibility(heard: Sequence[Told], told: Sequence[Told]) -> Responsibility:
    """Disputed where a claim denies, where two claim it, or where others lay it on none of those who claim it."""
    sided = [each.claim for each in heard if not each.claim.undirected]
    claimed = _blamed([claim for claim in sided if claim.attribution.value is Attribution.CLAIMED])
    others = _blamed([claim for claim in sided if claim.attribution.value is not Attribution.CLAIMED])
    by_itself, by_others = ({actor_key(actor) for actor in actors} for actors in (claimed, others))
    disputed = (
        any(each.stance is Stance.DENIES for each in told)
        or len(by_itself) > 1
        or bool(by_itself and by_others and not by_itself & by_others)
    )
    return Responsibility(claimed, others, disputed)


def _blamed(claims: Sequence[Claim]) -> tuple[Actor, ...]:
    return tuple(
        actor for actor in _actors([each for claim in claims for each in claim.perpetrators]) if is_named(actor)
    )
