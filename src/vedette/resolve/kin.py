"""Which kinds of event one event may be told as, and how far each kind commits its teller."""

from __future__ import annotations

from vedette.model.kinds import EventKind as K

# A set for each way in which reports of one event differ in kind; two kinds are kin where a set holds both.
FAMILIES: dict[str, frozenset[K]] = {
    "a blast, before its cause is known": frozenset(
        {K.SUICIDE_BOMB, K.REMOTE_EXPLOSIVE_LANDMINE_IED, K.GRENADE, K.ATTACK, K.UNKNOWN}
    ),
    "fire from afar": frozenset(
        {K.AIR_DRONE_STRIKE, K.SHELLING_ARTILLERY_MISSILE, K.CHEMICAL_WEAPON, K.ATTACK, K.UNKNOWN}
    ),
    "a blast taken for fire from afar": frozenset({K.SHELLING_ARTILLERY_MISSILE, K.REMOTE_EXPLOSIVE_LANDMINE_IED}),
    "a fight with bombers, grenades or aircraft in it": frozenset(
        {K.ARMED_CLASH, K.SUICIDE_BOMB, K.GRENADE, K.AIR_DRONE_STRIKE, K.UNKNOWN}
    ),
    "a fight, its victims armed or not": frozenset({K.ARMED_CLASH, K.ATTACK, K.UNKNOWN}),
    "a fight for a place": frozenset(
        {K.ARMED_CLASH, K.GOVERNMENT_REGAINS_TERRITORY, K.NON_STATE_ACTOR_OVERTAKES_TERRITORY}
    ),
    "a place that changes hands": frozenset(
        {
            K.GOVERNMENT_REGAINS_TERRITORY,
            K.NON_STATE_ACTOR_OVERTAKES_TERRITORY,
            K.NON_VIOLENT_TRANSFER_OF_TERRITORY,
        }
    ),
    "a raid": frozenset({K.ARMED_CLASH, K.ARRESTS, K.DISRUPTED_WEAPONS_USE}),
    "people taken": frozenset({K.ABDUCTION_FORCED_DISAPPEARANCE, K.ARRESTS, K.UNKNOWN}),
    "violence on the unarmed": frozenset({K.ATTACK, K.SEXUAL_VIOLENCE, K.EXCESSIVE_FORCE_AGAINST_PROTESTERS}),
    "a crowd": frozenset(
        {
            K.PEACEFUL_PROTEST,
            K.PROTEST_WITH_INTERVENTION,
            K.EXCESSIVE_FORCE_AGAINST_PROTESTERS,
            K.VIOLENT_DEMONSTRATION,
            K.MOB_VIOLENCE,
        }
    ),
    "a crowd that destroys": frozenset({K.MOB_VIOLENCE, K.VIOLENT_DEMONSTRATION, K.LOOTING_PROPERTY_DESTRUCTION}),
    "arson": frozenset({K.ATTACK, K.LOOTING_PROPERTY_DESTRUCTION}),
}

_KIN: dict[K, frozenset[K]] = {
    kind: frozenset({kind}).union(*(family for family in FAMILIES.values() if kind in family)) for kind in K
}

# Kinds so rare that two of them at one place on one day are seldom two events.
TELLING = frozenset(
    {
        K.SUICIDE_BOMB,
        K.CHEMICAL_WEAPON,
        K.GOVERNMENT_REGAINS_TERRITORY,
        K.NON_STATE_ACTOR_OVERTAKES_TERRITORY,
        K.AGREEMENT,
        K.HEADQUARTERS_OR_BASE_ESTABLISHED,
    }
)

# How much a kind says: a teller who knows no more says "attack". Guns after a suicide bomb do not make it a clash.
_SAYS_LITTLE = {K.UNKNOWN: 0, K.OTHER: 1, K.ATTACK: 1, K.ARMED_CLASH: 2}


def are_kin(left: frozenset[K], right: frozenset[K]) -> bool:
    """True where any event told as each of `left` may be told as each of `right`."""
    return all(right <= _KIN[kind] for kind in left)


def says(kind: K) -> int:
    """How much a kind tells: 0 for unknown, 3 for the most specific."""
    return _SAYS_LITTLE.get(kind, 3)
