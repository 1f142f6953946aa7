"""Event data sets: which column holds what, what each code means, and what the claim may take from it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from vedette.model.errors import UsageError
from vedette.model.kinds import Attribution, Harm, Precision, Side

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
    """Where the place stands: a column for each level, or one that joins them, and the code of its precision."""

    form: Literal["levels", "joined"]
    lat: str
    lon: str
    levels: dict[Precision, str] = {}
    name: str = ""
    precision: str = ""
    codes: dict[str, Precision] = {}
    absent: tuple[str, ...] = ()

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
    headerless: tuple[tuple[str, ...], ...] = ()
    headerless_looks: dict[str, str] = {}
    aliases: dict[str, str] = {}
    labels: dict[str, str] = {}

    @property
    def reader(self) -> str:
        """The versioned name of this mapping, as a claim carries it."""
        return f"{self.name}/1"

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
