"""Commands that ask the record: incidents, show, search, sql."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import FILTERS, AsOfOption, CaseOption, Format, FormatOption, LimitOption, taking
from vedette.cli.record import open_case
from vedette.cli.sureness import filters_on

if TYPE_CHECKING:
    from vedette.analyse import Count, Filters
    from vedette.store import Case, Snapshot


class Counting(StrEnum):
    """What is counted."""

    INCIDENTS = "incidents"
    CLAIMS = "claims"


UnitOption = Annotated[Counting, typer.Option("--unit", help="Events, or what is said of them.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: vedette incidents --from 2025-03-01 --place Kunduz --min-credibility 3")(incidents)
    app.command(epilog="Example: vedette show 3f2a9c01")(show)
    app.command(epilog="Example: vedette search '\"suicide bomber\" Kunduz'")(search)
    app.command(epilog='Example: vedette sql "SELECT kind, count(*) FROM incidents GROUP BY kind"')(sql)


@taking("asked", FILTERS)
def incidents(
    asked: dict[str, Any],
    case: CaseOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    unit: UnitOption = Counting.INCIDENTS,
    form: FormatOption = Format.TABLE,
) -> None:
    """List incidents: what probably happened, newest first."""
    from vedette.analyse import listing
    from vedette.cli.render import show_listing
    from vedette.cli.tables import claim_listing, incident_listing

    with open_case(case) as opened, at(opened, as_of) as now:
        filters = filters_on(now, asked, judged(opened, as_of))
        if unit is Counting.CLAIMS:
            told = listing.claims(now, filters, limit)
            show_listing(claim_listing(told, lambda: listing.flat_claims_like(now, filters, limit)), form)
            return
        found = listing.incidents(now, filters, limit)
        show_listing(incident_listing(found, lambda: listing.flat_incidents(now, filters, limit)), form)
        if form is Format.TABLE:
            _say_bounds(now, filters, len(found), as_of)


def show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="An incident or claim, or the beginning of its id.")],
    case: CaseOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show one incident and the words behind it."""
    from vedette.analyse import dossier, listing
    from vedette.cli import render
    from vedette.cli.evidence import show_dossier

    with open_case(case) as opened, at(opened, as_of) as now:
        found = dossier(now, ident)
        if form is Format.TABLE:
            was_judged = bool(
                {each.id for each in (found.incident, *found.claims) if each} & set(judged(opened, as_of)())
            )
            show_dossier(found, was_judged, render.console())
        elif form is Format.CSV:
            render.show_csv(listing.flat_claims(now, [claim.id for claim in found.claims]))
        else:
            render.show_noun(found, form)


def search(
    query: Annotated[str, typer.Argument(help='Words; "a phrase"; AND, OR, NOT; source:NAME.')],
    case: CaseOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most this many, best first.")] = 20,
    form: FormatOption = Format.TABLE,
) -> None:
    """Search the articles' full text."""
    from vedette.analyse import search as searched
    from vedette.cli.render import show_listing
    from vedette.cli.tables import found_listing
    from vedette.flow import index_new

    with open_case(case) as opened:
        index_new(opened)
        with opened.snapshot() as now:
            show_listing(found_listing(searched(now, opened.index(), query, limit)), form)


def sql(
    query: Annotated[
        str, typer.Argument(help="One SELECT over captures, articles, readings, claims, figures, labels, incidents.")
    ],
    case: CaseOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Ask the record in SQL, read-only."""
    from vedette.cli.render import show_listing
    from vedette.cli.tables import row_listing

    with open_case(case) as opened, at(opened, as_of) as now:
        show_listing(row_listing(now.ask(query)), form)


def at(case: Case, as_of: datetime | None) -> AbstractContextManager[Snapshot]:
    """The record now, or as it stood at the end of a day."""
    return case.snapshot(as_of.date() if as_of else None)


def judged(case: Case, as_of: datetime | None) -> Callable[[], tuple[str, ...]]:
    """The ids that a person has judged, asked for only where they are wanted."""
    until = as_of.date() if as_of else None
    return lambda: tuple({judgement.subject for judgement in case.ledger.judgements(until)})


def _say_bounds(now: Snapshot, filters: Filters, shown: int, as_of: datetime | None) -> None:
    from vedette.analyse import Filters
    from vedette.analyse import count as counted
    from vedette.cli.terminal import say
    from vedette.cli.words import plural

    answer = counted(now, filters)
    if answer.whole.count:
        say_count(answer)
        if shown < answer.whole.count:
            say(f"{shown} are shown; --limit takes a larger number")
    elif whole := counted(now, Filters()).whole.count:
        say(f"the record holds {plural(whole, 'incident')}, none that answers this")
        for sentence in answer.unknown:
            say(sentence)
    elif as_of:
        say(f"the record held no incidents yet on {as_of:%Y-%m-%d}: --as-of asks when they were recorded")
    else:
        say("the record holds no incidents yet: add reports with `vedette read` or `vedette collect`")


def say_count(answer: Count) -> None:
    """How many there are, and how many of them may lie outside the period."""
    from vedette.cli.terminal import say
    from vedette.cli.words import plural

    whole = answer.whole.count
    say(f"{plural(whole, str(answer.unit)[:-1])} in all")
    if answer.unsure:
        say(
            f"{whole - answer.unsure:,} of them lie in the period; {answer.unsure:,} may, or may lie outside: "
            "their dates are not told exactly"
        )
