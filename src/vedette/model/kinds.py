"""Event kinds: ACLED's six event types and their twenty-five sub-types, and the closed lists beside them."""

from enum import StrEnum


class EventType(StrEnum):
    """ACLED's six event types; `UNKNOWN` is violence whose type cannot be told, `NONE` lies outside of the six."""

    BATTLES = "battles"
    EXPLOSIONS = "explosions_remote_violence"
    CIVILIANS = "violence_against_civilians"
    PROTESTS = "protests"
    RIOTS = "riots"
    STRATEGIC = "strategic_developments"
    UNKNOWN = "unknown"
    NONE = "none"


class EventKind(StrEnum):
    """ACLED's twenty-five sub-types in snake case; `UNKNOWN` is never a guess in disguise.

    `NO_COUNTERPART` is what a data set codes and this code book does not, such as a diplomat's visit.
    """

    ARMED_CLASH = "armed_clash"
    GOVERNMENT_REGAINS_TERRITORY = "government_regains_territory"
    NON_STATE_ACTOR_OVERTAKES_TERRITORY = "non_state_actor_overtakes_territory"
    CHEMICAL_WEAPON = "chemical_weapon"
    AIR_DRONE_STRIKE = "air_drone_strike"
    SUICIDE_BOMB = "suicide_bomb"
    SHELLING_ARTILLERY_MISSILE = "shelling_artillery_missile"
    REMOTE_EXPLOSIVE_LANDMINE_IED = "remote_explosive_landmine_ied"
    GRENADE = "grenade"
    SEXUAL_VIOLENCE = "sexual_violence"
    ATTACK = "attack"
    ABDUCTION_FORCED_DISAPPEARANCE = "abduction_forced_disappearance"
    PEACEFUL_PROTEST = "peaceful_protest"
    PROTEST_WITH_INTERVENTION = "protest_with_intervention"
    EXCESSIVE_FORCE_AGAINST_PROTESTERS = "excessive_force_against_protesters"
    VIOLENT_DEMONSTRATION = "violent_demonstration"
    MOB_VIOLENCE = "mob_violence"
    AGREEMENT = "agreement"
    ARRESTS = "arrests"
    CHANGE_TO_GROUP = "change_to_group"
    DISRUPTED_WEAPONS_USE = "disrupted_weapons_use"
    HEADQUARTERS_OR_BASE_ESTABLISHED = "headquarters_or_base_established"
    LOOTING_PROPERTY_DESTRUCTION = "looting_property_destruction"
    NON_VIOLENT_TRANSFER_OF_TERRITORY = "non_violent_transfer_of_territory"
    OTHER = "other"
    UNKNOWN = "unknown"
    NO_COUNTERPART = "no_counterpart"

    @property
    def type(self) -> EventType:
        """The ACLED event type that holds this sub-type."""
        return _TYPE_OF[self]


_MEMBERS = {
    EventType.BATTLES: (
        EventKind.ARMED_CLASH,
        EventKind.GOVERNMENT_REGAINS_TERRITORY,
        EventKind.NON_STATE_ACTOR_OVERTAKES_TERRITORY,
    ),
    EventType.EXPLOSIONS: (
        EventKind.CHEMICAL_WEAPON,
        EventKind.AIR_DRONE_STRIKE,
        EventKind.SUICIDE_BOMB,
        EventKind.SHELLING_ARTILLERY_MISSILE,
        EventKind.REMOTE_EXPLOSIVE_LANDMINE_IED,
        EventKind.GRENADE,
    ),
    EventType.CIVILIANS: (
        EventKind.SEXUAL_VIOLENCE,
        EventKind.ATTACK,
        EventKind.ABDUCTION_FORCED_DISAPPEARANCE,
    ),
    EventType.PROTESTS: (
        EventKind.PEACEFUL_PROTEST,
        EventKind.PROTEST_WITH_INTERVENTION,
        EventKind.EXCESSIVE_FORCE_AGAINST_PROTESTERS,
    ),
    EventType.RIOTS: (EventKind.VIOLENT_DEMONSTRATION, EventKind.MOB_VIOLENCE),
    EventType.STRATEGIC: (
        EventKind.AGREEMENT,
        EventKind.ARRESTS,
        EventKind.CHANGE_TO_GROUP,
        EventKind.DISRUPTED_WEAPONS_USE,
        EventKind.HEADQUARTERS_OR_BASE_ESTABLISHED,
        EventKind.LOOTING_PROPERTY_DESTRUCTION,
        EventKind.NON_VIOLENT_TRANSFER_OF_TERRITORY,
        EventKind.OTHER,
    ),
    EventType.UNKNOWN: (EventKind.UNKNOWN,),
    EventType.NONE: (EventKind.NO_COUNTERPART,),
}
_TYPE_OF = {kind: event_type for event_type, kinds in _MEMBERS.items() for kind in kinds}


class Precision(StrEnum):
    """How exactly a place is known, finest first."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """What a telling does with the event it speaks of."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    THREATENS = "threatens"


class Attribution(StrEnum):
    """How the perpetrator is named: as fact, by an accuser, by itself, or not at all."""

    FACT = "fact"
    ACCUSED = "accused"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"


class Harm(StrEnum):
    """What a toll counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    ABDUCTED = "abducted"


class Side(StrEnum):
    """Whom a toll counts; `UNKNOWN` is the whole toll where no side is told.

    `SIDE_A` and `SIDE_B` are the parties in the order of a data set that names no aggressor; `UNIDENTIFIED` are those
    of a toll told by side whose side is not known.
    """

    PERPETRATORS = "perpetrators"
    TARGETS = "targets"
    CIVILIANS = "civilians"
    SIDE_A = "side_a"
    SIDE_B = "side_b"
    UNIDENTIFIED = "unidentified"
    UNKNOWN = "unknown"


class SourceKind(StrEnum):
    """What sort of publisher a source is."""

    OUTLET = "outlet"
    WIRE = "wire"
    MINISTRY = "ministry"
    NGO = "ngo"
    ARMED_GROUP = "armed_group"
    DATASET = "dataset"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a person decided."""

    SAME = "same"
    DIFFERENT = "different"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
