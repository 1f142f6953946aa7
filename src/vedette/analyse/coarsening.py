"""Rows made coarse enough to leave the house: what is told of the sheltered keeps no place finer than its province.

One projection for every format. A column that is not known to be harmless is left empty in a coarsened row, so that a
column added later gives nothing away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vedette.analyse.filters import Unit
from vedette.model.kinds import Harm
from vedette.reference.actors import Actors
from vedette.reference.sheltered import Sheltered
from vedette.store import Snapshot

WITHHELD = "withheld"

# Columns that tell nothing of a place within its province.
HARMLESS = frozenset(
    {"id", "kind", "type", "earliest", "latest", "country", "stance", "attribution", "undirected", "credibility"}
    | {"reader", "score", "code", "target_groups", "dataset", "source", "sources", "claim_ids"}
    | {"machine_coded", "coarsened"}
) | {f"{harm}_{end}" for harm in Harm for end in ("low", "best", "high")}

# The area that an event is kept to. A place that could not be located may still be named: it counts as finer.
_SHOWN = """CASE WHEN precision IN ('province', 'country') THEN place
    WHEN len(path) >= 2 THEN path[2] WHEN len(path) = 1 THEN path[1] ELSE '' END"""
_SHOWN_PRECISION = """CASE WHEN precision IN ('province', 'country') THEN precision
    WHEN len(path) >= 2 THEN 'province' WHEN len(path) = 1 THEN 'country' ELSE 'unknown' END"""
# The finer names, which no other column may hold; one of two letters is in too many words.
_HIDDEN = """list_filter(list_transform(list_concat([place], path[3:]), lambda finer: folded(finer)),
    lambda finer: length(finer) > 2 AND NOT contains(folded(shown), finer))"""

# What data sets call those who belong to nobody: no name of a place or an organisation.
_CROWDS = "Civilians|Protesters|Rioters"

_TELLS = "coalesce(list_bool_or(list_transform(hidden, lambda finer: contains(folded(name), finer))), false)"

# The claims whose sentence has the words: what stands around the words that tell their kind, between two full stops.
# Readers can miss whom it hit: "a girls' school" may be coded as girls.
_TOLD = """
    SELECT id FROM (
        SELECT c.id, a.text AS said, CAST(c.body->>'$.kind.spans[0].start' AS INT) AS told_at FROM claims c
        JOIN (SELECT id, text FROM articles WHERE regexp_matches(lower(strip_accents(text)), $sheltered_told)) a
            ON a.id = c.article_id
    ) WHERE regexp_matches(lower(strip_accents(
        regexp_extract(said[greatest(told_at - 400, 0) + 1:told_at], '[^.!?\n]*$')
        || regexp_extract(said[told_at + 1:told_at + 400], '^[^.!?\n]*')
    )), $sheltered_told)
"""


def _sheltered_ids(unit: Unit) -> str:
    """A SELECT of the ids of the unit's rows that tell of the sheltered.

    A claim tells of them by what is coded or by the words of its sentence. An incident tells of them where it or one of
    its claims does, and each of its claims then counts too.
    """
    held = "SELECT id, unnest(claim_ids) AS claim_id FROM incidents"
    claims = f"SELECT id FROM claims WHERE {_about('undirected')} UNION {_TOLD}"
    incidents = f"""
        SELECT id FROM incidents WHERE {_about("false")}
        UNION SELECT held.id FROM ({held}) held JOIN ({claims}) told ON told.id = held.claim_id
    """
    if unit is Unit.INCIDENTS:
        return incidents
    return f"{claims} UNION SELECT claim_id AS id FROM ({held}) SEMI JOIN ({incidents}) USING (id)"


def keep_sheltered(now: Snapshot, unit: Unit, sheltered: Sheltered, actors: Actors) -> None:
    """Find the ids of the unit's rows that tell of the sheltered, and keep them as the table `sheltered`."""
    parameters = {
        "sheltered": sheltered.pattern,
        "sheltered_acting": sheltered.acting_pattern,
        "sheltered_told": sheltered.told_pattern,
        "sheltered_actors": sheltered.actor_ids(actors),
    }
    now.keep("sheltered", f"SELECT DISTINCT id FROM ({_sheltered_ids(unit)})", parameters)


