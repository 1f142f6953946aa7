"""The command that takes in event data sets: import."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import CaseOption, Format, FormatOption, taking
from vedette.cli.record import leave, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vedette.datasets import Change, Imported, Wanted
    from vedette.model.nouns import Issue


class Known(StrEnum):
    """The event data sets that can be taken in."""

    ACLED = "acled"
    UCDP = "ucdp"
    GTD = "gtd"
    GDELT = "gdelt"
    ICEWS = "icews"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", epilog="Example: vedette import acled downloads/acled-*.csv --case my-case --dry-run")(
        take_in
    )


IMPORT: dict[str, tuple[Any, Any]] = {
    "version": (
        Annotated[str, typer.Option("--version", help="The data set's version; the file's name by default.")],
        "",
    ),
    "whole": (
        Annotated[
            bool, typer.Option("--whole", help="The files are the whole data set: rows that they lack are withdrawn.")
        ],
        False,
    ),
    "covered": (
        Annotated[
            bool,
            typer.Option(
                "--covered", help="Rows of the files' countries and days that they lack are withdrawn, however many."
            ),
        ],
        False,
    ),
    "part": (
        Annotated[bool, typer.Option("--part", help="No row is withdrawn for not being in the files.")],
        False,
    ),
    "dry_run": (Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")], False),
}


@taking("asked", IMPORT)
def take_in(
    asked: dict[str, Any],
    dataset: Annotated[
        Known, typer.Argument(help="Which data set the files are of.", metavar="acled|ucdp|gtd|gdelt|icews")
    ],
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="CSV, TSV, Parquet, ZIP or gzip files, folders or patterns.")
    ],
    case: CaseOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take in rows of an event data set as claims.

    A row that is known by its id and has changed takes the place of the old one. One that the files lack is withdrawn
    if it is of the countries and days that they cover and they hold most of what stands there. --as-of still answers
    with what stood before.
    """
    from vedette.cli.terminal import progress
    from vedette.flow import Config, Flow

    with open_case(case) as opened:
        with progress() as watch:
            flow = Flow(opened, Config(), watch)
            wanted = _wanted(dataset, files, asked)
            imported = flow.import_rows(wanted, asked["dry_run"])
        _say_empty(imported.empty)
        _print(imported, wanted, form, dry_run=asked["dry_run"])
    if asked["dry_run"]:
        flow.summary.issues += _issues(imported)  # kept nowhere, and told all the same
    leave(flow.summary)


def _say_empty(names: Sequence[str]) -> None:
    from vedette.cli.terminal import say

    for name in names:
        say(f"warning: {name}: holds no row")


def _issues(imported: Imported) -> list[Issue]:
    from datetime import UTC, datetime

    from vedette.model.nouns import Issue

    at = datetime.now(UTC)
    return [Issue("import", fault.subject, fault.message, at) for fault in imported.faults]


def _wanted(dataset: Known, files: list[str], asked: dict[str, Any]) -> Wanted:
    from vedette.datasets import Scope, Wanted
    from vedette.model.errors import UsageError
    from vedette.reference.datasets import data_set

    scopes = [name for name in ("whole", "covered", "part") if asked[name]]
    if len(scopes) > 1:
        raise UsageError(" and ".join(f"--{name}" for name in scopes), "contradict each other: give one")
    scope = Scope(scopes[0]) if scopes else Scope.NEWER
    return Wanted(data_set(dataset), tuple(files), asked["version"], scope)


def _print(imported: Imported, wanted: Wanted, form: Format, *, dry_run: bool) -> None:
    from vedette.cli.render import Listing, show_listing, show_noun

    if form is Format.JSON:
        show_noun(
            {
                "dry_run": dry_run,
                "files": imported.files,
                "difference": imported.difference,
                "faults": imported.faults,
            },
            form,
        )
        return
    examples = imported.difference.examples
    if form is not Format.TABLE or dry_run:
        columns = (
            ("row", lambda each: each.row_id),
            ("change", lambda each: each.what),
            ("cells", _cells),
        )
        show_listing(Listing(examples, lambda: [_flat(each) for each in examples], columns, "no row differs"), form)
    if form is Format.TABLE:
        _say(imported, wanted, dry_run=dry_run)


def _cells(change: Change) -> str:
    from vedette.cli.words import plain

    return plain("; ".join(f"{name}: {_short(old)} → {_short(new)}" for name, (old, new) in change.cells.items()))


def _short(text: str) -> str:
    shown = " ".join(text.split()) or "(empty)"
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def _flat(change: Change) -> dict[str, Any]:
    return {"row_id": change.row_id, "change": change.what, "cells": _cells(change)}


def _say(imported: Imported, wanted: Wanted, *, dry_run: bool) -> None:
    from vedette.cli.terminal import say
    from vedette.cli.words import plural

    for file in imported.files:
        say(f"{file.name}: {plural(file.rows, 'row')}, version {file.version}")
    say(("would change: " if dry_run else "") + ", ".join(_parts(imported)))
    _say_left(imported, wanted)


def _say_left(imported: Imported, wanted: Wanted) -> None:
    from vedette.cli.terminal import say

    found = imported.difference
    if found.beyond:
        say(f"{_lacking(found.beyond)}{_why_they_stay(imported, wanted)}")
    if found.unlike:
        say(
            f"{_lacking(found.unlike)}, though of their countries and days; as the files lack more than half of what "
            "stands there, they are taken as another extract and such rows stay: --covered withdraws them"
        )


def _lacking(rows: int) -> str:
    from vedette.cli.words import one_or, plural

    return f"{plural(rows, 'row')} on record {one_or(rows, 'is', 'are')} not in these files"


def _why_they_stay(imported: Imported, wanted: Wanted) -> str:
    from vedette.datasets import Scope

    if wanted.scope is Scope.PART:
        return "; nothing is withdrawn with --part"
    if imported.scope is not Scope.PART:
        return ", beyond the countries and days that they cover: such rows stay; --whole withdraws them"
    if wanted.data_set.releases == "added":
        return f"; files of {wanted.data_set.title} only ever add"
    return "; nothing is withdrawn"


def _parts(imported: Imported) -> Iterator[str]:
    found = imported.difference
    yield f"{found.added:,} added"
    yield f"{found.changed:,} changed"
    yield f"{found.withdrawn:,} withdrawn"
    yield f"{found.same:,} as they were"
    if found.repeated:
        yield f"{found.repeated:,} said twice"
    if found.left_out:
        yield f"{found.left_out:,} left out"
