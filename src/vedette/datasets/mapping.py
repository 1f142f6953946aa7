"""A table's rows as claims, in one SELECT made from the data set's mapping: joins with what was understood, no loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from vedette.datasets.doubts import doubts, look_swapped
from vedette.datasets.expressions import Cells, quoted
from vedette.datasets.recognise import UNNAMED
from vedette.datasets.survey import country_of, joined_parts, province_key
from vedette.model.ids import ID_LENGTH
from vedette.model.kinds import Harm, Precision, Side
from vedette.reference.crosswalks import crosswalk
from vedette.reference.datasets import Count, DataSet, Sides

LEVELS = (Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE, Precision.COUNTRY)
NOTHING = len(LEVELS) + 1
ENDS = ("low", "best", "high")
NOBODY = "CAST(NULL AS VARCHAR)"
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
    known: Sequence[str]
    extra: Sequence[tuple[str, str]]  # the header and column of what the mapping does not know
    origin: Origin

    def claims(self, source: str) -> str:
        """One row a claim, the cells as they came last; one without `row_id` or `earliest` is none."""
        joined = f"SELECT {', '.join(('rows.*', *self._understood()))} FROM ({self.cells.valued(source)}) rows"
        return f"SELECT {', '.join(self._columns())} FROM ({joined} {' '.join(self._joins())})"

    def _understood(self) -> Iterator[str]:
        """What several columns need, computed once a row."""
        cells, data_set = self.cells, self.data_set
        yield "countries.name AS country_name, countries.code AS country_code, countries.id AS country_id"
        yield "provinces.name AS province_name"
        yield f"{self._depth()} AS depth"
        yield f"{self._coded('kind')} AS kind"
        yield f"{self._coded('type')} AS type"
        yield from (f"{sql} AS {name}" for name, sql in self._days())
        yield from self._parties()
        yield f"{self._named()} AS named"
        yield f"{self._digest()} AS digest"
        yield f"{cells.first([name for name in data_set.row_id if name in self.known])} AS row_id"
        yield f"{look_swapped(data_set, cells)} AS swapped"
        yield f"{doubts(data_set, cells)} AS doubts"

    def _columns(self) -> Iterator[str]:
        yield f"left(digest, {ID_LENGTH}) AS id, row_id, {quoted(self.data_set.reader)} AS reader"
        yield "kind, type, earliest, latest"
        yield from (f"{sql} AS {name}" for name, sql in self._place())
        yield "perpetrators, targets"
        yield f"{self._weapons()} AS weapons"
        yield from self._tolls()
        yield "coalesce(named, CASE WHEN len(perpetrators) > 0 THEN 'fact' ELSE 'unknown' END) AS attribution"
        yield f"undirected, {quoted(self.origin.version)} AS version, {quoted(self.origin.file_id)} AS file_id"
        yield f"{self.cells.first(self.data_set.code)} AS code"
        yield f"target_groups, told_perpetrators, told_targets, {self._side_tolls()} AS side_tolls, doubts"
        yield f"{self._cells()} AS cells, {self._extra()} AS extra"
        yield f"CAST({self.origin.batch} AS BIGINT) AS batch, TIMESTAMPTZ {quoted(self.origin.at)} AS recorded_at"

    def _joins(self) -> Iterator[str]:
        cells, when = self.cells, self.data_set.when
        yield f"LEFT JOIN codes ON codes.key = {cells.first(self.data_set.code)}"
        yield f"LEFT JOIN countries ON countries.key = {country_of(self.data_set, cells)}"
        yield f"LEFT JOIN provinces ON provinces.key = {province_key(self.data_set, cells)}"
        for name, cell in (("first_day", when.day or when.first), ("last_day", when.last)):
            if when.form != "parts" and cell:
                yield f"LEFT JOIN days AS {name} ON {name}.key = {cells.value(cell)}"
        for name, party in self.data_set.parties.items():
            yield f"LEFT JOIN party_{name} AS {name} ON {name}.key = {cells.key(party.all_cells)}"

    def _digest(self) -> str:
        # A column that is empty and one that is not there are the same: a new generation changes no old row by that.
        known = ", chr(31), ".join(self.cells.raw(name) for name in self.data_set.columns)
        extra = "".join(
            f", {quoted(chr(30) + column)} || chr(31) || nullif({self.cells.raw(column)}, '')"
            for column in sorted(column for _, column in self.extra if not column.startswith(UNNAMED))
        )
        return f"md5(concat({quoted(self.data_set.name)}, chr(31), {known}{extra}))"

    def _coded(self, what: str) -> str:
        """The kind or type: by the first refinement that fits the row, else by its code alone."""
        refined = " ".join(
            f"WHEN {self.cells.holds(each.when)} THEN {quoted(each.kind if what == 'kind' else each.type)}"
            for each in crosswalk(self.data_set.crosswalk).refinements
        )
        plain = f"coalesce(codes.{what}, 'unknown')"
        return f"CASE {refined} ELSE {plain} END" if refined else plain

    def _days(self) -> Iterator[tuple[str, str]]:
        when = self.data_set.when
        match when.form:
            case "parts":
                yield "earliest", self._from_parts("1", "1")
                yield "latest", self._from_parts("12", "31")
            case "range":
                # DuckDB's least and greatest pass over what is not there: a last day alone is no first day.
                last = "coalesce(last_day.day, first_day.day)"
                yield "earliest", f"CASE WHEN first_day.day IS NOT NULL THEN least(first_day.day, {last}) END"
                yield "latest", f"greatest(first_day.day, {last})"
            case _:
                yield "earliest", self._end("first_day.day - 3", "CAST(date_trunc('month', first_day.day) AS DATE)")
                yield "latest", self._end("first_day.day + 3", "last_day(first_day.day)")

    def _end(self, week: str, month: str) -> str:
        when = self.data_set.when
        ends = {"day": "first_day.day", "week": week, "month": month}
        if not when.width:
            return ends["day"]
        cases = " ".join(f"WHEN {quoted(code)} THEN {ends[width]}" for code, width in when.widths.items())
        return f"CASE {self.cells.value(when.width)} {cases} ELSE first_day.day END"

    def _from_parts(self, month: str, day: str) -> str:
        when = self.data_set.when
        year, told_month, told_day = (
            f"TRY_CAST({self.cells.value(cell)} AS INTEGER)" for cell in (when.year, when.month, when.day)
        )
        exact = f"TRY(make_date({year}, {told_month}, {told_day}))"
        in_month = f"TRY(make_date({year}, {told_month}, 1))"
        in_month = in_month if day == "1" else f"last_day({in_month})"
        in_year = f"TRY(make_date({year}, {month}, {day}))"
        known_day = f"{told_day} BETWEEN 1 AND 31"
        return (
            f"CASE WHEN {known_day} THEN {exact} WHEN {told_month} BETWEEN 1 AND 12 THEN {in_month} ELSE {in_year} END"
        )

    def _depth(self) -> str:
        """The rank of the finest level that is told and that the code of precision allows."""
        names, limit = {**self._level_names(), Precision.PROVINCE: "provinces.name"}, self._limit()
        cases = " ".join(
            f"WHEN {limit} <= {rank} AND {names[level]} IS NOT NULL THEN {rank}"
            for rank, level in enumerate(LEVELS, start=1)
        )
        return f"CASE WHEN countries.name IS NULL THEN {NOTHING} {cases} ELSE {NOTHING} END"

    def _place(self) -> Iterator[tuple[str, str]]:
        names = {**self._level_names(), Precision.PROVINCE: "province_name", Precision.COUNTRY: "country_name"}
        ranked = list(enumerate(LEVELS, start=1))
        yield (
            "place",
            f"CASE depth {' '.join(f'WHEN {rank} THEN {names[level]}' for rank, level in ranked)} ELSE '' END",
        )
        yield "place_id", f"CASE depth WHEN {len(LEVELS)} THEN country_id ELSE '' END"
        precisions = " ".join(f"WHEN {rank} THEN {quoted(level)}" for rank, level in ranked)
        yield "precision", f"CASE depth {precisions} ELSE 'unknown' END"
        yield "country", f"CASE WHEN depth < {NOTHING} THEN coalesce(country_code, '') ELSE '' END"
        yield "path", _path(names)
        lat, lon = (self.cells.any_number(cell) for cell in (self.data_set.place.lat, self.data_set.place.lon))
        told = self.data_set.place
        own = self.cells.holds({told.precision: told.exact}) if told.exact else "true"
        sound = (
            f"depth = 1 AND {own} AND {lat} BETWEEN -90 AND 90 AND {lon} BETWEEN -180 AND 180 "
            "AND NOT coalesce(swapped, false)"
        )
        yield "lat", f"CASE WHEN {sound} THEN {lat} END"
        yield "lon", f"CASE WHEN {sound} THEN {lon} END"

    def _level_names(self) -> dict[Precision, str]:
        place = self.data_set.place
        if place.form == "levels":
            return {level: self._level_name(level) for level in LEVELS}
        parts = joined_parts(self.data_set, self.cells)
        return {
            Precision.SETTLEMENT: f"CASE WHEN len({parts}) >= 2 THEN {parts}[1] END",
            Precision.DISTRICT: NOBODY,
            Precision.PROVINCE: "province_name",
            Precision.COUNTRY: f"{parts}[-1]",
        }

    def _level_name(self, level: Precision) -> str:
        place = self.data_set.place
        if level not in place.levels:
            return NOBODY
        name = self.cells.value(place.levels[level], place.absent)
        if not place.kinds or level in (Precision.COUNTRY, Precision.PROVINCE):
            return name
        said = " OR ".join(f"ends_with({name}, {quoted(' ' + kind)})" for kind in place.kinds)
        return f"CASE WHEN {said} THEN regexp_replace({name}, '\\s+\\S+$', '') ELSE {name} END"

    def _limit(self) -> str:
        """The finest level that the row's code of precision allows; a code that is not known allows the country."""
        place = self.data_set.place
        if not place.precision:
            return "1"
        ranks = {level: rank for rank, level in enumerate(LEVELS, start=1)}
        cases = " ".join(f"WHEN {quoted(code)} THEN {ranks.get(level, NOTHING)}" for code, level in place.codes.items())
        return f"CASE coalesce({self.cells.value(place.precision)}, '') {cases} ELSE {ranks[Precision.COUNTRY]} END"

    def _parties(self) -> Iterator[str]:
        for name in ("perpetrators", "targets"):
            yield f"{self._by_rule(partial(_together, side=name))} AS {name}"
            yield f"{self._by_rule(partial(_as_told, side=name))} AS told_{name}"
        yield f"{self._by_rule(_groups)} AS target_groups"
        yield f"{self._by_rule(lambda rule: 'true' if rule.undirected else 'false')} AS undirected"

    def _by_rule(self, of: Callable[[Sides], str]) -> str:
        cases = " ".join(f"WHEN {self.cells.holds(rule.when)} THEN {of(rule)}" for rule in self.data_set.sides)
        return f"CASE {cases} END"

    def _named(self) -> str:
        """How the perpetrator is named, where the data set says so."""
        rules = self.data_set.attributions
        cases = " ".join(f"WHEN {self.cells.holds(each.when)} THEN {quoted(each.attribution)}" for each in rules)
        return f"CASE {cases} END" if cases else "CAST(NULL AS VARCHAR)"

    def _weapons(self) -> str:
        weapons = self.data_set.weapons
        if not weapons.cells:
            return TEXTS
        first, *rest = (self.cells.first(group, weapons.absent) for group in weapons.cells)
        told = f"[{', '.join((first, *rest))}]"
        several = f"list_filter({told}, lambda weapon, nth: weapon IS NOT NULL AND list_position({told}, weapon) = nth)"
        alone = " AND ".join(f"{each} IS NULL" for each in rest) or "true"
        return f"CASE WHEN {first} IS NOT NULL AND {alone} THEN [{first}] ELSE {several} END"

    def _tolls(self) -> Iterator[str]:
        whole = {toll.harm: toll for toll in self.data_set.tolls if toll.side is Side.UNKNOWN}
        for harm in Harm:
            ends = self._ends(whole[harm]) if harm in whole else dict.fromkeys(ENDS, "NULL")
            yield from (f"CAST({sql} AS BIGINT) AS {harm}_{end}" for end, sql in ends.items())

    def _ends(self, toll: Count) -> dict[str, str]:
        rounded = {"low": "floor", "best": "round", "high": "ceil"}
        told = {"low": toll.low, "best": toll.best, "high": toll.high}
        if toll.side is not Side.UNKNOWN:
            told = dict.fromkeys(rounded, toll.best)
        return {end: f"{rounded[end]}({self.cells.number(cell)})" if cell else "NULL" for end, cell in told.items()}

    def _side_tolls(self) -> str:
        sided = [toll for toll in self.data_set.tolls if toll.side is not Side.UNKNOWN]
        fields = "harm VARCHAR, side VARCHAR, low BIGINT, best BIGINT, high BIGINT"
        if not sided:
            return f"CAST(NULL AS STRUCT({fields})[])"
        each = ", ".join(self._side_toll(toll, fields) for toll in sided)
        return f"list_filter([{each}], lambda toll: toll IS NOT NULL)"

    def _side_toll(self, toll: Count, fields: str) -> str:
        ends = ", ".join(f"'{end}': {sql}" for end, sql in self._ends(toll).items())
        struct = f"CAST({{'harm': {quoted(toll.harm)}, 'side': {quoted(toll.side)}, {ends}}} AS STRUCT({fields}))"
        return (
            f"CASE WHEN {self.cells.holds(toll.when)} AND {self.cells.number(toll.best)} IS NOT NULL THEN {struct} END"
        )

    def _cells(self) -> str:
        return "{" + ", ".join(f"'{name}': {self.cells.raw(name)}" for name in self.data_set.columns) + "}"

    def _extra(self) -> str:
        if not self.extra:
            return "CAST(NULL AS VARCHAR)"
        pairs = ", ".join(f"{quoted(column)}, {self.cells.raw(column)}" for _, column in self.extra)
        return f"CAST(json_object({pairs}) AS VARCHAR)"


