"""What a question may be divided by: the raw columns to group on, and the name that each group gets afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase

from vedette.analyse.facts import Facts
from vedette.analyse.filters import Unit
from vedette.analyse.periods import FORMS, name_in_sql, number_in_sql
from vedette.analyse.target_groups import groups_by_name, groups_by_word
from vedette.model.errors import UsageError
from vedette.model.kinds import EventKind
from vedette.model.text import quoted

UNTOLD = "not told"
ARTICLES = "articles"  # beside the data sets' names: what was read here


@dataclass(frozen=True, slots=True)
class Field:
    """Cheap raw keys over a row, and over them, as `{0}`, `{1}` …, the text that names the group.

    Millions of rows are grouped by their keys as they lie in the file; only the few groups are formatted. Where a
    field `unfolds` its key is a list: a row counts once under each of its values, or under none told.
    """

    keys: tuple[str, ...]
    name: str = f"coalesce(nullif({{0}}, ''), '{UNTOLD}')"
    unfolds: bool = False
    timed: bool = False


_ALIASES = {"perpetrator": "actor", "admin1": "province", "admin2": "district"}
BY_PERPETRATOR = frozenset({"actor", "perpetrator"})
BY_TARGET = frozenset({"target", "target_group"})
BY_PARTY = BY_PERPETRATOR | {"target"}

_OF_EITHER = (
    *("kind", "type", "sub_kind", "actor", "perpetrator", "target", "target_group", "source", "dataset"),
    *("place", "district", "admin2", "province", "admin1", "country"),
    *FORMS,
)
_OF_INCIDENTS = ("credibility",)
_OF_CLAIMS = ("stance", "attribution")


def fields_of(unit: Unit) -> tuple[str, ...]:
    """The fields that `--by` takes."""
    return (*_OF_EITHER, *(_OF_INCIDENTS if unit is Unit.INCIDENTS else _OF_CLAIMS))


def named_fields(by: Sequence[str], unit: Unit, facts: Facts) -> dict[str, Field]:
    """The fields of these names, each once; a name may be written with hyphens."""
    known = fields_of(unit)
    names = {asked: asked.strip().replace("-", "_") for asked in by}
    unknown = [asked for asked, name in names.items() if name not in known]
    if unknown:
        raise UsageError(f"--by {unknown[0]}", f"takes {', '.join(name.replace('_', '-') for name in known)}")
    return {name: _field(_ALIASES.get(name, name), unit, facts) for name in names.values()}


def _field(name: str, unit: Unit, facts: Facts) -> Field:
    special = {"sub_kind": _sub_kind, "source": _source, "dataset": _dataset}
    parties = {"actor": "perpetrators", "target": "targets"}
    if name in FORMS:
        return _period(name)
    if name in special:
        return special[name](unit, facts)
    if name in parties:
        return Field((parties[name],), unfolds=True)
    if name == "target_group":
        return Field((_groups_of_row() if facts.ungrouped else "target_groups",), unfolds=True)
    if name in {"place", "district", "province", "country"}:
        return _area(name, facts)
    return Field((f"CAST({name} AS VARCHAR)" if name == "credibility" else name,))


def _period(every: str) -> Field:
    start, end = name_in_sql(every, "{0}"), name_in_sql(every, "{1}")
    # Where an end is open, so is the comparison, and what is put together of both.
    spanning = f"CASE WHEN {start} = {end} THEN {start} ELSE {start} || ' to ' || {end} END"
    keys = (number_in_sql(every, "earliest"), number_in_sql(every, "latest"))
    return Field(keys, f"coalesce({spanning}, '{UNTOLD}')", timed=True)


_NAMED = "CASE WHEN len(path) >= {depth} THEN path[{depth}] WHEN precision = '{precision}' THEN place END"
_CALLED = "coalesce((SELECT any_value(called) FROM country_names WHERE code = {0}), nullif({0}, ''))"


def _area(name: str, facts: Facts) -> Field:
    if name == "place":
        within = "array_to_string(list_reverse(list_append({1}, {0})), ', ')"
        return Field(("place", "path"), f"CASE WHEN {{0}} <> '' THEN {within} ELSE '{UNTOLD}' END")
    # The code is read faster than the name, and one country may have several names; what has no code has its name.
    named = _NAMED.format(depth=1, precision="country")
    country = f"CASE WHEN country <> '' THEN country ELSE {named} END" if facts.uncoded else "country"
    if name == "country":
        return Field((country,), f"coalesce({_CALLED}, '{UNTOLD}')")
    province = _NAMED.format(depth=2, precision="province")
    if name == "province":
        return Field((country, province), f"coalesce(nullif({{1}}, '') || ', ' || {_CALLED}, '{UNTOLD}')")
    district = _NAMED.format(depth=3, precision="district")
    within = f"nullif({{2}}, '') || coalesce(', ' || nullif({{1}}, ''), '') || ', ' || {_CALLED}"
    return Field((country, province, district), f"coalesce({within}, '{UNTOLD}')")


def _sub_kind(unit: Unit, _: Facts) -> Field:
    # Two data sets may use one code for two things, so a code stands after its data set's name.
    source = "source" if unit is Unit.CLAIMS else "sources[1]"
    ours = ", ".join(f"'{kind}'" for kind in EventKind)
    own = f"CASE WHEN {{0}} IS NULL OR {{1}} IN ({ours}) THEN {{1}} ELSE {{0}} || ': ' || {{1}} END"
    return Field((f"CASE WHEN code <> '' THEN {source} END", "CASE WHEN code <> '' THEN code ELSE kind END"), own)


def _source(unit: Unit, facts: Facts) -> Field:
    if unit is Unit.INCIDENTS:
        return Field(("sources",), unfolds=True)
    if not facts.read:
        return Field(("source",))
    told = "SELECT any_value(a.source) FROM articles a WHERE a.id = {1}"
    return Field(("source", "CASE WHEN source IS NULL THEN article_id END"), f"coalesce({{0}}, ({told}), '{UNTOLD}')")


def _dataset(unit: Unit, facts: Facts) -> Field:
    if unit is Unit.CLAIMS:
        return Field(("dataset",), f"coalesce({{0}}, '{ARTICLES}')")
    return Field((f"list_distinct(list_transform(sources, lambda each: {dataset_of('each', facts)}))",), unfolds=True)


def dataset_of(source: str, facts: Facts) -> str:
    """SQL for the data set of a source, told by its name; what is no data set is `articles`."""
    cases = " ".join(f"WHEN {quoted(name)} THEN {quoted(dataset)}" for name, dataset in facts.datasets.items())
    return f"CASE {source} {cases} ELSE '{ARTICLES}' END" if cases else f"'{ARTICLES}'"


# The group of a target: of its id, else of the last two words or the last word of what it is called.
_GROUP = """coalesce(
    {ids}[target], {words}[array_to_string(string_split(lower(target), ' ')[-2:], ' ')],
    {words}[string_split(lower(target), ' ')[-1]], '{untold}')"""


def _groups_of_row() -> str:
    group = _GROUP.format(ids=_map(groups_by_name()), words=_map(groups_by_word()), untold=UNTOLD)
    told = f"list_distinct(list_transform(targets, lambda target: {group}))"
    return f"CASE WHEN target_groups IS NOT NULL THEN target_groups ELSE {told} END"


@cache
def country_names() -> dict[str, str]:
    """Each country's name by its ISO 3166-1 alpha-2 code."""
    from vedette.reference.gazetteer import load_gazetteer

    country = load_gazetteer().country
    codes = (first + second for first in ascii_uppercase for second in ascii_uppercase)
    return {code: place.name for code in codes if (place := country(code))}


def look_ups(sql: str) -> list[str]:
    """The tables and maps that a query uses beside the record's own, as the start of its WITH clause."""
    tables = []
    if "country_names" in sql:
        rows = ", ".join(f"({quoted(code)}, {quoted(name)})" for code, name in country_names().items())
        tables.append(f"country_names(code, called) AS (VALUES {rows})")
    return tables


def _map(entries: Mapping[str, str]) -> str:
    return "MAP {" + ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in entries.items()) + "}"
