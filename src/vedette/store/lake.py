"""The lake: append-only Delta Lake tables, each read at the version that the ledger names as its head."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import duckdb
from arro3.core import RecordBatchReader
from deltalake import DeltaTable, write_deltalake
from deltalake.transaction import AddAction, RemoveAction

from vedette.model.errors import CaseError
from vedette.model.text import quoted
from vedette.store.columns import Column, Type, arrow_schema, arrow_table
from vedette.store.tables import LakeTable

# Small commits are merged once a table has this many files: reading stays fast, and each row is rewritten rarely.
MAX_FILES = 40
# Files of old versions are kept for a week, for readers that still hold them.
KEEP_HOURS = 168


@dataclass(frozen=True, slots=True)
class Stamp:
    """The number and time of the commit that adds a row."""

    batch: int
    at: datetime

    @property
    def columns(self) -> tuple[Column, Column]:
        """The two columns that every row of the commit carries."""
        return (
            Column("batch", Type.INT, lambda row: self.batch),
            Column("recorded_at", Type.TIME, lambda row: self.at),
        )


NO_STAMP = Stamp(0, datetime.min)


def restamped(parts: Sequence[Path], made_for: Stamp, stamp: Stamp) -> Sequence[Path]:
    """The files as they are, or written anew where another commit came between and theirs has another number."""
    if made_for.batch == stamp.batch:
        return parts
    with duckdb.connect() as connection:
        for part in parts:
            draft = part.with_suffix(".restamped")
            rows = f"SELECT * REPLACE (CAST({stamp.batch} AS BIGINT) AS batch) FROM read_parquet({quoted(part)})"
            connection.execute(f"COPY ({rows}) TO {quoted(draft)} (FORMAT parquet, COMPRESSION zstd)")
            draft.replace(part)
    return parts


@dataclass(frozen=True, slots=True)
class Lake:
    """The tables under one root: a folder, or an object-store URL whose files are read from copies in `cache`."""

    root: str
    cache: str = ""

    @property
    def remote(self) -> bool:
        """True where the root is an object store's."""
        return "://" in self.root

    @property
    def near(self) -> str:
        """The folder of this machine that holds what questions read."""
        return self.cache if self.remote else self.root

    def columns(self, table: LakeTable) -> tuple[Column, ...]:
        """The table's columns as they lie in the lake, the commit's stamp last."""
        return (*table.columns, *NO_STAMP.columns)

    def append(self, table: LakeTable, nouns: Sequence[Any], stamp: Stamp, head: int | None) -> int:
        """The table's new head, with the nouns added to what stood at `head`; whatever a killed run left is undone."""
        delta = self._at_head(table, stamp, head)
        if nouns:
            write_deltalake(delta, arrow_table((*table.columns, *stamp.columns), nouns), mode="append")
            delta.update_incremental()
        if delta.get_add_actions().num_rows > MAX_FILES:
            delta.optimize.compact(max_concurrent_tasks=1)  # one at a time holds a third less in memory
            delta.vacuum(retention_hours=KEEP_HOURS, dry_run=False)
        return int(delta.version())

    def take_in(self, name: str, parts: Sequence[Path], head: int | None) -> int:
        """The new head of a table of rows, with Parquet files made beside the lake moved into it as they are."""
        delta = self._rows_at_head(name, parts[0], head)
        actions: list[AddAction | RemoveAction] = [self._moved(name, part) for part in parts]
        delta.create_write_transaction(actions, "append", delta.schema())
        delta.update_incremental()
        if delta.get_add_actions().num_rows > MAX_FILES:
            delta.optimize.compact(max_concurrent_tasks=1)
            delta.vacuum(retention_hours=KEEP_HOURS, dry_run=False)
        return int(delta.version())

    def _rows_at_head(self, name: str, part: Path, head: int | None) -> DeltaTable:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            empty = connection.sql(f"SELECT * FROM read_parquet({quoted(part)}) LIMIT 0")
            schema = RecordBatchReader.from_arrow(empty).schema
        delta = DeltaTable.create(self._uri(name), schema, mode="ignore", name=name)
        if delta.version() > (head or 0):
            delta.restore(head or 0)
        return delta

    def _moved(self, name: str, part: Path) -> AddAction:
        with duckdb.connect() as connection:
            counted = connection.execute(f"SELECT count(*) FROM read_parquet({quoted(part)})").fetchone()
        path, size = f"{uuid4()}.parquet", part.stat().st_size
        if self.remote:
            _store(self._uri(name)).put(path, part)
        else:
            shutil.move(part, Path(self.root) / name / path)
        stats = json.dumps({"numRecords": (counted or (0,))[0]})
        return AddAction(path, size, {}, int(time.time() * 1000), True, stats)

    def files(self, table: str, head: int) -> list[str]:
        """The Parquet files of this machine that hold the table as it stood at `head`."""
        added = DeltaTable(self._uri(table), version=head).get_add_actions(flatten=True)
        names = [unquote(name) for name in added["path"].to_pylist()]
        if self.remote:
            self._fetch(table, names)
        return [str(Path(self.near) / table / name) for name in names]

    def _fetch(self, table: str, names: Sequence[str]) -> None:
        # A Parquet file of the lake never changes, so a copy by its name is it.
        folder = Path(self.cache) / table
        missing = [name for name in names if not (folder / name).exists()]
        if missing:
            folder.mkdir(parents=True, exist_ok=True)
            fetch_files(self._uri(table), missing, folder)

    def _at_head(self, table: LakeTable, stamp: Stamp, head: int | None) -> DeltaTable:
        schema = arrow_schema((*table.columns, *stamp.columns))
        delta = DeltaTable.create(self._uri(table.name), schema, mode="ignore", name=table.name)
        if delta.version() > (head or 0):
            delta.restore(head or 0)
        return delta

    def _uri(self, name: str) -> str:
        return f"{self.root}/{name}" if self.remote else (Path(self.root) / name).as_uri()


def fetch_files(root: str, names: Sequence[str], folder: Path) -> None:
    """Copy files under an object store's URL into a folder of this machine, each whole or not at all."""
    store = _store(root)
    for name in names:
        draft = folder / f"{name}.{os.getpid()}.part"
        draft.write_bytes(store.get(name).bytes())
        draft.replace(folder / name)


def _store(root: str) -> Any:
    try:
        from obstore.store import from_url
    except ImportError:
        raise CaseError(root, "needs a reader of object stores: install vedette[s3]") from None
    return from_url(root)
