"""The sides of a data set's own row that is coarsened: each party where the row has it, as far as it may leave.

A row that is mapped has its parties in the order of our mapping; who stood on which side the row itself tells.
"""

from __future__ import annotations

from collections.abc import Mapping

from vedette.analyse.coarsening import may_leave, province_of
from vedette.reference.datasets import DataSet, data_set
from vedette.reference.sheltered import Sheltered

# The cells that name parties, each with the cells that hold no more than what the names tell.
NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "acled": {"actor1": (), "assoc_actor_1": (), "actor2": (), "assoc_actor_2": ()},
    "ucdp": {
        "side_a": ("side_a_dset_id", "side_a_new_id", "gwnoa"),
        "side_b": ("side_b_dset_id", "side_b_new_id", "gwnob"),
    },
}
# Codes that tell a group of parties and none of them.
CODES: Mapping[str, tuple[str, ...]] = {"acled": ("inter1", "inter2"), "ucdp": ()}


def no_sides(name: str) -> str:
    """The same columns without a row."""
    cells = [*CODES[name], *NAMES[name], *(each for ids in NAMES[name].values() for each in ids)]
    fields = ", ".join(f"{cell} VARCHAR" for cell in cells)
    return f"SELECT CAST(NULL AS BIGINT) AS nth, CAST(NULL AS STRUCT({fields})) AS own WHERE false"


def own_sides(name: str, sheltered: Sheltered) -> str:
    """A SELECT of `nth` and `own`, the cells, for what is coarsened and rests on exactly one row of the data set."""
    fields: dict[str, str] = {
        code: f"regexp_replace(trim(coalesce(cells.{code}, '')), '\\.0$', '')" for code in CODES[name]
    }
    for cell, ids in NAMES[name].items():
        left = _left(cell, data_set(name), sheltered)
        fields[cell] = left
        whole = f"({left}) = trim(coalesce(cells.{cell}, ''))"
        fields |= {each: f"CASE WHEN {whole} THEN coalesce(cells.{each}, '') ELSE '' END" for each in ids}
    own = ", ".join(f"'{field}': {sql}" for field, sql in fields.items())
    return f"SELECT nth, {{{own}}} AS own FROM ({_rows(data_set(name))})"


def _rows(of: DataSet) -> str:
    """The rows with `hidden`, the finer names of every claim of the same event and of the row's own cells."""
    held = "SELECT nth, unnest(claims) AS claim FROM ranked WHERE coarsened"
    only = f"""SELECT nth, any_value(claim) AS claim FROM ({held}) SEMI JOIN rows_{of.name} r ON r.id = claim
        GROUP BY nth HAVING count(*) = 1"""
    finer = f"""SELECT nth, flatten(list(list_concat([c.place], c.path[3:]))) AS finer
        FROM ({held}) JOIN plain_claims c ON c.id = claim GROUP BY nth"""
    levels = [cell for level, cell in of.place.levels.items() if level not in {"country", "province"}]
    cells = ", ".join(f"cells.{cell}" for cell in levels)
    hidden = f"list_transform(list_concat(finer, [{cells}]), lambda each: folded(each))"
    fine = "lambda each: length(each) > 2 AND NOT contains(folded(shown), each)"
    return f"""SELECT * REPLACE (list_filter(hidden, {fine}) AS hidden)
        FROM (
            SELECT nth, cells, targets, coalesce(told_targets, targets) AS hit, {province_of()} AS shown,
                {hidden} AS hidden
            FROM ({only}) JOIN rows_{of.name} r ON r.id = claim JOIN ({finer}) USING (nth)
        )"""


def _left(cell: str, of: DataSet, sheltered: Sheltered) -> str:
    """The names in one cell, each as it may leave."""
    listed = any(cell in party.cells and party.form == "list" for party in of.parties.values())
    told = f"coalesce(cells.{cell}, '')"
    names = f"list_transform(string_split({told}, ';'), lambda each: trim(each))" if listed else f"[trim({told})]"
    each = may_leave("hit", "targets", "cells.country", sheltered)
    left = f"list_transform(list_filter({names}, lambda each: each <> ''), lambda name: {each})"
    return f"array_to_string(list_sort(list_distinct({left})), '; ')"
