"""The lake: append-only Delta Lake tables, each read at the version that the ledger names as its head."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from deltalake import DeltaTable, write_deltalake

from vedette.model.errors import CaseError
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

    def files(self, table: LakeTable, head: int) -> list[str]:
        """The Parquet files of this machine that hold the table as it stood at `head`."""
        added = DeltaTable(self._uri(table), version=head).get_add_actions(flatten=True)
        names = [unquote(name) for name in added["path"].to_pylist()]
        if self.remote:
            self._fetch(table, names)
        return [str(Path(self.near) / table.name / name) for name in names]

    def _fetch(self, table: LakeTable, names: Sequence[str]) -> None:
        # A Parquet file of the lake never changes, so a copy by its name is it.
        folder = Path(self.cache) / table.name
        missing = [name for name in names if not (folder / name).exists()]
        if missing:
            folder.mkdir(parents=True, exist_ok=True)
            fetch_files(self._uri(table), missing, folder)

    def _at_head(self, table: LakeTable, stamp: Stamp, head: int | None) -> DeltaTable:
        schema = arrow_schema((*table.columns, *stamp.columns))
        delta = DeltaTable.create(self._uri(table), schema, mode="ignore", name=table.name)
        if delta.version() > (head or 0):
            delta.restore(head or 0)
        return delta

    def _uri(self, table: LakeTable) -> str:
        return f"{self.root}/{table.name}" if self.remote else (Path(self.root) / table.name).as_uri()


def fetch_files(root: str, names: Sequence[str], folder: Path) -> None:
    """Copy files under an object store's URL into a folder of this machine, each whole or not at all."""
    try:
        from obstore.store import from_url
    except ImportError:
        raise CaseError(root, "needs a reader of object stores: install vedette[s3]") from None
    store = from_url(root)
    for name in names:
        draft = folder / f"{name}.{os.getpid()}.part"
        draft.write_bytes(store.get(name).bytes())
        draft.replace(folder / name)
