"""Tables as Parquet files of claims beside the lake, ready to be taken in; what is wrong with a row is told by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from vedette.datasets.expressions import OWN, Cells
from vedette.datasets.mapping import Mapping, Origin
from vedette.datasets.progress import Told, watched
from vedette.datasets.records import records_of
from vedette.datasets.survey import look_ups, survey
from vedette.datasets.tables import BROKEN_GZIP, DataTable, Dialect
from vedette.model.errors import CaseError, FormatError, VedetteError
from vedette.model.text import quoted, quoted_name
from vedette.reference import Reference
from vedette.reference.datasets import DataSet

# DuckDB's own working memory; with Python, the libraries and the file's pages an import stays below one gigabyte.
MEMORY = "550MB"
USUAL_ROW = 1_000_000  # bytes; DuckDB takes twice that without being told
TOLD = 100  # rows of one table that are listed one by one; the rest is counted
# What a file can do to the reader; all else is our own mistake and must be seen.
UNREADABLE = (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException)
# Zstandard takes a third of Snappy's room and as long, measured on a million rows.
# Each of two threads holds a row group of a thousand bytes a row; Bloom filters would be held until the file ends.
PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960, WRITE_BLOOM_FILTER false"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row, or with a whole table where `line` is 0; a row that is `left_out` is no claim."""

    table: str
    line: int
    row_id: str
    message: str
    left_out: bool

    @property
    def subject(self) -> str:
        """The file, and the line and row in it where these are known."""
        line = f" line {self.line}" if self.line else ""
        row = f" row {self.row_id}" if self.row_id else ""
        return f"{self.table}{line}{row}".strip()


@dataclass(frozen=True, slots=True)
class Staged:
    """One table's claims in a Parquet file, rows that make none among them (without an id or a day).

    `left_out` lines could not be read; `unread` are their cells, the ids of their rows somewhere among them. `own` rows
    were exported by Vedette itself.
    """

    table: DataTable
    path: Path
    rows: int
    faults: tuple[Fault, ...]
    left_out: int = 0
    unread: frozenset[str] = frozenset()
    own: int = 0


