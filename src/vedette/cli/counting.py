"""Commands that count: count, trend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.ask import Counting, UnitOption, at, judged, say_count
from vedette.cli.options import FILTERS, AsOfOption, CaseOption, Format, FormatOption, taking
from vedette.cli.record import open_case
from vedette.cli.sureness import filters_on

if TYPE_CHECKING:
    from vedette.analyse import Count, Trend
    from vedette.analyse.coverage import Coverage
    from vedette.analyse.mixes import Mixes


class Every(StrEnum):
    """How long each period of a series is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


# Name in the function, then the option.
COUNTING: dict[str, tuple[Any, Any]] = {
    "by": (
        Annotated[
            str,
            typer.Option(
                "--by",
                metavar="FIELD,…",
                help="kind, type, sub-kind, perpetrator, target, target-group, country, province, district, place, "
                "source, dataset, day, week, month, quarter, year; credibility of incidents; stance, attribution of "
                "claims.",
            ),
        ],
        "",
    ),
    "unit": (UnitOption, Counting.INCIDENTS),
    "limit": (
        Annotated[
            int | None,
            typer.Option("--limit", "-n", min=1, help="At most this many groups, the largest; the rest are told."),
        ],
        None,
    ),
    "level": (Annotated[float, typer.Option("--level", help="How sure intervals are: 0.95 is 95%.")], 0.95),
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog='Example: vedette count --actor "Islamic State" --from 2021-09-15 --to 2021-10-15 --by target '
        "--compare year-before"
    )(count)
    app.command(epilog="Example: vedette trend --every week --by province --country Afghanistan")(trend)


