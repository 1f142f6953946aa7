"""The MUC-4 score of 1992 over all slots, in a form that needs no person at the keyboard.

Chinchor, "MUC-4 Evaluation Metrics", MUC-4 1992; the rules of partial credit are those of the task's guidelines
for scoring mismatches, version 7. A filler is correct, partial (half), incorrect, missing or spurious:

    recall = (correct + partial / 2) / (correct + partial + incorrect + missing)
    precision = (correct + partial / 2) / (correct + partial + incorrect + spurious)

Templates of a document are aligned one to one so that most is correct. A pair must agree on the incident type, at
least in part, and in part on a perpetrator, a physical or a human target. What is optional in the key and not found
counts nowhere. The grades of single fillers, where in 1992 a person decided, are in `slot_grades`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.assignment import heaviest
from evals.slot_grades import Fill, Key, grade

SET_FILLS = (
    "incident_type", "stage_of_execution", "instrument_type", "perp_category", "perp_organization_confidence",
    "phys_tgt_type", "phys_tgt_foreign_nation", "phys_tgt_effect", "hum_tgt_type", "hum_tgt_foreign_nation",
    "hum_tgt_effect",
)  # fmt: skip
STRING_FILLS = (
    "instrument_id", "perp_individual_id", "perp_organization_id", "phys_tgt_id", "hum_tgt_name",
    "hum_tgt_description",
)  # fmt: skip
OTHER_FILLS = (
    "date", "location", "phys_tgt_number", "phys_tgt_total_number", "hum_tgt_number", "hum_tgt_total_number",
)  # fmt: skip
SLOTS = (*SET_FILLS, *STRING_FILLS, *OTHER_FILLS)
# Two templates are about one incident where one of these agrees in part.
CONTENT = (
    "perp_individual_id", "perp_organization_id", "phys_tgt_id", "phys_tgt_type", "hum_tgt_name",
    "hum_tgt_description", "hum_tgt_type",
)  # fmt: skip

Response = Mapping[str, Sequence[Fill]]  # slot → fillers


@dataclass(frozen=True, slots=True)
class KeyTemplate:
    """A template of the answer key; an optional one costs nothing where it is not found."""

    slots: Mapping[str, Sequence[Key]]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """How many fillers got which mark."""

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    missing: int = 0
    spurious: int = 0

    def __add__(self, other: Marks) -> Marks:
        return Marks(
            self.correct + other.correct,
            self.partial + other.partial,
            self.incorrect + other.incorrect,
            self.missing + other.missing,
            self.spurious + other.spurious,
        )

    @property
    def worth(self) -> float:
        """The correct fillers, partial ones by half."""
        return self.correct + self.partial / 2

    @property
    def recall(self) -> float:
        """The share of the key's fillers that is worth something; 0 where there are none."""
        return self.worth / possible if (possible := self.correct + self.partial + self.incorrect + self.missing) else 0

    @property
    def precision(self) -> float:
        """The share of the response's fillers that is worth something; 0 where there are none."""
        return self.worth / actual if (actual := self.correct + self.partial + self.incorrect + self.spurious) else 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall ("P&R")."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def total(marks: Iterable[Marks]) -> Marks:
    """All marks added up."""
    return sum(marks, Marks())


def document_marks(responses: Sequence[Response], keys: Sequence[KeyTemplate]) -> dict[str, Marks]:
    """The marks of each slot of one document under the best alignment."""
    seats = aligned(responses, keys)
    nothing: Response = {}
    left = [key for place, key in enumerate(keys) if place not in seats.values() and not key.optional]
    pairs = [(responses[response], keys[key]) for response, key in seats.items()]
    pairs += [(nothing, key) for key in left]
    pairs += [(each, KeyTemplate({})) for place, each in enumerate(responses) if place not in seats]
    return {
        slot: total(slot_marks(slot, told.get(slot, ()), key.slots.get(slot, ())) for told, key in pairs)
        for slot in SLOTS
    }


def aligned(responses: Sequence[Response], keys: Sequence[KeyTemplate]) -> dict[int, int]:
    """Response → key of the alignment with most correct."""
    return dict(heaviest([[_agreement(told, key) for key in keys] for told in responses]))


def _agreement(told: Response, key: KeyTemplate) -> float:
    """What a pair of templates is worth; 0 where they cannot be about one incident."""
    worth = {slot: slot_marks(slot, told.get(slot, ()), key.slots.get(slot, ())).worth for slot in SLOTS}
    agree = worth["incident_type"] and any(worth[slot] for slot in CONTENT)
    return sum(worth.values()) if agree else 0.0


def slot_marks(slot: str, told: Sequence[Fill], keys: Sequence[Key]) -> Marks:
    """The marks of one slot of a pair of templates, its fillers paired so that most is correct."""
    grades = [[grade(slot, fill, key) for key in keys] for fill in told]
    pairs = heaviest(grades)
    correct = sum(grades[fill][key] == 1 for fill, key in pairs)
    found = {key for _, key in pairs}
    left = sum(place not in found and not key.optional for place, key in enumerate(keys))
    wrong = len(told) - len(pairs)
    both = min(left, wrong)
    return Marks(correct, len(pairs) - correct, both, left - both, wrong - both)
