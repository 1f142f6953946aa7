"""Template filling as GTT scores it, and role-filler entities as GRIT scores them.

GTT: Du, Rush and Cardie, "Template Filling with Generative Transformers", NAACL 2021.
GRIT: Du, Rush and Cardie, "GRIT: Generative Role-filler Transformers", EACL 2021 (measure CEAF-REE).
Where the papers are silent the authors' published scorers decide. Run beside them on noisy copies of the dev gold,
this one gives the same micro figures; single GTT slots can differ by a filler where two alignments tie.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPE = "incident_type"

Entity = frozenset[str]  # the normalised mentions that mean one filler
Filler = Mapping[str, tuple[Entity, ...]]

_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


@dataclass(frozen=True, slots=True)
class Template:
    """One incident: its type and, for each role, the entities that fill it."""

    incident_type: str
    fillers: Filler


@dataclass(frozen=True, slots=True)
class Counts:
    """How many predicted values are right and how many gold values are found; the two need not be equal."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of the predicted values that are right; 0 where nothing is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold values that are found; 0 where there are none."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        # One division of whole numbers: equal scores are equal floats, so ties are seen as ties.
        below = self.right * self.gold + self.found * self.predicted
        return 2 * self.right * self.found / below if below else 0.0


def normalised(mention: str) -> str:
    """Lower case, without ASCII punctuation, English articles and extra white space, as both scorers compare."""
    return " ".join(_ARTICLES.sub(" ", mention.lower().translate(_NO_PUNCTUATION)).split())


def entity(mentions: Iterable[str]) -> Entity:
    """The normalised mentions of one filler."""
    return frozenset(normalised(mention) for mention in mentions)


def total(counts: Iterable[Counts]) -> Counts:
    """All counts added up: the micro average."""
    return sum(counts, Counts())


def gtt_counts(predicted: Sequence[Template], gold: Sequence[Template]) -> dict[str, Counts]:
    """Counts of one document by slot, incident type first, under the alignment with the best micro F1.

    An aligned pair must agree on the incident type, or it counts as one spurious and one missed template.
    """
    pairs = _agreements(predicted, gold)
    aligned = best_alignment(pairs, len(predicted), *_sizes(predicted, gold))
    slots = {TYPE: Counts(len(aligned), len(predicted), len(aligned), len(gold))}
    for role in ROLES:
        agreed = [pairs[pair][role] for pair in aligned]
        slots[role] = Counts(
            sum(right for right, _ in agreed),
            sum(len(template.fillers.get(role, ())) for template in predicted),
            sum(found for _, found in agreed),
            sum(len(template.fillers.get(role, ())) for template in gold),
        )
    return slots


Agreement = Mapping[str, tuple[int, int]]  # role → predicted fillers that are right, gold fillers that are found
Pair = tuple[int, int]  # index of the predicted template, index of the gold template


def _agreements(predicted: Sequence[Template], gold: Sequence[Template]) -> dict[Pair, Agreement]:
    """What each pair of templates of agreeing type has in common."""
    return {
        (i, j): {role: _agreed(guess.fillers.get(role, ()), truth.fillers.get(role, ())) for role in ROLES}
        for i, guess in enumerate(predicted)
        for j, truth in enumerate(gold)
        # The gold type may be an alternative ("bombing / attack"); either half is right.
        if guess.incident_type in truth.incident_type
    }


def _agreed(predicted: tuple[Entity, ...], gold: tuple[Entity, ...]) -> tuple[int, int]:
    """How many predicted entities lie within a gold one, and how many gold ones hold a predicted one."""
    right = sum(any(guess <= truth for truth in gold) for guess in predicted)
    found = sum(any(guess <= truth for guess in predicted) for truth in gold)
    return right, found


def _sizes(predicted: Sequence[Template], gold: Sequence[Template]) -> tuple[int, int]:
    """The number of predicted and of gold values, incident types among them."""
    sizes = [
        len(templates) + sum(len(entities) for template in templates for entities in template.fillers.values())
        for templates in (predicted, gold)
    ]
    return sizes[0], sizes[1]


def best_alignment(pairs: Mapping[Pair, Agreement], n: int, predicted: int, gold: int) -> tuple[Pair, ...]:
    """The one-to-one alignment of `n` predicted templates with the best micro F1; of equals, the first found.

    Micro F1 grows with both the right and the found, and nothing else in it depends on the alignment; so of all
    alignments that use the same gold templates only those need to be kept that no other beats in both (exact, and
    far fewer than all permutations).
    """
    kept: dict[frozenset[int], dict[tuple[int, int], tuple[Pair, ...]]] = {frozenset(): {(0, 0): ()}}
    for i in range(n):
        options = [(j, agreement) for (guess, j), agreement in pairs.items() if guess == i]
        grown: dict[frozenset[int], dict[tuple[int, int], tuple[Pair, ...]]] = {}
        for used, ways in kept.items():
            for (right, found), aligned in ways.items():
                for j, agreement in options:
                    if j not in used:
                        score = (right + _sum(agreement, 0), found + _sum(agreement, 1))
                        grown.setdefault(used | {j}, {}).setdefault(score, (*aligned, (i, j)))
                grown.setdefault(used, {}).setdefault((right, found), aligned)
        kept = {used: _unbeaten(ways) for used, ways in grown.items()}
    ends = [(Counts(r, predicted, f, gold).f1, aligned) for ways in kept.values() for (r, f), aligned in ways.items()]
    return max(ends, key=lambda end: end[0])[1]


def _sum(agreement: Agreement, side: int) -> int:
    """The right (0) or found (1) values of an aligned pair, its incident type among them."""
    return 1 + sum(counts[side] for counts in agreement.values())


def _unbeaten(ways: dict[tuple[int, int], tuple[Pair, ...]]) -> dict[tuple[int, int], tuple[Pair, ...]]:
    """The ways that no other way equals or beats in both counts."""
    return {
        score: aligned
        for score, aligned in ways.items()
        if not any(other != score and other[0] >= score[0] and other[1] >= score[1] for other in ways)
    }


def ceaf_ree_counts(predicted: Filler, gold: Filler) -> dict[str, Counts]:
    """Counts of one document by role: each gold entity is found by at most one predicted entity within it."""
    counts = {}
    for role in ROLES:
        guesses, truths = predicted.get(role, ()), gold.get(role, ())
        right = len(matched([[j for j, truth in enumerate(truths) if guess <= truth] for guess in guesses]))
        counts[role] = Counts(right, len(guesses), right, len(truths))
    return counts


def matched(options: Sequence[Sequence[int]]) -> dict[int, int]:
    """The largest one-to-one matching of places with their options, by augmenting paths (Kuhn 1955)."""
    holder: dict[int, int] = {}

    def seat(place: int, seen: set[int]) -> bool:
        for option in options[place]:
            if option not in seen:
                seen.add(option)
                if option not in holder or seat(holder[option], seen):
                    holder[option] = place
                    return True
        return False

    for place in range(len(options)):
        seat(place, set())
    return {place: option for option, place in holder.items()}


def merged(templates: Iterable[Template]) -> dict[str, tuple[Entity, ...]]:
    """The role fillers of a document: an entity that is part of one already there, or holds it, adds nothing."""
    fillers: dict[str, tuple[Entity, ...]] = dict.fromkeys(ROLES, ())
    for template in templates:
        for role in ROLES:
            for new in template.fillers.get(role, ()):
                if not any(new <= known or known <= new for known in fillers[role]):
                    fillers[role] = (*fillers[role], new)
    return fillers
