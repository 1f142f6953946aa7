"""The case at one moment: DuckDB views over the lake's files, for questions that only read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import duckdb
import msgspec

from vedette.model.errors import UsageError, VedetteError
from vedette.model.text import quoted
from vedette.reference.datasets import data_set
from vedette.store.lake import Lake
from vedette.store.rows import ROW_TABLES, WITHDRAWN, claims_of_rows, incidents_of_rows, none_of_rows, standing_rows
from vedette.store.sureness import sure_claims
from vedette.store.tables import TABLES, LakeTable

T = TypeVar("T")
Parameters = Sequence[Any] | Mapping[str, Any]

# Names are compared without case, accents, hyphens and outer spaces.
_FOLD = """
    CREATE MACRO folded(name) AS
    trim(regexp_replace(lower(strip_accents(replace(name, 'ß', 'ss'))), '[-\u2010-\u2015\u2212_\\s]+', ' ', 'g'))
"""

# What each name means to a question: what an article's latest reading found, the latest live version of an incident.
_READINGS = """
    SELECT subject AS article_id, arg_max("by", batch) AS reader, arg_max(outcome, batch) AS outcome,
        max(batch) AS batch
    FROM all_done WHERE stage = 'read' GROUP BY subject
"""
_CURRENT = {
    "captures": "SELECT * FROM all_captures",
    "articles": "SELECT * FROM all_articles",
    "done": "SELECT * FROM all_done",
    "readings": _READINGS,
    "resolved": """
        SELECT * EXCLUDE (live, merged_into) FROM (
            SELECT * FROM all_incidents QUALIFY row_number() OVER (PARTITION BY id ORDER BY batch DESC) = 1
        ) WHERE live
    """,
    "claims": "SELECT * FROM all_claims SEMI JOIN readings USING (article_id, reader)",
    # A reading and what it found come in one commit; these tables have no column of their own for the reader.
    "figures": "SELECT f.*, r.reader FROM all_figures f JOIN readings r USING (article_id, batch)",
    "labels": "SELECT l.*, r.reader FROM all_labels l JOIN readings r USING (article_id, batch)",
    "incidents": "SELECT * FROM resolved",
}
QUESTIONS = tuple(name for name in _CURRENT if name != "resolved")


class Rows(list[dict[str, Any]]):
    """An answer's rows, and the names of its columns even where it has no row."""

    def __init__(self, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        super().__init__(dict(zip(names, row, strict=True)) for row in rows)
        self.names = tuple(names)


class Snapshot:
    """Views over one set of heads; `as_of` shows what was recorded up to the end of that day (UTC)."""

    def __init__(self, lake: Lake, heads: Mapping[str, int], as_of: date | None = None) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
        self._lake = lake
        self._locked = False
        self._files: list[str] = []
        self._connection.execute(_FOLD)
        for table in TABLES.values():
            self._connection.execute(_view(f"all_{table.name}", self._source(table, heads), as_of))
        imported = [name for name in ROW_TABLES if name in heads]
        self._imported = {
            name: {table: heads[table] for table in (name, WITHDRAWN[name]) if table in heads} for name in imported
        }
        for name in imported:
            self._view_rows(name, as_of)
        taken_up = "taken_up" in heads
        views = _CURRENT | _with_rows(imported, taken_up) | _with_rows(imported, taken_up, plain=True)
        for name, query in views.items():
            self._connection.execute(f"CREATE VIEW {name} AS {query}")
        by_hand = [name for name in imported if not data_set(name).machine_coded]
        alone = incidents_of_rows(by_hand, taken_up, of="list_contains(ids, id)") if by_hand else _NO_INCIDENT
        self._connection.execute(f"CREATE MACRO alone(ids) AS TABLE SELECT id, body FROM ({alone})")

    def _view_rows(self, name: str, as_of: date | None) -> None:
        """The views of one imported data set: all its rows, those that count now, these as claims, and as they came."""
        tables = self._imported[name]
        for table, head in tables.items():
            files = self._lake.files(table, head)
            self._files += files
            self._connection.execute(_view(f"all_{table}", _parquet(files), as_of))
        views = {table: f"SELECT * FROM all_{table}" for table in tables}
        self._connection.execute(f"CREATE VIEW rows_{name} AS {standing_rows(name, views)}")
        self._connection.execute(f"CREATE VIEW claims_{name} AS {claims_of_rows(name)}")
        self._connection.execute(f"CREATE VIEW plain_{name} AS {claims_of_rows(name, whole=False)}")
        self._connection.execute(f"CREATE VIEW {name} AS SELECT cells.* FROM rows_{name}")

    @property
    def tables(self) -> tuple[str, ...]:
        """The names that a question may read from: those of every record, and of the data sets in this one."""
        return (*QUESTIONS, *self._imported)

    @property
    def has_withdrawn(self) -> bool:
        """True where a later import has changed or taken back a row."""
        return any(WITHDRAWN[name] in tables for name, tables in self._imported.items())

    def standing(self, name: str) -> str:
        """A SELECT of a data set's rows as they stand, over the lake's own files, for another database; "" for none."""
        if name not in self._imported:
            return ""
        files = {table: self._lake.files(table, head) for table, head in self._imported[name].items()}
        return standing_rows(name, {table: _parquet(listed) for table, listed in files.items()})

    def rows(self, query: str, parameters: Parameters = ()) -> Rows:
        """The answer, a mapping from column to value per row; a column that has another's name gets a number."""
        names, rows = self._answer(query, parameters)
        return Rows(_told_apart(names), rows)

    def column(self, query: str, parameters: Parameters = ()) -> list[Any]:
        """The answer's first column."""
        return [row[0] for row in self._answer(query, parameters)[1]]

    def copy(self, query: str, parameters: Parameters, path: Path, options: str) -> None:
        """Write the answer to a file without bringing it into memory; `options` are those of DuckDB's COPY."""
        # One thread writes rows as they come; several keep whole batches until it is their turn, twice the memory.
        self._connection.execute("SET threads = 1")
        try:
            self._answer(f"COPY ({query}) TO {quoted(path)} ({options})", parameters)
        except duckdb.IOException as error:
            raise VedetteError(path, f"could not be written: {str(error).splitlines()[0]}") from None
        finally:
            self._connection.execute("RESET threads")

    def keep(self, name: str, query: str, parameters: Parameters) -> None:
        """The answer under a name that later questions to this snapshot may use; it is worked out once."""
        self._answer(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}", parameters)

    def only_sure(self, least: float) -> None:
        """Later questions see claims without what their reader is less sure of than this, 0 to 1."""
        for name in ("claims", "plain_claims"):
            query = sure_claims(least, plain=name != "claims")
            self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def nouns(self, type_: type[T], query: str, parameters: Parameters = ()) -> list[T]:
        """The nouns whose JSON is the answer's first column."""
        decode = msgspec.json.Decoder(type_).decode
        return [decode(body) for body in self.column(query, parameters)]

    def ask(self, query: str) -> Rows:
        """The answer to a question in a user's own SQL, which may read the views and nothing else."""
        self._lock_up()
        try:
            statements = self._connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type is not duckdb.StatementType.SELECT:
                raise UsageError("SQL", f"one SELECT, please; the record's tables are {', '.join(self.tables)}")
            self._refuse_writing(query)
            return self.rows(query)
        except duckdb.Error as error:
            raise UsageError("SQL", str(error).split("\n", maxsplit=1)[0]) from None

    def _refuse_writing(self, query: str) -> None:
        # A SELECT can carry a COPY; the plan tells.
        (plan,) = self._answer(f"EXPLAIN (FORMAT json) {query}", ())[1]
        writing = {"COPY", "INSERT", "UPDATE", "DELETE", "CREATE", "MERGE", "EXPORT", "ATTACH"}
        found = {word for name in re.findall(r'"name": *"([^"]*)"', str(plan[-1])) for word in name.split("_")}
        if writing & found:
            raise UsageError("SQL", "reads the record and changes nothing: leave out what writes")

    def _answer(self, query: str, parameters: Parameters) -> tuple[list[str], list[tuple[Any, ...]]]:
        try:
            cursor = self._connection.execute(query, parameters)
            return [column[0] for column in cursor.description or ()], cursor.fetchall()
        except RuntimeError as error:
            if "interrupted" in str(error):  # DuckDB's way to say that the user pressed Ctrl-C
                raise KeyboardInterrupt from None
            raise

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _source(self, table: LakeTable, heads: Mapping[str, int]) -> str:
        files = self._lake.files(table.name, heads[table.name]) if table.name in heads else []
        self._files += files
        if files:
            return _parquet(files)
        typed = ((column.type.value, column.name) for column in self._lake.columns(table))
        columns = ", ".join(f'CAST(NULL AS {type_}) AS "{name}"' for type_, name in typed)
        return f"SELECT {columns} WHERE false"

    def _lock_up(self) -> None:
        if self._locked:
            return
        self._locked = True
        self._connection.execute(f"SET allowed_paths = [{', '.join(map(quoted, self._files))}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")


def _view(name: str, source: str, as_of: date | None) -> str:
    until = "" if as_of is None else f" WHERE CAST(recorded_at AS DATE) <= DATE '{as_of}'"
    return f"CREATE VIEW {name} AS SELECT * FROM ({source}){until}"


def _with_rows(imported: Sequence[str], taken_up: bool, plain: bool = False) -> dict[str, str]:
    """The views `claims` and `incidents`: what was read from articles, and beside it the rows of data sets.

    `plain_claims` and `plain_incidents` are the same without nouns and keys, for questions that count.
    """
    which, prefix, less = ("plain", "plain_", " EXCLUDE (body, keys)") if plain else ("claims", "", "")
    rows = "".join(f" UNION ALL BY NAME SELECT * FROM {which}_{name}" for name in imported)
    by_hand = [name for name in imported if not data_set(name).machine_coded]
    alone = f" UNION ALL BY NAME {incidents_of_rows(by_hand, taken_up, whole=not plain)}" if by_hand else ""
    bodies = " EXCLUDE (body)" if plain else ""
    return {
        f"{prefix}claims": f"SELECT *{less}, {none_of_rows()} FROM ({_CURRENT['claims']}){rows}",
        f"{prefix}incidents": f"SELECT *{bodies}, {_UNTOLD} FROM ({_CURRENT['incidents']}){alone}",
    }


_NO_INCIDENT = "SELECT CAST(NULL AS VARCHAR) AS id, CAST(NULL AS VARCHAR) AS body WHERE false"
_UNTOLD = "CAST(NULL AS VARCHAR) AS code, CAST(NULL AS VARCHAR[]) AS target_groups, CAST(NULL AS BOOLEAN) AS undirected"


def _parquet(files: Sequence[str]) -> str:
    return f"SELECT * FROM read_parquet([{', '.join(quoted(file) for file in files)}], union_by_name = true)"


def _told_apart(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    apart = []
    for name in names:
        seen[name] += 1
        apart.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return apart
