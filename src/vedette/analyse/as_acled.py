"""Rows of the record that are not ACLED's, in ACLED's columns and codes: SQL over the `told` rows of code_books."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vedette.model.kinds import EventKind, EventType
from vedette.model.text import quoted
from vedette.reference.crosswalks import crosswalk
from vedette.reference.exports import Format
from vedette.reference.kinds import kind_name, type_name

MARK = "machine coded by Vedette"

# The day that stands for a range, and how wide the range is: 1 the day, 2 within a week, 3 within one calendar month.
_WIDTH = """CASE WHEN earliest = latest THEN '1' WHEN latest - earliest BETWEEN 1 AND 6 THEN '2'
    WHEN date_trunc('month', earliest) = date_trunc('month', latest) AND earliest < latest THEN '3' END"""
_DAY = "(earliest + CAST(floor((latest - earliest) / 2) AS INTEGER))"
# An area has no coordinates: 2 is a part of a region, 3 a region or more.
_GEO = "CASE WHEN precision IN ('site', 'settlement') THEN '1' WHEN precision = 'district' THEN '2' ELSE '3' END"


def reasons() -> dict[str, str]:
    """Why rows cannot be told in ACLED's codes, each with its SQL condition; the first that holds counts."""
    return {
        "they are denied, doubted or only threatened": "stance <> 'asserts'",
        "their kind is not known": f"kind = '{EventKind.UNKNOWN}'",
        "ACLED has no code for their kind": f"kind = '{EventKind.NO_COUNTERPART}'",
        "their day is not known within a calendar month": f"({_WIDTH}) IS NULL",
        "their country is not known": "coalesce(land, '') = ''",
    }


def cells(of: Format, schema: str, date_form: str) -> Mapping[str, str]:
    """The SQL of each column, by the names of the mapping; a column that is not here stays empty."""
    return {
        "event_id_cnty": "'VDT' || id",
        "event_date": f"strftime({_DAY}, {quoted(date_form)})",
        "year": f"year({_DAY})",
        "time_precision": _WIDTH,
        **_kinds(of, schema),
        **_parties(of.inter_words if of.schemas[schema].worded else {}),
        **_places(),
        "source": "sources",
        "notes": "remark",
        # ACLED takes the lowest of several counts, and none for what nobody has counted.
        "fatalities": "coalesce(least(killed_low, killed_best), 0)",
        "tags": f"CASE WHEN machine_coded THEN '{MARK}' ELSE 'mapped by Vedette' END",
    }


def _kinds(of: Format, schema: str) -> dict[str, str]:
    if schema in of.old_types.schemas:
        return {"event_type": _by_kind(lambda kind: _old_type(kind, of.old_types.codes))}
    return {
        "disorder_type": _by_kind(
            lambda kind: of.disorder.get(kind) or of.disorder.get(kind.type, "Political violence")
        ),
        "event_type": _by_kind(lambda kind: type_name(kind.type)),
        "sub_event_type": _by_kind(kind_name),
    }


def _old_type(kind: EventKind, codes: tuple[str, ...]) -> str:
    """The event type of earlier generations that holds a kind; of two the one that means it alone."""
    holding = [code for code in codes if kind in {pair.kind for pair in crosswalk("acled").pairs_of(code)}]
    return min(holding, key=lambda code: len(crosswalk("acled").pairs_of(code)), default="")


def _by_kind(called: Callable[[EventKind], str]) -> str:
    told = [kind for kind in EventKind if kind.type not in {EventType.UNKNOWN, EventType.NONE}]
    return f"CASE kind {' '.join(f'WHEN {quoted(kind)} THEN {quoted(called(kind))}' for kind in told)} END"


def _parties(words: Mapping[str, str]) -> dict[str, str]:
    """The actors and their groups, in the words given or, where there are none, as numbers."""
    nobody = "coalesce(two.actor, '') = ''"
    at_civilians = f"""type = '{EventType.CIVILIANS}' OR kind = '{EventKind.EXCESSIVE_FORCE_AGAINST_PROTESTERS}'
        OR (type = '{EventType.EXPLOSIONS}' AND two.inter = '7')"""
    return {
        "actor1": "one.actor",
        "assoc_actor_1": "one.others",
        "actor2": "two.actor",
        "assoc_actor_2": "two.others",
        **_inter("one.inter", "two.inter", nobody, words),
        "civilian_targeting": f"CASE WHEN {at_civilians} THEN 'Civilian targeting' END",
    }


def _inter(one: str, two: str, nobody: str, words: Mapping[str, str]) -> dict[str, str]:
    """The columns of the groups, given the SQL of their numbers and of whether nobody is on the second side."""
    first = f"CASE WHEN {two} = '' THEN {one} ELSE least({one}, {two}) END"
    told = f"{one} <> '' AND ({nobody} OR {two} <> '')"
    with_another, alone = ("'-'", "' only'") if words else ("''", "'0'")
    second = f"CASE WHEN {nobody} THEN {alone} ELSE {with_another} || {_worded(f'greatest({one}, {two})', words)} END"
    return {
        "inter1": _worded(one, words),
        "inter2": f"CASE WHEN {nobody} THEN '{'' if words else '0'}' ELSE {_worded(two, words)} END",
        "interaction": f"CASE WHEN {told} THEN {_worded(f'({first})', words)} || {second} END",
    }


def own_cells(of: Format, schema: str) -> Mapping[str, str]:
    """The SQL of the actors' columns over `own`, a row of ACLED's; groups as the generation has them."""
    numbers = {word: number for number, word in of.inter_words.items()} | {each: each for each in of.inter_words}
    nobody = "own.inter2 IN ('', '0')"
    both = (
        f"({_number('own.inter1', numbers)} IS NOT NULL AND ({nobody} OR {_number('own.inter2', numbers)} IS NOT NULL))"
    )
    one, two = (f"coalesce({_number(f'own.{inter}', numbers)}, '')" for inter in ("inter1", "inter2"))
    groups = _inter(one, two, nobody, of.inter_words if of.schemas[schema].worded else {})
    names = ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")
    return {
        **{name: f"own.{name}" for name in names},
        **{name: f"CASE WHEN {both} THEN {sql} END" for name, sql in groups.items()},
    }


def _number(cell: str, numbers: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN {quoted(word)} THEN {quoted(number)}" for word, number in numbers.items())
    return f"(CASE {cell} {cases} END)"


def _worded(code: str, words: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN '{number}' THEN {quoted(word)}" for number, word in words.items())
    return f"(CASE {code} {cases} ELSE '' END)" if cases else code


def _places() -> dict[str, str]:
    return {
        "iso": "lands.iso",
        "iso3": "lands.iso3",
        "gwno": "lands.gwno",
        "region": "lands.acled_region",
        "country": "coalesce(lands.acled_name, land)",
        "admin1": "admin1",
        "admin2": "admin2",
        "admin3": "admin3",
        "location": "coalesce(nullif(place, ''), lands.acled_name, land)",
        "latitude": "lat",
        "longitude": "lon",
        "geo_precision": _GEO,
    }
