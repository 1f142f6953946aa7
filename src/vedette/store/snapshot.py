"""The case at one moment: DuckDB views over the lake's files, for questions that only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import TracebackType
from typing import Any, Self, TypeVar

import duckdb
import msgspec

from vedette.model.errors import UsageError
from vedette.store.lake import Lake
from vedette.store.tables import TABLES, LakeTable

T = TypeVar("T")

# What each name means to a question: the claims of an article's latest reading, the latest live version of an incident.
_READINGS = """
    SELECT subject AS article_id, arg_max("by", batch) AS reader, arg_max(outcome, batch) AS outcome
    FROM all_done WHERE stage = 'read' GROUP BY subject
"""
_CURRENT = {
    "captures": "SELECT * FROM all_captures",
    "articles": "SELECT * FROM all_articles",
    "done": "SELECT * FROM all_done",
    "readings": _READINGS,
    "claims": "SELECT * FROM all_claims SEMI JOIN readings USING (article_id, reader)",
    "figures": "SELECT * FROM all_figures",
    "labels": "SELECT * FROM all_labels",
    "incidents": """
        SELECT * EXCLUDE (live, merged_into) FROM (
            SELECT * FROM all_incidents QUALIFY row_number() OVER (PARTITION BY id ORDER BY batch DESC) = 1
        ) WHERE live
    """,
}
QUESTIONS = tuple(_CURRENT)


class Snapshot:
    """Views over one set of heads; `as_of` shows what was recorded up to the end of that day (UTC)."""

    def __init__(self, lake: Lake, heads: Mapping[str, int], as_of: date | None = None) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
        self._lake = lake
        self._locked = False
        for table in TABLES.values():
            self._connection.execute(_view(f"all_{table.name}", self._source(table, heads), as_of))
        for name, query in _CURRENT.items():
            self._connection.execute(f"CREATE VIEW {name} AS {query}")

    def rows(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """The answer, a mapping from column to value per row."""
        cursor = self._connection.execute(query, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def column(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """The answer's first column."""
        return [row[0] for row in self._connection.execute(query, parameters).fetchall()]

    def nouns(self, type_: type[T], query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[T]:
        """The nouns whose JSON is the answer's first column."""
        decode = msgspec.json.Decoder(type_).decode
        return [decode(body) for body in self.column(query, parameters)]

    def ask(self, query: str) -> list[dict[str, Any]]:
        """The answer to a question in a user's own SQL, which may read the views and nothing else."""
        try:
            statements = self._connection.extract_statements(query)
            kinds = {statement.type for statement in statements}
        except duckdb.Error as error:
            raise UsageError("SQL", _sentence(error)) from None
        if len(statements) != 1 or not kinds <= {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}:
            raise UsageError("SQL", f"one SELECT, please; the record's tables are {', '.join(QUESTIONS)}")
        self._lock_up()
        try:
            return self.rows(query)
        except duckdb.Error as error:
            raise UsageError("SQL", _sentence(error)) from None

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _source(self, table: LakeTable, heads: Mapping[str, int]) -> str:
        files = self._lake.files(table, heads[table.name]) if table.name in heads else []
        if files:
            listed = ", ".join(_quoted(file) for file in files)
            return f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"
        typed = ((column.type.value, column.name) for column in self._lake.columns(table))
        columns = ", ".join(f'CAST(NULL AS {type_}) AS "{name}"' for type_, name in typed)
        return f"SELECT {columns} WHERE false"

    def _lock_up(self) -> None:
        if self._locked:
            return
        self._locked = True
        self._connection.execute(f"SET allowed_directories = [{_quoted(self._lake.near + '/')}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")


def _view(name: str, source: str, as_of: date | None) -> str:
    until = "" if as_of is None else f" WHERE recorded_at < TIMESTAMPTZ '{as_of + timedelta(days=1)} 00:00:00+00'"
    return f"CREATE VIEW {name} AS SELECT * FROM ({source}){until}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sentence(error: Exception) -> str:
    return str(error).split("\n")[0]