def connect(work: Path) -> DuckDBPyConnection:
    """A database for one import: bounded memory, what does not fit goes into `work`."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = {quoted(work / 'spilled')}")
    connection.execute("SET preserve_insertion_order = false")
    # A text's rows are guessed to be few: without this the file, not the small look-up, would be held in memory.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    connection.execute("SET TimeZone = 'UTC'")
    # Progress is kept and asked for, and nothing printed.
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    return connection


@dataclass(frozen=True, slots=True)
class Stager:
    """Stages the tables of one import."""

    connection: DuckDBPyConnection
    data_set: DataSet
    reference: Reference
    origin: Origin
    work: Path
    told: Told

    def stage(self, table: DataTable, number: int) -> Staged:
        """The table's claims, from a mended copy where the text breaks the rules of CSV."""
        path = self.work / f"claims-{number}.parquet"
        try:
            self._copy(table, path)
            if not self._rejected():
                return self._staged(path, table)
        except UNREADABLE as error:
            told = self._told_of(error, table)
            if table.dialect is None or isinstance(told, CaseError):
                raise told from None
        try:
            mended, faults, unread = self._mended(table, number)
            self._copy(mended, path)
        except BROKEN_GZIP as error:
            raise FormatError(table.name, f"cannot be unpacked ({error}): download it again") from None
        except UNREADABLE as error:
            raise self._told_of(error, table) from None
        left_out = sum(fault.left_out for fault in faults)
        return replace(self._staged(path, table, faults), left_out=left_out, unread=frozenset(unread))

    def _told_of(self, error: Exception, table: DataTable) -> VedetteError:
        """What stopped the reading, in a sentence: the file, or the disk that what is made of it goes to."""
        if "space left" in str(error).lower():
            return CaseError(self.work.parent, "the disk is full: free some space and run the command again")
        return FormatError(table.name, f"cannot be read: {str(error).splitlines()[0]}")

    def _copy(self, table: DataTable, path: Path) -> None:
        cells = Cells(self.data_set, [column for column in table.layout.columns if column])
        spelled = zip(table.layout.header, table.layout.columns, strict=True)
        extra = [(header, column) for header, column in spelled if column and column not in self.data_set.columns]
        source = source_of(table)
        with watched(self.connection, self.told):
            found = survey(self.connection, source, self.data_set, cells)
        look_ups(self.connection, found, self.data_set, self.reference)
        mapping = Mapping(self.data_set, cells, extra, self.origin)
        with watched(self.connection, self.told):
            self.connection.execute(f"COPY ({mapping.claims(source)}) TO {quoted(path)} ({PARQUET})")

    def _rejected(self) -> bool:
        found = self.connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'")
        if not (found.fetchone() or (0,))[0]:
            return False
        return bool((self.connection.execute("SELECT count(*) FROM reject_errors").fetchone() or (0,))[0])

    def _mended(self, table: DataTable, number: int) -> tuple[DataTable, list[Fault], set[str]]:
        """A copy by the rules, in UTF-8; rows that cannot be mended are left out, and all are told."""
        path = self.work / f"mended-{number}.csv"
        faults: list[Fault] = []
        unread: set[str] = set()
        longest = 0
        with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
            writer = csv.writer(file, lineterminator="\n")
            for record in records_of(table):
                if record.fault:
                    faults.append(Fault(table.name, record.line, "", record.fault, left_out=True))
                    unread.update(cell.strip() for cell in record.cells)
                    continue
                if record.remark:
                    faults.append(Fault(table.name, record.line, "", record.remark, left_out=False))
                longest = max(longest, 4 * sum(map(len, record.cells)))  # UTF-8 has at most four bytes a letter
                writer.writerow(record.cells)
        layout = replace(table.layout, headed=False)
        self.connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        dialect = Dialect(",", '"', longest if longest > USUAL_ROW else 0)
        return replace(table, path=path, layout=layout, dialect=dialect, zipped=False, blank=0), faults, unread

    def _staged(self, path: Path, table: DataTable, faults: Sequence[Fault] = ()) -> Staged:
        where = f"FROM read_parquet({quoted(path)})"
        (rows,) = self.connection.execute(f"SELECT count(*) {where}").fetchone() or (0,)
        (own,) = self.connection.execute(
            f"SELECT count(*) {where} WHERE row_id IS NULL AND ({self._own()})"
        ).fetchone() or (0,)
        return Staged(table, path, rows, (*_few(faults, table), *self._doubtful(table, where)), own=own)

    def _own(self) -> str:
        """True of a row that Vedette itself exported."""
        return " OR ".join(
            f"coalesce(starts_with(trim(cells.{cell}), '{OWN}'), false)" for cell in self.data_set.row_id
        )

    def _doubtful(self, table: DataTable, where: str) -> Iterator[Fault]:
        """The rows that make no claim and those that leave a value open, by line; beyond `TOLD` by number alone."""
        bad = "row_id IS NULL OR earliest IS NULL OR len(doubts) > 0"
        (number,) = self.connection.execute(f"SELECT count(*) {where} WHERE {bad}").fetchone() or (0,)
        if not number:
            return
        raw = ", ".join(f"coalesce(cells.{quoted_name(column)}, '')" for column in table.layout.known(self.data_set))
        columns = f"coalesce(row_id, ''), {self._why()}, row_id IS NULL OR earliest IS NULL, [{raw}]"
        rows = self.connection.execute(f"SELECT {columns} {where} WHERE {bad} ORDER BY 1 LIMIT {TOLD}").fetchall()
        lines = lines_of(table, [tuple(row[3]) for row in rows], self.data_set)
        faults = [
            Fault(table.name, lines.get(tuple(cells), 0), row_id, "; ".join(messages), left_out)
            for row_id, messages, left_out, cells in rows
        ]
        yield from sorted(faults, key=lambda fault: fault.line)
        if number > TOLD:
            yield Fault(table.name, 0, "", f"{_more(number - TOLD, 'row')}: {_ASK}", left_out=False)

    def _why(self) -> str:
        """A list of what is wrong with a row, why it has no day as the look-up of days says it."""
        when = self.data_set.when
        days = [f"coalesce(cells.{cell}, '')" for cell in when.cells if cell != when.width]
        told = f"trim(concat_ws(' ', {', '.join(days)}))"
        looked_up = (
            f"(SELECT any_value(fault) FROM days WHERE days.key IN ({', '.join(f'trim({day})' for day in days)}))"
        )
        empty = f"'{when.cells[0]} is empty'"
        no_day = f"CASE WHEN {told} = '' THEN {empty} ELSE coalesce({looked_up}, concat({told}, ' is no date')) END"
        no_id = f"CASE WHEN {self._own()} THEN '{_OWN}' ELSE 'has no {' or '.join(self.data_set.row_id)}' END"
        left_out = f"CASE WHEN row_id IS NULL THEN {no_id} END, CASE WHEN earliest IS NULL THEN {no_day} END"
        return f"list_filter([{left_out}], lambda each: each IS NOT NULL) || doubts"


