"""The whole step: which claims are one event, which incident each event is, and what is known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vedette.model.ids import stable_id
from vedette.model.kinds import Stance
from vedette.model.nouns import Incident, Judgement
from vedette.resolve.clusters import Group, Grouping, Link, group_claims
from vedette.resolve.incident import incident_of
from vedette.resolve.match import explain
from vedette.resolve.told import Told
from vedette.resolve.verdicts import verdicts_of


@dataclass(frozen=True, slots=True)
class Resolution:
    """New and changed incidents; `retired` pairs a merged incident's id with the one it went into, "" where none."""

    incidents: tuple[Incident, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()


def resolve_claims(
    claims: Sequence[Told],
    neighbours: Sequence[Told],
    incidents: Sequence[Incident],
    judgements: Sequence[Judgement],
) -> Resolution:
    """The incidents that these claims and their neighbours make, the same for any order of any argument.

    `neighbours` holds every kept claim that shares a blocking key with one of `claims`, and every other claim of
    `incidents`; `incidents` holds every incident of a neighbour. Each is made anew from all its claims, so what comes
    of a claim does not depend on when it came. An incident of which no claim is handed over is left alone.
    """
    told = {each.claim.id: each for each in (*neighbours, *claims) if each.stance is not Stance.THREATENS}
    grouping = group_claims(tuple(told.values()), verdicts_of(judgements))
    homes = _homes(grouping, incidents)
    names = _names(grouping, homes)
    known, alive = {incident.id: incident for incident in incidents}, set(names)
    made = _incidents(grouping, names)
    changed = sorted((each for each in made if known.get(each.id) != each), key=lambda each: each.id)
    gone = {
        incident.id: names[homes[incident.id]] if incident.id in homes else ""
        for incident in incidents
        if incident.id not in alive and not told.keys().isdisjoint(incident.claim_ids)
    }
    return Resolution(tuple(changed), tuple(sorted(gone.items())))


def incident_id(claim_id: str) -> str:
    """The id of the incident that a claim founds."""
    return stable_id("incident", claim_id)


def _homes(grouping: Grouping, incidents: Sequence[Incident]) -> dict[str, int]:
    """For each known incident the group that goes on with it: its founding claim's, else that of most of its claims."""
    group_of = {
        grouping.told[each].claim.id: index for index, group in enumerate(grouping.groups) for each in group.members
    }
    homes: dict[str, int] = {}
    for incident in incidents:
        present = [claim_id for claim_id in incident.claim_ids if claim_id in group_of]
        founding = [claim_id for claim_id in present if incident_id(claim_id) == incident.id]
        votes = Counter(group_of[claim_id] for claim_id in founding or present)
        if votes:
            homes[incident.id] = min(votes, key=lambda group: (-votes[group], group))
    return homes


def _names(grouping: Grouping, homes: Mapping[str, int]) -> list[str]:
    """Each group's id: the oldest of the incidents that it goes on with, else the one that its founder founds."""
    births = {incident_id(each.claim.id): each.order for each in grouping.told}
    oldest_first = sorted(homes, key=lambda ident: (ident not in births, births.get(ident, ("", "")), ident))
    names: dict[int, str] = {}
    for ident in oldest_first:
        names.setdefault(homes[ident], ident)
    return [
        names.get(index) or incident_id(grouping.told[group.founder].claim.id)
        for index, group in enumerate(grouping.groups)
    ]


def _incidents(grouping: Grouping, names: Sequence[str]) -> list[Incident]:
    touching: dict[int, list[Link]] = defaultdict(list)
    for link in grouping.links:
        touching[link.left].append(link)
        touching[link.right].append(link)
    made = []
    for group, name in zip(grouping.groups, names, strict=True):
        reasons = _reasons(grouping, group, touching)
        told = [grouping.told[each] for each in group.members]
        made.append(incident_of(name, told, [reasons[each] for each in group.members]))
    return made


def _reasons(grouping: Grouping, group: Group, touching: Mapping[int, Sequence[Link]]) -> dict[int, str]:
    """For each claim the link by which it hangs, over others, on the claim that tells the event first."""
    reasons = {group.founder: f"{_source(grouping, group.founder)} tells it first"}
    front = [group.founder]
    for near in front:
        for link in touching.get(near, ()):
            far = link.right if link.left == near else link.left
            if far not in reasons:
                reasons[far] = _reason(grouping, far, near, link)
                front.append(far)
    return reasons


def _reason(grouping: Grouping, far: int, near: int, link: Link) -> str:
    verb = "denies it" if grouping.told[far].stance is Stance.DENIES else f"joins {_source(grouping, near)}"
    if link.judged_by:
        return f"{_source(grouping, far)} {verb}: judged the same by {link.judged_by}"
    return f"{_source(grouping, far)} {verb}: {explain(grouping.profiles[near], grouping.profiles[far])}"


def _source(grouping: Grouping, position: int) -> str:
    return grouping.told[position].source or "an unnamed source"
