"""The rows of a GeoNames dump: `AF.zip`, `AF.txt`, `allCountries.zip`."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vedette.model.errors import FormatError, InputError

COLUMNS = 19
LONGEST = 1 << 18  # bytes of a line; the longest of GeoNames, with all its names, are under 20,000
STEP = 10_000  # lines between two words on how far it is
_NO_DUMP = "is no GeoNames dump: take one such as AF.zip from download.geonames.org/export/dump"
_CLASS = re.compile(r"[AHLPRSTUV]?")
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One line of a dump; `feature` is class and code: `P.PPL`. Coordinates are in 1e-4 degrees."""

    id: int
    name: str
    ascii_name: str
    others: list[str]
    lat: int
    lon: int
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


@dataclass(frozen=True, slots=True)
class Dump:
    """An open dump: its name, its size in bytes when unpacked, and its bytes."""

    name: str
    size: int
    file: IO[bytes]

    def rows(self, step: Callable[[int], None]) -> Iterator[DumpRow]:
        """All rows, each checked, or a `FormatError` that names the line; `step` is told of the bytes read."""
        number = read = told = 0
        while line := self.file.readline(LONGEST):
            number, read = number + 1, read + len(line)
            yield self._row(line, number)
            if number % STEP == 0:
                step(read - told)
                told = read
        if not number:
            raise FormatError(self.name, f"is empty and so {_NO_DUMP}")
        step(read - told)

    def _row(self, line: bytes, number: int) -> DumpRow:
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise self._wrong(number, "is not UTF-8 text") from None
        cells = text.split("\t")
        if len(cells) != COLUMNS or "\0" in text:
            raise self._wrong(number, f"has {len(cells)} columns instead of {COLUMNS}, parted by tabs")
        try:
            return _row_of(cells)
        except ValueError as error:
            raise self._wrong(number, str(error)) from None

    def _wrong(self, number: int, what: str) -> FormatError:
        # Wrong from the first line on, the file is something else.
        remedy = (
            f"and so {_NO_DUMP}" if number == 1 else "and nothing was added: mend or remove the line, or load it anew"
        )
        return FormatError(f"{self.name}, line {number}", f"{what}, {remedy}")


def _row_of(cells: list[str]) -> DumpRow:
    ident, name, ascii_name, others, lat, lon, class_, code, country, _, admin1, admin2 = cells[:12]
    if not (_CLASS.fullmatch(class_) and _COUNTRY.fullmatch(country) and code.isascii() and name.strip()):
        raise ValueError("names no feature class, country or place as GeoNames does")
    return DumpRow(
        _whole(ident, "GeoNames id"),
        name,
        ascii_name,
        others.split(",") if others else [],
        _degrees(lat, 90, "latitude"),
        _degrees(lon, 180, "longitude"),
        f"{class_}.{code}" if code else class_,
        country,
        admin1,
        admin2,
        _whole(cells[14], "population") if cells[14] else 0,
    )


def _whole(cell: str, what: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 16):
        raise ValueError(f"has {cell[:20]!r} as its {what}")
    return int(cell)


def _degrees(cell: str, most: int, what: str) -> int:
    try:
        degrees = float(cell)
    except ValueError:
        degrees = most + 1
    if not -most <= degrees <= most:
        raise ValueError(f"has {cell[:20]!r} as its {what}")
    return round(degrees * 1e4)


@contextmanager
def open_dump(path: Path) -> Iterator[Dump]:
    """The dump in a text file, or in a ZIP file beside its readme; a `FormatError` where there is none."""
    with _opened(path) as file:
        zipped = file.read(4) == b"PK\x03\x04"
        file.seek(0)
        if not zipped:
            yield Dump(str(path), path.stat().st_size, file)
            return
        try:
            with zipfile.ZipFile(file) as archive:
                member = _member(path, archive)
                with archive.open(member) as packed:
                    yield Dump(f"{path}:{member.filename}", member.file_size, packed)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise FormatError(path, f"cannot be unpacked ({error}): download it again") from None


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}): look whether its name is right") from None


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [each for each in archive.infolist() if each.filename.lower().endswith(".txt")]
    dumps = [each for each in members if "readme" not in each.filename.lower() and "__MACOSX" not in each.filename]
    if len(dumps) != 1:
        raise FormatError(path, f"holds {len(dumps) or 'no'} .txt beside a readme, and so {_NO_DUMP}")
    return dumps[0]
