"""The only file that joins the stages: captures are opened, articles read, claims resolved, each stage kept whole."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec

from vedette.collect import Limits, Told, Visit, broken_promises, capture_inputs, collect_source, sources_in
from vedette.engine import Engine, Task, in_chunks, time_limit
from vedette.model.errors import ServiceError, UsageError, VedetteError
from vedette.model.kinds import SourceKind
from vedette.model.nouns import Article, Capture, Issue, Source
from vedette.readings import DIED, Done, asked_readings, issue_of, reading_task
from vedette.reference.added_places import AddedFile
from vedette.reference.datasets import DataSet
from vedette.store import Batch, Case, Entry, IncidentVersion, Parts, Snapshot, Stamp, Work, pending
from vedette.store.rows import WITHDRAWN
from vedette.store.settings import FILE

if TYPE_CHECKING:
    from vedette.datasets import Imported, Wanted
    from vedette.read.llm.bill import Bill
    from vedette.read.llm.endpoint import Endpoint

Item = TypeVar("Item")

RESOLVER = "rules/1"
# One commit's worth: a kill loses at most this much work.
BATCH = 500
BATCH_BYTES = 16 * 1024 * 1024
BATCH_SECONDS = 5.0
DAY = timedelta(days=1)
WINDOW = 28 * DAY  # a source's promise is held against its last four weeks
CHUNK = 50  # items that a worker takes at a time
RESOLVE_BATCH = 5_000
INDEX_BATCH = 5_000
# A PDF of thousands of pages takes minutes: what takes longer than this hangs.
OPENING_SECONDS = 600.0


class Watch(Protocol):
    """Someone who is told how a run gets on."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins, with this many items where that is known."""

    def step(self, count: int) -> None:
        """So many more items are through."""

    def note(self, message: str) -> None:
        """Something that a person at the terminal wants to know."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run is told, made once by the command line or the web server.

    Without a reader's name a case is read by the one that read it last; `endpoint` is the server that a reader asks.
    """

    reader: str = ""
    engine: Engine = field(default_factory=Engine)
    limits: Limits = field(default_factory=Limits)
    told: Told = field(default_factory=Told)
    endpoint: Endpoint | None = None


@dataclass(slots=True)
class Summary:
    """What a run saw and added; `bill` is what asking a server took."""

    capture_ids: dict[str, None] = field(default_factory=dict)  # in order, each once
    added: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    bill: Bill | None = None

    def count(self, added: dict[str, int]) -> None:
        """Add what one commit added."""
        for name, number in added.items():
            self.added[name] = self.added.get(name, 0) + number


