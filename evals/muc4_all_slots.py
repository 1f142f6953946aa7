"""MUC-4 over all slots of its templates: what the claims of a shipped reader fill, by the definition of 1992.

Sundheim, "Overview of the Fourth Message Understanding Evaluation and Conference", MUC-4 1992; the score is told in
`slot_scoring`, with what is simplified: in 1992 a person graded strings, dates and places by hand. `all_templates_…`
are the rows "ALL TEMPLATES" and "F-MEASURES (P&R)" of the official reports.

Each claim that MUC-4 would record is a template (`muc4`), claims of one type, day, place and perpetrator being one.
`muc4_all_slots.toml` tells how words fall into the closed lists. Claims tell no names of persons, no nationality, no
totals, and no damage but that of arson: these slots stay empty. The file is that of the set `muc4`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.gold import Scores, rows
from evals.muc4 import muc4_article
from evals.muc4_claims import responses_of
from evals.slot_grades import Fill, Key
from evals.slot_scoring import SET_FILLS, SLOTS, STRING_FILLS, KeyTemplate, Marks, Response, document_marks, total
from vedette.read import read_articles
from vedette.reference import load_reference

READER = "accurate"


def score(gold: Path, reader: str = READER) -> Scores:
    """Recall, precision and F of a shipped reader on a MUC-4 file, over all slots and for each."""
    documents = list(rows(gold))
    articles = [muc4_article(row) for row in documents]
    readings = read_articles(articles, load_reference(), reader)
    responses = [responses_of(reading.claims, each) for reading, each in zip(readings, articles, strict=True)]
    return scores(responses, [key_of(row) for row in documents])


def key_of(row: Mapping[str, Any]) -> list[KeyTemplate]:
    """The answer key of a document."""
    return [KeyTemplate(_keys(raw["slots"]), bool(raw["optional_template"])) for raw in row["templates"]]


def _keys(slots: Mapping[str, Any]) -> dict[str, list[Key]]:
    return {
        slot: [
            Key(
                tuple(Fill(each["value"], tuple(each.get("ref") or ())) for each in filler["alternatives"]),
                bool(filler.get("optional")),
            )
            for filler in slots.get(slot, ())
        ]
        for slot in SLOTS
    }


def scores(responses: Sequence[Sequence[Response]], keys: Sequence[Sequence[KeyTemplate]]) -> Scores:
    """The scores over documents given in the same order."""
    of_slot = dict.fromkeys(SLOTS, Marks())
    for told, key in zip(responses, keys, strict=True):
        for slot, marks in document_marks(told, key).items():
            of_slot[slot] += marks
    whole = total(of_slot.values())
    figures = {
        "set_fills_only": total(of_slot[slot] for slot in SET_FILLS),
        "string_fills_only": total(of_slot[slot] for slot in STRING_FILLS),
        # What is left when the slot that the house rules forbid us to fill is set aside, on both sides.
        "without_names": total(marks for slot, marks in of_slot.items() if slot != "hum_tgt_name"),
        **of_slot,
    }
    return Scores(len(keys), _measures("all_templates_", whole), _details(figures.items()))


def _measures(before: str, marks: Marks) -> dict[str, float]:
    return {f"{before}{measure}": getattr(marks, measure) for measure in ("recall", "precision", "f1")}


def _details(figures: Iterable[tuple[str, Marks]]) -> dict[str, float]:
    return {name: value for slot, marks in figures for name, value in _measures(f"{slot}.", marks).items()}
