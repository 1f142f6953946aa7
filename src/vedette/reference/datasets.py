"""Event data sets: which column holds what, what each code means, and what the claim may take from it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from vedette.model.errors import UsageError
from vedette.model.kinds import Attribution, Harm, Precision, Side
from vedette.reference.crosswalks import crosswalk

DATA_SETS = ("acled", "ucdp", "gtd", "gdelt", "icews")

Condition = dict[str, tuple[str, ...]]


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of what a mapping file says; an unknown word in one is an error."""


class Dates(Form, frozen=True):
    """Where the day stands: one column of a known width, a first and a last one, or year, month and day apart."""

    form: Literal["day", "range", "parts"]
    first: str = ""
    last: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    width: str = ""
    widths: dict[str, Literal["day", "week", "month"]] = {}

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns that the days are told by."""
        return tuple(cell for cell in (self.first, self.last, self.year, self.month, self.day, self.width) if cell)


class Places(Form, frozen=True):
    """Where the place stands: a column for each level, or one that joins them, and the code of its precision.

    `kinds` are words after a name that say what the place is ("Kandahar town") and are no part of it. `exact` are the
    codes whose point is the place's own, none if it always is; the code "" is an empty cell.
    """

    form: Literal["levels", "joined"]
    lat: str
    lon: str
    levels: dict[Precision, str] = {}
    name: str = ""
    precision: str = ""
    codes: dict[str, Precision] = {}
    exact: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns that the place is told by."""
        named = (*self.levels.values(), self.name, self.precision, self.lat, self.lon)
        return tuple(cell for cell in named if cell)


class Party(Form, frozen=True):
    """A party to the event: the columns that name it, how to read them, and the column that tells its group."""

    cells: tuple[str, ...]
    form: Literal["plain", "list", "first", "cameo", "icews"]
    group: str = ""
    groups: str = ""
    group_codes: dict[str, str] = {}
    absent: tuple[str, ...] = ()

    @property
    def all_cells(self) -> tuple[str, ...]:
        """The columns to read, the group's last."""
        return (*self.cells, self.group) if self.group and self.group not in self.cells else self.cells


class Sides(Form, frozen=True):
    """Who did it to whom, where `when` holds; the first rule that holds counts."""

    perpetrators: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    undirected: bool = False
    when: Condition = {}


class Named(Form, frozen=True):
    """How the perpetrator is named, where `when` holds."""

    attribution: Attribution
    cells: tuple[str, ...]
    when: Condition = {}


class Count(Form, frozen=True):
    """The columns of one toll; an end without a column is the best, or open where the whole has no such column."""

    harm: Harm
    side: Side = Side.UNKNOWN
    low: str = ""
    best: str = ""
    high: str = ""
    when: Condition = {}

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns that the toll is told by, each once."""
        return tuple(dict.fromkeys(cell for cell in (self.low, self.best, self.high) if cell))


class Remark(Form, frozen=True):
    """What the data set says of its own row: the column, and the words for its codes where it has any."""

    about: str
    cell: str
    codes: dict[str, str] = {}


class Weapons(Form, frozen=True):
    """The columns that name weapons; of a group of columns the first that is filled counts."""

    cells: tuple[tuple[str, ...], ...] = ()
    absent: tuple[str, ...] = ()


class DataSet(Form, frozen=True):
    """An event data set and how its rows become claims."""

    name: str
    title: str
    url: str
    licence: str
    crosswalk: str
    row_id: tuple[str, ...]
    code: tuple[str, ...]
    text: str
    releases: Literal["covered", "added"]
    required: tuple[str, ...]
    signature: tuple[str, ...]
    columns: tuple[str, ...]
    when: Dates
    place: Places
    parties: dict[str, Party]
    sides: tuple[Sides, ...]
    tolls: tuple[Count, ...] = ()
    attributions: tuple[Named, ...] = ()
    weapons: Weapons = Weapons()
    remarks: tuple[Remark, ...] = ()
    missing: tuple[str, ...] = ()
    unknown_numbers: tuple[int, ...] = ()
    machine_coded: bool = False
    unquoted: bool = False  # its files part cells by tabs, and a quote in them is a letter like others
    headerless: tuple[tuple[str, ...], ...] = ()
    headerless_looks: dict[str, str] = {}
    aliases: dict[str, str] = {}
    labels: dict[str, str] = {}

    @property
    def reader(self) -> str:
        """The versioned name of this mapping, as a claim carries it."""
        return f"{self.name}/1"

    @property
    def code_cells(self) -> frozenset[str]:
        """The columns that hold codes: what conditions, precisions and groups are told by."""
        conditions = [rule.when for rules in (self.sides, self.attributions, self.tolls) for rule in rules]
        told = {cell for condition in conditions for cell in condition}
        told |= {party.group for party in self.parties.values()} | {*self.code, *self.row_id, *self.refining}
        return frozenset(cell for cell in (*told, *self.when.cells, self.place.precision) if cell)

    @property
    def read_cells(self) -> tuple[str, ...]:
        """The columns that the mapping reads, in the order of `columns`."""
        parties = {cell for party in self.parties.values() for cell in party.all_cells}
        told = {cell for toll in self.tolls for cell in toll.cells} | {
            cell for group in self.weapons.cells for cell in group
        }
        used = self.code_cells | parties | told | {*self.place.cells}
        return tuple(column for column in self.columns if column in used)

    @property
    def refining(self) -> tuple[str, ...]:
        """The columns by which a code's kind is told more closely."""
        refinements = crosswalk(self.crosswalk).refinements
        return tuple(dict.fromkeys(column for each in refinements for column in each.when))

    def canonical(self, header: str) -> str:
        """The column that a header names, however that generation writes it; the header folded where it is none."""
        folded = "_".join(header.strip().strip("\ufeff").lower().replace("-", " ").split())
        return self.aliases.get(folded, folded)


@cache
def data_set(name: str) -> DataSet:
    """The mapping of one data set; a `UsageError` where there is none of that name."""
    if name not in DATA_SETS:
        raise UsageError(f"data set {name!r}", f"is not known; known are {', '.join(DATA_SETS)}")
    path = files("vedette.reference") / "data" / "datasets" / f"{name}.toml"
    return msgspec.toml.decode(path.read_text(encoding="utf-8"), type=DataSet)


@cache
def hand_coded() -> frozenset[str]:
    """The readers of the data sets that people code, where one row is one event."""
    return frozenset(data_set(name).reader for name in DATA_SETS if not data_set(name).machine_coded)
