"""Counts of incidents or claims, never of reports: groups, their shares of the whole, and the range of every toll."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from vedette.analyse.compare import Comparison, Rates, Then, period_before, rates
from vedette.analyse.facts import facts_of
from vedette.analyse.fields import BY_PERPETRATOR, BY_TARGET, fields_of, named_fields
from vedette.analyse.filters import Filters, Unit
from vedette.analyse.grouping import Question, added_up, toll_sums, with_clause
from vedette.analyse.intervals import LEVEL, Share, share_of
from vedette.analyse.mixes import Mixes, mixes
from vedette.analyse.unknown import unknown
from vedette.model.errors import UsageError
from vedette.model.kinds import Harm
from vedette.model.values import Tally, When
from vedette.store import Rows, Snapshot

__all__ = ["Asked", "Count", "Counted", "Rest", "count", "fields_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of an answer is wanted: the largest groups, the level of intervals, a period to compare with."""

    limit: int | None = None
    level: float = LEVEL
    compare: str = ""

    def __post_init__(self) -> None:
        if not 0.5 <= self.level < 1:
            raise UsageError(f"--level {self.level:g}", "lies between 0.5 and 1: 0.95 is an interval of 95%")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents or claims one group holds, and its share of the whole, those not told included.

    `tolls` are the sums of what is told, open where any is; `told` is how many tell each of them. `unsure` of the
    count may lie outside the period.
    """

    group: dict[str, str]
    count: int
    tolls: dict[Harm, Tally]
    told: dict[Harm, int] = field(default_factory=dict)
    unsure: int = 0
    share: Share | None = None
    then: Then | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """The groups that are not listed, and how many they hold: one in several of them is counted in each."""

    groups: int
    count: int


@dataclass(frozen=True, slots=True)
class Count:
    """The groups, largest first or in order of time, and the whole; `unsure` of it may lie outside the period.

    Where groups are `overlapping` an event may count in several. `undirected` of the whole tell two sides and not which
    of them began, so that both count as perpetrators and neither as target; `None` where it makes no difference, which
    it does by perpetrator and for one actor's targets. Where nothing answers, `unknown` says what of the question the
    record does not know.
    """

    unit: Unit
    by: tuple[str, ...]
    groups: tuple[Counted, ...]
    whole: Counted
    unsure: int
    level: float = LEVEL
    overlapping: bool = False
    rest: Rest | None = None
    undirected: int | None = None
    mixes: Mixes = field(default_factory=Mixes)
    compared: Comparison | None = None
    unknown: tuple[str, ...] = ()


def count(
    now: Snapshot,
    filters: Filters,
    by: Sequence[str] = (),
    unit: Unit = Unit.INCIDENTS,
    asked: Asked = Asked(),
) -> Count:
    """How many there are, in all and by each combination of the fields' values, with Wilson intervals of the shares.

    Tolls of claims are those of the claims that assert; an event that is told twice adds its toll twice.
    """
    question = Question.of(now, filters, unit, named_fields(by, unit, facts_of(now, unit)))
    then = period_before(filters, asked.compare) if asked.compare else None
    counted = _counted(now, question, filters, asked if then is None else replace(asked, limit=None))
    why = () if counted.whole.count else unknown(now, filters, unit)
    answer = replace(counted, mixes=mixes(now, question, counted.whole.count), unknown=why)
    return answer if then is None else _compared(now, question, filters, then, answer, asked)


def _counted(now: Snapshot, question: Question, filters: Filters, asked: Asked) -> Count:
    sums = _sums(question, filters)
    if question.unfolds:
        # One with two targets counts twice in the groups and once in the whole, which is so counted by itself.
        (whole,) = now.rows(_query(replace(question, fields={}), sums, None), question.parameters)
        rows = now.rows(_query(question, sums, asked.limit), question.parameters)
    else:
        rows = now.rows(_query(question, sums, asked.limit), question.parameters)
        (whole,) = _part(rows, "whole")
    fields, harms, n = question.fields, question.facts.harms, whole["n"] or 0
    groups = tuple(map(partial(_Reader.of(fields, harms, asked.level).group, whole=n), _part(rows, "group")))
    named = next(iter(_part(rows, "named")), {"groups": 0, "n": 0})
    left = Rest(named["groups"] - len(groups), (named["n"] or 0) - sum(each.count for each in groups))
    return Count(
        question.unit,
        tuple(fields),
        groups,
        replace(_Reader.of((), harms, asked.level).group(whole, n), share=None),
        whole.get("unsure") or 0,
        asked.level,
        question.unfolds,
        left if left.groups else None,
        (whole["undirected"] or 0) if "undirected" in sums else None,
    )


def _part(rows: Rows, name: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["part"] == name]


def _sums(question: Question, filters: Filters) -> dict[str, str]:
    sums = {"n": "count(*)"}
    if filters.start or filters.end:
        sums["unsure"] = f"count(*) FILTER (NOT {filters.surely_in_period()})"
    of_actor = BY_TARGET if filters.actor else frozenset()
    if (BY_PERPETRATOR | of_actor) & set(question.fields):
        sums["undirected"] = "count(*) FILTER (undirected AND len(perpetrators) > 1)"
    return sums | toll_sums(question.facts.harms)


def _query(question: Question, sums: Mapping[str, str], limit: int | None) -> str:
    """The groups in order, as parts of one answer beside the whole and how many groups there are."""
    raw = question.by_raw_keys(sums)
    whole = f"SELECT 'whole' AS part, {added_up(sums)} FROM raw"
    if not question.fields:
        return f"{with_clause({'raw': raw})} {whole}"
    timed = next(iter(question.fields.values())).timed
    order = question.names if timed else f"n DESC, {question.names}"
    named = f"SELECT {question.names}, {added_up(sums)} FROM ({question.named()}) GROUP BY {question.names}"
    # The largest are wanted, also where they are then listed in order of time.
    largest = "" if limit is None else f" ORDER BY n DESC, {question.names} LIMIT {int(limit)}"
    parts = [
        f"(SELECT 'group' AS part, * FROM named{largest})",
        "SELECT 'named' AS part, count(*) AS groups, CAST(sum(n) AS BIGINT) AS n FROM named",
        *([] if question.unfolds else [whole]),
    ]
    together = " UNION ALL BY NAME ".join(parts)
    return f"{with_clause({'raw': raw, 'named': named})} SELECT * FROM ({together}) ORDER BY part, {order}"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes groups of rows: there may be hundreds of thousands, so that columns are named once."""

    by: tuple[tuple[str, str], ...]
    tolls: tuple[tuple[Harm, str, str, str, str, str, str], ...]
    level: float

    @classmethod
    def of(cls, fields: Iterable[str], harms: Sequence[Harm], level: float) -> _Reader:
        columns = ("low", "best", "high", "told", "closed", "figured")
        tolls = tuple((harm, *(f"{harm}_{column}" for column in columns)) for harm in harms)
        return cls(tuple((name, f"by_{name}") for name in fields), tolls, level)  # type: ignore[arg-type]

    def group(self, row: Mapping[str, Any], whole: int) -> Counted:
        tolls, told = {}, {}
        for harm, low, best, high, tell, closed, figured in self.tolls:
            if row[tell]:
                # A sum is open at its high end as soon as one of its parts is.
                end = row[high] if row[tell] == row[closed] else None
                # Low ends added up are no best figure where nobody tells one.
                tolls[harm] = Tally(row[low], row[best] if row[figured] else None, end)
                told[harm] = row[tell]
        number = row["n"] or 0
        group = {name: row[column] for name, column in self.by}
        return Counted(group, number, tolls, told, row.get("unsure") or 0, share_of(number, whole, self.level))


