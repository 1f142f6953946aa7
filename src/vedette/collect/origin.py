"""Where an item's bytes come from, and how captures and issues are made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from vedette.collect.limits import Limits, Told
from vedette.model.errors import PolicyError, VedetteError
from vedette.model.nouns import Capture, Issue

# Twenty of a kind show what is wrong with a file; the rest would only fill the ledger.
SAME_ISSUES = 20


def now() -> datetime:
    """The time of reading, UTC; the only clock of this room."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Origin:
    """One opened input: its path or URL as given, the names it lends its items, and the time of reading."""

    url: str
    folder: str = ""
    host: str = ""
    declared: str = ""
    size: int | None = None
    told: Told = field(default_factory=Told)
    limits: Limits = field(default_factory=Limits)
    at: datetime = field(default_factory=now)

    @property
    def stem(self) -> str:
        """The host of a URL, `stdin`, or the file's name without its endings."""
        return self.host or PurePath(self.url.removesuffix(".gz")).stem.lstrip("-") or "stdin"

    def capture(self, body: bytes, media_type: str, *, source: str = "", url: str = "", **beside: object) -> Capture:
        """A capture of one item; `beside` may hold its own `published`, `title` and `fetched_at`."""
        published, fetched_at = beside.get("published"), beside.get("fetched_at")
        return Capture.of(
            body,
            source=self.told.source or source or self.host or self.folder or "stdin",
            url=url or self.url,
            fetched_at=fetched_at if isinstance(fetched_at, datetime) else self.at,
            media_type=str(media_type),
            published=published if isinstance(published, datetime) else self.told.published,
            title=str(beside.get("title") or ""),
        )

    def issue(self, message: str, part: str = "", *, stage: str = "collect") -> Issue:
        """An issue about this input, or about `part` of it ("line 3")."""
        return Issue(stage, f"{self.url} {part}".rstrip(), message, self.at)


def issue_of(error: VedetteError, at: datetime) -> Issue:
    """The issue that tells of `error`; a refusal has the stage `policy`."""
    return Issue("policy" if isinstance(error, PolicyError) else "collect", error.subject, error.remedy, at)


def moment(value: object) -> datetime | None:
    """A date as feeds and exports write it, in UTC: ISO 8601, RFC 2822 or seconds since 1970; `None` where unclear."""
    try:
        if isinstance(value, (int, float)):
            return datetime.fromtimestamp(value, UTC)
        text = str(value or "").strip()
        try:
            told = datetime.fromisoformat(text)
        except ValueError:
            told = parsedate_to_datetime(text)
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None


def host_of(url: str) -> str:
    """The host of a URL without `www.`; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def collapsed(found: Iterable[Capture | Issue], url: str) -> Iterator[Capture | Issue]:
    """The same stream, in which issues alike but for numbers end after twenty and are then summed up in one."""
    seen: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Issue] = {}
    for item in found:
        if isinstance(item, Issue):
            key = (item.stage, re.sub(r"\d+", "#", item.message))
            seen[key] += 1
            if seen[key] > SAME_ISSUES:
                last[key] = item
                continue
        yield item
    for key, item in last.items():
        yield Issue(item.stage, url, f"{seen[key] - SAME_ISSUES} more like this: {item.message}", item.at)
