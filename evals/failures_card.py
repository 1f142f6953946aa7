"""`python -m evals.failures_card --write docs/model_card.md` writes the table of known failures into the model card.

By region, source and type of event, of the kept fifth of the labels, by `evals/modern_failures.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.accuracy_page import kinds_table, texts_table
from evals.modern_failures import failures
from evals.modern_texts import LABELS
from vedette.read import DEFAULT

BEGIN, END = "<!-- failures: begin -->", "<!-- failures: end -->"
FEWEST = 10  # labels, or texts without any, of a group that has a row

INTRO = """\
{reader} on the fifth of the labelled texts that is kept from training, {day}, by `python -m evals.failures_card \
--write docs/model_card.md`; groups of fewer than {fewest} labels and {fewest} texts without any are left out. A share \
of pairs is of the `n` to its right; by type, F1 takes a claim of any kind of the type; false claims are those made of \
texts without an event, which are counted last. [Accuracy](accuracy.md) explains the columns and has every kind and \
stance."""


def main() -> None:
    """Measure, print the tables and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, help="a Markdown file whose measured part is replaced")
    asked = parser.parse_args()
    text = card(failures(LABELS, DEFAULT), datetime.now(UTC).date().isoformat())
    print(text)
    if asked.write:
        page = asked.write.read_text(encoding="utf-8")
        head, tail = page.split(BEGIN)[0], page.split(END)[1]
        asked.write.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def card(told: Mapping[str, Mapping[str, Any]], day: str) -> str:
    """The three tables and what they are of."""
    parts = [
        INTRO.format(reader=f"`{DEFAULT}`", day=day, fewest=FEWEST),
        texts_table("region", _large(told["by_region"])),
        texts_table("origin", _large(told["by_origin"])),
        kinds_table("type of event", told["by_type"]),
    ]
    return "\n\n".join(parts)


def _large(rows: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row for name, row in rows.items() if max(row["labels"], row["empty"]) >= FEWEST}


if __name__ == "__main__":
    main()
