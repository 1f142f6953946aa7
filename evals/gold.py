"""What every gold set needs: its rows, one article made of a row, and the shape of a result."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from vedette.model.nouns import Article, Capture
from vedette.text import open_capture

_SEEN = datetime(2026, 1, 1, tzinfo=UTC)  # The gold sets do not tell when their texts were fetched.


@dataclass(frozen=True, slots=True)
class Scores:
    """The published metrics of one gold file over `n` rows; `details` are the figures behind them."""

    n: int
    scores: dict[str, float]
    details: dict[str, float] = field(default_factory=dict)


def rows(gold: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file, gzipped or plain, in the order of the file."""
    opener = gzip.open if gold.suffix == ".gz" else open
    with opener(gold, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def article(text: str, *, published: date | None = None, name: str = "gold") -> Article:
    """The article that the shipped way makes of a JSONL line with this text and, where told, its day."""
    line = json.dumps({"text": text, "published": published.isoformat() if published else None})
    capture = Capture.of(line.encode(), source=name, url="", fetched_at=_SEEN, media_type="application/x-article+json")
    return open_capture(capture)[0]
