"""The files of a data set as tables: found, unpacked, and known by their first line."""

from __future__ import annotations

import csv
import glob
import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, cast

from vedette.datasets.recognise import Layout, layout_of
from vedette.model.errors import FormatError, InputError
from vedette.model.text import quoted
from vedette.reference.datasets import DataSet

DELIMITERS = (",", "\t", ";", "|")
TABLES = (".csv", ".tsv", ".tab", ".txt", ".zip", ".gz", ".parquet")
HEAD = 1 << 20  # the first line of GTD is 2,000 characters long; a megabyte holds any
CHUNK = 1 << 20
LONGEST_ROW = 64 << 20  # bytes; the longest of a real data set is below a tenth of a megabyte
FIRST = 20  # rows by which a file without a header is known


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file writes its rows; `quote` is empty where quotes are letters like others.

    `longest` are the bytes of its longest row where that is beyond what any sound one has.
    """

    delimiter: str
    quote: str
    longest: int = 0


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table of rows on this disk; `name` is what the user calls it, `dialect` is `None` for Parquet.

    `zipped` is true of a text that is gzipped, `blank` are the empty lines before its first.
    """

    path: Path
    name: str
    layout: Layout
    dialect: Dialect | None
    zipped: bool = False
    blank: int = 0

    def open(self) -> IO[bytes]:
        """The bytes of the text."""
        return _opened(self.path, self.zipped)


def files_of(inputs: Sequence[str]) -> list[Path]:
    """The files that paths, folders and patterns name, each once; an `InputError` for one that names nothing."""
    found: dict[Path, None] = {}
    for each in inputs:
        path = Path(each)
        if path.is_dir():
            several = sorted(file for file in path.rglob("*") if file.suffix.lower() in TABLES)
        elif path.exists():
            several = [path]
        else:
            several = [Path(name) for name in sorted(glob.glob(each, recursive=True))]
        if not path.exists() and not glob.has_magic(each):
            raise InputError(each, "is not there: look at the path")
        if not several:
            raise InputError(each, "holds no table: name a CSV, TSV, Parquet, ZIP or gzip file")
        found |= dict.fromkeys(several)
    return list(found)


def tables_of(path: Path, data_set: DataSet, work: Path) -> Iterator[DataTable]:
    """The tables in one file; a ZIP's are unpacked into `work`. A `FormatError` says what is wrong with one."""
    start = _start(path)
    if not start:
        raise FormatError(path, "is empty: download it again")
    if start == _ZIP:
        yield from _unpacked(path, data_set, work)
    else:
        yield _table(path, str(path), data_set)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None


def _table(path: Path, name: str, data_set: DataSet) -> DataTable:
    """The one table in a file, told by how its bytes begin."""
    start = _start(path)
    if start == _ZIP:
        raise FormatError(name, "is a ZIP file within one: unpack it")
    if start == b"\xd0\xcf\x11\xe0":
        raise FormatError(name, _WORKBOOK)
    if start == b"PAR1":
        return _parquet(path, name, data_set)
    return _text(path, name, data_set, zipped=start[:2] == b"\x1f\x8b")


_ZIP = b"PK\x03\x04"
BROKEN_GZIP = (gzip.BadGzipFile, zlib.error, EOFError)
_BROKEN_ZIP = (*BROKEN_GZIP, zipfile.BadZipFile, OSError, RuntimeError)  # the last where it is encrypted
_WORKBOOK = "is an Excel workbook: open it there and save it as “CSV UTF-8”"


def _unpacked(path: Path, data_set: DataSet, work: Path) -> Iterator[DataTable]:
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" in archive.namelist():
                raise FormatError(path, _WORKBOOK)
            members = [each for each in archive.infolist() if _is_table(each)]
            if not members:
                raise FormatError(path, "holds no table: pack a CSV or TSV file")
            for number, member in enumerate(members):
                copy = work / f"{path.stem}-{number}{Path(member.filename).suffix.lower()}"
                _copy(archive, member, copy)
                name = f"{path}:{member.filename}"
                yield _table(copy, name, data_set)
                copy.unlink(missing_ok=True)
    except _BROKEN_ZIP as error:
        raise FormatError(path, f"cannot be unpacked ({error}): download it again") from None


def _is_table(member: zipfile.ZipInfo) -> bool:
    parts = Path(member.filename).parts
    return Path(member.filename).suffix.lower() in TABLES and "__MACOSX" not in parts and not parts[-1].startswith(".")


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, copy: Path) -> None:
    room = os.statvfs(copy.parent)
    if member.file_size > room.f_bavail * room.f_frsize // 2:
        raise FormatError(member.filename, "unpacks to more than half of the free disk: free some space")
    with archive.open(member) as packed, copy.open("wb") as file:
        while chunk := packed.read(CHUNK):
            file.write(chunk)


def _parquet(path: Path, name: str, data_set: DataSet) -> DataTable:
    import duckdb

    try:
        described = duckdb.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(path)})")
        names = [row[0] for row in described.fetchall()]
    except duckdb.Error as error:
        raise FormatError(name, f"is a broken Parquet file ({str(error).splitlines()[0]}): export it again") from None
    return DataTable(path, name, layout_of([names], data_set, name), None)


def _opened(path: Path, zipped: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if zipped else path.open("rb")


def _text(path: Path, name: str, data_set: DataSet, zipped: bool = False) -> DataTable:
    with _opened(path, zipped) as file:
        try:
            start = file.read(HEAD)
        except (*BROKEN_GZIP, OSError) as error:
            raise FormatError(name, f"cannot be unpacked ({error}): download it again") from None
    # Every other byte of ASCII in UTF-16 is zero.
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or 4 * start[:1000].count(0) > len(start[:1000]):
        raise FormatError(name, "is written in UTF-16: save it as UTF-8")
    lines = start.decode("utf-8-sig", errors="replace")
    if not lines.strip():
        raise FormatError(name, "is empty: download it again")
    dialect, first = _dialect(lines, data_set.unquoted)
    blank = lines[: len(lines) - len(lines.lstrip())].count("\n")
    return DataTable(path, name, layout_of(first, data_set, name), dialect, zipped, blank)


def _dialect(text: str, unquoted: bool) -> tuple[Dialect, list[list[str]]]:
    """How the text is written, and its first rows."""
    lines = [line for line in text.split("\n") if line.strip()][:FIRST]
    delimiter = max(DELIMITERS, key=lines[0].count)
    quote = "" if delimiter == "\t" and unquoted and '"' not in lines[0] else '"'
    if not quote:
        return Dialect(delimiter, quote), [line.rstrip("\r").split(delimiter) for line in lines]
    dialect = Dialect(delimiter, quote)
    return dialect, list(islice((row for row in rows_of(text, dialect) if row), FIRST))


def rows_of(text: str, dialect: Dialect) -> Iterator[list[str]]:
    """The rows of a text by the rules of CSV."""
    csv.field_size_limit(LONGEST_ROW)  # one for the process; Python's own is 128 kB
    return csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote)