_OWN = "is a row that Vedette exported from a record: no record bears itself out"
_ASK = "`vedette sql` finds those that went in by their `doubts`"


def _few(faults: Sequence[Fault], table: DataTable) -> Iterator[Fault]:
    yield from faults[:TOLD]
    if len(faults) > TOLD:
        left_out = sum(fault.left_out for fault in faults[TOLD:])
        message = f"{_more(len(faults) - TOLD, 'line')}; {left_out:,} left out"
        yield Fault(table.name, 0, "", message, left_out=bool(left_out))


def _more(number: int, noun: str) -> str:
    return f"1 more {noun} is like these" if number == 1 else f"{number:,} more {noun}s are like these"


def source_of(table: DataTable) -> str:
    """A SELECT of the table's cells as they came, one column `c_NAME` each, all of them text."""
    named = [(position, column) for position, column in enumerate(table.layout.columns) if column]
    if table.dialect is None:
        columns = ", ".join(
            f"CAST({quoted_name(table.layout.header[position])} AS VARCHAR) AS {quoted_name('c_' + column)}"
            for position, column in named
        )
        return f"SELECT {columns} FROM read_parquet({quoted(table.path)})"
    columns = ", ".join(f"k{position} AS {quoted_name('c_' + column)}" for position, column in named)
    return f"SELECT {columns} FROM {_read_csv(table, table.dialect)}"


def _read_csv(table: DataTable, dialect: Dialect) -> str:
    types = ", ".join(f"'k{position}': 'VARCHAR'" for position in range(len(table.layout.columns)))
    compression = ", compression = 'gzip'" if table.zipped else ""
    # The reader holds several buffers, which are many times the longest row where nobody says otherwise.
    sizes = f", max_line_size = {dialect.longest}, buffer_size = {dialect.longest}" if dialect.longest else ""
    skipped = table.layout.headed * (1 + table.blank)
    return (
        f"read_csv({quoted(table.path)}, auto_detect = false, header = false, skip = {skipped}, "
        f"delim = {quoted(dialect.delimiter)}, quote = {quoted(dialect.quote)}, escape = {quoted(dialect.quote)}, "
        f"columns = {{{types}}}, store_rejects = true{compression}{sizes})"
    )


def lines_of(table: DataTable, rows: Sequence[tuple[str, ...]], data_set: DataSet) -> dict[tuple[str, ...], int]:
    """The line on which each of the rows begins, told by its known cells; nothing for Parquet, which has no lines."""
    if table.dialect is None:
        return {}
    wanted = set(rows)
    at = [position for position, column in enumerate(table.layout.columns) if column in data_set.columns]
    found: dict[tuple[str, ...], int] = {}
    for record in records_of(table):
        if not record.fault and (key := tuple(record.cells[position] for position in at)) in wanted:
            found.setdefault(key, record.line)
            if len(found) == len(wanted):
                break
    return found
