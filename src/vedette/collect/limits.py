"""What the collector is told: how much an input may cost, what is known beside it, what was seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes and seconds one item may cost, and where the fetcher may go."""

    max_bytes: int = 32 * MIB
    max_ratio: int = 200  # Deflate reaches 1032:1 on zeros; real pages and JSON stay below 30:1.
    timeout: float = 20.0
    deadline: float = 60.0
    max_redirects: int = 5
    max_entries: int = 500
    delay: float = 1.0
    max_delay: float = 30.0
    allow_private: bool = False
    user_agent: str = "vedette/0.1 (reads published reports; honours robots.txt)"


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller was told beside an input: a source for all items, a date for those that carry none."""

    source: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What a server said of a URL when last fetched; a local file's `etag` is its size and time, its status 0."""

    url: str
    etag: str
    last_modified: str
    at: datetime
    status: int
