"""The columns that counts show: groups with their shares, tolls, and what they were in another period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from vedette.cli import words
from vedette.cli.render import Listing
from vedette.model.kinds import Harm
from vedette.store import Rows

if TYPE_CHECKING:
    from vedette.analyse import Count, Counted
    from vedette.analyse.intervals import Ratio, Share

_Row = TypeVar("_Row")
_PARTIES = frozenset({"actor", "perpetrator", "target"})


def count_listing(counted: Count) -> Listing:
    """A count's groups, or the whole where it has none; actors by their names in the registry."""
    groups = counted.groups if counted.by else (counted.whole,)
    columns: list[tuple[str, Callable[[Counted], str]]] = field_columns(counted.by, lambda each: each.group)
    columns.append((str(counted.unit), lambda each: f"{each.count:,}"))
    if counted.by:
        columns.append(("share", lambda each: share(each.share)))
    columns += [
        (str(harm), lambda each, harm=harm: words.tally(each.tolls.get(harm)))  # type: ignore[misc]
        for harm in Harm
        if harm in counted.whole.tolls
    ]
    if counted.compared:
        columns += _beside(shares=bool(counted.by))
    return Listing(groups, lambda: _rows(groups, counted), columns, f"no {counted.unit}")


def field_columns(
    by: Sequence[str], group_of: Callable[[_Row], Mapping[str, str]]
) -> list[tuple[str, Callable[[_Row], str]]]:
    """A column for each field that was counted by."""

    def shows(field: str) -> Callable[[_Row], str]:
        return lambda row: _shown(field, group_of(row)[field])

    return [(field, shows(field)) for field in by]


def _beside(*, shares: bool) -> list[tuple[str, Callable[[Counted], str]]]:
    then: list[tuple[str, Callable[[Counted], str]]] = [
        ("then", lambda each: f"{each.then.count:,}" if each.then else ""),
        ("share then", lambda each: share(each.then.share) if each.then else ""),
        ("rate ratio", lambda each: ratio(each.then.ratio) if each.then else ""),
    ]
    return then if shares else [then[0], then[2]]


def _shown(field: str, value: str) -> str:
    if field in _PARTIES:
        from vedette.reference.actors import load_actors

        known = load_actors().get(value)
        return words.plain(known.name if known else value)
    if field == "target_group":
        from vedette.reference.actor_groups import group_name

        return words.plain(group_name(value))
    if field == "sub_kind":
        return words.plain(words.sub_kind(value))
    return words.plain(words.kind(value) if field in {"kind", "type"} else value)


def share(value: Share | None) -> str:
    """`85% (72–93)`: the share and its interval in per cent, with as many places as the interval can bear."""
    if value is None:
        return ""
    places = 0 if value.high - value.low > 0.02 else 1 if value.high - value.low > 0.002 else 2
    return f"{value.value:.{places}%} ({100 * value.low:.{places}f}–{100 * value.high:.{places}f})"


def ratio(value: Ratio) -> str:
    """`2.0 (1.1–3.6)`; an open end is `…`, and what there is no number for is said."""
    if value.value is None and value.high is None and value.low == 0:
        return "not told"
    high = "…" if value.high is None else _number(value.high)
    interval = f"({_number(value.low)}–{high})"
    return interval if value.value is None else f"{_number(value.value)} {interval}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _rows(groups: Sequence[Counted], counted: Count) -> Rows:
    # The whole has the columns of any group, also where there is none.
    names = _row(replace(counted.whole, group=dict.fromkeys(counted.by, "")), counted)
    return Rows(list(names), (tuple(_row(each, counted).values()) for each in groups))


def _row(each: Counted, counted: Count) -> dict[str, Any]:
    row: dict[str, Any] = {**each.group, str(counted.unit): each.count}
    for harm in Harm:
        tally = each.tolls.get(harm)
        for end in ("low", "best", "high"):
            row[f"{harm}_{end}"] = getattr(tally, end) if tally else None
    row |= {f"{harm}_told": each.told.get(harm, 0) for harm in Harm}
    row |= {"unsure": each.unsure, **_share_columns("share", each.share)}
    if each.then:
        row |= {
            "then": each.then.count,
            "then_unsure": each.then.unsure,
            **_share_columns("then_share", each.then.share),
        }
        row |= {"sure_now": each.then.sure_now, "sure_then": each.then.sure_then, **_ratio_columns(each.then.ratio)}
    return row


def _share_columns(name: str, value: Share | None) -> dict[str, Any]:
    ends = (None, None, None) if value is None else (value.value, value.low, value.high)
    return dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))


def _ratio_columns(value: Ratio) -> dict[str, Any]:
    return {
        "ratio": value.value,
        "ratio_low": value.low,
        "ratio_high": value.high,
        "dispersion": value.dispersion,
    }
