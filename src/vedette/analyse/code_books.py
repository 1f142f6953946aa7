"""The record in the columns and codes of another data set: its own rows as they came, all other rows mapped.

One COPY writes the file. What the code book cannot tell is left out and counted with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from vedette.analyse import as_acled, as_ucdp
from vedette.analyse.coarsening import parameters
from vedette.analyse.filters import Unit
from vedette.analyse.given_back import date_form, files_given_back, own_cells, remarks
from vedette.analyse.own_sides import no_sides, own_sides
from vedette.analyse.sides import Key, SideReader, eras
from vedette.model.kinds import EventKind, EventType, Stance
from vedette.model.text import quoted
from vedette.reference.actor_groups import group_of
from vedette.reference.actors import load_actors
from vedette.reference.datasets import data_set
from vedette.reference.exports import CountryNames, Format, Target, country_names
from vedette.reference.sheltered import load_sheltered
from vedette.store import Snapshot


class Book(NamedTuple):
    """How rows become a code book's: why some cannot, and the SQL of each column, given a schema and a form of days.

    `own` is the SQL of the columns that a coarsened row of the data set fills itself, `NULL` where it cannot.
    """

    reasons: Callable[[], Mapping[str, str]]
    cells: Callable[[Format, str, str], Mapping[str, str]]
    own: Callable[[Format, str], Mapping[str, str]]


BOOKS = {
    "acled": Book(as_acled.reasons, as_acled.cells, as_acled.own_cells),
    "ucdp": Book(as_ucdp.reasons, as_ucdp.cells, as_ucdp.own_cells),
}
OPTIONS = "FORMAT csv, HEADER true"


@dataclass(frozen=True, slots=True)
class Selected:
    """What is to be written: a SELECT of the projection and its parameters, the order of its rows, and its unit."""

    rows: str
    parameters: Mapping[str, Any]
    order: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows a file holds, those of them without a point, sheltered and coded by machine, and what to tell."""

    rows: int
    pointless: int
    sheltered: int
    machine_coded: int
    remarks: tuple[str, ...]


def keep_told(now: Snapshot, name: str, unit: Unit) -> None:
    """Count as sheltered also what a data set's own text tells of them: it would leave the house with the row.

    A crowd is told by who is in it: pupils who demonstrate are no school that is hit.
    """
    if not now.standing(name):
        return
    text = f"lower(strip_accents(coalesce(cells.{data_set(name).text}, '')))"
    crowd = f"type = '{EventType.PROTESTS}' OR kind = '{EventKind.VIOLENT_DEMONSTRATION}'"
    told = f"""SELECT id FROM rows_{name}
        WHERE CASE WHEN {crowd} THEN regexp_matches({text}, $acting) ELSE regexp_matches({text}, $told) END"""
    held = "SELECT id, unnest(claim_ids) AS claim FROM incidents"
    incidents = f"SELECT held.id FROM ({held}) held JOIN ({told}) told ON told.id = held.claim"
    if unit is Unit.CLAIMS:
        # As elsewhere, all claims of one incident are coarsened together.
        incidents = f"{told} UNION SELECT claim FROM ({held}) SEMI JOIN ({incidents}) USING (id)"
    sheltered = load_sheltered()
    acting = "|".join(group.told_pattern for group in sheltered.groups if group.acting)
    also = f"SELECT id FROM sheltered UNION {incidents}"
    now.keep("sheltered", also, {"told": sheltered.told_pattern, "acting": acting})


def write(now: Snapshot, target: Target, selected: Selected, path: Path) -> Written:
    """The selected rows in a CSV of the code book, in the order given."""
    columns = target.columns
    own = bool(now.standing(target.name))
    now.keep("ranked", _ranked(selected), selected.parameters)
    now.keep("returned", _returned(target.name) if own else _NONE, {})
    files = files_given_back(now, target) if own else []
    now.keep("clashes", _clashes(), {})
    _keep_own_sides(now, target, own)
    now.keep("told", _told(selected), selected.parameters)
    _learn_sides(now)
    _learn_countries(now)
    form = date_form(target, files)
    with _without_statistics(now):
        now.keep("shaped", _shaped(target, columns, form), {})
    now.copy(_lines(target, columns, own), {}, path, OPTIONS)
    (counted,) = now.rows(_counts(target, own))
    return Written(**counted, remarks=tuple(remarks(now, target, selected.unit, files)))


@contextmanager
def _without_statistics(now: Snapshot) -> Iterator[None]:
    # DuckDB 2.0 fails ("BindBuiltinScalarFunction ...") where it knows that a compared column holds one value only.
    now.rows("SET disabled_optimizers = 'statistics_propagation'")
    try:
        yield
    finally:
        now.rows("RESET disabled_optimizers")


def _keep_own_sides(now: Snapshot, target: Target, own: bool) -> None:
    if own:
        now.keep("own_sides", own_sides(target.name, load_sheltered()), parameters(load_sheltered(), load_actors()))
    else:
        now.keep("own_sides", no_sides(target.name), {})


