"""Answers on stdout: a table for people, JSON, JSON Lines or CSV for machines, and nothing else."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NoReturn

import msgspec
from rich import box
from rich.console import Console
from rich.table import Table

from vedette.cli.options import Format
from vedette.store import Rows

# Wide enough for an incident's row where the output is no terminal.
WIDTH = 150
# Columns that stay on one line; a kind would be broken inside "Shelling/artillery/missile".
UNBROKEN = {"id", "kind"}


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer of many rows: the nouns for JSON, plain rows for CSV, and how a table shows each.

    On a console of fewer than `narrowest` characters each row is a block of its own.
    """

    nouns: Sequence[Any]
    rows: Callable[[], Sequence[dict[str, Any]]]
    columns: Sequence[tuple[str, Callable[[Any], str]]]
    empty: str = "nothing"
    narrowest: int = 0


class Answering(Console):
    """A console whose reader may leave early."""

    def on_broken_pipe(self) -> None:
        """End the program: whoever read has had enough."""
        leave_quietly()


def console() -> Console:
    """The console for answers, as wide as the terminal."""
    wide = None if sys.stdout.isatty() else WIDTH
    return Answering(highlight=False, width=wide)


def leave_quietly() -> NoReturn:
    """End the program as done; what is still to be flushed goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def show_listing(listing: Listing, form: Format) -> None:
    """Print many rows."""
    match form:
        case Format.JSON:
            write(msgspec.json.format(msgspec.json.encode(list(listing.nouns)), indent=2))
        case Format.JSONL:
            for noun in listing.nouns:
                write(msgspec.json.encode(noun))
        case Format.CSV:
            show_csv(listing.rows())
        case Format.TABLE if listing.nouns:
            out = console()
            if out.width >= listing.narrowest:
                out.print(_table(listing))
            else:
                for noun in listing.nouns:
                    out.print(_block(listing, noun))
        case Format.TABLE:
            print(listing.empty)


def show_noun(noun: Any, form: Format) -> None:
    """Print one object as JSON or as one line of it."""
    body = msgspec.json.encode(noun)
    write(body if form is Format.JSONL else msgspec.json.format(body, indent=2))


def show_csv(rows: Sequence[dict[str, Any]]) -> None:
    """Print rows as CSV with a header, also where there is no row; lists are joined by `; `."""
    names = rows.names if isinstance(rows, Rows) else list(rows[0]) if rows else ()
    if not names:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    write(text.getvalue().encode(), end=b"")


def write(body: bytes, end: bytes = b"\n") -> None:
    """Bytes to stdout as they are, whatever the locale."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(body + end)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        leave_quietly()


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return _defused("; ".join(str(each) for each in value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _defused(value) if isinstance(value, str) else value


def _defused(text: str) -> str:
    # A spreadsheet runs cells that begin so as formulas, and these texts come from strangers.
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _table(listing: Listing) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), header_style="bold")
    for title, _ in listing.columns:
        numeric = title in {"killed", "wounded", "captured", "abducted", "incidents", "claims", "cred"}
        side: Literal["left", "right"] = "right" if numeric else "left"
        table.add_column(title, justify=side, overflow="fold", no_wrap=title in UNBROKEN)
    for noun in listing.nouns:
        table.add_row(*(cell(noun) for _, cell in listing.columns))
    return table


def _block(listing: Listing, noun: Any) -> Table:
    """One row as lines: its first cell, then title and value of each cell that is not empty."""
    block = Table.grid(padding=(0, 2))
    (_, head), *rest = listing.columns
    block.add_row(f"[bold]{head(noun)}[/bold]", "")
    for title, cell in rest:
        if value := cell(noun):
            block.add_row(f"  [dim]{title}[/dim]", value)
    return block
