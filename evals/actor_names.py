"""Names of armed actors in 300 sentences, labelled with the registry's ids before the code was asked.

100 sentences each of a news feed, ECB+ and ISAF's releases that hold a word of armed actors; the file keeps offsets and
ids only. A name that the registry finds is right where it overlaps a labelled one and has its id; a labelled actor that
the registry does not hold has no id, and whoever finds one there is wrong.

- `actor_f1`: precision and recall, each name settled by the day of its text where that is told;
- `undated_actor_f1`: the same without days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from evals.gold import Scores, rows
from evals.modern_texts import DATA, text_of
from vedette.reference import load_reference


def score(gold: Path) -> Scores:
    """F1, precision and recall of the registry's look-up, with days and without."""
    sentences = list(rows(gold))
    dated, undated = (_share(sentences, days=days) for days in (True, False))
    precision, recall = dated
    return Scores(
        len(sentences),
        {"actor_f1": _f1(*dated), "undated_actor_f1": _f1(*undated)},
        {"precision": precision, "recall": recall, "undated_precision": undated[0], "undated_recall": undated[1]},
    )


def _share(sentences: list[dict[str, Any]], *, days: bool) -> tuple[float, float]:
    """Precision and recall."""
    right = predicted = true = 0
    for row in sentences:
        found = list(_found(row, days=days))
        told = [(mention["at"], mention["actor"]) for mention in row["mentions"] if mention["actor"]]
        right += sum(
            any(name == actor and start < at[1] and at[0] < end for at, actor in told) for start, end, name in found
        )
        predicted, true = predicted + len(found), true + len(told)
    return right / max(1, predicted), right / max(1, true)


def _found(row: dict[str, Any], *, days: bool) -> Iterator[tuple[int, int, str]]:
    """First character, character after the last and id of each name in a sentence, as it stands in its text."""
    text = text_of(DATA, row)
    on = date.fromisoformat(row["published"]) if days and row.get("published") else None
    for mention in load_reference().actors.mentions(text, on):
        if row["start"] <= mention.start and mention.end <= row["end"]:
            yield mention.start - row["start"], mention.end - row["start"], mention.id


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)
