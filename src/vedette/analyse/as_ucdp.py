"""Rows of the record that are not UCDP's, in the columns of UCDP GED: SQL over the `told` rows of code_books."""

from __future__ import annotations

from collections.abc import Mapping

from vedette.model.kinds import EventKind
from vedette.model.text import quoted
from vedette.reference.crosswalks import crosswalk
from vedette.reference.exports import Format

MARK = "Machine coded by Vedette"

# Who acts on civilians is told, or nobody is: of a clash without a beginning neither side is civilian.
_TYPE = """CASE WHEN NOT undirected AND one.sort IN ('state', 'organised') AND two.sort = 'civilians' THEN '3'
    WHEN one.sort = 'organised' AND two.sort = 'organised' AND one.name <> two.name THEN '2'
    WHEN one.sort IN ('state', 'organised') AND two.sort IN ('state', 'organised') AND one.name <> two.name THEN '1'
    END"""
# The state is side A.
_SWAPPED = "(one.sort = 'organised' AND two.sort = 'state')"
_SIDE_A = f"CASE WHEN {_SWAPPED} THEN two.name ELSE one.name END"
_SIDE_B = f"CASE WHEN {_SWAPPED} THEN one.name ELSE two.name END"
# 1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 up to a year, which no event leaves (code book; real rows).
_SPAN = "(latest - earliest + 1)"
_DATE_PREC = f"""CASE WHEN year(earliest) <> year(latest) OR {_SPAN} < 1 THEN NULL WHEN {_SPAN} = 1 THEN '1'
    WHEN {_SPAN} <= 6 THEN '2' WHEN {_SPAN} = 7 THEN '3' WHEN {_SPAN} <= 31 THEN '4' ELSE '5' END"""
_WHERE_PREC = """CASE precision WHEN 'site' THEN '1' WHEN 'settlement' THEN '1' WHEN 'district' THEN '3'
    WHEN 'province' THEN '4' ELSE '6' END"""
_BEST = "coalesce(killed_best, killed_low)"
# PRIO-GRID (Tollefsen, Strand & Buhaug 2012): half degrees, numbered eastwards from the south-west, 720 a row.
_CELL = """CAST(least(floor((lat + 90) * 2), 359) AS INTEGER) * 720
    + CAST(least(floor((lon + 180) * 2), 719) AS INTEGER) + 1"""


def reasons() -> dict[str, str]:
    """Why rows cannot be told in UCDP's codes, each with its SQL condition; the first that holds counts."""
    return {
        "they are denied, doubted or only threatened": "stance <> 'asserts'",
        "no dead are counted": f"coalesce({_BEST}, 0) < 1",
        "their sides do not tell the type of violence": f"({_TYPE}) IS NULL",
        "their kind is none of that type of violence": f"NOT ({_fitting()})",
        "their day is not known within a calendar year": f"({_DATE_PREC}) IS NULL",
        "their country is not known": "coalesce(land, '') = ''",
    }


def cells(of: Format, schema: str, date_form: str) -> Mapping[str, str]:
    """The SQL of each column, by the names of the mapping; a column that is not here stays empty."""
    del of, schema  # there is one generation to write
    return {
        "id": "'VDT' || id",
        "relid": "'VDT' || id",
        "year": "year(earliest)",
        "code_status": f"CASE WHEN machine_coded THEN '{MARK}' ELSE 'Mapped by Vedette' END",
        "source_original": "remark",
        "source_article": "sources",
        "number_of_sources": "source_count",
        "date_prec": _DATE_PREC,
        "date_start": f"strftime(earliest, {quoted(date_form)})",
        "date_end": f"strftime(latest, {quoted(date_form)})",
        "event_clarity": "1",
        **_parties(),
        **_places(),
        **_deaths(),
    }


def own_cells(of: Format, schema: str) -> Mapping[str, str]:
    """The SQL of the sides' columns over `own`, the sides of a row of UCDP's."""
    del of, schema
    dyad = "concat(own.side_a, ' - ', own.side_b)"
    ids = ("dset_id", "new_id")
    named = {f"side_{side}": f"own.side_{side}" for side in "ab"}
    numbered = {f"side_{side}_{each}": f"own.side_{side}_{each}" for side in "ab" for each in ids}
    dyads = {"dyad_name": dyad, "conflict_name": f"CASE WHEN {_TYPE} <> '1' THEN {dyad} END"}
    return {**named, **numbered, "gwnoa": "own.gwnoa", "gwnob": "own.gwnob", **dyads}


def _fitting() -> str:
    """True of a kind that the crosswalk holds possible for the type of violence, and of what has no known kind."""
    cases = []
    for code in ("1", "2", "3"):
        kinds = [str(pair.kind) for pair in crosswalk("ucdp").pairs_of(code)]
        cases.append(f"WHEN '{code}' THEN kind IN ({', '.join(map(quoted, [*kinds, str(EventKind.UNKNOWN)]))})")
    return f"CASE {_TYPE} {' '.join(cases)} ELSE false END"


def _parties() -> dict[str, str]:
    dyad = f"concat({_SIDE_A}, ' - ', {_SIDE_B})"
    return {
        "type_of_violence": _TYPE,
        # A conflict of states is named after what it is about, which is not told.
        "conflict_name": f"CASE WHEN {_TYPE} <> '1' THEN {dyad} END",
        "dyad_name": dyad,
        "side_a": _SIDE_A,
        "side_b": _SIDE_B,
        "gwnoa": f"CASE WHEN {_SWAPPED} THEN two.gwno ELSE one.gwno END",
        "gwnob": f"CASE WHEN {_SWAPPED} THEN one.gwno ELSE two.gwno END",
    }


def _places() -> dict[str, str]:
    return {
        "where_prec": _WHERE_PREC,
        "where_coordinates": "coalesce(nullif(place, ''), lands.ucdp_name, land)",
        "adm_1": "admin1",
        "adm_2": "admin2",
        "latitude": "lat",
        "longitude": "lon",
        "geom_wkt": "CASE WHEN lat IS NOT NULL THEN concat('POINT (', lon, ' ', lat, ')') END",
        "priogrid_gid": f"CASE WHEN lat IS NOT NULL THEN {_CELL} END",
        "country": "coalesce(nullif(lands.ucdp_name, ''), land)",
        "country_id": "lands.gwno",
        "region": "lands.ucdp_region",
    }


def _deaths() -> dict[str, str]:
    """The dead as told; whose they are is not, so that all count as of unknown side."""
    return {
        "deaths_a": "0",
        "deaths_b": "0",
        "deaths_civilians": "0",
        "deaths_unknown": _BEST,
        "best": _BEST,
        "high": f"greatest(coalesce(killed_high, {_BEST}), {_BEST})",
        "low": f"least(coalesce(killed_low, {_BEST}), {_BEST})",
    }
