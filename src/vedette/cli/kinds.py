"""The command that prints the event kinds and what other code books call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import Format, FormatOption

if TYPE_CHECKING:
    from vedette.cli.render import Listing
    from vedette.reference.crosswalks import Crosswalk


@dataclass(frozen=True, slots=True)
class KindRow:
    """One of our kinds, and how many codes of each code book lead to it, alone or with others."""

    type: str
    kind: str
    name: str
    codes: dict[str, int]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A foreign code, under a condition on other columns where there is one, and one of our kinds."""

    system: str
    code: str
    name: str
    when: str
    kind: str
    relation: str
    remark: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: vedette kinds gtd --kind suicide_bomb")(kinds)


def kinds(
    system: Annotated[
        str, typer.Argument(metavar="[SYSTEM]", help="A code book: acled, ucdp, gtd, cameo, plover or muc4.")
    ] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="K", help="Only what leads to this kind or type.")] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the event kinds, or what the codes of another code book are in them.

    A code is exact (the same), narrower (all of it is of the kind), broader (it covers more) or none (no counterpart).
    """
    from vedette.cli.render import show_listing
    from vedette.reference.crosswalks import SYSTEMS, crosswalk

    wanted = _wanted(kind)
    if not system and not kind:
        show_listing(_kind_listing([crosswalk(name) for name in SYSTEMS]), form)
        return
    books = [crosswalk(system)] if system else [crosswalk(name) for name in SYSTEMS]
    rows = [row for book in books for row in _code_rows(book) if not wanted or row.kind in wanted]
    show_listing(_code_listing(rows), form)


def _wanted(kind: str) -> frozenset[str]:
    """The kinds that a person means by a kind or type; none where none is asked for."""
    from vedette.cli.words import kind_of
    from vedette.model.errors import UsageError
    from vedette.model.kinds import EventKind

    meant = kind_of(kind)
    found = frozenset(str(each) for each in EventKind if meant in {each, each.type})
    if kind and not found:
        raise UsageError(f"kind {kind!r}", "is no event kind or type; `vedette kinds` lists them")
    return found


def _kind_listing(books: Sequence[Crosswalk]) -> Listing:
    from vedette.cli import words
    from vedette.cli.render import Listing
    from vedette.model.kinds import EventKind, EventType
    from vedette.reference.kinds import kind_name
    from vedette.store import Rows

    counts = {
        book.system: Counter(kind for _, kind in {(row.code, row.kind) for row in _code_rows(book)}) for book in books
    }
    rows = [
        KindRow(each.type, each, kind_name(each), {name: count[each] for name, count in counts.items()})
        for type_ in EventType
        for each in EventKind
        if each.type is type_
    ]
    names = ("type", "kind", "name", *counts)
    columns: list[tuple[str, Any]] = [("type", lambda row: words.kind(row.type)), ("kind", lambda row: row.kind)]
    columns += [(name, lambda row, name=name: str(row.codes[name] or "")) for name in counts]
    return Listing(
        rows, lambda: Rows(names, [(row.type, row.kind, row.name, *row.codes.values()) for row in rows]), columns
    )


def _code_rows(book: Crosswalk) -> list[CodeRow]:
    from vedette.model.kinds import EventKind

    rows = [
        CodeRow(
            book.system, pair.code, pair.name, "", pair.kind or EventKind.NO_COUNTERPART, pair.relation, pair.remark
        )
        for pair in book.pairs
    ]
    for each in book.refinements:
        coded = next(column for column in each.when if column in book.column.replace(",", "").split())
        rest = {column: values for column, values in each.when.items() if column != coded}
        when = ", ".join(f"{column} {'/'.join(values) or 'empty'}" for column, values in rest.items())
        rows += [
            CodeRow(book.system, code, book.pairs_of(code)[0].name, when, kind, each.relation, each.remark)
            for code in each.when[coded]
            for kind in each.kinds
        ]
    return rows


def _code_listing(rows: Sequence[CodeRow]) -> Listing:
    """Codes, a line for each of their kinds; what is the same for all of them stands on the first."""
    from vedette.cli import words
    from vedette.cli.render import Listing
    from vedette.store import Rows

    first = {(row.system, row.code, row.when): row for row in reversed(rows)}
    heads = frozenset(first.values())

    def once(text: str, row: CodeRow) -> str:
        return words.plain(text) if row in heads else ""

    columns: list[tuple[str, Any]] = []
    if len({row.system for row in rows}) > 1:
        columns.append(("system", lambda row: once(row.system, row)))
    columns += [("code", lambda row: once(row.code, row)), ("name", lambda row: once(row.name, row))]
    if any(row.when for row in rows):
        columns.append(("when", lambda row: once(row.when, row)))
    columns += [
        ("kind", lambda row: row.kind),
        ("relation", lambda row: once(row.relation, row)),
        ("remark", lambda row: once(row.remark, row)),
    ]
    names = tuple(CodeRow.__dataclass_fields__)
    return Listing(rows, lambda: Rows(names, [tuple(asdict(row).values()) for row in rows]), columns, "no code", 100)
