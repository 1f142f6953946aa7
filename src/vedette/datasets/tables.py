"""The files of a data set as tables: found, unpacked, and known by their first line."""

from __future__ import annotations

import csv
import glob
import gzip
import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from vedette.datasets.expressions import quoted
from vedette.datasets.recognise import Layout, layout_of
from vedette.model.errors import FormatError, InputError
from vedette.reference.datasets import DataSet

DELIMITERS = (",", "\t", ";", "|")
TABLES = (".csv", ".tsv", ".tab", ".txt", ".zip", ".gz", ".parquet")
HEAD = 1 << 20  # the first line of GTD is 2,000 characters long; a megabyte holds any
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file writes its rows; `quote` is empty where quotes are letters like others."""

    delimiter: str
    quote: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table of rows on this disk; `name` is what the user calls it, `dialect` is `None` for Parquet.

    `zipped` is true of a text that is gzipped.
    """

    path: Path
    name: str
    layout: Layout
    dialect: Dialect | None
    zipped: bool = False

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
        if not several:
            raise InputError(each, "holds no table: name a CSV, TSV, Parquet, ZIP or gzip file")
        found |= dict.fromkeys(several)
    return list(found)


def tables_of(path: Path, data_set: DataSet, work: Path) -> Iterator[DataTable]:
    """The tables in one file; a ZIP's are unpacked into `work`. A `FormatError` says what is wrong with one."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None
    if not start:
        raise FormatError(path, "is empty: download it again")
    if start == b"PK\x03\x04":
        yield from _unpacked(path, data_set, work)
    elif start == b"PAR1":
        yield _parquet(path, data_set)
    elif start[:2] == b"\x1f\x8b":
        yield _text(path, str(path), data_set, zipped=True)
    elif start == b"\xd0\xcf\x11\xe0":
        raise FormatError(path, _WORKBOOK)
    else:
        yield _text(path, str(path), data_set)


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
                with copy.open("rb") as file:
                    parquet = file.read(4) == b"PAR1"
                yield _parquet(copy, data_set) if parquet else _text(copy, name, data_set)
                copy.unlink(missing_ok=True)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError) as error:
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


def _parquet(path: Path, data_set: DataSet) -> DataTable:
    import duckdb

    try:
        described = duckdb.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(path))})")
        names = [row[0] for row in described.fetchall()]
    except duckdb.Error as error:
        raise FormatError(path, f"is a broken Parquet file ({str(error).splitlines()[0]}): export it again") from None
    return DataTable(path, str(path), layout_of(names, data_set, str(path)), None)


def _opened(path: Path, zipped: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if zipped else path.open("rb")


def _text(path: Path, name: str, data_set: DataSet, zipped: bool = False) -> DataTable:
    with _opened(path, zipped) as file:
        try:
            start = file.read(HEAD)
        except (OSError, EOFError) as error:
            raise FormatError(name, f"cannot be unpacked ({error}): download it again") from None
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FormatError(name, "is written in UTF-16: save it as UTF-8")
    lines = start.decode("utf-8-sig", errors="replace")
    if not lines.strip():
        raise FormatError(name, "is empty: download it again")
    dialect, fields = _dialect(lines, data_set.unquoted)
    return DataTable(path, name, layout_of(fields, data_set, name), dialect, zipped)


def _dialect(lines: str, unquoted: bool) -> tuple[Dialect, list[str]]:
    first = lines.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    quote = "" if delimiter == "\t" and unquoted and '"' not in first else '"'
    if not quote:
        return Dialect(delimiter, quote), first.rstrip("\r").split(delimiter)
    return Dialect(delimiter, quote), next(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter), [])