_NONE = "SELECT CAST(NULL AS BIGINT) AS nth, CAST(NULL AS VARCHAR) AS id WHERE false"


def _ranked(selected: Selected) -> str:
    claims = "[id]" if selected.unit is Unit.CLAIMS else "claim_ids"
    numbered = f"row_number() OVER (ORDER BY {selected.order}) AS nth"
    return f"SELECT id, {claims} AS claims, coarsened, machine_coded, {numbered} FROM ({selected.rows})"


def _returned(name: str) -> str:
    """The data set's own rows that are given back: `nth` of what they tell, and their id."""
    claims = "SELECT nth, unnest(claims) AS claim FROM ranked WHERE NOT coarsened"
    return f"SELECT nth, r.id FROM ({claims}) JOIN rows_{name} r ON r.id = claim"


def _clashes() -> str:
    claims = (
        "SELECT id, unnest(claims) AS claim FROM ranked WHERE nth NOT IN (SELECT nth FROM returned) AND len(claims) > 1"
    )
    return f"""SELECT held.id FROM ({claims}) held JOIN claims ON claims.id = held.claim
        GROUP BY held.id HAVING bool_and(coalesce(claims.undirected, false))"""


def _told(selected: Selected) -> str:
    """All other rows, with what every code book needs to know of them."""
    claims = selected.unit is Unit.CLAIMS
    stance = "stance" if claims else f"'{Stance.ASSERTS}'"
    # Of an incident that several claims tell, nobody began it where none of them says who did.
    undirected = "undirected" if claims else "undirected OR id IN (SELECT id FROM clashes)"
    area = "precision = '{level}'"
    return f"""
        SELECT *, CASE WHEN pair THEN perpetrators[1:1] ELSE perpetrators END AS names_one,
            CASE WHEN pair THEN perpetrators[2:2] ELSE targets END AS names_two,
            undirected AND NOT pair AND len(perpetrators) > 1 AND nth NOT IN (SELECT nth FROM own_sides) AS sideless,
            {_era("earliest", 0)} AS era_first, {_era("latest", len(eras()))} AS era_last
        FROM (
            SELECT nth, r.id, kind, type, earliest, latest, place, precision, country, machine_coded, r.coarsened,
                {stance} AS stance, undirected, undirected AND len(perpetrators) = 2 AND len(targets) = 0 AS pair,
                coalesce(perpetrators, []) AS perpetrators, coalesce(targets, []) AS targets,
                coalesce(target_groups, []) AS target_groups, killed_low, killed_best, killed_high,
                coalesce(path[1], CASE WHEN {area.format(level="country")} THEN place END) AS land,
                coalesce(path[2], CASE WHEN {area.format(level="province")} THEN place END) AS admin1,
                coalesce(path[3], CASE WHEN {area.format(level="district")} THEN place END) AS admin2,
                path[4] AS admin3,
                CASE WHEN {_HAS_POINT} THEN lat END AS lat, CASE WHEN {_HAS_POINT} THEN lon END AS lon,
                array_to_string(sources, '; ') AS sources, len(sources) AS source_count
            FROM (SELECT * REPLACE (coalesce({undirected}, false) AS undirected) FROM ({selected.rows})) r
            JOIN (SELECT id, nth FROM ranked WHERE nth NOT IN (SELECT nth FROM returned)) ranked ON ranked.id = r.id
        )
    """


_HAS_POINT = "precision IN ('site', 'settlement') AND abs(lat) <= 90 AND abs(lon) <= 180"


def _era(day: str, open_end: int) -> str:
    begun = " + ".join(f"CAST({day} >= DATE '{era}' AS INTEGER)" for era in eras())
    return f"coalesce({begun}, {open_end})"


_UNIT, _RECORD = "chr(31)", "chr(30)"


def _side_key(names: str, told: str, acts: str) -> str:
    joined = [f"array_to_string({each}, {_RECORD})" for each in (names, told)]
    return f"concat_ws({_UNIT}, {', '.join([*joined, acts, 'coalesce(country, chr(32))', 'era_first', 'era_last'])})"


_KEYS = {
    "one": _side_key("names_one", "CAST([] AS VARCHAR[])", "'acts'"),
    "two": _side_key(
        "names_two", "CASE WHEN pair THEN [] ELSE target_groups END", "CASE WHEN pair THEN 'acts' ELSE '' END"
    ),
}


def _learn_sides(now: Snapshot) -> None:
    """Make the table `sides`: what each distinct side of the `told` rows is."""
    keys = now.column(" UNION ".join(f"SELECT {key} FROM told" for key in _KEYS.values()))
    reader = SideReader(_learnt_groups(now))
    sides = [reader.understand(_key(text)) for text in keys]
    fields = ("actor", "others", "inter", "name", "sort", "gwno")
    _table(now, "sides", {"key": keys, **{field: [str(getattr(side, field)) for side in sides] for field in fields}})


def _key(text: str) -> Key:
    names, told, acts, country, first, last = text.split("\x1f")
    return Key(_names(names), _names(told), acts == "acts", country.strip(), int(first), int(last))


def _names(joined: str) -> tuple[str, ...]:
    return tuple(each for each in joined.split("\x1e") if each)


