"""Which kind a mention is: the highest-ranking trigger, an assault settled by who was hit (code book, Kinds)."""

from __future__ import annotations

from collections.abc import Sequence

from vedette.model.kinds import EventKind
from vedette.read.phrases import Phrase
from vedette.reference.lexicon import Hit, Lexicon

FAMILY = {
    "abduction_forced_disappearance": "abduction",
    "looting_property_destruction": "property",
    "arrests": "security",
    "disrupted_weapons_use": "security",
    "peaceful_protest": "protest",
    "protest_with_intervention": "protest",
    "excessive_force_against_protesters": "protest",
    "violent_demonstration": "protest",
    "government_regains_territory": "territory",
    "non_state_actor_overtakes_territory": "territory",
    "non_violent_transfer_of_territory": "territory",
    "agreement": "politics",
    "change_to_group": "politics",
    "headquarters_or_base_established": "politics",
    "other": "other",
}
EXPLOSIONS = frozenset(
    ["suicide_bomb", "air_drone_strike", "shelling_artillery_missile", "remote_explosive_landmine_ied", "grenade"]
)


def family(kind: str) -> str:
    """Which kinds can speak of one event: all violence is one family."""
    return FAMILY.get(kind, "violence")


def top(hits: Sequence[Hit], lexicon: Lexicon) -> Hit:
    """The trigger that names the kind: first in rank, strong before weak, then first in the text."""
    return min(hits, key=lambda hit: (lexicon.rank[hit.name], hit.weak, hit.start))


def vague(words: Sequence[str], hit: Hit, lexicon: Lexicon) -> bool:
    """True of a trigger that may speak of an event of any kind ("the attack")."""
    return hit.end - hit.start == 1 and words[hit.start] in lexicon.words["vague"]


def settle(
    name: str, perpetrators: Sequence[Phrase], targets: Sequence[Phrase], only_harm: bool, lexicon: Lexicon
) -> EventKind:
    """The kind of a trigger name: from the air where aircraft did it, `assault` by whether those hit were armed."""
    if name in ("assault", "remote_explosive_landmine_ied") and any(
        who.head in lexicon.words["flying"] for who in perpetrators
    ):
        return EventKind.AIR_DRONE_STRIKE
    if name != "assault":
        return EventKind(name)
    hit = [target.category for target in targets]
    if any(category == "civilian" for category in hit):
        return EventKind.ATTACK
    if any(target.armed for target in targets) or any(p.head in lexicon.words["military_things"] for p in targets):
        return EventKind.ARMED_CLASH
    if targets and all(category == "physical" for category in hit) and not perpetrators:
        return EventKind.ATTACK
    return EventKind.UNKNOWN if only_harm and not perpetrators else EventKind.ATTACK
