"""The commands that show the registry of actors: whom a name means on a day, and what is known of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import DAYS, Format, FormatOption

if TYPE_CHECKING:
    from vedette.reference.actors import Actors, KnownActor

OnOption = Annotated[
    datetime | None, typer.Option("--on", formats=DAYS, metavar="DATE", help="As it was that day; else today.")
]
room = typer.Typer(help="Look up armed groups, forces and bodies.", no_args_is_help=True, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name, who uses it, and from when until when."""

    name: str
    source: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor as it was on a day; `meant` where the name that was asked for means it that day."""

    id: str
    name: str
    kind: str
    type: str
    country: str
    since: date | None
    until: date | None
    parents: tuple[str, ...]
    branches: tuple[str, ...]
    names: tuple[NameRow, ...]
    ucdp_ids: tuple[int, ...]
    meant: bool = True


def register(app: typer.Typer) -> None:
    """Add the commands."""
    room.command(epilog='Example: vedette actors find "Afghan government" --on 2021-08-15')(find)
    room.command(epilog="Example: vedette actors show taliban --on 2020-01-01")(show)
    app.add_typer(room, name="actors")


def find(
    name: Annotated[str, typer.Argument(help="A name, acronym or spelling, also a data set's.")],
    on: OnOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the actors that bear a name, the one that it means on the day first."""
    from vedette.cli.render import show_listing
    from vedette.reference.actors import load_actors

    actors = load_actors()
    day = on.date() if on else None
    meant = actors.find(name, day) or actors.named(name, "", day)
    idents = dict.fromkeys(filter(None, (meant, *actors.bearers(name))))
    rows = [_row(actors, known, day, meant) for ident in idents if (known := actors.get(ident))]
    show_listing(_listing(rows, f"the registry has no actor called {name!r}"), form)


def show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="The id of an actor, as `find` lists it.")],
    on: OnOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show one actor: what it was on the day, its parents, branches and all its names with their sources."""
    from vedette.cli import render
    from vedette.model.errors import UsageError
    from vedette.reference.actors import load_actors

    actors = load_actors()
    known = actors.get(ident)
    if known is None:
        raise UsageError(f"actor {ident!r}", "is no id of the registry; `vedette actors find NAME` lists them")
    row = _row(actors, known, on.date() if on else None, ident)
    if form is Format.TABLE:
        _print(row)
    elif form is Format.CSV:
        render.show_csv(_flat([row])())
    else:
        render.show_noun(row, form)


def _row(actors: Actors, known: KnownActor, on: date | None, meant: str) -> ActorRow:
    day = on or date.today()
    return ActorRow(
        known.id,
        known.name,
        known.kind_on(day),
        known.type_on(day),
        known.country,
        known.since,
        known.until,
        actors.ancestors(known.id),
        tuple(child.id for child in actors.children(known.id)),
        tuple(NameRow(each.text, each.source, each.since, each.until) for each in known.names),
        known.ucdp_ids,
        known.id == meant,
    )


def _listing(rows: list[ActorRow], empty: str) -> Any:
    from vedette.cli import words
    from vedette.cli.render import Listing

    columns: list[tuple[str, Any]] = [
        ("id", lambda row: row.id),
        ("name", lambda row: words.plain(row.name)),
        ("kind", lambda row: row.kind),
        ("type", lambda row: row.type),
        ("country", lambda row: row.country),
        ("from – to", lambda row: _time(row.since, row.until)),
        ("part of", lambda row: ", ".join(row.parents)),
        ("means it", lambda row: "yes" if row.meant else ""),
    ]
    return Listing(rows, _flat(rows), columns, empty)


def _flat(rows: list[ActorRow]) -> Any:
    from vedette.store import Rows

    def told(row: ActorRow) -> tuple[Any, ...]:
        names = tuple(f"{each.name} ({each.source})" for each in row.names)
        ends = (row.since, row.until, row.parents, row.branches, names, row.ucdp_ids, row.meant)
        return (row.id, row.name, row.kind, row.type, row.country, *ends)

    return lambda: Rows(tuple(ActorRow.__dataclass_fields__), [told(row) for row in rows])


def _print(row: ActorRow) -> None:
    from rich.table import Table

    from vedette.cli import render, words

    table = Table.grid(padding=(0, 2))
    for title, text in (
        ("id", row.id),
        ("kind", row.kind),
        ("type", row.type),
        ("country", row.country),
        ("from – to", _time(row.since, row.until)),
        ("part of", ", ".join(row.parents)),
        ("branches", ", ".join(row.branches)),
        ("UCDP ids", ", ".join(map(str, row.ucdp_ids))),
    ):
        if text:
            table.add_row(title, text)
    for each in row.names:
        time = _time(each.since, each.until)
        table.add_row("name", words.plain(each.name), each.source, time)
    out = render.console()
    out.print(words.plain(row.name), style="bold")
    out.print(table)


def _time(since: date | None, until: date | None) -> str:
    from vedette.cli.words import day

    return f"{day(since)} – {day(until)}" if since or until else ""
