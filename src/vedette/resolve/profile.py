"""What a claim, or a group of claims, says that another claim can agree or disagree with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.model.blocking import ROLES, actor_key, days_meant, is_named
from vedette.model.kinds import EventKind, Harm, Precision
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Place, Tally, When, toll_of

_COARSENESS = {precision: rank for rank, precision in enumerate(Precision)}
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """Kinds, days, finest place, named actors, target words and tolls; of a group, all that its claims say."""

    kinds: frozenset[EventKind]
    when: When
    place: Place
    perpetrators: frozenset[str]
    targets: frozenset[str]
    target_words: frozenset[str]
    tolls: dict[Harm, Tally]

    @classmethod
    def of(cls, claim: Claim) -> Profile:
        """What one claim says."""
        tolls = tuple(toll.value for toll in claim.tolls)
        return cls(
            frozenset({claim.kind.value}),
            days_meant(claim),
            claim.place.value,
            _named(claim.perpetrators),
            _named(claim.targets),
            frozenset(word for target in claim.targets for word in _content_words(target.value.name)),
            {harm: tally for harm in Harm if (tally := toll_of(tolls, harm))},
        )

    def with_(self, other: Profile) -> Profile:
        """What both say; where their days exclude each other (a person joined them) the days from first to last."""
        tolls = dict(self.tolls)
        for harm, tally in other.tolls.items():
            tolls[harm] = tolls[harm].spanning(tally) if harm in tolls else tally
        return Profile(
            self.kinds | other.kinds,
            common_days((self.when, other.when)),
            finest((self.place, other.place)),
            self.perpetrators | other.perpetrators,
            self.targets | other.targets,
            self.target_words | other.target_words,
            tolls,
        )


def common_days(whens: Sequence[When]) -> When:
    """The days that all ranges allow, or, where they exclude each other, the days from the first to the last."""
    starts = [when.earliest for when in whens if when.earliest]
    ends = [when.latest for when in whens if when.latest]
    common = When(max(starts, default=None), min(ends, default=None))
    if common.earliest and common.latest and common.earliest > common.latest:
        return When(min(starts), max(ends))
    return common


def finest(places: Sequence[Place]) -> Place:
    """The most precise of the places, the first of several."""
    return min(places, key=coarseness)


def coarseness(place: Place) -> tuple[int, int]:
    """Sorts a site before a settlement and the unknown last; of two districts the one with the longer path first."""
    return (_COARSENESS[place.precision], -len(place.levels))


def _named(actors: Sequence[Cited[Actor]]) -> frozenset[str]:
    return frozenset(actor_key(actor.value) for actor in actors if is_named(actor.value))


def _content_words(name: str) -> list[str]:
    words = name.casefold().replace("-", " ").split()
    return [word.removesuffix("s") for word in words if len(word) >= _SHORTEST_WORD and word not in _EMPTY]


_NO_CONTENT = "the and near from with several local one two three four five six seven eight nine ten dozen dozens"
_EMPTY = frozenset(_NO_CONTENT.split())
_ROLE_WORDS = frozenset(word.removesuffix("s") for word in ROLES)


def telling_words(words: frozenset[str]) -> frozenset[str]:
    """The words that name more than a role: "mosque" of "mosque guards"."""
    return words - _ROLE_WORDS
