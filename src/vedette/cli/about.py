"""Commands about Vedette itself: schema, doctor."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from vedette.cli.options import CaseOption, Format, FormatOption


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: vedette schema Incident")(schema)
    app.command(epilog="Example: vedette doctor --case my-case")(doctor)


def schema(noun: Annotated[str, typer.Argument(metavar="[NOUN]", help="One noun; all by default.")] = "") -> None:
    """Print the JSON schema of the answers."""
    from vedette.cli.render import show_noun
    from vedette.cli.schema import json_schema

    show_noun(json_schema(noun), Format.JSON)


def doctor(case: CaseOption = None, form: FormatOption = Format.TABLE) -> None:
    """Check versions and the case's health."""
    from pathlib import Path

    from vedette.cli.checkup import checkup, versions
    from vedette.cli.record import open_case
    from vedette.cli.render import show_noun
    from vedette.store.settings import FILE

    report = {"versions": versions()}
    ill = False
    if case is not None or Path(FILE).exists():
        with open_case(case) as opened:
            found = checkup(opened)
        report.update(found.report)
        ill = found.ill
    if form is Format.TABLE:
        from vedette.cli.checkup import show

        show(report)
    else:
        show_noun(report, form)
    if ill:
        sys.exit(1)
