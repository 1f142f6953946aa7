"""What the readers may cost, for the accuracy page: the bytes of their weights and their speed beside spaCy.

Bytes are those of the files that the wheel holds; speed is what `benchmarks/reading.py` wrote into
`docs/performance.md`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src/vedette/read/neural/weights"
MEASURED = HERE.parent / "docs/performance.md"
_TABLE = re.compile(r"<!-- reading: begin -->(.*?)<!-- reading: end -->", re.DOTALL)


class Cost(NamedTuple):
    """What is asked of size or speed, what was measured (`None` where nothing was), and how."""

    what: str
    asked: str
    measured: str
    reached: bool | None
    how: str


def costs(weights: Path = WEIGHTS, page: Path = MEASURED) -> Iterator[Cost]:
    """The size of all weights together, then each reader's speed of which something is asked."""
    asked: dict[str, Any] = tomllib.loads((HERE / "accuracy.toml").read_text(encoding="utf-8"))["costs"]
    size, most = megabytes(weights), float(asked["megabytes"])
    yield Cost("shipped weights together, MB", f"≤ {most:g}", f"{size:.1f}", size <= most, "the files in the wheel")
    measured = beside_spacy(page.read_text(encoding="utf-8"))
    for reader, least in asked["beside_spacy"].items():
        told = measured.get(reader)
        shown, reached = ("–", None) if told is None else (f"{told:.2f}", told >= least)
        how = "[performance](performance.md#reading-many-articles)"
        yield Cost(f"articles a second of {reader}, spaCy's being 1", f"≥ {least:g}", shown, reached, how)


def megabytes(weights: Path = WEIGHTS) -> float:
    """The size of all files under a folder, in millions of bytes."""
    return sum(path.stat().st_size for path in weights.rglob("*") if path.is_file()) / 1e6


def beside_spacy(page: str) -> dict[str, float]:
    """By reader, how many articles it reads while spaCy reads one: the third column of the measured table."""
    table = _TABLE.search(page)
    rows = [line.strip("| ").split(" | ") for line in (table[1] if table else "").strip().splitlines()[2:]]
    return {row[0].strip(): float(row[2]) for row in rows if len(row) > 2}
