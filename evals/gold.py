"""What every gold set needs: its rows, one article made of a row, and the shape of a result."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from vedette.model.nouns import Article, Capture


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
    """An English article of `text` alone, as the collector makes of a JSONL line that tells no more."""
    moment = datetime.combine(published, time(), UTC) if published else None
    capture = Capture.of(
        text.encode(), source=name, url="", fetched_at=datetime(1970, 1, 1, tzinfo=UTC), media_type="text/plain"
    )
    return Article.of(capture, title="", body=text, lang="en", published=moment)
