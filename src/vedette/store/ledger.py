"""The ledger: SQLite or PostgreSQL through one Core code path; its transaction is the case's commit point."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import msgspec
from filelock import FileLock, Timeout
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from vedette.model.errors import CaseError
from vedette.model.ids import stable_id
from vedette.model.kinds import Verdict
from vedette.model.nouns import Issue, Judgement, Source
from vedette.store.ledger_tables import COMMITS, HEADS, ISSUES, JUDGEMENTS, SOURCES, VISITS

Waiting = Callable[[], None] | None

SCHEMA = "0001"
# Another process holds the write lock only while it appends one batch: a minute is far beyond that.
BUSY_SECONDS = 60
# PostgreSQL's advisory locks are numbers; this one is "vedette" read as base 36, modulo 2**31.
_ADVISORY = 1_186_420_094


@dataclass(frozen=True, slots=True)
class Writing:
    """An open write transaction: nobody else commits to the case until it ends."""

    connection: Connection
    batch: int
    at: datetime

    def heads(self) -> dict[str, int]:
        """The lake version of each table that is the case now."""
        return _heads(self.connection)

    def record(self, stage: str, added: dict[str, int]) -> None:
        """Write the commit down: its stage and the number of rows it adds to each table."""
        row = {"batch": self.batch, "at": self.at, "stage": stage, "added": added}
        self.connection.execute(insert(COMMITS).values(row))

    def unknown_issues(self, issues: Sequence[Issue]) -> list[Issue]:
        """Those of the issues that the ledger does not hold yet, each once."""
        rows = {_issue_id(issue): issue for issue in issues}
        known = set(self.connection.execute(select(ISSUES.c.id).where(ISSUES.c.id.in_(rows))).scalars())
        return [issue for ident, issue in rows.items() if ident not in known]

    def add_issues(self, issues: Sequence[Issue]) -> None:
        """Keep the issues, which must be unknown."""
        if issues:
            self.connection.execute(insert(ISSUES), [self._issue_row(issue) for issue in issues])

    def _issue_row(self, issue: Issue) -> dict[str, Any]:
        return {"id": _issue_id(issue), "batch": self.batch, **asdict(issue)}

    def set_head(self, name: str, version: int) -> None:
        """Make `version` the table's head."""
        changed = self.connection.execute(update(HEADS).where(HEADS.c.name == name).values(version=version))
        if not changed.rowcount:
            self.connection.execute(insert(HEADS).values(name=name, version=version))

    def put_visits(self, visits: Mapping[str, bytes]) -> None:
        """Remember when and how each URL answered last, as the collector wrote it down."""
        for url, body in visits.items():
            values = {"at": self.at, "body": body.decode()}
            if not self.connection.execute(update(VISITS).where(VISITS.c.url == url).values(values)).rowcount:
                self.connection.execute(insert(VISITS).values(url=url, **values))

    def changed_sources(self, sources: Sequence[Source]) -> list[Source]:
        """Those of the sources that the ledger does not know as they are now."""
        known = _sources(self.connection)
        return [source for source in sources if known.get(source.name) != source]

    def put_sources(self, sources: Sequence[Source]) -> None:
        """Remember what is known of each source."""
        for source in sources:
            values = {"at": self.at, "body": msgspec.json.encode(source).decode()}
            changed = self.connection.execute(update(SOURCES).where(SOURCES.c.name == source.name).values(values))
            if not changed.rowcount:
                self.connection.execute(insert(SOURCES).values(name=source.name, **values))

    def add_judgement(self, judgement: Judgement) -> None:
        """Append what a person decided."""
        self.connection.execute(insert(JUDGEMENTS).values(asdict(judgement)))