def _compared(now: Snapshot, question: Question, filters: Filters, then: When, answer: Count, asked: Asked) -> Count:
    """The same with each group's count then; a group that only then had any is listed with a count of 0."""
    known = rates(now, question, filters, then, asked.level)
    before = replace(filters, start=then.earliest, end=then.latest)
    past = _counted(now, question.narrowed(now, before), before, replace(asked, limit=None))
    earlier = {_key(each): each for each in past.groups}
    present = set(map(_key, answer.groups))
    none = share_of(0, answer.whole.count, asked.level)
    gone = [Counted(each.group, 0, {}, share=none) for key, each in earlier.items() if key not in present]
    groups = [
        _beside(each, earlier.get(_key(each), Counted(each.group, 0, {})), past.whole.count, known)
        for each in (*answer.groups, *gone)
    ]
    shown = groups[: asked.limit]
    left = Rest(len(groups) - len(shown), sum(each.count for each in groups[len(shown) :]))
    whole = _beside(answer.whole, past.whole, 0, known)
    rest = left if left.groups else None
    return replace(answer, groups=tuple(shown), whole=whole, rest=rest, compared=known.comparison)


def _key(each: Counted) -> tuple[str, ...]:
    return tuple(each.group.values())


def _beside(each: Counted, past: Counted, whole_then: int, known: Rates) -> Counted:
    sure_now, sure_then, ratio = known.of(_key(each))
    share = share_of(past.count, whole_then, known.level)
    return replace(each, then=Then(past.count, past.unsure, share, sure_now, sure_then, ratio))
