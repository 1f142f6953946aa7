"""What is known of one organisation or force: its names, each with its source, and what it was when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OWN, ACLED, UCDP, GTD, RULE = "written for Vedette", "ACLED", "UCDP GED", "GTD", "rule"
SOURCES = (OWN, ACLED, UCDP, GTD, RULE)
# Names that articles use; the others are spellings of data sets ("IS", "Government of Mali"), looked up whole.
IN_TEXT = frozenset({OWN, RULE})
KINDS = (
    "state_force", "police", "government", "armed_group", "militia", "political", "criminal", "international_force",
    "international_body", "aid", "civil", "media",
)  # fmt: skip
TYPES = (
    "state_forces", "rebel_groups", "political_militias", "identity_militias", "rioters", "protesters", "civilians",
    "external_forces", "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorName:
    """One name and who uses it, from `since` until `until`; an end that is not told is open."""

    text: str
    source: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ActorState:
    """What an actor became, and for how long."""

    kind: str
    type: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An organisation or force of the registry; never a person.

    `kind` is ours, `type` ACLED's class or empty, `country` ISO 3166-1 alpha-2 or empty, `parent` an id or empty.
    """

    id: str
    name: str
    kind: str
    country: str = ""
    type: str = ""
    parent: str = ""
    since: date | None = None
    until: date | None = None
    names: tuple[ActorName, ...] = ()
    was: tuple[ActorState, ...] = ()
    ucdp_ids: tuple[int, ...] = ()

    def kind_on(self, day: date) -> str:
        """What it was that day."""
        state = self._state_on(day)
        return state.kind if state else self.kind

    def type_on(self, day: date) -> str:
        """ACLED's class of it that day."""
        state = self._state_on(day)
        return state.type if state else self.type

    def _state_on(self, day: date) -> ActorState | None:
        return next((each for each in reversed(self.was) if holds(each.since, each.until, day)), None)


def holds(since: date | None, until: date | None, day: date) -> bool:
    """True where a day lies between two ends, both included."""
    return (since is None or since <= day) and (until is None or day <= until)