@taking("asked", {**FILTERS, **COUNTING})
def count(
    asked: dict[str, Any],
    compare: Annotated[
        str,
        typer.Option(
            "--compare", metavar="PERIOD", help="Rates beside those of year-before, before, or another FROM..TO."
        ),
    ] = "",
    case: CaseOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Count incidents: shares, the range of their tolls, and how much more or less than in another period."""
    from vedette.analyse import Asked, Unit
    from vedette.analyse import count as counted
    from vedette.cli.counts import count_listing
    from vedette.cli.render import show_listing, show_noun

    with open_case(case) as opened, at(opened, as_of) as now:
        filters = filters_on(now, asked, judged(opened, as_of))
        wanted = Asked(asked["limit"], asked["level"], compare)
        answer = counted(now, filters, _fields(asked["by"]), Unit(asked["unit"]), wanted)
    _say_unknown(answer.unknown, as_of)
    if form is Format.JSON:
        show_noun(answer, form)
        return
    show_listing(count_listing(answer), form)
    if form is Format.TABLE:
        _say_doubts(answer)


@taking("asked", {**FILTERS, **COUNTING})
def trend(
    asked: dict[str, Any],
    every: Annotated[Every, typer.Option("--every", help="How long a period is; weeks begin on Monday.")] = Every.WEEK,
    case: CaseOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show counts as a series, with intervals and the days on which their level changed."""
    from vedette.analyse import Asked, Unit
    from vedette.analyse import trend as followed
    from vedette.cli.render import show_listing, show_noun
    from vedette.cli.series import change_listing, period_listing

    with open_case(case) as opened, at(opened, as_of) as now:
        filters = filters_on(now, asked, judged(opened, as_of))
        wanted = Asked(asked["limit"], asked["level"])
        answer = followed(now, filters, str(every), _fields(asked["by"]), Unit(asked["unit"]), wanted)
    _say_unknown(answer.unknown, as_of)
    if form is Format.JSON:
        show_noun(answer, form)
        return
    show_listing(period_listing(answer, form), form)
    if form is Format.TABLE:
        if any(series.changes for series in answer.series):
            show_listing(change_listing(answer), form)
        _say_series(answer)


def _say_unknown(sentences: Sequence[str], as_of: datetime | None) -> None:
    from vedette.cli.terminal import say

    for sentence in sentences:
        say(sentence)
    if sentences and as_of:
        say(f"that is the record as it stood on {as_of:%Y-%m-%d}: --as-of asks when things were recorded")


def _fields(by: str) -> list[str]:
    return list(dict.fromkeys(field.strip() for field in by.split(",") if field.strip()))


def _say_doubts(answer: Count) -> None:
    from vedette.cli.terminal import say

    say_count(answer)
    whole = answer.whole
    told = ", ".join(f"{harm} of {number:,}" for harm, number in whole.told.items())
    if any(number < whole.count for number in whole.told.values()):
        say(f"tolls are told, {told}; where none is told none is added")
    if answer.overlapping:
        say("one with several parties or sources counts once under each, so that shares add up to more than 100%")
    elif answer.by:
        say("shares are of all, those not told included")
    if answer.undirected:
        say(f"{_tell_two_sides(answer.undirected)}: both count as perpetrators, neither as target")
    if answer.rest:
        say(f"{answer.rest.groups:,} more groups hold {answer.rest.count:,}; --limit takes a larger number")
    _say_mixes(answer.mixes, str(answer.unit))
    _say_comparison(answer)


def _tell_two_sides(number: int) -> str:
    from vedette.cli.words import one_or

    return f"{number:,} {one_or(number, 'tells', 'tell')} two sides and not which attacked"


def _say_mixes(mixed: Mixes, unit: str) -> None:
    from vedette.cli.terminal import say
    from vedette.cli.words import plural

    parts = ", ".join(f"{number:,} {name}" for name, number in mixed.parts.items())
    if unit == "claims" and mixed.sources > 1:
        sources = plural(mixed.sources, "source")
        say(f"claims of {sources} ({parts}): an event that several of them tell is counted several times")
    elif unit == "incidents" and mixed.datasets and len(mixed.parts) > 1:
        say(f"each incident counts once, whoever tells it ({parts}); what is not matched yet counts apart")


def _say_comparison(answer: Count) -> None:
    from vedette.cli import words
    from vedette.cli.terminal import say

    compared, then = answer.compared, answer.whole.then
    if compared is None or then is None:
        return
    for name, window in (("now", compared.now), ("then", compared.then)):
        length = (window.latest - window.earliest).days + 1
        short = "" if window.days == length else f", of which the record covers {window.days:,}"
        say(f"{name} is {window.earliest} to {window.latest}, {words.plural(length, 'day')}{short}")
    if compared.then.days == 0 or compared.now.days == 0:
        say("no ratio: no day of one of the periods is covered by all that the answer rests on")
    _say_short(compared.covered)
    if then.unsure:
        say(f"{then.unsure:,} of those then may lie outside their period")
    if compared.then.days == 0 or compared.now.days == 0:
        return
    if answer.unsure or then.unsure:
        say(f"ratios rest on what surely lies in its period: {then.sure_now:,} now, {then.sure_then:,} then")
    _say_method(answer)


def _say_method(answer: Count) -> None:
    from vedette.cli.terminal import say

    assert answer.compared is not None and answer.whole.then is not None  # noqa: S101, PT018
    dispersion, size = answer.whole.then.ratio.dispersion, answer.compared.bin_days
    bins = {1: "days", 7: "weeks", 28: "four weeks"}[size]
    if dispersion is None:
        say("the periods are too short to tell whether events come in bursts; if they do, the intervals are too narrow")
    elif dispersion:
        say(f"{answer.level:.0%} intervals are negative binomial, by how the counts of {bins} vary")
    else:
        say(f"{answer.level:.0%} intervals are exact Poisson: the counts of {bins} vary no more than by chance")


SHORT = 5  # parts of a record that are told one by one


def _say_short(covered: Coverage) -> None:
    """What does not cover the periods that were asked for, each with what it covers."""
    from vedette.analyse.coverage import country_of
    from vedette.cli.terminal import say
    from vedette.cli.words import when
    from vedette.model.values import When

    for part in covered.parts[:SHORT]:
        days = ", ".join(when(When(span.earliest, span.latest)) for span in part.days)
        of = f"{country_of(part)} in {part.source}" if part.country else part.source or "the record"
        say(f"{of}: only {days} covered" if days else f"{of}: no day covered")
    if len(covered.parts) > SHORT:
        say(
            f"{len(covered.parts) - SHORT:,} more countries or sources are not covered in full; --country and --source "
            "ask for one of them"
        )


def _say_series(answer: Trend) -> None:
    from vedette.cli.terminal import say
    from vedette.cli.words import one_or, plural

    unit = str(answer.unit)
    if not any(series.periods for series in answer.series):
        say(f"the record holds no {unit} of exact days that answer this")
        return
    say("days that the record does not cover are no data, not none: a count with a + is told of them in part")
    _say_short(answer.covered)
    _say_source(answer)
    if any(period.whole and period.low is None for series in answer.series for period in series.periods):
        say("no interval: the counts scatter so much that a single one tells nothing of its mean")
    if answer.unsure:
        lie = f"{plural(answer.unsure, unit[:-1])} {one_or(answer.unsure, 'lies', 'lie')}"
        say(f"{lie} in no one period for sure, and in no row: the dates are not exact enough")
    if answer.outside:
        lie = f"{plural(answer.outside, unit[:-1])} {one_or(answer.outside, 'lies', 'lie')}"
        say(f"{lie} outside the days shown; --from and --to show others")
    if answer.rest:
        say(f"{answer.rest.groups:,} more groups hold {answer.rest.count:,}; --limit takes a larger number")
    if answer.overlapping:
        say("one with several parties or sources counts once under each")
    _say_mixes(answer.mixes, unit)


def _say_source(answer: Trend) -> None:
    """What to ask for where several sources share no covered day, so that no period has more than a part of a count."""
    from vedette.analyse.fields import ARTICLES
    from vedette.cli.terminal import say

    told = any(period.count for series in answer.series for period in series.periods)
    if not told or answer.mixes.sources < 2 or any(period.days for period in answer.series[0].periods):
        return
    sources = dict.fromkeys(part.source for part in answer.covered.parts if part.source not in {ARTICLES, ""})
    named = f" ({', '.join(sources)})" if sources else ""
    say(f"no day shown is covered by all the sources that tell of it: --source asks for one of them{named}")
