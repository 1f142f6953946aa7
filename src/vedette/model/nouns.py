"""The nouns of the record; every id is a stable hash of content, every time is UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, SourceKind, Stance, Verdict
from vedette.model.text import safe_text
from vedette.model.values import (
    Actor,
    Cited,
    Place,
    Responsibility,
    Span,
    Tally,
    Toll,
    When,
)


@dataclass(frozen=True, slots=True)
class Expects:
    """What a source says of itself; a source that breaks its word becomes an `Issue`."""

    articles_per_week: float | None = None
    share_with_place: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes; `reliability` is the admiralty letter A–F, F where it cannot be judged."""

    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    url: str = ""
    lang: str = ""
    licence: str = ""
    perspective: str = ""
    reliability: str = "F"
    marking: str = ""
    follow: bool = False
    expects: Expects = field(default_factory=Expects)


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes as fetched, never changed; `published` and `title` are what the collector was told beside them."""

    id: str
    source: str
    url: str
    fetched_at: datetime
    media_type: str
    body: bytes
    published: datetime | None = None
    title: str = ""

    @classmethod
    def of(
        cls,
        body: bytes,
        *,
        source: str,
        url: str,
        fetched_at: datetime,
        media_type: str,
        published: datetime | None = None,
        title: str = "",
    ) -> Capture:
        """A capture whose id is the SHA-256 of its source's name and its bytes."""
        source, url, title = safe_text(source), safe_text(url), safe_text(title)
        return cls(capture_id(source, body), source, url, fetched_at, media_type, body, published, title)


def capture_id(source: str, body: bytes) -> str:
    """The SHA-256 of a source's name, a zero byte and the body: one outlet's bytes are one capture."""
    return stable_id(source.encode(), body, length=64)


@dataclass(frozen=True, slots=True)
class Article:
    """The text of one published item: its title, a blank line, then its body; spans count in `text`."""

    id: str
    capture_id: str
    source: str
    url: str
    title: str
    text: str
    lang: str
    published: datetime | None
    site: str = ""

    @classmethod
    def of(
        cls,
        capture: Capture,
        *,
        title: str,
        body: str,
        lang: str,
        published: datetime | None,
        url: str = "",
        site: str = "",
    ) -> Article:
        """An article of `capture`, identified by its source, day of publication and text."""
        headed = not title or body.split("\n", 1)[0].strip() == title
        text = body if headed else f"{title}\n\n{body}"
        day = published.date().isoformat() if published else ""
        ident = stable_id("article", capture.source, day, text)
        return cls(ident, capture.id, capture.source, url or capture.url, title, text, lang, published, site)

    def span(self, start: int, end: int) -> Span:
        """The span of characters `start` to `end`, with its words."""
        return Span(self.id, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article or one row of a data set says of one event; every value with the words or cells that show it.

    `undirected` says that nobody is told to have begun: both sides are perpetrators. `remarks` are what a data set
    says of its own precision and doubt.
    """

    id: str
    article_id: str
    kind: Cited[EventKind]
    when: Cited[When]
    place: Cited[Place]
    stance: Cited[Stance]
    attribution: Cited[Attribution]
    perpetrators: tuple[Cited[Actor], ...] = ()
    targets: tuple[Cited[Actor], ...] = ()
    weapons: tuple[Cited[str], ...] = ()
    tolls: tuple[Cited[Toll], ...] = ()
    said_by: Cited[str] | None = None
    undirected: bool = False
    remarks: tuple[Cited[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated total or estimate about more than one event, and the reader that found it."""

    id: str
    article_id: str
    measure: str
    value: Tally
    spans: tuple[Span, ...]
    period: When = When()
    place: Place = Place()
    actor: Actor | None = None
    target: Actor | None = None
    said_by: str = ""
    stance: Stance = Stance.ASSERTS
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Who calls whom what; polarity runs from -1 to 1."""

    id: str
    article_id: str
    said_by: str
    target: Actor
    label: str
    frame: str
    polarity: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader found in one article; `unread` says why the article was not read.

    `failed` says what went wrong, so that the next run reads it again. `remarks` are what was left out of the reading.
    """

    article_id: str
    reader: str
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    labels: tuple[Label, ...] = ()
    unread: str = ""
    failed: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """What probably happened: the claims about one event, resolved; `credibility` is 1 (confirmed) to 6 (unknown)."""

    id: str
    kind: EventKind
    when: When
    place: Place
    perpetrators: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    tolls: tuple[Toll, ...]
    claim_ids: tuple[str, ...]
    credibility: int
    responsibility: Responsibility = Responsibility()
    sources: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided; append-only."""

    id: str
    subject: str
    verdict: Verdict
    by: str
    at: datetime
    reason: str
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that went wrong and was not hidden."""

    stage: str
    subject: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """What went to whom under which marking."""

    id: str
    audience: str
    marking: str
    incident_ids: tuple[str, ...]
    withheld: tuple[str, ...]
    digest: str
    at: datetime
    recalled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of an event data set that was imported: its columns as it writes them and as the mapping calls them."""

    id: str
    dataset: str
    version: str
    name: str
    header: tuple[str, ...]
    columns: tuple[str, ...]
    headed: bool
    rows: int
