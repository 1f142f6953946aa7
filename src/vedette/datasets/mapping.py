"""A table's rows as claims, in one SELECT made from the data set's mapping: joins with what was understood, no loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from vedette.datasets.doubts import doubts, look_swapped, told_in_three
from vedette.datasets.expressions import NOBODY, Cells
from vedette.datasets.recognise import UNNAMED
from vedette.datasets.rulings import LEVELS, NOTHING
from vedette.model.ids import ID_LENGTH
from vedette.model.kinds import Side
from vedette.model.text import quoted
from vedette.reference.datasets import Count, DataSet, Sides

TEXTS = "CAST([] AS VARCHAR[])"


@dataclass(frozen=True, slots=True)
class Origin:
    """What every row of one file shares: the file's id, the data set's version, and the commit that it comes with."""

    version: str
    batch: int
    at: str
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """The SQL of one table's claims."""

    data_set: DataSet
    cells: Cells
    extra: Sequence[tuple[str, str]]  # the header and column of what the mapping does not know
    origin: Origin

    def claims(self, source: str) -> str:
        """One row a claim, the cells as they came last; one without `row_id` or `earliest` is none.

        What the data set never tells has no column.
        """
        joined = f"SELECT {', '.join(('rows.*', *self._understood()))} FROM ({self.cells.read(source)}) rows"
        return f"SELECT {', '.join(self._columns())} FROM ({joined} {' '.join(self._joins())})"

    def _joins(self) -> Iterator[str]:
        cells, data_set = self.cells, self.data_set
        yield f"LEFT JOIN codes ON codes.key = {cells.key(data_set.ruling_cells)}"
        yield f"LEFT JOIN areas ON areas.key = {cells.key(data_set.area_cells)}"
        for name, cell in zip(("first_day", "last_day"), data_set.when.texts, strict=False):
            yield f"LEFT JOIN days AS {name} ON {name}.key = {cells.key((cell,))}"
        for name, party in data_set.parties.items():
            yield f"LEFT JOIN party_{name} AS {name} ON {name}.key = {cells.key(party.all_cells)}"

    def _understood(self) -> Iterator[str]:
        """What several columns need, computed once a row."""
        yield "codes.kind, codes.type, codes.attribution AS named, codes.counts, codes.pointed"
        yield "areas.country AS country_name, areas.code AS country_code, areas.id AS country_id"
        yield "areas.province AS province_name, coalesce(areas.settlement, v_settlement) AS settlement_name"
        yield f"{self._depth()} AS depth"
        yield from (f"{sql} AS {name}" for name, sql in self._days())
        yield from self._parties()
        yield f"{self._digest()} AS digest"
        yield f"{look_swapped(self.data_set)} AS swapped"
        yield f"{doubts(self.data_set, self.cells)} AS doubts"

    def _columns(self) -> Iterator[str]:
        yield f"left(digest, {ID_LENGTH}) AS id, row_id, {quoted(self.data_set.reader)} AS reader"
        yield "kind, type, earliest, latest"
        yield from (f"{sql} AS {name}" for name, sql in self._place())
        yield "perpetrators, targets"
        if self.data_set.weapons.cells:
            yield f"{self._weapons()} AS weapons"
        yield from self._tolls()
        yield "CASE WHEN len(perpetrators) = 0 THEN 'unknown' ELSE coalesce(named, 'fact') END AS attribution"
        yield f"undirected, {quoted(self.origin.version)} AS version, {quoted(self.origin.file_id)} AS file_id"
        yield f"{self.cells.first(self.data_set.code)} AS code"
        yield "target_groups, told_perpetrators, told_targets, doubts"
        if self.data_set.by_side:
            yield f"{self._side_tolls()} AS side_tolls"
        yield f"{self._cells()} AS cells, {self._extra()} AS extra"
        yield f"CAST({self.origin.batch} AS BIGINT) AS batch, TIMESTAMPTZ {quoted(self.origin.at)} AS recorded_at"

    def _digest(self) -> str:
        # A column that is empty and one that is not there are the same: a new generation changes no old row by that.
        known = ", chr(31), ".join(self.cells.raw(name) for name in self.data_set.columns)
        extra = "".join(
            f", {quoted(chr(30) + column)} || chr(31) || nullif({self.cells.raw(column)}, '')"
            for column in sorted(column for _, column in self.extra if not column.startswith(UNNAMED))
        )
        return f"md5(concat({quoted(self.data_set.name)}, chr(31), {known}{extra}))"

    def _days(self) -> Iterator[tuple[str, str]]:
        match self.data_set.when.form:
            case "parts":
                yield "earliest", self._from_parts("1", "1")
                yield "latest", self._from_parts("12", "31")
            case "range":
                # DuckDB's least and greatest pass over what is not there: a last day alone is no first day.
                last = "coalesce(last_day.day, first_day.day)"
                yield "earliest", f"CASE WHEN first_day.day IS NOT NULL THEN least(first_day.day, {last}) END"
                yield "latest", f"greatest(first_day.day, {last})"
            case _:
                day = "day" if self.data_set.when.width else ""
                yield "earliest", _end(day, "first_day.day - 3", "CAST(date_trunc('month', first_day.day) AS DATE)")
                yield "latest", _end(day, "first_day.day + 3", "last_day(first_day.day)")

    def _from_parts(self, month: str, day: str) -> str:
        when = self.data_set.when
        year, told_month, told_day = (f"TRY_CAST(n_{cell} AS INTEGER)" for cell in (when.year, when.month, when.day))
        exact = f"TRY(make_date({year}, {told_month}, {told_day}))"
        in_month = f"TRY(make_date({year}, {told_month}, 1))"
        in_month = in_month if day == "1" else f"last_day({in_month})"
        in_year = f"TRY(make_date({year}, {month}, {day}))"
        return (
            f"CASE WHEN {told_day} BETWEEN 1 AND 31 THEN {exact} "
            f"WHEN {told_month} BETWEEN 1 AND 12 THEN {in_month} ELSE {in_year} END"
        )

    def _depth(self) -> str:
        """The rank of the finest level that is told and that the code of precision allows."""
        names = ("coalesce(areas.settlement, v_settlement)", "v_district", "areas.province", "areas.country")
        cases = " ".join(
            f"WHEN codes.depth <= {rank} AND {name} IS NOT NULL THEN {rank}" for rank, name in enumerate(names, start=1)
        )
        return f"CASE WHEN areas.country IS NULL THEN {NOTHING} {cases} ELSE {NOTHING} END"

    def _place(self) -> Iterator[tuple[str, str]]:
        names = ("settlement_name", "v_district", "province_name", "country_name")
        picked = " ".join(f"WHEN {rank} THEN {name}" for rank, name in enumerate(names, start=1))
        precisions = " ".join(f"WHEN {rank} THEN {quoted(level)}" for rank, level in enumerate(LEVELS, start=1))
        yield "place", f"CASE depth {picked} ELSE '' END"
        yield "place_id", f"CASE depth WHEN {len(LEVELS)} THEN coalesce(country_id, '') ELSE '' END"
        yield "precision", f"CASE depth {precisions} ELSE 'unknown' END"
        yield "country", f"CASE WHEN depth < {NOTHING} THEN coalesce(country_code, '') ELSE '' END"
        yield "path", _PATH
        lat, lon = f"n_{self.data_set.place.lat}", f"n_{self.data_set.place.lon}"
        in_range = f"{lat} BETWEEN -90 AND 90 AND {lon} BETWEEN -180 AND 180"
        sound = f"depth = 1 AND pointed AND {in_range} AND NOT coalesce(swapped, false)"
        yield "lat", f"CASE WHEN {sound} THEN {lat} END"
        yield "lon", f"CASE WHEN {sound} THEN {lon} END"

    def _parties(self) -> Iterator[str]:
        day = dict(self._days())["earliest"]
        for name in ("perpetrators", "targets"):
            yield f"{self._by_rule(partial(_together, side=name, day=day))} AS {name}"
            yield f"{self._by_rule(partial(_as_told, side=name, day=day))} AS told_{name}"
        yield f"{self._by_rule(_groups)} AS target_groups"
        undirected = [place for place, rule in enumerate(self.data_set.sides) if rule.undirected]
        yield f"codes.rule IN ({', '.join(map(str, undirected)) or 'NULL'}) IS TRUE AS undirected"

    def _by_rule(self, of: Callable[[Sides], str]) -> str:
        """What each rule of sides makes of the row, rules that make the same of it together."""
        places: dict[str, list[str]] = {}
        for place, rule in enumerate(self.data_set.sides):
            places.setdefault(of(rule), []).append(str(place))
        cases = " ".join(f"WHEN codes.rule IN ({', '.join(several)}) THEN {sql}" for sql, several in places.items())
        return f"CASE {cases} END"

    def _weapons(self) -> str:
        weapons = self.data_set.weapons
        first, *rest = (self.cells.first(group, weapons.absent) for group in weapons.cells)
        told = f"[{', '.join((first, *rest))}]"
        several = f"list_filter({told}, lambda weapon, nth: weapon IS NOT NULL AND list_position({told}, weapon) = nth)"
        alone = " AND ".join(f"{each} IS NULL" for each in rest) or "true"
        return f"CASE WHEN {first} IS NOT NULL AND {alone} THEN [{first}] ELSE {several} END"

    def _tolls(self) -> Iterator[str]:
        for toll in self.data_set.tolls:
            if toll.side is Side.UNKNOWN:
                ends = _in_order(self._ends(toll)) if told_in_three(toll) else self._ends(toll)
                yield from (f"CAST({sql} AS BIGINT) AS {toll.harm}_{end}" for end, sql in ends.items())

    def _ends(self, toll: Count) -> dict[str, str]:
        rounded = {"low": "floor", "best": "round", "high": "ceil"}
        told = {"low": toll.low, "best": toll.best, "high": toll.high}
        if toll.side is not Side.UNKNOWN:
            told = dict.fromkeys(rounded, toll.best)
        return {end: f"{rounded[end]}({self.cells.number(cell)})" if cell else "NULL" for end, cell in told.items()}

    def _side_tolls(self) -> str:
        sided = [
            (place, toll) for place, toll in enumerate(self.data_set.tolls, start=1) if toll.side is not Side.UNKNOWN
        ]
        fields = "harm VARCHAR, side VARCHAR, low BIGINT, best BIGINT, high BIGINT"
        each = ", ".join(self._side_toll(place, toll, fields) for place, toll in sided)
        return f"list_filter([{each}], lambda toll: toll IS NOT NULL)"

    def _side_toll(self, place: int, toll: Count, fields: str) -> str:
        ends = ", ".join(f"'{end}': {sql}" for end, sql in self._ends(toll).items())
        struct = f"CAST({{'harm': {quoted(toll.harm)}, 'side': {quoted(toll.side)}, {ends}}} AS STRUCT({fields}))"
        return f"CASE WHEN counts[{place}] AND {self.cells.number(toll.best)} IS NOT NULL THEN {struct} END"

    def _cells(self) -> str:
        return "{" + ", ".join(f"'{name}': {self.cells.raw(name)}" for name in self.data_set.columns) + "}"

    def _extra(self) -> str:
        if not self.extra:
            return NOBODY
        pairs = ", ".join(f"{quoted(column)}, {self.cells.raw(column)}" for _, column in self.extra)
        return f"CAST(json_object({pairs}) AS VARCHAR)"


