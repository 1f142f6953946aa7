"""Groups of claims about one event: the strongest agreements first, and never two events of one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from vedette.model.blocking import SETTLED, blocking_keys, days_between
from vedette.model.kinds import Stance
from vedette.model.nouns import Claim
from vedette.reference.datasets import hand_coded
from vedette.resolve.match import contradict, strength
from vedette.resolve.profile import Profile
from vedette.resolve.told import Told
from vedette.resolve.verdicts import Verdicts

# Claims compared with each claim of a block, nearest by place, toll and actor first. Blocks (a province, a day) hold
# fewer almost always; beyond it what decides is still the same whatever the order, but a far pair may be missed.
WINDOW = 48


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims, by position, held to be one event, with the points of their agreement; a person's says who."""

    points: int
    left: int
    right: int
    judged_by: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims about one event, by position, in order; the founder is the first of them that does not deny it."""

    founder: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Claims in order, their profiles, and the groups among them with the links that hold these together."""

    told: tuple[Told, ...]
    profiles: tuple[Profile, ...]
    groups: tuple[Group, ...]
    links: tuple[Link, ...]


def group_claims(told: Sequence[Told], verdicts: Verdicts) -> Grouping:
    """Every claim that can found an incident in a group, a denial in the one it denies; the same for any order."""
    ordered = tuple(sorted(told, key=lambda each: each.order))
    profiles = tuple(Profile.of(each.claim) for each in ordered)
    links = _agreements(ordered, profiles)
    forest = _Forest(ordered, profiles, verdicts)
    for link in forest.judged_links():
        forest.join(link)
    links.sort(key=lambda each: (-each.points, each.left, each.right))
    for link in links:
        if not forest.denials(link) and forest.may_join(link):
            forest.join(link)
    for link in links:
        denials = forest.denials(link)
        if len(denials) == 1 and forest.is_alone(denials[0]) and forest.may_join(link):
            forest.join(link)
    return Grouping(ordered, profiles, forest.groups(), tuple(forest.links))


def _agreements(told: Sequence[Told], profiles: Sequence[Profile]) -> list[Link]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, each in enumerate(told):
        for key in blocking_keys(each.claim):
            blocks[key].append(position)
    ranks = _ranks(told, profiles) if any(len(block) > WINDOW for block in blocks.values()) else ()
    links: dict[tuple[int, int], Link | None] = {}
    for block in blocks.values():
        if len(block) > WINDOW:
            block.sort(key=lambda position: ranks[position])
        for pair in _pairs(block):
            if pair not in links:
                points = strength(profiles[pair[0]], profiles[pair[1]])
                links[pair] = None if points is None else Link(points, *pair)
    return [link for link in links.values() if link]


def _pairs(block: Sequence[int]) -> Iterable[tuple[int, int]]:
    for start, first in enumerate(block):
        for second in islice(block, start + 1, start + 1 + WINDOW):
            yield (first, second) if first < second else (second, first)


def _ranks(told: Sequence[Told], profiles: Sequence[Profile]) -> list[tuple[object, ...]]:
    """What brings claims that agree side by side in a crowded block."""
    return [
        (
            profile.place.levels,
            sorted(profile.kinds),
            sorted((harm, tally.best or 0) for harm, tally in profile.tolls.items()),
            sorted(profile.perpetrators),
            sorted(profile.target_words),
            each.order,
        )
        for each, profile in zip(told, profiles, strict=True)
    ]


def may_be_one(left: Claim, right: Claim) -> bool:
    """True where two claims of one article can be two voices on one event: same kind, place and day, other speakers."""
    speakers = [each.said_by.value.casefold() if each.said_by else "" for each in (left, right)]
    one_kind_and_place = (
        left.kind.value is right.kind.value
        and left.place.value.levels == right.place.value.levels
        and speakers[0] != speakers[1]
    )
    if not one_kind_and_place:
        return False
    if Stance.DENIES in (left.stance.value, right.stance.value):
        return left.when.value.overlaps(right.when.value)
    one_day = left.when.value == right.when.value and days_between(left.when.value) == 0
    return one_day and left.place.value.precision in SETTLED and all(speakers)


