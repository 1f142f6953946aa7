"""The commands; each imports what it needs only when it runs, so that `--help` answers at once."""

from __future__ import annotations

import re
import signal
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from vedette import __version__
from vedette.cli import about, actors, ask, counting, export, imports, kinds, places, record
from vedette.model.errors import VedetteError

EPILOG = "Begin with: vedette init my-case; vedette read report.txt --case my-case; vedette incidents --case my-case"

INTERRUPTED = 130  # what typer answers after Ctrl-C
TERMINATED = 128 + signal.SIGTERM
# The words of the libraries below, as ours.
WORDING = (
    (re.compile(r"Invalid value for (.+?): "), r"\1: "),
    (re.compile(r"Value error, |Input should be "), ""),
    (re.compile(r"does not match the formats '%Y-%m-%d'.*"), "is no day: write 2025-03-31"),
    (re.compile(r"^(?=[A-Z])\w+"), lambda first: first[0].lower()),
)

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


for room in (record, imports, ask, counting, export, kinds, actors, places, about):
    room.register(app)


def main() -> None:
    """Run the command line; an error is one sentence on stderr and its exit code."""
    debug = "--debug" in sys.argv[1:]
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that temporary folders are removed
    try:
        code = app(args=arguments, prog_name="vedette", standalone_mode=False)
    except Exception as error:
        if debug:
            raise
        print(_sentence(error), file=sys.stderr)
        sys.exit(getattr(error, "exit_code", 1))
    if code == INTERRUPTED:
        print("vedette: stopped; what was kept is kept, the same command goes on from there", file=sys.stderr)
    sys.exit(code or 0)


def _sentence(error: Exception) -> str:
    if not isinstance(error, VedetteError | OSError | TyperException):
        said = str(error).split("\n", maxsplit=1)[0]
        return f"vedette: something went wrong that should not: {said}; add --debug to see where, and please report it"
    if isinstance(error, OSError):
        return f"vedette: {error.filename or 'output'}: {error.strerror or error}"
    if isinstance(error, VedetteError):
        return f"vedette: {error}"
    context = getattr(error, "ctx", None)
    said = error.format_message()
    if "\n" in said:
        return said  # the help text, where no command was given
    command = context.command_path if context else "vedette"
    for told, ours in WORDING:
        said = told.sub(ours, said)
    return f"{command}: {said.rstrip('.')}; `{command} --help` tells what it takes"