# What holds the place, the country first; written out, since a list's filter costs ten times as much.
_PATH = f"""
    CASE WHEN depth >= 4 THEN {TEXTS}
    WHEN depth = 3 OR (province_name IS NULL AND (depth = 2 OR v_district IS NULL)) THEN [country_name]
    WHEN depth = 2 OR v_district IS NULL THEN [country_name, province_name]
    WHEN province_name IS NULL THEN [country_name, v_district]
    ELSE [country_name, province_name, v_district] END
"""


def _end(day: str, week: str, month: str) -> str:
    """One end of the days; a code of their width that is not known leaves the month open."""
    return f"CASE codes.width WHEN {quoted(day)} THEN first_day.day WHEN 'week' THEN {week} ELSE {month} END"


def _in_order(ends: dict[str, str]) -> dict[str, str]:
    """The best as it is told; an end that contradicts it is left open, and both where they contradict each other."""
    low, best, high = (f"({ends[end]})" for end in ("low", "best", "high"))
    apart = f"({best} IS NULL AND {low} > {high})"
    return {
        "low": f"CASE WHEN coalesce({low} > {best} OR {apart}, false) THEN NULL ELSE {low} END",
        "best": best,
        "high": f"CASE WHEN coalesce({high} < {best} OR {apart}, false) THEN NULL ELSE {high} END",
    }


