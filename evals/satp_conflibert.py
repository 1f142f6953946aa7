"""SATP incident reports: which of four types of incident does each report tell?

Hu et al., "ConfliBERT: A Pre-trained Language Model for Political Conflict and Violence", NAACL 2022, who report
macro-F1 of this multi-label task; `micro_f1` is beside it. A report bears the types of its claims, by
`satp_conflibert_kinds.toml`. The set does not name its columns: the names are ours, from its training rows.

Left out: nothing of the task. Claims are of events by the code book, which does not ask for the weapon: a killing whose
weapon is not told is "other" in the gold and an armed assault here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evals.classes import Labels, counts_of, details, macro_f1, micro_f1
from evals.gold import Scores, article, rows
from vedette.model.nouns import Claim
from vedette.read import read_articles
from vedette.reference import load_reference

READER = "accurate"


@dataclass(frozen=True, slots=True)
class Rules:
    """The names of the columns, and the kinds and stances that give a label."""

    columns: tuple[str, ...]
    kinds: Mapping[str, str]
    stances: frozenset[str]


@cache
def mapping() -> Rules:
    """The mapping beside this file."""
    told = tomllib.loads(Path(__file__).with_name("satp_conflibert_kinds.toml").read_text(encoding="utf-8"))
    return Rules(tuple(told["columns"]), told["kinds"], frozenset(told["told"]["stances"]))


def score(gold: Path, reader: str = READER) -> Scores:
    """Macro-F1 and micro-F1 of a shipped reader on the reports of a file."""
    reports = list(rows(gold))
    readings = read_articles([article(row["text"], name="satp") for row in reports], load_reference(), reader)
    return scores([labels_of(reading.claims) for reading in readings], [gold_labels(row) for row in reports])


def gold_labels(row: Mapping[str, Any]) -> Labels:
    """The types that the annotators gave a report."""
    return frozenset(name for name, bears in zip(mapping().columns, row["labels"], strict=True) if bears)


def labels_of(claims: Iterable[Claim]) -> Labels:
    """The types that claims give a report."""
    rules = mapping()
    told = (rules.kinds.get(claim.kind.value, "") for claim in claims if claim.stance.value in rules.stances)
    return frozenset(filter(None, told))


def scores(told: Sequence[Labels], gold: Sequence[Labels]) -> Scores:
    """The scores of labels told of reports in the same order."""
    counts = counts_of(told, gold, mapping().columns)
    figures = {"macro_f1": macro_f1(counts), "micro_f1": micro_f1(counts)}
    each = {f"{name}.f1": of_it.f1 for name, of_it in counts.items()}
    return Scores(len(gold), figures, each | details(counts))
