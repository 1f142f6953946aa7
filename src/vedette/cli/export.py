"""The command that writes the record to files of other programs' formats."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.ask import Counting, UnitOption
from vedette.cli.options import FILTERS, AsOfOption, CaseOption, taking
from vedette.cli.record import open_case
from vedette.cli.sureness import filters_on

if TYPE_CHECKING:
    from vedette.analyse.exporting import Exported, Wanted

STDOUT = "-"

WRITING: dict[str, tuple[Any, Any]] = {
    "out": (Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="The file to write; - for stdout.")], ...),
    "force": (Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")], False),
    "exact": (
        Annotated[
            bool,
            typer.Option("--exact", help="Keep exact places of schools, clinics, aid, shelters and displaced people."),
        ],
        False,
    ),
    "schema": (
        Annotated[
            str,
            typer.Option(
                "--schema", metavar="S", help="Of acled: the columns of 2015, 2016, 2020, 2022 (the default) or 2024."
            ),
        ],
        "",
    ),
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: vedette export geojson -o march.geojson --from 2025-03-01 --to 2025-03-31")(export)


@taking("asked", FILTERS)
@taking("writing", WRITING)
def export(
    asked: dict[str, Any],
    writing: dict[str, Any],
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="csv, parquet, geojson, acled or ucdp.")],
    case: CaseOption = None,
    as_of: AsOfOption = None,
    unit: UnitOption = Counting.INCIDENTS,
) -> None:
    """Write the record to a file of another program's format.

    What tells of schools, places of care, aid workers, shelters or displaced people is kept to its province.
    """
    from vedette.analyse import Unit, exporting
    from vedette.cli.terminal import progress

    exporter = exporting.exporter_named(form, writing["schema"])
    with open_case(case) as opened, opened.snapshot(_day(as_of)) as now:
        judged = tuple({judgement.subject for judgement in opened.ledger.judgements(_day(as_of))})
        wanted = exporting.Wanted(filters_on(now, asked, lambda: judged), Unit(unit), judged, writing["exact"])
        with _whole(writing["out"], writing["force"]) as draft, progress() as watch:
            watch.stage(f"writing {unit}", None)
            exported = exporting.export(now, exporter, wanted, draft)
    _say(exported, wanted, writing["out"], "" if exporter.book else " (column {})")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@contextmanager
def _whole(out: str, force: bool) -> Iterator[Path]:
    """A file to write to that becomes `out` once all is written, and nothing if that fails."""
    if out == STDOUT:
        with tempfile.TemporaryDirectory(prefix="vedette-") as folder:
            draft = Path(folder) / "draft"
            yield draft
            _to_stdout(draft)
        return
    path = Path(out)
    _refuse(path, force)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.touch(exist_ok=False)
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _refuse(path: Path, force: bool) -> None:
    from vedette.model.errors import UsageError

    if not path.parent.is_dir():
        raise UsageError(path.parent, "is no folder: make it first, or name another")
    if path.exists() and not path.is_file():
        raise UsageError(path, "is no file: name one to write, or - for stdout")
    if path.exists() and not force:
        raise UsageError(path, "is there already: name another file, or add --force to replace it")


def _to_stdout(draft: Path) -> None:
    from vedette.cli.render import leave_quietly

    try:
        with draft.open("rb") as rows:
            shutil.copyfileobj(rows, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        leave_quietly()


def _say(exported: Exported, wanted: Wanted, out: str, column: str) -> None:
    from vedette.cli.terminal import say
    from vedette.cli.words import plural

    say(f"{plural(exported.rows, wanted.unit[:-1])} written to {'stdout' if out == STDOUT else out}")
    for remark in exported.remarks:
        say(remark)
    if exported.pointless:
        say(f"{exported.pointless:,} of them without a point: only an area is known, or no place")
    if exported.machine_coded:
        marked = column.format("machine_coded")
        say(f"{exported.machine_coded:,} of them coded by machine and judged by nobody yet{marked}")
    if not exported.sheltered:
        return
    about = f"{exported.sheltered:,} of them about schools, places of care, aid workers, shelters or displaced people"
    if wanted.exact:
        say(f"warning: {about}, with their exact places: keep this file inside the house")
        return
    kept = f"kept to their province{column.format('coarsened')}"
    say(f"{about}: {kept}; --exact keeps their places, for use inside the house")
    if wanted.filters.place:
        say("warning: --place itself may tell where these are: do not pass it on with the file")
