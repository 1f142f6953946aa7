"""What an import changes: rows added, changed, taken back or said twice, against the rows that stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from duckdb import DuckDBPyConnection

from vedette.datasets.staging import PARQUET, TOLD, Fault, Staged
from vedette.model.text import quoted, quoted_name
from vedette.reference.datasets import DataSet


class Scope(StrEnum):
    """Which rows that stand are taken back where an import lacks them."""

    NEWER = "newer"  # as `COVERED`, unless the files lack most of these: then they are another extract, no newer one
    COVERED = "covered"  # those of the countries and days that the files hold
    WHOLE = "whole"  # all of the data set
    PART = "part"  # none


@dataclass(frozen=True, slots=True)
class Change:
    """One row that an import changes: its id, what becomes of it, and old and new text of each cell that differs."""

    row_id: str
    what: str
    cells: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows an import adds, changes, takes back, leaves as they are, and leaves alone though it lacks them.

    `beyond` lie outside of the countries and days that the files cover; `unlike` within, but the files lack most of
    what stands there, so that they are no newer version of it.
    """

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    same: int = 0
    beyond: int = 0
    unlike: int = 0
    repeated: int = 0
    left_out: int = 0
    examples: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is to be taken in: Parquet files of new claims, and one of the claims that they withdraw, if any.

    `scope` is the one that was held to.
    """

    difference: Difference
    parts: tuple[Path, ...]
    withdrawn: Path | None
    scope: Scope
    faults: tuple[Fault, ...] = ()


SOUND = "row_id IS NOT NULL AND earliest IS NOT NULL"
EXAMPLES = 20
AT_ONCE = 1_000_000  # ids told apart at a time: DuckDB holds them all in memory
# The place of a new row's file among those of one command: the last of them counts, as of several commands the last.
# Their names end in that place, so that of two the longer one has the higher number.
_LAST = "length(filename) DESC, filename DESC"
# The country of a row, as far as it is told.
_LAND = "CASE WHEN precision = 'country' THEN place ELSE path[1] END"


def difference_of(
    connection: DuckDBPyConnection, staged: Sequence[Staged], standing: str, data_set: DataSet, scope: Scope, work: Path
) -> Fresh:
    """What the staged tables change in the rows that stand; `standing` is a SELECT of these, empty for none."""
    _view_new(connection, staged)
    total, sound = _row(connection, f"SELECT count(*), count(*) FILTER ({SOUND}) FROM new")
    if not standing and total == sound == _ids(connection, sound):
        left_out = sum(each.left_out for each in staged)
        parts = tuple(each.path for each in staged if each.rows)
        return Fresh(Difference(added=total, left_out=left_out), parts, None, scope)
    # A file without a row is a download that failed, not a data set that is gone.
    takes_back = sound and (data_set.releases == "covered" or scope is Scope.WHOLE)
    scope = scope if takes_back else Scope.PART
    _decide(connection, standing, scope)
    counts = dict(connection.execute("SELECT what, count(*) FROM decided GROUP BY what").fetchall())
    gone = dict(connection.execute("SELECT what, count(*) FROM gone GROUP BY what").fetchall())
    found = Difference(
        added=counts.get("added", 0),
        changed=counts.get("changed", 0),
        same=counts.get("same", 0),
        repeated=counts.get("repeated", 0) + counts.get("contradicts", 0),
        withdrawn=gone.get("withdrawn", 0),
        beyond=gone.get("beyond", 0),
        unlike=gone.get("unlike", 0),
        left_out=total - sound + sum(each.left_out for each in staged),
        examples=_examples(connection, data_set),
    )
    new, withdrawn = _new_part(connection, found, work), _withdrawn(connection, found, work)
    return Fresh(found, new, withdrawn, scope, _contradictions(connection))


def _ids(connection: DuckDBPyConnection, rows: int) -> int:
    """How many different ids the new rows have, counted in parts that memory holds."""
    parts = rows // AT_ONCE + 1
    # A filter, and no WHERE: with that DuckDB reads the cells too, thirty times as much.
    each = "SELECT count(DISTINCT row_id) FILTER (hash(row_id) % {} = {} AND {}) FROM new"
    return sum(_row(connection, each.format(parts, part, SOUND))[0] for part in range(parts))


def _view_new(connection: DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    files = ", ".join(quoted(each.path) for each in staged)
    options = "union_by_name = true, filename = true, file_row_number = true"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW new AS SELECT * FROM read_parquet([{files}], {options})")
    unread = sorted(frozenset().union(*(each.unread for each in staged)))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE unread AS SELECT unnest(CAST($cells AS VARCHAR[])) AS cell", {"cells": unread}
    )


def _decide(connection: DuckDBPyConnection, standing: str, scope: Scope) -> None:
    """The tables `decided`, one narrow row for each new one, and `gone`, one for each that stands and is lacking."""
    empty = (
        "SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS row_id, NULL::DATE AS earliest, NULL::VARCHAR AS land WHERE false"
    )
    old = f"SELECT id, row_id, earliest, {_LAND} AS land FROM ({standing})" if standing else empty
    connection.execute(f"CREATE OR REPLACE TEMP TABLE old AS {old}")
    if standing:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW standing AS {standing}")
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE decided AS
        SELECT n.filename, n.file_row_number, n.row_id, n.id, old.id AS old_id, CASE
            WHEN nth > 1 AND n.id = first_id THEN 'repeated' WHEN nth > 1 THEN 'contradicts'
            WHEN old.id IS NULL THEN 'added' WHEN old.id = n.id THEN 'same' ELSE 'changed' END AS what
        FROM (
            SELECT filename, file_row_number, row_id, id,
                first_value(id) OVER rows AS first_id, row_number() OVER rows AS nth
            FROM new WHERE {SOUND} WINDOW rows AS (PARTITION BY row_id ORDER BY {_LAST}, id)
        ) n LEFT JOIN old ON old.row_id = n.row_id
    """)
    covered = f"""coalesce(
        land IN (SELECT {_LAND} FROM new) AND earliest >= (SELECT min(earliest) FROM new)
        AND earliest <= (SELECT max(earliest) FROM new), false)"""
    within = {Scope.WHOLE: "true", Scope.PART: "false"}.get(scope, covered)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE gone AS
        SELECT id, row_id, CASE WHEN {within} THEN 'withdrawn' ELSE 'beyond' END AS what
        FROM old WHERE row_id NOT IN (SELECT row_id FROM new WHERE row_id IS NOT NULL)
            AND row_id NOT IN (SELECT cell FROM unread)
    """)
    if scope is Scope.NEWER:
        again = "row_id IN (SELECT row_id FROM new WHERE row_id IS NOT NULL)"
        kept = f"(SELECT count(*) FROM old WHERE {covered} AND {again})"
        lacking = "(SELECT count(*) FROM gone WHERE what = 'withdrawn')"
        connection.execute(f"UPDATE gone SET what = 'unlike' WHERE what = 'withdrawn' AND {lacking} > {kept}")


def _new_part(connection: DuckDBPyConnection, found: Difference, work: Path) -> tuple[Path, ...]:
    if not found.added and not found.changed:
        return ()
    path = work / "new.parquet"
    rows = """
        SELECT new.* EXCLUDE (filename, file_row_number) FROM new SEMI JOIN
            (SELECT filename, file_row_number FROM decided WHERE what IN ('added', 'changed')) kept
        USING (filename, file_row_number)
    """
    connection.execute(f"COPY ({rows}) TO {quoted(path)} ({PARQUET})")
    return (path,)


def _withdrawn(connection: DuckDBPyConnection, found: Difference, work: Path) -> Path | None:
    if not found.changed and not found.withdrawn:
        return None
    path = work / "withdrawn.parquet"
    rows = """
        SELECT old_id AS claim_id, row_id, what FROM decided WHERE what = 'changed'
        UNION ALL SELECT id, row_id, what FROM gone WHERE what = 'withdrawn'
    """
    stamp = "(SELECT any_value(batch) FROM new) AS batch, (SELECT any_value(recorded_at) FROM new) AS recorded_at"
    connection.execute(f"COPY (SELECT *, {stamp} FROM ({rows})) TO {quoted(path)} ({PARQUET})")
    return path


def _contradictions(connection: DuckDBPyConnection) -> tuple[Fault, ...]:
    """Rows that stand in the files twice and differ: one of the last file's counts, at every import the same."""
    query = "SELECT row_id, any_value(filename) FROM decided WHERE what = 'contradicts' GROUP BY row_id ORDER BY row_id"
    rows = connection.execute(query).fetchall()
    told = "stands there more than once and differs: one of the rows is taken, the last file's"
    faults = [Fault("", 0, row_id, told, left_out=True) for row_id, _ in rows[:TOLD]]
    if (more := len(rows) - TOLD) > 0:
        stand = "1 more row stands" if more == 1 else f"{more:,} more rows stand"
        faults.append(Fault("", 0, "", f"{stand} there more than once", left_out=True))
    return tuple(faults)


