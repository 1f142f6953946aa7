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

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns that hold a whole day each, the first day's first."""
        return {"day": (self.day,), "range": (self.first, self.last), "parts": ()}[self.form]


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
    """An event data set and how its rows become claims.

    `turned_ids` is true where an older generation writes the number of an id before its letters.
    """

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
    turned_ids: bool = False

    @property
    def reader(self) -> str:
        """The versioned name of this mapping, as a claim carries it."""
        return f"{self.name}/1"

    @property
    def ruling_cells(self) -> tuple[str, ...]:
        """The columns of codes that decide a row's kind, sides, attribution, tolls and precision, in their order."""
        conditions = [rule.when for rules in (self.sides, self.attributions, self.tolls) for rule in rules]
        conditions += [each.when for each in crosswalk(self.crosswalk).refinements]
        told = {cell for condition in conditions for cell in condition}
        told |= {*self.code, self.when.width, self.place.precision}
        return tuple(column for column in self.columns if column in told)

    @property
    def area_cells(self) -> tuple[str, ...]:
        """The columns that tell country and province."""
        place = self.place
        if place.form == "joined":
            return (place.name, place.precision)
        return tuple(place.levels[level] for level in (Precision.COUNTRY, Precision.PROVINCE) if level in place.levels)

    @property
    def harms(self) -> tuple[Harm, ...]:
        """The harms of which it tells a whole toll."""
        return tuple(toll.harm for toll in self.tolls if toll.side is Side.UNKNOWN)

    @property
    def by_side(self) -> bool:
        """True where it tells tolls by side."""
        return any(toll.side is not Side.UNKNOWN for toll in self.tolls)

    @property
    def number_cells(self) -> tuple[str, ...]:
        """The columns that hold numbers."""
        counted = (cell for toll in self.tolls for cell in toll.cells)
        parts = (self.when.year, self.when.month, self.when.day) if self.when.form == "parts" else ()
        return tuple(dict.fromkeys((self.place.lat, self.place.lon, *counted, *parts)))

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
def organisation_words() -> frozenset[str]:
    """Words, in lower case, of which an organisation's name holds one and a person's none."""
    path = files("vedette.reference") / "data" / "datasets" / "organisation_words.toml"
    return frozenset(msgspec.toml.decode(path.read_text(encoding="utf-8"), type=dict[str, list[str]])["words"])


@cache
def hand_coded() -> frozenset[str]:
    """The readers of the data sets that people code, where one row is one event."""
    return frozenset(data_set(name).reader for name in DATA_SETS if not data_set(name).machine_coded)
