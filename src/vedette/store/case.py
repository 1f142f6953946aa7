"""The case folder: one record, in a lake, a ledger and an index that change together or not at all."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import duckdb
from deltalake.exceptions import DeltaError
from sqlalchemy.exc import DBAPIError

from vedette.model.errors import CaseError
from vedette.model.nouns import Issue, Source
from vedette.store.index import TextIndex
from vedette.store.lake import Lake, Stamp, restamped
from vedette.store.ledger import Ledger
from vedette.store.settings import FILE, Settings, read_settings, write_settings
from vedette.store.snapshot import Snapshot
from vedette.store.tables import TABLES, LakeTable

ROOM = 4 * 1024 * 1024  # what one batch of articles, claims and incidents and the ledger's log may take


@dataclass(frozen=True, slots=True)
class Parts:
    """Parquet files of rows that carry the stamp of the commit they are made for, and how many rows they hold."""

    files: Sequence[Path]
    rows: int
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Batch:
    """What one stage adds in one commit: nouns by table, issues, visits, sources, and files of rows by table."""

    stage: str
    rows: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    issues: Sequence[Issue] = ()
    visits: Mapping[str, bytes] = field(default_factory=dict)
    sources: Sequence[Source] = ()
    parts: Mapping[str, Parts] = field(default_factory=dict)


class Case:
    """An open case; make one with `Case.create` or `Case.open`, and close it."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.lake = Lake(
            settings.lake.rstrip("/") or str((folder / "lake").absolute()), str((folder / "cache").absolute())
        )
        self.ledger = Ledger(settings.ledger, folder) if settings.ledger else Ledger.in_folder(folder)

    @classmethod
    def create(cls, folder: Path, title: str = "") -> Self:
        """A new case, or the one that is there: making it twice changes nothing."""
        _refuse_name(folder)
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / FILE).exists():
                _refuse_foreign(folder)
                write_settings(folder, title or folder.absolute().name)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """An existing case, its ledger brought to this version's shape."""
        case = cls(folder, read_settings(folder))
        with _told(folder):
            case.ledger.migrate()
        return case

    def commit(self, batch: Batch) -> dict[str, int]:
        """Add what is not known yet, whole or not at all; the number of rows added to each table."""
        with _told(self.folder), self.ledger.writing() as writing:
            heads = writing.heads()
            issues = writing.unknown_issues(batch.issues)
            sources = writing.changed_sources(batch.sources)
            with Snapshot(self.lake, heads) as now:
                fresh = {name: _unknown(now, TABLES[name], nouns) for name, nouns in batch.rows.items()}
            added = {name: len(nouns) for name, nouns in fresh.items() if nouns}
            taken = {name: parts.rows for name, parts in batch.parts.items() if parts.rows}
            if added or taken or issues or batch.visits or sources:
                writing.record(batch.stage, added | taken)
            self._make_sure_of_room(fresh)
            stamp = Stamp(writing.batch, writing.at)
            for name in added:
                head = self.lake.append(TABLES[name], fresh[name], stamp, heads.get(name))
                writing.set_head(name, head)
            for name in taken:
                files = restamped(batch.parts[name].files, batch.parts[name].stamp, stamp)
                writing.set_head(name, self.lake.take_in(name, files, heads.get(name)))
            writing.add_issues(issues)
            writing.put_visits(batch.visits)
            writing.put_sources(sources)
        return added | taken

    def next_stamp(self) -> Stamp:
        """The stamp of the commit that comes next, if nobody else makes one before."""
        with _told(self.folder):
            return Stamp(self.ledger.last_batch() + 1, datetime.now(UTC))

    def _make_sure_of_room(self, fresh: Mapping[str, Sequence[Any]]) -> None:
        # Asked before, because a lake that meets a full disk half-way through says so in many lines.
        bodies = sum(len(capture.body) for capture in fresh.get("captures", ()))
        if not self.lake.remote and shutil.disk_usage(self.folder).free < bodies + ROOM:
            raise OSError(errno.ENOSPC, "No space left on device")

    def snapshot(self, as_of: date | None = None) -> Snapshot:
        """The case as it is now, or as it was recorded up to the end of a day."""
        with _told(self.folder):
            return Snapshot(self.lake, self.ledger.heads(), as_of)

    @contextmanager
    def working(self, waiting: Callable[[], None] | None = None) -> Iterator[None]:
        """Held by the one process that works off what is pending in this case."""
        with _told(self.folder), self.ledger.working(waiting):
            yield

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """An empty folder on the case's disk for what is made before it is taken in; gone afterwards."""
        folder = self.folder / "staging"
        with _told(self.folder):
            shutil.rmtree(folder, ignore_errors=True)  # what a killed run left
            folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def index(self) -> TextIndex:
        """The full-text index."""
        with _told(self.folder):
            return TextIndex(self.folder / "index")

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _unknown(now: Snapshot, table: LakeTable, nouns: Sequence[Any]) -> list[Any]:
    if table.key is None or not nouns:
        return list(nouns)
    key = next(column for column in table.columns if column.name == table.key)
    by_key = {key.of(noun): noun for noun in nouns}
    query = f"SELECT {table.key} FROM all_{table.name} WHERE {table.key} IN (SELECT unnest($keys))"
    known = set(now.column(query, {"keys": list(by_key)}))
    return [noun for ident, noun in by_key.items() if ident not in known]


def _refuse_name(folder: Path) -> None:
    awkward = sorted(set("[]\\%") & set(str(folder.absolute())))
    if awkward:
        raise CaseError(folder, f"the lake cannot be kept under a path with {' '.join(awkward)}: choose another folder")


def _refuse_foreign(folder: Path) -> None:
    foreign = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
    if foreign:
        raise CaseError(folder, f"holds other files ({sorted(foreign)[0]}, …): name a new or empty folder")


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turns what the disk or the database says into one sentence about the case."""
    try:
        yield
    except (OSError, DBAPIError, DeltaError, duckdb.Error) as error:
        raise CaseError(folder, _remedy(error)) from error


# What the system, the database or the lake says, and what to do about it.
_REMEDIES = (
    (
        ("no space left", "disk is full"),
        "the disk is full: free some space and run the command again; nothing kept is lost",
    ),
    (("file exists", "not a directory"), "is a file, not a folder: name another folder"),
    (
        ("read-only", "readonly", "permission denied"),
        "cannot be written: make the folder writable or copy the case elsewhere",
    ),
    (("file is not a database", "malformed"), "the ledger is damaged: put ledger.db back from a backup"),
    (("out of memory",), "there is too little memory for this: import fewer or smaller files at a time"),
    (("no files found",), "a file of the lake is missing: put the lake folder back from a backup"),
)


def _remedy(error: Exception) -> str:
    whole = str(getattr(error, "orig", None) or error)
    for said, remedy in _REMEDIES:
        if any(words in whole.lower() for words in said):
            return remedy
    message = error.strerror if isinstance(error, OSError) and error.strerror else whole.split("\n", maxsplit=1)[0]
    return f"{message}; look whether the folder is whole and its disk is sound"