def _examples(connection: DuckDBPyConnection, data_set: DataSet) -> tuple[Change, ...]:
    changes = [
        Change(row_id, what, {})
        for kind, table in (("added", "decided"), ("withdrawn", "gone"))
        for row_id, what in connection.execute(
            f"SELECT row_id, what FROM {table} WHERE what = '{kind}' ORDER BY row_id LIMIT {EXAMPLES}"
        ).fetchall()
    ]
    return (*changes, *_changed(connection, data_set))


def _changed(connection: DuckDBPyConnection, data_set: DataSet) -> tuple[Change, ...]:
    found = connection.execute(
        f"SELECT row_id FROM decided WHERE what = 'changed' ORDER BY row_id LIMIT {EXAMPLES}"
    ).fetchall()
    if not found:
        return ()
    cells = ", ".join(f"coalesce(cells.{quoted_name(name)}, '')" for name in data_set.columns)
    ids = [row[0] for row in found]
    after, before = (
        dict(
            connection.execute(
                f"SELECT row_id, [{cells}] FROM {table} WHERE row_id IN (SELECT unnest($ids))", {"ids": ids}
            ).fetchall()
        )
        for table in (
            "(SELECT new.* FROM new JOIN decided USING (filename, file_row_number) WHERE what = 'changed')",
            "standing",
        )
    )
    return tuple(
        Change(
            ident,
            "changed",
            {
                name: (old, new)
                for name, old, new in zip(data_set.columns, before[ident], after[ident], strict=True)
                if old != new
            },
        )
        for ident in ids
    )


def _row(connection: DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return connection.execute(query).fetchone() or (0,)
