"""The commands; each imports what it needs only when it runs, so that `--help` answers at once."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from vedette import __version__
from vedette.cli import about, ask, record
from vedette.model.errors import VedetteError

EPILOG = "Begin with: vedette init my-case; vedette read report.txt --case my-case; vedette incidents --case my-case"

app = typer.Typer(
    name="vedette",
    help="Keeps the record of an armed conflict from what is published about it.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        print(f"vedette {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Keep the record of an armed conflict from what is published about it."""


for room in (record, ask, about):
    room.register(app)


def main() -> None:
    """Run the command line; an error is one sentence on stderr and its exit code."""
    debug = "--debug" in sys.argv[1:]
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        app(args=arguments, prog_name="vedette")
    except VedetteError as error:
        if debug:
            raise
        print(f"vedette: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has had enough
        sys.exit(0)
    except KeyboardInterrupt:
        print("vedette: stopped; what was kept is kept, the same command goes on from there", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        if debug:
            raise
        print(f"vedette: {error.filename or 'output'}: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)
