"""Claims without the values that their reader is not sure enough of, as SQL."""

from __future__ import annotations

from vedette.model.kinds import Harm

_ENDS = ("low", "best", "high")
# What stands for a value that is left out, in the columns and in the noun.
_NOWHERE = {
    "place": "''", "place_id": "''", "precision": "'unknown'", "country": "''", "path": "CAST([] AS VARCHAR[])",
    "lat": "NULL", "lon": "NULL",
}  # fmt: skip
_NEVER = {"earliest": "NULL", "latest": "NULL"}
_LEFT_OUT = {
    "when": '{"when": {"value": {}, "spans": []}}',
    "place": '{"place": {"value": {}, "spans": []}}',
    "attribution": '{"attribution": {"value": "unknown", "spans": []}}',
    "said_by": '{"said_by": null}',
}
_LISTS = ("perpetrators", "targets", "weapons")


def sure_claims(least: float, *, plain: bool) -> str:
    """The claims whose kind and stance have this score or more, without their other values of less.

    A harm of which one toll is left out has none: a sum without it would be another number. What a data set tells has
    no score and stays; `plain` claims lack their nouns.
    """
    less = " EXCLUDE (told, tolls, body, keys)" if plain else " EXCLUDE (told, tolls)"
    rows = "plain_claims" if plain else "claims"
    told = f"SELECT *, CAST(body AS JSON) AS told FROM memory.main.claims WHERE dataset IS NULL AND score >= {least}"
    held = f"SELECT *, {_tolls(least)} AS tolls FROM ({told}) WHERE {_sure('told', 'stance', least)}"
    columns = _columns(least) | ({} if plain else {"body": _body(least)})
    replaced = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    return (
        f"SELECT *{less} REPLACE ({replaced}) FROM ({held}) "
        f"UNION ALL BY NAME SELECT * FROM memory.main.{rows} WHERE dataset IS NOT NULL"
    )


def _columns(least: float) -> dict[str, str]:
    places = {name: _if("place", least, name, other) for name, other in _NOWHERE.items()}
    days = {name: _if("when", least, name, other) for name, other in _NEVER.items()}
    tolls = {
        f"{harm}_{end}": f"CASE WHEN list_contains({_harms('tolls')}, '{harm}') THEN {harm}_{end} END"
        for harm in Harm
        for end in _ENDS
    }
    return {
        **days,
        **places,
        **{name: f"list_distinct(list_transform({_kept(name, least)}, lambda x: {_name(name)}))" for name in _LISTS},
        **tolls,
        "attribution": f"CASE WHEN {_attributed(least)} THEN attribution ELSE 'unknown' END",
        "said_by": _if("said_by", least, "said_by", "NULL"),
    }


def _body(least: float) -> str:
    """The noun as JSON: what is left out is taken away whole before something stands for it."""
    patches = [
        f"CASE WHEN {_attributed(least) if name == 'attribution' else _sure('told', name, least)} "
        f"THEN '{{}}' ELSE '{patch}' END"
        for name, empty in _LEFT_OUT.items()
        for patch in ((f'{{"{name}": {{"value": null}}}}', empty) if name != "said_by" else (empty,))
    ]
    lists = ", ".join(f"'{name}', {_kept(name, least)}" for name in _LISTS)
    return f"CAST(json_merge_patch(told, {', '.join(patches)}, json_object({lists}, 'tolls', tolls)) AS VARCHAR)"


def _attributed(least: float) -> str:
    """True where somebody is left to whom the deed is laid, and it is sure how."""
    return f"{_sure('told', 'attribution', least)} AND len({_kept('perpetrators', least)}) > 0"


def _if(name: str, least: float, sql: str, other: str) -> str:
    return f"CASE WHEN {_sure('told', name, least)} THEN {sql} ELSE {other} END"


def _sure(of: str, name: str, least: float) -> str:
    path = f"$.{name}.score" if name else "$.score"
    return f"coalesce(CAST(json_extract_string({of}, '{path}') AS DOUBLE) >= {least}, false)"


def _all(name: str) -> str:
    return f"coalesce(CAST(json_extract(told, '$.{name}') AS JSON[]), CAST([] AS JSON[]))"


def _kept(name: str, least: float) -> str:
    return f"list_filter({_all(name)}, lambda x: {_sure('x', '', least)})"


def _tolls(least: float) -> str:
    unsure = _harms(f"list_filter({_all('tolls')}, lambda x: NOT {_sure('x', '', least)})")
    return f"list_filter({_all('tolls')}, lambda y: NOT list_contains({unsure}, {_harm('y')}))"


def _harms(tolls: str) -> str:
    return f"list_transform({tolls}, lambda z: {_harm('z')})"


def _harm(toll: str) -> str:
    return f"json_extract_string({toll}, '$.value.harm')"


def _name(of: str) -> str:
    """What a value of a list is counted under."""
    if of == "weapons":
        return "json_extract_string(x, '$.value')"
    return "coalesce(nullif(json_extract_string(x, '$.value.id'), ''), json_extract_string(x, '$.value.name'))"