@dataclass(frozen=True, slots=True)
class Flow:
    """One run over one case."""

    case: Case
    config: Config
    watch: Watch
    summary: Summary = field(default_factory=Summary)

    def read(self, inputs: Sequence[str]) -> Summary:
        """Keep what the inputs hold and work off everything that is pending in the case."""
        self._commit(Batch("collect", sources=sources_in(self.case.folder / FILE)))
        self.watch.stage("collecting", None)
        self._keep(capture_inputs(inputs, self.config.told, self.config.limits))
        return self.catch_up()

    def collect(self, names: Sequence[str]) -> Summary:
        """Fetch the sources of `vedette.toml`, all or the named ones, and work off what is pending."""
        sources = self._sources(names)
        self._commit(Batch("collect", sources=sources))
        visits = {url: msgspec.json.decode(body, type=Visit) for url, body in self.case.ledger.visits().items()}
        for source in sources:
            self.watch.stage(f"collecting {source.name}", None)
            near = replace(source, url=_from_case(self.case, source.url))
            self._keep(collect_source(near, visits, self.config.limits))
        self.catch_up()
        self._commit(Batch("collect", issues=self._broken_promises(sources)))
        return self.summary

    def import_rows(self, wanted: Wanted, dry_run: bool = False) -> Imported:
        """Take in rows of an event data set, or only tell what they would change; then resolve what they cross."""
        from vedette.datasets import import_rows
        from vedette.reference import load_reference

        with self.case.working(self._say_waiting), self.case.staging() as work:
            stamp = self.case.next_stamp()
            with self.case.snapshot() as now:
                standing = now.standing(wanted.data_set.name)
                imported = import_rows(wanted, load_reference(), standing, (stamp.batch, stamp.at), work, self.watch)
            if not dry_run:
                known = wanted.data_set.title in self.case.ledger.sources()
                self._commit(_of_import(wanted.data_set, imported, stamp, known))
                self._resolve()
        return imported

    def _say_waiting(self) -> None:
        self.watch.note("waiting for another vedette that works on this case")

    def catch_up(self) -> Summary:
        """Open, read, resolve and index all that is pending; one process at a time does this in a case."""
        with self.case.working(self._say_waiting):
            self._open()
            self._read()
            self._resolve()
            index_new(self.case)
        return self.summary

    def _sources(self, names: Sequence[str]) -> tuple[Source, ...]:
        path = self.case.folder / FILE
        sources = sources_in(path)
        unknown = sorted(set(names) - {source.name for source in sources})
        if unknown:
            known = ", ".join(source.name for source in sources) or "none yet"
            raise UsageError(f"source {unknown[0]!r}", f"is not in {path}; it names {known}")
        if not sources:
            raise UsageError(path, "names no [[source]]: add one, the comments in the file show how")
        return tuple(source for source in sources if not names or source.name in names)

    def _broken_promises(self, sources: Sequence[Source]) -> list[Issue]:
        broken: list[Issue] = []
        at = datetime.now(UTC)
        with self.case.snapshot() as now:
            for source in sources:
                given = pending.given_by(now, source.name, WINDOW)
                days = (at - given.since) / DAY if given.since else 0.0
                broken += broken_promises(
                    source, articles=given.articles, with_place=given.with_place, days=days, at=at
                )
        return broken

    def _keep(self, found: Iterable[Capture | Issue | Visit]) -> None:
        for batch in _batches(found):
            captures = [each for each in batch if isinstance(each, Capture)]
            visits = {each.url: msgspec.json.encode(each) for each in batch if isinstance(each, Visit)}
            issues = [each for each in batch if isinstance(each, Issue)]
            self.summary.capture_ids.update(dict.fromkeys(capture.id for capture in captures))
            self._commit(Batch("collect", {"captures": captures}, issues, visits))
            self.watch.step(len(captures))

    def _open(self) -> None:
        with self.case.snapshot() as now:
            runs = pending.unopened(now, BATCH_BYTES, CHUNK)
            total = sum(map(len, runs))
            self.watch.stage("opening", total)
            captures = (pending.captures(now, run) for run in runs)
            for done in _batches(self.config.engine.map(OPENING, captures)):
                self._commit(_opened(done))
                self.watch.step(len(done))

    def _read(self) -> None:
        with self.case.snapshot() as now:
            reader = self.config.reader or last_reader(now)
            ids = pending.unread(now, reader)
            self.watch.stage("reading", len(ids))
            loaded = (pending.articles(now, some) for some in in_chunks(ids, BATCH))
            for done in _batches(self._readings(reader, loaded) if ids else ()):
                self._commit(_read(done))
                self.watch.step(len(done))

    def _readings(self, reader: str, loaded: Iterable[Sequence[Article]]) -> Iterator[Done]:
        from vedette.read import ASKING, needed

        if reader == ASKING:
            return self._asked(needed(self.config.endpoint), (each for articles in loaded for each in articles))
        chunks = (chunk for articles in loaded for chunk in in_chunks(articles, CHUNK))
        return self.config.engine.map(reading_task(reader, AddedFile.of(self.case.folder)), chunks)

    def _asked(self, endpoint: Endpoint, articles: Iterable[Article]) -> Iterator[Done]:
        """Readings for as long as the server answers; it is asked by this process, which alone has the key."""
        from vedette.read.llm.bill import Bill

        self.watch.note(f"the articles' text is sent to {endpoint.base_url}, for {endpoint.model} to read")
        self.summary.bill = Bill(endpoint)
        try:
            yield from asked_readings(articles, self.summary.bill, AddedFile.of(self.case.folder))
        except ServiceError as error:
            self._commit(Batch("read", issues=[issue_of("read", error.subject, error)]))

    def _resolve(self) -> None:
        with self.case.snapshot() as now:
            ids = pending.unresolved(now, RESOLVER)
            stale = pending.stale_incidents(now)
            crossed = [Work("cross", each, RESOLVER) for each in pending.uncrossed(now, RESOLVER)]
        self.watch.stage("resolving", len(ids))
        for some in in_chunks(ids, RESOLVE_BATCH) or ([[]] if stale else []):
            with self.case.snapshot() as now:
                near = pending.neighbourhood(now, some)
            versions = _resolved(near, self.case)
            work = [Work("resolve", ident, RESOLVER) for ident in some]
            held = {claim_id for version in versions if version.live for claim_id in version.incident.claim_ids}
            taken_up = [claim_id for claim_id in near.rows if claim_id in held]
            self._commit(Batch("resolve", {"incidents": versions, "done": work, "taken_up": taken_up}))
            self.watch.step(len(some))
        if stale:
            with self.case.snapshot() as now:
                emptied = pending.emptied_incidents(now)
            self._commit(Batch("resolve", {"incidents": [IncidentVersion(e.incident, False, e.heir) for e in emptied]}))
        self._commit(Batch("resolve", {"done": crossed}))

    def _commit(self, batch: Batch) -> None:
        self.summary.count(self.case.commit(batch))
        self.summary.issues.extend(batch.issues)