class Ledger:
    """One case's ledger; use `writing()` to change it and the plain methods to read it."""

    def __init__(self, url: str | URL, folder: Path) -> None:
        self._folder = folder
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._engine = _engine(url)
        self._sqlite = self._engine.dialect.name == "sqlite"

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """The SQLite ledger of a case folder; one that cannot be written is read as it lies."""
        path = folder / "ledger.db"
        if os.access(folder, os.W_OK):
            return cls(URL.create("sqlite", database=str(path)), folder)
        log = folder / "ledger.db-wal"
        if not (log.exists() and log.stat().st_size):
            return cls(_read_only(path), folder)
        # What a killed run committed may still be in the log, which a read-only medium cannot take in: read a copy.
        copy = tempfile.TemporaryDirectory(prefix="vedette-ledger-")
        for file in (path, log):
            shutil.copy(file, copy.name)
        ledger = cls(URL.create("sqlite", database=str(Path(copy.name) / path.name)), folder)
        ledger._copy = copy
        return ledger

    def migrate(self) -> None:
        """Bring the ledger's tables to this version's shape; alembic is loaded only where there is work."""
        with self._engine.connect() as connection:
            found = _schema_of(connection)
        if found == SCHEMA:
            return
        if found is not None and found > SCHEMA:
            raise CaseError(self._folder, "was made by a newer vedette: update this one")
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "vedette.store:migrations")
        with self._exclusive() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction that holds the case's write lock and is kept whole or not at all."""
        with self._exclusive() as connection:
            last = connection.execute(select(func.max(COMMITS.c.batch))).scalar()
            yield Writing(connection, (last or 0) + 1, datetime.now(UTC))

    @contextmanager
    def _exclusive(self) -> Iterator[Connection]:
        with self._engine.execution_options(writing=True).begin() as connection:
            if not self._sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY})
            yield connection

    def working(self, waiting: Waiting = None) -> AbstractContextManager[Any]:
        """Held by the one process that opens, reads and resolves what is pending; calls `waiting()` if it must wait."""
        return self._file_lock(waiting) if self._sqlite else self._advisory_lock(waiting)

    def heads(self) -> dict[str, int]:
        """The lake version of each table that is the case now."""
        with self._engine.connect() as connection:
            return _heads(connection)

    def last_batch(self) -> int:
        """The number of the last commit, 0 before the first."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(COMMITS.c.batch))).scalar() or 0

    def issues(self) -> list[Issue]:
        """Everything that went wrong, oldest first."""
        columns = (ISSUES.c.stage, ISSUES.c.subject, ISSUES.c.message, ISSUES.c.at)
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(ISSUES.c.batch, ISSUES.c.at)).all()
        return [Issue(row.stage, row.subject, row.message, _utc(row.at)) for row in rows]

    def visits(self) -> dict[str, bytes]:
        """What the collector wrote down of each URL."""
        with self._engine.connect() as connection:
            return {row.url: row.body.encode() for row in connection.execute(select(VISITS.c.url, VISITS.c.body))}

    def sources(self) -> dict[str, Source]:
        """The known sources by name."""
        with self._engine.connect() as connection:
            return _sources(connection)

    def judgements(self, as_of: date | None = None) -> list[Judgement]:
        """All judgements up to the end of a day, oldest first."""
        made = select(JUDGEMENTS).order_by(JUDGEMENTS.c.at, JUDGEMENTS.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(made).mappings().all()
        judged = [Judgement(**{**row, "verdict": Verdict(row["verdict"]), "at": _utc(row["at"])}) for row in rows]
        return [each for each in judged if as_of is None or each.at.date() <= as_of]

    def count_of(self, stage: str) -> int:
        """How many commits a stage has made."""
        with self._engine.connect() as connection:
            counted = select(func.count()).select_from(COMMITS).where(COMMITS.c.stage == stage)
            return int(connection.execute(counted).scalar_one())

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _file_lock(self, waiting: Waiting) -> Iterator[None]:
        lock = FileLock(self._folder / ".working.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting:
                waiting()
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _advisory_lock(self, waiting: Waiting) -> Iterator[None]:
        # Held by the session, not by a transaction: that would keep the server from cleaning up for hours.
        with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            key = {"key": _ADVISORY + 1}
            if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar():
                if waiting:
                    waiting()
                connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def _heads(connection: Connection) -> dict[str, int]:
    return {row.name: row.version for row in connection.execute(select(HEADS.c.name, HEADS.c.version))}


def _sources(connection: Connection) -> dict[str, Source]:
    rows = connection.execute(select(SOURCES.c.name, SOURCES.c.body)).all()
    return {row.name: msgspec.json.decode(row.body, type=Source) for row in rows}


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _schema_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if version is None else str(version)


def _engine(url: str | URL) -> Engine:
    try:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS} if sqlite else {})
    except (SQLAlchemyError, ImportError) as error:
        shown = str(url).rsplit("@", maxsplit=1)[-1]
        raise CaseError(shown, f"no such ledger: {error}; install vedette[postgres] for PostgreSQL") from None
    if sqlite:
        event.listen(engine, "connect", _sqlite_settings)
        event.listen(engine, "begin", _sqlite_begin)
        if parsed.query.get("mode") != "ro":
            event.listen(engine, "connect", _sqlite_wal)
    return engine


def _sqlite_settings(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN stands, see _sqlite_begin
    connection.execute("PRAGMA foreign_keys = ON")


def _sqlite_wal(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")


def _sqlite_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _issue_id(issue: Issue) -> str:
    return stable_id(issue.stage, issue.subject, issue.message)


def _read_only(path: Path) -> URL:
    query = {"mode": "ro", "immutable": "1", "uri": "true"}
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)