def marked(rows: str) -> str:
    """A SELECT of the rows with `coarsened` and what the coarsening of each needs."""
    return f"""
        SELECT *, CASE WHEN coarsened THEN {_HIDDEN} ELSE [] END AS hidden FROM (
            SELECT *, id IN (SELECT id FROM sheltered) AS coarsened, {_SHOWN} AS shown,
                {_SHOWN_PRECISION} AS shown_precision
            FROM ({rows})
        )
    """


def coarse(names: Iterable[str], sheltered: Sheltered) -> str:
    """The SELECT list over `marked` rows that leaves of each column what may leave the house."""
    return ", ".join(f'{_coarse(name, sheltered)} AS "{name}"' for name in names)


def parameters(sheltered: Sheltered, actors: Actors) -> dict[str, Any]:
    """What `coarse` is to be run with."""
    patterns = {f"sheltered_{group.name}": group.pattern for group in sheltered.groups}
    return {**patterns, "registered": [actor.id for actor in actors]}


def province_of() -> str:
    """The SQL of the area that an event is kept to, over `place`, `precision` and `path`."""
    return _SHOWN


def may_leave(hit: str, ids: str, country: str, sheltered: Sheltered) -> str:
    """The SQL of what may leave of `name`, a data set's own name for a party; to be run with `parameters`.

    `hit` are the names of those who were hit and `ids` what these are counted under; `hidden` the finer places.
    """
    crowd = f"regexp_full_match(replace(name, ' (' || {country} || ')', ''), '{_CROWDS}')"
    kept = f"NOT list_contains({hit}, name) OR {crowd} OR {_plain_words('name')}"
    known = f"coalesce(list_contains($registered, {ids}[list_position({hit}, name)]), false)"
    return _named(f"({kept} OR {known})", sheltered)


def _about(either_side: str) -> str:
    """True where the targets or the place are sheltered, or who acts is; of a clash that nobody began, either side."""
    acting = _plain("array_to_string(perpetrators, ' | ')")
    # Each pattern stands alone: one that depends on the row would be compiled for every row.
    return f"""(
        regexp_matches({_plain("array_to_string(list_append(targets, place), ' | ')")}, $sheltered)
        OR regexp_matches({acting}, $sheltered_acting) OR ({either_side} AND regexp_matches({acting}, $sheltered))
        OR list_has_any(list_concat(targets, perpetrators), $sheltered_actors)
    )"""


def _plain(text: str) -> str:
    return f"lower(strip_accents({text}))"


def _coarse(name: str, sheltered: Sheltered) -> str:
    if name in HARMLESS:
        return f'"{name}"'
    # Who acts is an organisation, a force or a role; whom it hits may be one village, so only plain words are kept.
    plain = _named(_plain_words("name"), sheltered)
    instead = {
        "place": "shown",
        "precision": "shown_precision",
        "path": "CASE shown_precision WHEN 'province' THEN path[1:1] ELSE [] END",
        "place_id": "CASE WHEN precision = shown_precision THEN place_id ELSE '' END",
        "perpetrators": _each("perpetrators", _named("true", sheltered)),
        "targets": _each("targets", plain),
        "weapons": _each("weapons", plain),
        "said_by": f"{_each('[said_by]', plain)}[1]",
    }.get(name, "NULL")
    return f'CASE WHEN coarsened THEN {instead} ELSE "{name}" END'


def _each(names: str, one: str) -> str:
    told = f"list_filter({names}, lambda name: name IS NOT NULL)"
    return f"list_sort(list_distinct(list_transform({told}, lambda name: {one})))"


def _named(kept: str, sheltered: Sheltered) -> str:
    """What may leave of a name: a registered actor and what is `kept` as told, of the sheltered only their sort."""
    sorts = " ".join(
        f"WHEN regexp_matches({_plain('name')}, $sheltered_{group.name}) THEN '{group.stand_in}'"
        for group in sheltered.groups
    )
    return f"""CASE WHEN list_contains($registered, name) THEN name {sorts}
        WHEN {kept} AND NOT {_TELLS} THEN name ELSE '{WITHHELD}' END"""


def _plain_words(text: str) -> str:
    # A name has a capital, a number or letters of another script, which may have no capitals.
    return f"regexp_full_match({text}, '[a-z '',-]*')"
