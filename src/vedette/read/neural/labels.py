"""The label spaces of the network: the code book's own, and MUC-4's, on which it is trained beside."""

from __future__ import annotations

from vedette.model.kinds import EventKind

KINDS = tuple(kind for kind in EventKind if kind is not EventKind.NO_COUNTERPART)
NO_EVENT = "no_event"
TRIGGERS = (NO_EVENT, *(kind.value for kind in KINDS))

# What a word is to the event that another word names.
ROLES = (
    "perpetrator", "target", "weapon", "place", "time", "killed", "wounded", "captured", "abducted", "said_by",
    "same_event", "attribution", "stance",
)  # fmt: skip
TAGS = ("O", *(f"{begin}-{role}" for role in ROLES for begin in "BI"))

SIDES = ("perpetrators", "targets", "civilians", "unknown")
STANCES = ("asserts", "denies", "doubts", "threatens")
ATTRIBUTIONS = ("fact", "accused", "claimed", "unknown")

MUC_TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
MUC_ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
MUC_TAGS = ("O", *(f"{begin}-{role}" for role in MUC_ROLES for begin in "BI"))

FIGURE_TAGS = ("O", "B-figure", "I-figure")
MEASURES = (
    "attacks", "killed", "wounded", "captured", "abducted", "arrested", "displaced", "fighters", "share", "change",
    "trend", "other",
)  # fmt: skip
