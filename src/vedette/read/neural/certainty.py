"""How often a value of some sureness is right: the network's own probabilities set right on texts it has not seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
from pathlib import Path

Fitted = Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Certainty:
    """The probability that a claim's value is right, by field.

    Platt's (1999) sigmoid over two logits: of the value's own probability and of the event's. `fitted` holds for each
    field the weights of both and a constant; without it a value is as sure as the network says.
    """

    fitted: Fitted = field(default_factory=dict)

    def of(self, name: str, own: float, event: float) -> float:
        """The probability that the value of a field is right, given its own and the event's, each 0 to 1."""
        if name not in self.fitted:
            return min(1.0, own)
        of_own, of_event, constant = self.fitted[name]
        return 1 / (1 + exp(-(of_own * logit(own) + of_event * logit(event) + constant)))


def logit(chance: float) -> float:
    """The logarithm of the odds, of what is surer than a thousand to one as of that."""
    bounded = min(0.999, max(0.001, chance))
    return log(bounded / (1 - bounded))


PLAIN = Certainty()


def load_certainty(folder: Path) -> Certainty:
    """What was fitted for the network in a folder."""
    told = json.loads((folder / "certainty.json").read_text(encoding="utf-8"))
    return Certainty({name: (of_own, of_event, constant) for name, (of_own, of_event, constant) in told.items()})
