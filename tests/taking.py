"""Imports of event data sets without a case, and what they made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from vedette.datasets import Imported, Scope, Wanted, import_rows
from vedette.model.nouns import Claim
from vedette.reference import load_reference
from vedette.reference.datasets import data_set
from vedette.store.rows import claims_of_rows

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
SHARED = Path(__file__).parents[1] / "../shared/data"


@dataclass(frozen=True)
class Taken:
    """What one import made of its files."""

    dataset: str
    imported: Imported

    @property
    def faults(self) -> list[str]:
        """Each fault as its line and message."""
        return [f"{each.line}: {each.message}" for each in self.imported.faults]

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """An answer from `rows_NAME`, the rows as the lake would hold them, and `taken`, these as claims."""
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            files = [str(part) for part in self.imported.parts]
            source = f"SELECT * FROM read_parquet({files}, union_by_name = true)"
            connection.execute(f"CREATE VIEW rows_{self.dataset} AS {source}")
            connection.execute(f"CREATE VIEW taken AS {claims_of_rows(self.dataset)}")
            return connection.execute(query).fetchall()

    @property
    def claims(self) -> dict[str, Claim]:
        """The claim of each row, by the row's id."""
        decode = msgspec.json.Decoder(Claim).decode
        return {row_id: decode(body) for row_id, body in self.ask("SELECT row_id, body FROM taken")}

    def given_back(self) -> list[list[str]]:
        """The cells of every row in the order of its file's columns, an empty one for one that is not there."""
        columns = {file.id: file.columns for file in self.imported.files}
        query = f"SELECT file_id, cells, extra FROM rows_{self.dataset}"
        return [
            [{**json.loads(extra or "{}"), **cells}.get(name) or "" for name in columns[file_id]]
            for file_id, cells, extra in self.ask(query)
        ]


Take = Callable[..., Taken]


def shared(name: str) -> Path:
    """A file of the shared data; skips the test where it is not on this machine."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} of the shared data is not on this machine")
    return path


def take_in(folder: Path, dataset: str, *given: Path | str | bytes, **wanted: Any) -> Taken:
    """Import files, or texts written as files, into `folder`; `name`, `scope` and `standing` as an import has them."""
    name, scope, standing = wanted.get("name", "{}.csv"), wanted.get("scope", Scope.COVERED), wanted.get("standing", "")
    paths = [
        each if isinstance(each, Path) else written(folder / name.format(number), each)
        for number, each in enumerate(given)
    ]
    work = folder / "work"
    work.mkdir()
    asked = Wanted(data_set(dataset), tuple(map(str, paths)), "", scope)
    return Taken(dataset, import_rows(asked, load_reference(), standing, (1, AT), work))


def written(path: Path, text: str | bytes) -> Path:
    """A file with this text."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