def _named(rule: Sides, side: str) -> tuple[str, ...]:
    return rule.perpetrators if side == "perpetrators" else rule.targets


def _joined(lists: Sequence[str]) -> str:
    # A party that is not told has no row to join with, and `list_concat` passes over what is not there.
    return f"list_concat({', '.join(lists)}, {TEXTS})"


def _ids(name: str, day: str) -> str:
    """What a party is counted under on a day: "the government" is not the same one for ever."""
    era = f"1 + len(list_filter({name}.turns, lambda turn: turn <= {day}))"
    return f"CASE WHEN {name}.turns IS NULL THEN {name}.ids ELSE {name}.eras[{era}] END"


def _together(rule: Sides, side: str, day: str) -> str:
    """What a side's parties are counted under, each once and in order."""
    parties = _named(rule, side)
    if not parties:
        return TEXTS
    ids = [_ids(name, day) for name in parties]
    if len(ids) == 1:
        return f"coalesce({ids[0]}, {TEXTS})"
    alone = [f"WHEN {' AND '.join(f'{other} IS NULL' for other in ids if other != one)} THEN {one}" for one in ids]
    shared = " OR ".join(f"list_has_any({one}, {other})" for place, one in enumerate(ids) for other in ids[place + 1 :])
    counted = _joined(ids)
    nobody = f"WHEN {' AND '.join(f'{one} IS NULL' for one in ids)} THEN {TEXTS}"
    return f"CASE {nobody} {' '.join(alone)} WHEN {shared} THEN {_once(counted, counted)} ELSE {counted} END"