def _learnt_groups(now: Snapshot) -> dict[str, str]:
    """The group of each name to which ACLED's rows in this record give one code and no other."""
    if not now.standing("acled"):
        return {}
    pairs = " UNION ALL ".join(
        f"SELECT trim(cells.actor{side}) AS name, trim(cells.inter{side}) AS code FROM rows_acled" for side in (1, 2)
    )
    # Names that rows to be mapped have, and no others.
    named = "SELECT unnest(names_one) AS name FROM told UNION SELECT unnest(names_two) FROM told"
    query = f"""SELECT name, any_value(code) AS code FROM ({pairs}) SEMI JOIN ({named}) USING (name)
        WHERE code NOT IN ('', '0') GROUP BY name HAVING count(DISTINCT code) = 1"""
    return {row["name"]: group_of("acled", row["code"]) for row in now.rows(query)}


def _learn_countries(now: Snapshot) -> None:
    rows = list(country_names().values())
    _table(now, "lands", {field: [getattr(row, field) for row in rows] for field in CountryNames._fields})


def _table(now: Snapshot, name: str, columns: Mapping[str, list[str]]) -> None:
    unnested = ", ".join(f"unnest(CAST(${column} AS VARCHAR[])) AS {column}" for column in columns)
    now.keep(name, f"SELECT {unnested}", dict(columns))


def _shaped(target: Target, columns: Mapping[str, str], form: str) -> str:
    """The `told` rows with the cells that they have in the code book, and the reason of those that it cannot tell."""
    book = BOOKS[target.name]
    made = dict(book.cells(target.format, target.generation, form))
    for known, sql in book.own(target.format, target.generation).items():
        made[known] = f"coalesce(CASE WHEN own IS NOT NULL THEN {sql} END, {made.get(known, 'NULL')})"
    why = " ".join(f"WHEN {condition} THEN {quoted(reason)}" for reason, condition in book.reasons().items())
    cells = ", ".join(f"CAST({made.get(known, 'NULL')} AS VARCHAR) AS {_name(name)}" for name, known in columns.items())
    keys = ", ".join(f"{key} AS key_{side}" for side, key in _KEYS.items())
    marks = "nth, id AS unit_id, machine_coded, lat IS NULL AS pointless, sideless"
    return f"""
        SELECT * REPLACE ({", ".join(f"{_defused(_name(name))} AS {_name(name)}" for name in columns)}) FROM (
            SELECT {marks}, CASE {why} END AS reason, {cells}
            FROM (SELECT *, {_REMARK} AS remark, {keys} FROM told) t
            JOIN (SELECT key AS key_one, sides AS one FROM sides) USING (key_one)
            JOIN (SELECT key AS key_two, sides AS two FROM sides) USING (key_two)
            LEFT JOIN own_sides USING (nth)
            LEFT JOIN lands ON lands.code = t.country
        )
    """


_REMARK = """concat(CASE WHEN machine_coded THEN 'Coded by machine by Vedette' ELSE 'Mapped by Vedette' END,
    CASE WHEN sideless THEN '; who stood on which side is not told' ELSE '' END,
    CASE WHEN coarsened THEN '; place kept to its province' ELSE '' END, '; sources: ', sources)"""


def _defused(text: str) -> str:
    # Numbers begin with a minus; a text that does is a formula to a spreadsheet, and these texts come from strangers.
    begins = f"left({text}, 1) IN ('=', '+', '-', '@', chr(9), chr(13)) AND TRY_CAST({text} AS DOUBLE) IS NULL"
    return f"CASE WHEN {begins} THEN '''' || {text} ELSE nullif({text}, '') END"


def _name(name: str) -> str:
    return f'"{name}"'


def _lines(target: Target, columns: Mapping[str, str], own: bool) -> str:
    names = ", ".join(_name(name) for name in columns)
    rows = f"SELECT nth, '' AS row_id, {names} FROM shaped WHERE reason IS NULL"
    if own:
        told = own_cells(target)
        cells = ", ".join(f"nullif({told[known]}, '') AS {_name(name)}" for name, known in columns.items())
        rows += f" UNION ALL SELECT nth, row_id, {cells} FROM returned JOIN rows_{target.name} USING (id)"
    return f"SELECT {names} FROM ({rows} ORDER BY nth, row_id)"


def _counts(target: Target, own: bool) -> str:
    rows = "SELECT unit_id AS id, machine_coded, pointless FROM shaped WHERE reason IS NULL"
    if own:
        pointless = f"coalesce(trim(cells.{data_set(target.name).place.lat}), '') = ''"
        rows += f""" UNION ALL SELECT ranked.id, machine_coded, {pointless} FROM returned
            JOIN ranked USING (nth) JOIN rows_{target.name} r ON r.id = returned.id"""
    return f"""SELECT count(*) AS rows, count(*) FILTER (pointless) AS pointless,
        count(*) FILTER (id IN (SELECT id FROM sheltered)) AS sheltered,
        count(*) FILTER (machine_coded) AS machine_coded FROM ({rows})"""
