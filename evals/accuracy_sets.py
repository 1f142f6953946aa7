"""The sets of the accuracy page, as `accuracy.toml` tells them, and what others published, as `published.toml` does."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vedette.model.errors import UsageError

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold file of the page: what its table shows, and what it asks for."""

    name: str
    set: str
    file: str
    about: str
    scores: Sequence[str]
    targets: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)
    part: str = ""
    caution: str = ""

    def goal(self, score: str) -> str:
        """What is asked of a score, in words; empty where nothing is."""
        if score in self.targets:
            return f"≥ {shown(score, self.targets[score])}"
        return f"≤ {shown(score, self.at_most[score])}" if score in self.at_most else ""

    def reached(self, score: str, value: float) -> bool | None:
        """Whether a value is what is asked of its score; `None` where nothing is."""
        if score in self.targets:
            return value >= self.targets[score]
        return value <= self.at_most[score] if score in self.at_most else None


@dataclass(frozen=True, slots=True)
class Published:
    """What others published for a system on a gold set."""

    system: str
    scores: Mapping[str, float | Sequence[float]]  # a figure, or the lowest and the highest of several
    on: str
    source: str
    note: str = ""


def gold_sets(names: Sequence[str] = ()) -> list[GoldSet]:
    """The sets of the page, in its order: those named, or all."""
    told = [GoldSet(**table) for table in _tables("accuracy.toml")["sets"]]
    if unknown := set(names) - {each.name for each in told}:
        raise UsageError(f"set {min(unknown)}", f"not known; choose of {', '.join(each.name for each in told)}")
    return [each for each in told if not names or each.name in names]


def published() -> dict[str, list[Published]]:
    """By gold set, what others published on it."""
    return {name: [Published(**each) for each in told] for name, told in _tables("published.toml").items()}


def shown(score: str, value: float | Sequence[float]) -> str:
    """A value as the page prints it: a share by three digits, a count whole, false claims by the hundred texts."""
    if not isinstance(value, float | int):
        return "–".join(shown(score, each) for each in value)
    if score == "false_claims_per_text":
        return f"{100 * value:.0f}"
    if value > 1:
        return f"{value:.0f}"
    return f"{value:.3f}".removeprefix("0") if value else "0"


def titled(score: str) -> str:
    """A score's name as the page prints it."""
    return "false claims per 100 texts without events" if score == "false_claims_per_text" else f"`{score}`"


def _tables(name: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