def _path(names: dict[Precision, str]) -> str:
    """What holds the place, the country first; written out, since a list's filter costs ten times as much."""
    country, province, district = (
        names[level] for level in (Precision.COUNTRY, Precision.PROVINCE, Precision.DISTRICT)
    )
    return (
        f"CASE WHEN depth >= 4 THEN {TEXTS} "
        f"WHEN depth = 3 OR ({province} IS NULL AND (depth = 2 OR {district} IS NULL)) THEN [{country}] "
        f"WHEN depth = 2 OR {district} IS NULL THEN [{country}, {province}] "
        f"WHEN {province} IS NULL THEN [{country}, {district}] ELSE [{country}, {province}, {district}] END"
    )


def _named(rule: Sides, side: str) -> tuple[str, ...]:
    return rule.perpetrators if side == "perpetrators" else rule.targets


def _joined(parties: Sequence[str], of: str) -> str:
    # A party that is not told has no row to join with, and `list_concat` passes over what is not there.
    return f"list_concat({', '.join(f'{name}.{of}' for name in parties)}, {TEXTS})"


def _together(rule: Sides, side: str) -> str:
    """What a side's parties are counted under, each once and in order."""
    parties = _named(rule, side)
    if not parties:
        return TEXTS
    first, *rest = (f"{name}.ids" for name in parties)
    alone = " AND ".join(f"{ids} IS NULL" for ids in rest) or "true"
    counted = _joined(parties, "ids")
    several = f"WHEN {_apart(counted)} THEN {counted} ELSE {_once(counted, counted)}" if rest else f"ELSE {TEXTS}"
    return f"CASE WHEN {first} IS NOT NULL AND {alone} THEN {first} {several} END"


def _as_told(rule: Sides, side: str) -> str:
    """The same parties by the names that the data set gives them; `NULL` where all are counted under these."""
    parties = _named(rule, side)
    if not parties:
        return "CAST(NULL AS VARCHAR[])"
    renamed = " OR ".join(f"coalesce({name}.renamed, false)" for name in parties)
    return f"CASE WHEN {renamed} THEN {_once(_joined(parties, 'names'), _joined(parties, 'ids'))} END"


def _apart(counted: str) -> str:
    return f"len({counted}) < 2 OR len(list_distinct({counted})) = len({counted})"


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
