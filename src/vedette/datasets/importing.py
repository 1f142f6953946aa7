"""An import from files to what the store takes in; nothing is lost, and what is wrong with a row is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from vedette.datasets.difference import Difference, Scope, difference_of
from vedette.datasets.mapping import Origin
from vedette.datasets.progress import WHOLE, Nobody, Told
from vedette.datasets.staging import Fault, Staged, Stager, connect
from vedette.datasets.tables import files_of, tables_of
from vedette.model.errors import InputError, VedetteError
from vedette.model.ids import stable_id
from vedette.model.nouns import DataFile
from vedette.reference import Reference
from vedette.reference.datasets import DataSet


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported: files of one data set, its version ("" for each file's name), and the scope."""

    data_set: DataSet
    inputs: tuple[str, ...]
    version: str = ""
    scope: Scope = Scope.NEWER


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brings: files for the store, the difference that they make, and everything that went wrong.

    `scope` is the one that was held to, whatever was wanted; `empty` names the files that hold no row.
    """

    files: tuple[DataFile, ...]
    difference: Difference
    parts: tuple[Path, ...]
    withdrawn: Path | None
    faults: tuple[Fault, ...]
    scope: Scope
    empty: tuple[str, ...] = ()


def import_rows(
    wanted: Wanted,
    reference: Reference,
    standing: str,
    stamp: tuple[int, datetime],
    work: Path,
    watch: Told | None = None,
) -> Imported:
    """The rows of the files as claims in Parquet files under `work`, against the rows that stand.

    `stamp` is number and time of the commit that they are for; `watch` hears how each table gets on. A file that cannot
    be read becomes a fault; if none can, the first error is raised.
    """
    connection = connect(work)
    origin = Origin(wanted.version, stamp[0], stamp[1].isoformat())
    stager = Stager(connection, wanted.data_set, reference, origin, work, watch or Nobody())
    staged: list[Staged] = []
    files: list[DataFile] = []
    faults: list[Fault] = []
    errors: list[VedetteError] = []
    for each in _each_table(wanted, stager, staged):
        if isinstance(each, VedetteError):
            errors.append(each)
            faults.append(Fault(each.subject, 0, "", each.remedy, left_out=True))
        else:
            files.append(each)
    if errors and not staged:
        raise errors[0]
    why_none = _why_none_is_withdrawn(errors, staged)
    if why_none and standing and wanted.scope is not Scope.PART:
        faults.append(Fault(wanted.data_set.title, 0, "", why_none, left_out=False))
    scope = Scope.PART if why_none else wanted.scope
    fresh = difference_of(connection, staged, standing, wanted.data_set, scope, work)
    connection.close()
    faults += [fault for each in staged for fault in each.faults]
    told = (*faults, *fresh.faults)
    empty = tuple(each.table.name for each in staged if not each.rows and not each.left_out)
    return Imported(tuple(files), fresh.difference, fresh.parts, fresh.withdrawn, told, fresh.scope, empty)


def _why_none_is_withdrawn(errors: Sequence[VedetteError], staged: Sequence[Staged]) -> str:
    """Why no row may be withdrawn; "" where nothing speaks against it."""
    if errors:  # what a file lacks that cannot be read is not known
        return "no row is withdrawn, since not every file could be read: import them again together"
    if any(each.own for each in staged):  # and neither is what such a file was exported without
        return "no row is withdrawn, since a file holds rows that Vedette exported: import the data set's own files"
    return ""


def _each_table(wanted: Wanted, stager: Stager, staged: list[Staged]) -> Iterator[DataFile | VedetteError]:
    paths: list[Path] = []
    for each in wanted.inputs:
        try:
            paths += [path for path in files_of([each]) if path not in paths]
        except InputError as error:
            yield error
    for path in paths:
        version = wanted.version or version_of(path.name)
        try:
            for table in tables_of(path, wanted.data_set, stager.work):
                stager.told.stage(f"reading {Path(table.name).name}", 2 * WHOLE)
                file_id = stable_id("file", wanted.data_set.name, version, table.name, stager.origin.at)
                of_file = replace(stager, origin=replace(stager.origin, version=version, file_id=file_id))
                done = of_file.stage(table, len(staged))
                staged.append(done)
                layout = table.layout
                told = (table.name, layout.header, layout.columns, layout.headed, done.rows)
                yield DataFile(file_id, wanted.data_set.name, version, *told)
        except VedetteError as error:
            yield error


def version_of(name: str) -> str:
    """The version that a file stands for where nobody says another: its name without the endings."""
    return re.sub(r"(\.export)?(\.(csv|tsv|tab|txt|zip|gz|parquet))+$", "", name, flags=re.IGNORECASE)
