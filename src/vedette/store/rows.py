"""Claims that are rows of data sets: kept as columns with the cells as they came, told as nouns when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vedette.model.kinds import Harm
from vedette.model.text import quoted
from vedette.reference.crosswalks import crosswalk
from vedette.reference.datasets import DATA_SETS, DataSet, data_set
from vedette.store.columns import Type

ENDS = ("low", "best", "high")
# What a row's claim has beside the columns of any claim.
OF_ROWS = {
    "dataset": Type.TEXT,
    "source": Type.TEXT,
    "version": Type.TEXT,
    "row_id": Type.TEXT,
    "code": Type.TEXT,
    "target_groups": Type.TEXTS,
    "doubts": Type.TEXTS,
    "words": Type.TEXT,
}
ROW_TABLES = DATA_SETS
WITHDRAWN = {name: f"{name}_withdrawn" for name in DATA_SETS}


def none_of_rows() -> str:
    """The columns of `OF_ROWS` for a claim that was read from an article."""
    return ", ".join(f"CAST(NULL AS {type_.value}) AS {name}" for name, type_ in OF_ROWS.items())


def standing_rows(name: str, tables: Mapping[str, str]) -> str:
    """The rows of a data set that no later import has changed or taken back; `tables` holds a SELECT of each table."""
    rows = f"({tables[name]}) r"
    if WITHDRAWN[name] not in tables:
        return f"SELECT * FROM {rows}"
    gone = f"SELECT claim_id, max(batch) AS gone FROM ({tables[WITHDRAWN[name]]}) GROUP BY claim_id"
    later = f"SELECT 1 FROM ({gone}) w WHERE w.claim_id = r.id AND w.gone > r.batch"
    return f"SELECT * FROM {rows} WHERE NOT EXISTS ({later})"


def claims_of_rows(name: str, whole: bool = True) -> str:
    """The rows of a data set with the columns of any claim, `whole` with those that cost to make.

    These are `body`, the noun as JSON, and `keys`, the blocking keys: a question that does not ask for them should not
    even have them bound, which takes DuckDB ten milliseconds.
    """
    told = data_set(name)
    columns = [
        "id", f"{_record(told)} AS article_id", "reader", "kind", "type", "earliest", "latest",
        "place", "place_id", "precision", "country", "path", "lat", "lon", "perpetrators", "targets",
        "weapons" if told.weapons.cells else "CAST([] AS VARCHAR[]) AS weapons",
        *(_toll(told, harm, end) for harm in Harm for end in ENDS),
        "'asserts' AS stance", "attribution", "CAST(NULL AS VARCHAR) AS said_by", "undirected",
        "CAST(NULL AS DOUBLE) AS score", "batch", "recorded_at",
        f"'{told.name}' AS dataset", f"'{told.title}' AS source", "version", "row_id", "code", "target_groups",
        "doubts", f"cells.{told.text} AS words",
    ]  # fmt: skip
    if whole:
        columns += [f"{_keys()} AS keys", f"{_claim(told)} AS body"]
    return f"SELECT {', '.join(columns)} FROM rows_{name}"


def incidents_of_rows(names: Iterable[str], taken_up: bool, whole: bool = True, of: str = "true") -> str:
    """One incident for each row of a hand-coded set that the resolver has not taken up, and that `of` is true of."""
    columns = [
        f"{_INCIDENT_ID} AS id", "kind", "type", "earliest", "latest", "place", "place_id", "precision", "country",
        "path", "lat", "lon", "perpetrators", "targets", *(f"{harm}_{end}" for harm in Harm for end in ENDS),
        "CAST(6 AS BIGINT) AS credibility", "[source] AS sources", "[id] AS claim_ids",
        "batch", "recorded_at", "code", "target_groups", "undirected",
    ]  # fmt: skip
    if whole:
        columns.append(f"{_incident()} AS body")
    alone = " AND NOT EXISTS (SELECT 1 FROM all_taken_up t WHERE t.id = claims.id)" if taken_up else ""
    which = "claims" if whole else "plain"
    rows = " UNION ALL BY NAME ".join(f"SELECT * FROM {which}_{name}" for name in names)
    return f"SELECT {', '.join(columns)} FROM ({rows}) claims WHERE kind <> 'no_counterpart' AND {of}{alone}"


# The id that the resolver gives to the incident which a claim founds, so that it stays when others join it.
_INCIDENT_ID = "left(sha256(concat('incident', chr(0), id)), 20)"


def _toll(told: DataSet, harm: Harm, end: str) -> str:
    return f"{harm}_{end}" if harm in told.harms else f"CAST(NULL AS BIGINT) AS {harm}_{end}"


def _record(told: DataSet) -> str:
    return f"concat('{told.name}:', row_id)"


def _struct(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f"'{name}': {sql}" for name, sql in fields.items()) + "}"


def _cited(told: DataSet, value: str, cells: Iterable[str], of: str = "true") -> str:
    """A cited value: its evidence is those of the cells that tell something and of which the condition `of` is true."""
    empty = ", ".join(quoted(text) for text in ("", *told.missing))
    each = ", ".join(
        f"CASE WHEN trim(cells.{cell}) NOT IN ({empty}) AND {of.format(cell=f'cells.{cell}')} THEN "
        + _struct({"record": _record(told), "column": f"'{cell}'", "text": f"cells.{cell}"})
        + " END"
        for cell in dict.fromkeys(cells)
    )
    found = f"list_filter([{each}], lambda cell: cell IS NOT NULL)" if each else "[]"
    return _struct({"value": value, "spans": "[]", "reader": "reader", "score": "1.0", "cells": found})


def _claim(told: DataSet) -> str:
    fields = {
        "id": "id",
        "article_id": _record(told),
        "kind": _cited(
            told, "kind", (*told.code, *(cell for each in crosswalk(told.crosswalk).refinements for cell in each.when))
        ),
        "when": _cited(told, "{'earliest': earliest, 'latest': latest}", told.when.cells),
        "place": _cited(told, _PLACE, told.place.cells),
        "stance": _cited(told, "'asserts'", ()),
        "attribution": _cited(told, "attribution", [cell for rule in told.attributions for cell in rule.cells]),
        "perpetrators": _actors(told, "perpetrators"),
        "targets": _actors(told, "targets"),
        "weapons": _weapons(told),
        "tolls": _tolls(told),
        "undirected": "undirected",
        "remarks": _remarks(told),
    }
    return f"CAST(to_json({_struct(fields)}) AS VARCHAR)"


_PLACE = (
    "{'name': place, 'precision': precision, 'id': place_id, 'country': country, 'path': path, "
    "'point': CASE WHEN lat IS NOT NULL AND lon IS NOT NULL THEN {'lat': lat, 'lon': lon} END}"
)


def _actors(told: DataSet, side: str) -> str:
    """Each actor by the name that the data set gives it; `id` where the registry knows it by another.

    The evidence is the cells of the side's parties that hold the name, or all of them where the name is made of codes.
    """
    parties = [told.parties[name] for rule in told.sides for name in getattr(rule, side)]
    cells = list(dict.fromkeys(cell for party in parties for cell in party.cells))
    made = any(party.form in ("cameo", "icews") for party in parties)
    name = f"CASE WHEN told_{side} IS NULL THEN counted ELSE told_{side}[nth] END"
    ident = f"CASE WHEN told_{side}[nth] <> counted THEN counted ELSE '' END"
    actor = _struct({"name": name, "id": f"coalesce({ident}, '')"})
    cited = _cited(told, actor, cells, "true" if made else f"contains({{cell}}, {name})")
    return f"list_transform({side}, lambda counted, nth: {cited})"


def _weapons(told: DataSet) -> str:
    cells = [cell for group in told.weapons.cells for cell in group]
    if not cells:
        return "[]"
    return f"list_transform(weapons, lambda weapon: {_cited(told, 'weapon', cells, '{cell} = weapon')})"


def _tolls(told: DataSet) -> str:
    if not told.harms:
        return "[]"
    each = ", ".join(_whole_toll(told, harm) for harm in told.harms)
    whole = f"list_filter([{each}], lambda toll: toll IS NOT NULL)"
    return f"list_concat({whole}, {_side_tolls(told)})" if told.by_side else whole


def _whole_toll(told: DataSet, harm: Harm) -> str:
    cells = [cell for toll in told.tolls if toll.harm is harm and toll.side == "unknown" for cell in toll.cells]
    tally = _struct({end: f"{harm}_{end}" for end in ENDS})
    toll = _struct({"harm": f"'{harm}'", "tally": tally, "side": "'unknown'"})
    is_told = f"coalesce({', '.join(f'{harm}_{end}' for end in ENDS)}) IS NOT NULL"
    return f"CASE WHEN {is_told} THEN {_cited(told, toll, cells)} END"


def _side_tolls(told: DataSet) -> str:
    cells = [cell for toll in told.tolls if toll.side != "unknown" for cell in toll.cells]
    tally = "{'low': toll.low, 'best': toll.best, 'high': toll.high}"
    value = f"{{'harm': toll.harm, 'tally': {tally}, 'side': toll.side}}"
    of = " OR ".join(
        f"('{{cell}}' = 'cells.{cell}' AND toll.side = '{each.side}' AND toll.harm = '{each.harm}')"
        for each in told.tolls
        if each.side != "unknown"
        for cell in each.cells
    )
    cited = _cited(told, value, cells, f"({of})" if of else "true")
    return f"list_transform(coalesce(side_tolls, []), lambda toll: {cited})"


def _remarks(told: DataSet) -> str:
    each = [_remark(told, remark.about, remark.cell, remark.codes) for remark in told.remarks]
    return f"list_filter([{', '.join(each)}], lambda remark: remark IS NOT NULL)"


def _remark(told: DataSet, about: str, cell: str, codes: dict[str, str]) -> str:
    cases = " ".join(f"WHEN '{code}' THEN {quoted(words)}" for code, words in codes.items())
    words = f"CASE trim(cells.{cell}) {cases} ELSE trim(cells.{cell}) END" if cases else f"trim(cells.{cell})"
    empty = ", ".join(quoted(text) for text in ("", *told.missing))
    cited = _cited(told, f"concat('{about}: ', {words})", (cell,))
    return f"CASE WHEN trim(cells.{cell}) NOT IN ({empty}) THEN {cited} END"


def _keys() -> str:
    """The blocking keys of `vedette.model.blocking`, those of day and province."""
    # As Python's casefold: DuckDB's `lower` leaves the German double s and drops the dot of the Turkish capital I.
    cell = "lower(replace(replace(concat(coalesce(path[1], ''), '|', coalesce(path[2], place)), 'ß', 'ss'), 'İ', 'i̇'))"
    groups = (
        "CASE WHEN kind IN ('excessive_force_against_protesters', 'looting_property_destruction') "
        "THEN ['crowd', 'force'] "
        "WHEN kind IN ('unknown', 'arrests', 'disrupted_weapons_use', 'non_violent_transfer_of_territory') "
        "THEN ['force'] "
        "WHEN type IN ('protests', 'riots') THEN ['crowd'] WHEN type = 'strategic_developments' THEN ['quiet'] "
        "WHEN type = 'none' THEN [] ELSE ['force'] END"
    )
    days = (
        "CASE WHEN precision IN ('country', 'unknown') THEN [] "
        "WHEN latest - earliest > CASE WHEN precision IN ('site', 'settlement') THEN 7 ELSE 1 END THEN [] "
        "ELSE range(CAST(earliest AS TIMESTAMP), CAST(latest AS TIMESTAMP) + INTERVAL 1 DAY, INTERVAL 1 DAY) END"
    )
    return (
        f"flatten(list_transform({groups}, lambda sort: list_transform({days}, "
        f"lambda day: concat({cell}, '|', sort, '|', strftime(day, '%Y-%m-%d')))))"
    )


def _incident() -> str:
    """The incident of one claim as JSON; names and tolls as the claim has them."""
    actor = "lambda cited: cited -> '$.value'"
    fields = {
        "id": _INCIDENT_ID,
        "kind": "kind",
        "when": "{'earliest': earliest, 'latest': latest}",
        "place": _PLACE,
        "perpetrators": f"list_transform(CAST(json_extract(body, '$.perpetrators') AS JSON[]), {actor})",
        "targets": f"list_transform(CAST(json_extract(body, '$.targets') AS JSON[]), {actor})",
        "tolls": f"list_transform(CAST(json_extract(body, '$.tolls') AS JSON[]), {actor})",
        "claim_ids": "[id]",
        "credibility": "6",
        "responsibility": _RESPONSIBILITY,
        "sources": "[source]",
        "reasons": "[concat(source, ' tells it first'), 'credibility 6: one source tells it, of unknown reliability']",
    }
    return f"CAST(to_json({_struct(fields)}) AS VARCHAR)"


_BLAMED = "list_transform(CAST(json_extract(body, '$.perpetrators') AS JSON[]), lambda cited: cited -> '$.value')"
_RESPONSIBILITY = (
    f"{{'claimed_by': CASE WHEN attribution = 'claimed' THEN {_BLAMED} ELSE CAST([] AS JSON[]) END, "
    f"'attributed_to': CASE WHEN attribution <> 'claimed' AND NOT undirected THEN {_BLAMED} ELSE CAST([] AS JSON[]) "
    "END, 'disputed': false}"
)