def _as_told(rule: Sides, side: str, day: str) -> str:
    """The same parties by the names that the data set gives them; `NULL` where all are counted under these."""
    parties = _named(rule, side)
    if not parties:
        return "CAST(NULL AS VARCHAR[])"
    renamed = " OR ".join(f"{name}.renamed" for name in parties)
    names, ids = _joined([f"{name}.names" for name in parties]), _joined([_ids(name, day) for name in parties])
    return f"CASE WHEN {renamed} THEN {_once(names, ids)} END"


def _once(told: str, counted: str) -> str:
    return f"list_filter({told}, lambda each, nth: list_position({counted}, ({counted})[nth]) = nth)"


def _groups(rule: Sides) -> str:
    if not rule.targets:
        return TEXTS
    groups = [f"{name}.party_group" for name in rule.targets]
    if len(groups) == 1:
        return f"CASE WHEN {groups[0]} <> '' THEN [{groups[0]}] ELSE {TEXTS} END"
    first, *rest = groups
    alone = " AND ".join(f"coalesce({group}, '') IN ('', {first})" for group in rest)
    several = f"list_distinct(list_filter([{', '.join(groups)}], lambda each: each <> ''))"
    return f"CASE WHEN {first} <> '' AND {alone} THEN [{first}] ELSE {several} END"