def last_reader(now: Snapshot) -> str:
    """The reader that a case goes on with: the one that read it last, else the one by default."""
    from vedette.read import DEFAULT

    return pending.last_reader(now) or DEFAULT


def _from_case(case: Case, url: str) -> str:
    """A URL as it is; a path that is not absolute is taken from the case folder, wherever the command is run."""
    return url if "://" in url or not url else str(case.folder / url)


def index_new(case: Case) -> int:
    """Index the articles that the full-text index lacks; their number, 0 where another process is at it."""
    index = case.index()
    added = 0
    with case.snapshot() as now:
        for first, last in pending.unindexed(now, index.last_batch(), INDEX_BATCH):
            entries = [Entry(**row) for row in now.rows(_ENTRIES, {"first": first, "last": last})]
            if not index.add(entries):
                break
            added += len(entries)
    return added


_ENTRIES = "SELECT id, batch, source, title, text FROM all_articles WHERE batch BETWEEN $first AND $last"


@dataclass(frozen=True, slots=True)
class _Opened:
    capture_id: str
    by: str
    articles: tuple[Article, ...] = ()
    issue: Issue | None = None


def _open_captures(captures: Sequence[Capture]) -> list[_Opened]:
    return [_open_one(capture) for capture in captures]


def _open_one(capture: Capture) -> _Opened:
    from vedette.text import open_capture, opener_of

    by = opener_of(capture.media_type)
    try:
        with time_limit(OPENING_SECONDS):
            return _Opened(capture.id, by, tuple(open_capture(capture)))
    except VedetteError as error:
        return _Opened(capture.id, by, issue=issue_of("open", capture.url, error))
    except Exception as error:  # one bad capture never stops a run and never vanishes
        return _Opened(capture.id, by, issue=issue_of("open", capture.url, error))


def _died_opening(capture: Capture) -> _Opened:
    return _Opened(capture.id, "", issue=Issue("open", capture.url, DIED, datetime.now(UTC)))


OPENING = Task(_open_captures, _died_opening)


def _opened(done: Sequence[_Opened]) -> Batch:
    articles = [article for each in done for article in each.articles]
    work = [Work("open", each.capture_id, each.by, "failed" if each.issue else "") for each in done]
    return Batch("open", {"articles": articles, "done": work}, [each.issue for each in done if each.issue])


def _read(done: Sequence[Done]) -> Batch:
    readings = [each.reading for each in done]
    rows: dict[str, list[Any]] = {
        "claims": [claim for reading in readings for claim in reading.claims],
        "figures": [figure for reading in readings for figure in reading.figures],
        "labels": [label for reading in readings for label in reading.labels],
        "done": [Work("read", each.article_id, each.reader, each.unread) for each in readings if not each.failed],
    }
    return Batch("read", rows, [issue for each in done for issue in each.issues])


def _of_import(of: DataSet, imported: Imported, stamp: Stamp, known: bool) -> Batch:
    found = imported.difference
    parts = {of.name: Parts(imported.parts, found.added + found.changed, stamp)}
    if imported.withdrawn:
        parts[WITHDRAWN[of.name]] = Parts((imported.withdrawn,), found.changed + found.withdrawn, stamp)
    issues = [Issue("import", each.subject, each.message, stamp.at) for each in imported.faults]
    source = Source(of.title, SourceKind.DATASET, of.url, licence=of.licence)
    kept = {"files": imported.files} if parts[of.name].rows or imported.withdrawn else {}
    return Batch("import", kept, issues, sources=[] if known or not imported.files else [source], parts=parts)


def _resolved(near: pending.Neighbourhood, case: Case) -> list[IncidentVersion]:
    from vedette.resolve import Told as ToldClaim
    from vedette.resolve import resolve_claims

    sources = case.ledger.sources()
    told = [
        ToldClaim(kept.claim, kept.source, kept.published, sources.get(kept.source, Source(kept.source)).reliability)
        for kept in near.claims
    ]
    new = [each for each in told if each.claim.id in near.new]
    old = [each for each in told if each.claim.id not in near.new]
    resolution = resolve_claims(new, old, near.incidents, case.ledger.judgements())
    known = {incident.id: incident for incident in near.incidents}
    changed = [IncidentVersion(incident) for incident in resolution.incidents]
    merged = [IncidentVersion(known[ident], False, into) for ident, into in resolution.retired]
    return [*changed, *merged]


def _batches(found: Iterable[Item]) -> Iterator[list[Item]]:
    """What was found in commits of bounded number, bytes and seconds."""
    batch: list[Item] = []
    size, due = 0, time.monotonic() + BATCH_SECONDS
    for each in found:
        batch.append(each)
        size += len(each.body) if isinstance(each, Capture) else 0
        if len(batch) >= BATCH or size >= BATCH_BYTES or time.monotonic() >= due:
            yield batch
            batch, size, due = [], 0, time.monotonic() + BATCH_SECONDS
    if batch:
        yield batch