def _list_of(claim: Claim) -> str:
    """What tells each of its events once: the article, or the data set whose coders make one row of one event."""
    return claim.kind.reader if claim.kind.reader in hand_coded() else claim.article_id


class _Forest:
    """The groups so far, each with what its claims say together and whom it may not meet."""

    def __init__(self, told: Sequence[Told], profiles: Sequence[Profile], verdicts: Verdicts) -> None:
        self._told, self._verdicts = told, verdicts
        self._position = {each.claim.id: position for position, each in enumerate(told)}
        self._root = list(range(len(told)))
        self._members = [[position] for position in self._root]
        self._profiles = list(profiles)
        self._by_article = [{_list_of(each.claim): [position]} for position, each in enumerate(told)]
        self._apart = [set(verdicts.apart.get(each.claim.id, ())) for each in told]
        self.links: list[Link] = []

    def judged_links(self) -> Iterable[Link]:
        """The pairs that people joined, the latest judgement first, save those that a later one keeps apart."""
        for first, second, by in self._verdicts.same:
            ends = sorted(self._position[each] for each in (first, second) if each in self._position)
            if len(ends) == 2:
                link = Link(0, ends[0], ends[1], by)
                if self._meet(link) and not self._kept_apart(*self._roots(link)):
                    yield link

    def may_join(self, link: Link) -> bool:
        """True where the two groups of a link are two, and nothing that either says keeps them apart."""
        left, right = self._roots(link)
        return (
            left != right
            and not self._kept_apart(left, right)
            and not self._share_an_article(left, right)
            and not contradict(self._profiles[left], self._profiles[right])
        )

    def join(self, link: Link) -> None:
        """The two groups of the link are one; the smaller goes into the larger."""
        left, right = self._roots(link)
        big, small = (left, right) if len(self._members[left]) >= len(self._members[right]) else (right, left)
        denials = self.denials(link)
        if len(denials) == 1:  # what a denial says is no part of what happened
            self._profiles[big] = self._profiles[right if denials[0] == link.left else left]
        else:
            self._profiles[big] = self._profiles[big].with_(self._profiles[small])
        for position in self._members[small]:
            self._root[position] = big
        for article, positions in self._by_article[small].items():
            self._by_article[big].setdefault(article, []).extend(positions)
        self._members[big] += self._members[small]
        self._apart[big] |= self._apart[small]
        self.links.append(link)

    def denials(self, link: Link) -> list[int]:
        """Which of the two ends deny."""
        return [end for end in (link.left, link.right) if self._denies(end)]

    def is_alone(self, position: int) -> bool:
        """True where no claim has joined this one."""
        return len(self._members[self._root[position]]) == 1

    def groups(self) -> tuple[Group, ...]:
        """The groups by their first claim, without those in which every claim denies."""
        every = sorted(sorted(self._members[root]) for root in set(self._root))
        founders = [[each for each in members if not self._denies(each)] for members in every]
        return tuple(Group(found[0], tuple(members)) for found, members in zip(founders, every, strict=True) if found)

    def _roots(self, link: Link) -> tuple[int, int]:
        return self._root[link.left], self._root[link.right]

    def _denies(self, position: int) -> bool:
        return self._told[position].stance is Stance.DENIES

    def _meet(self, link: Link) -> bool:
        left, right = self._roots(link)
        return left != right

    def _kept_apart(self, left: int, right: int) -> bool:
        if len(self._apart[left]) > len(self._apart[right]):
            left, right = right, left
        return any(self._root[self._position[each]] == right for each in self._apart[left] if each in self._position)

    def _share_an_article(self, left: int, right: int) -> bool:
        ours, theirs = self._by_article[left], self._by_article[right]
        if len(ours) > len(theirs):
            ours, theirs = theirs, ours
        return any(
            not may_be_one(self._told[first].claim, self._told[second].claim)
            for article in ours.keys() & theirs.keys()
            for first in ours[article]
            for second in theirs[article]
        )
