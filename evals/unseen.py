"""Which texts of a gold file the trained readers were trained on, and the file without them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.gold import rows
from evals.modern_texts import is_test, training_labels

RAMS = "rams/dev.jsonl"  # trained on with its own labels, but for a fifth; see training/train.py


def is_trained_on(file: str) -> Callable[[Mapping[str, Any]], bool]:
    """Which rows of a gold file, told as `folder/name`, are among the texts that the network is trained on."""
    if file == RAMS:
        return lambda row: not is_test(f"rams/{row['doc_key']}")
    told = (row for row in training_labels() if "key" in row)
    keys = {str(row["key"]) for row in told if f"{row['set']}/{row['file']}" == file}
    return lambda row: str(row.get("id", row.get("doc_id"))) in keys


def trained_on(gold: Path, file: str) -> int:
    """How many rows of a gold file are texts that the network is trained on."""
    return sum(map(is_trained_on(file), rows(gold)))


@contextmanager
def unseen(gold: Path, file: str) -> Iterator[Path]:
    """A file with the rows of a gold file that the network is not trained on, there for as long as it is needed."""
    trained = is_trained_on(file)
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "unseen.jsonl"
        kept.write_text("".join(f"{json.dumps(row)}\n" for row in rows(gold) if not trained(row)), encoding="utf-8")
        yield kept
