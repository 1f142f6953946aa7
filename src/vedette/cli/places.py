"""Commands on what is known of places: gazetteer find, gazetteer add."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vedette.cli.options import CaseOption, Format, FormatOption

if TYPE_CHECKING:
    from vedette.model.values import Point
    from vedette.reference.gazetteer import Entry, Gazetteer


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that a name can mean; `also` are its other names, folded, `kind` is GeoNames' feature."""

    id: str
    name: str
    also: list[str]
    kind: str
    precision: str
    country: str
    path: tuple[str, ...]
    point: Point | None
    population: int


_NAMES = tuple(PlaceRow.__dataclass_fields__)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    gazetteer = typer.Typer(help="Look up places, or add your own.", no_args_is_help=True, rich_markup_mode=None)
    gazetteer.command(epilog="Example: vedette gazetteer find قندهار --country AF")(find)
    gazetteer.command(epilog="Example: vedette gazetteer add AF.zip --case my-case")(add)
    app.add_typer(gazetteer, name="gazetteer")


def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place's name, in any script.")],
    country: Annotated[str, typer.Option("--country", metavar="C", help="In this country: name or ISO code.")] = "",
    case: CaseOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show the places that a name can mean, the likeliest first, with those added to the case."""
    from vedette.cli import words
    from vedette.cli.render import Listing, show_listing
    from vedette.store import Rows

    code = _code(country)
    known = _gazetteer(case)
    rows = _rows(known, known.find(name, code))
    columns = [
        ("id", lambda row: row.id),
        ("name", lambda row: words.plain(row.name)),
        ("also", lambda row: words.plain(", ".join(row.also))),
        ("kind", lambda row: row.kind),
        ("precision", lambda row: row.precision),
        ("in", lambda row: words.plain(", ".join(reversed(row.path)))),
        ("point", lambda row: _point(row.point)),
        ("population", lambda row: f"{row.population:,}" if row.population else ""),
    ]
    show_listing(
        Listing(
            rows,
            lambda: Rows(_NAMES, [_cells(row) for row in rows]),
            columns,
            "no place of that name; `vedette gazetteer add` adds a GeoNames dump",
            110,
        ),
        form,
    )


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="GeoNames dumps: AF.zip, AF.txt.")],
    case: CaseOption = None,
    sites: Annotated[bool, typer.Option("--sites", help="Also sites: schools, mosques, bases (class S).")] = False,
) -> None:
    """Add the populated places and areas of GeoNames dumps to a case.

    They are known to what is read afterwards. A dump is added whole or not at all; adding it again changes nothing.
    """
    from vedette.cli.record import open_case
    from vedette.cli.terminal import progress, say
    from vedette.reference.added_places import add_dump

    with open_case(case) as opened, progress() as bar:
        for file in files:
            with opened.working(lambda: bar.note("waiting for another vedette that works on this case")):
                added = add_dump(file, opened.folder, bar, sites)
            left = (
                f"; {added.left_out:,} of {added.rows:,} rows are no places that are looked up"
                if added.left_out
                else ""
            )
            say(f"{file}: {added.places:,} places and {added.names:,} names are new{left}")


def _code(country: str) -> str:
    from vedette.analyse.filters import code_of
    from vedette.model.errors import UsageError

    code = code_of(country) if country else ""
    if country and not code:
        raise UsageError(f"--country {country}", "is no country that is known: write its name or ISO code")
    return code


def _gazetteer(case: Path | None) -> Gazetteer:
    """The gazetteer of a case, or of the one that this is run in; the shipped one where there is none."""
    from vedette.reference import load_reference
    from vedette.reference.added_places import AddedFile
    from vedette.store.settings import read_settings

    if case is not None:
        read_settings(case)
    return load_reference(AddedFile.of(case or Path())).gazetteer


def _rows(gazetteer: Gazetteer, entries: tuple[Entry, ...]) -> list[PlaceRow]:
    from vedette.reference.folding import fold

    names = gazetteer.names(entries) if entries else {}
    return [
        PlaceRow(
            place.id,
            place.name,
            [name for name in names[place.id] if name != fold(place.name)],
            entry.feature,
            str(place.precision),
            place.country,
            place.path,
            place.point,
            entry.population,
        )
        for entry in entries
        for place in [entry.place]
    ]


def _point(point: Point | None) -> str:
    return f"{point.lat:.4f}, {point.lon:.4f}" if point else ""


def _cells(row: PlaceRow) -> tuple[object, ...]:
    return (*(getattr(row, name) for name in _NAMES[:-2]), _point(row.point), row.population)
