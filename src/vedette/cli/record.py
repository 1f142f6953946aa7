"""Commands that add to the record: init, read, collect."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import LIMITS, TIMES, CaseOption, Format, FormatOption, ReaderName, Where, taking
from vedette.model.errors import UsageError

if TYPE_CHECKING:
    from vedette.collect import Told
    from vedette.flow import Config, Summary
    from vedette.read.llm.endpoint import Endpoint
    from vedette.store import Case

MIB = 1024 * 1024
SHOWN = 20
_EXAMPLES = (
    "Example: vedette read reports/ --case my-case --source example-wire; "
    "vedette read reports/ --case my-case --reader llm"
)
_NO_CASE = (
    "needs a case, whose settings name the server to ask: make one with `vedette init my-case`, write a table [llm] "
    "with base_url and model into my-case/vedette.toml, and add --case my-case"
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(init)
    app.command(epilog=_EXAMPLES)(read)
    app.command(epilog="Example: vedette collect --case my-case; vedette collect --case my-case --reader llm")(collect)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    title: Annotated[str, typer.Option(help="What the record is about; the folder's name by default.")] = "",
) -> None:
    """Make a case: a folder that keeps one record."""
    from vedette.store import Case

    with Case.create(folder, title) as case:
        print(
            f"{folder} is a case, “{case.settings.title}”. Next: vedette read FILE … --case {shlex.quote(str(folder))}"
        )


@taking("limits", LIMITS)
def read(
    limits: dict[str, Any],
    inputs: Annotated[list[str], typer.Argument(metavar="PATH|URL|-", help="Files, folders, URLs, - for stdin.")],
    case: CaseOption = None,
    source: Annotated[str, typer.Option(help="Who published these; else each item's own source or folder.")] = "",
    published: Annotated[
        datetime | None, typer.Option(formats=TIMES, metavar="DATE", help="When, for items that do not say.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Read reports of any common format into claims.

    Text, HTML, PDF, e-mail, RSS and Atom, WARC, Telegram exports, JSON Lines; files, folders, URLs or stdin.

    Without --case the answer is printed and nothing is kept.
    """
    from vedette.collect import Told

    if case is None and limits["reader"] is ReaderName.LLM:
        raise UsageError("--reader llm", _NO_CASE)
    with _case_or_temporary(case) as opened:
        config = _config(opened, limits, Told(source=source, published=_utc(published)))
        summary = _run(opened, config, lambda flow: flow.read(inputs))
        _print_reading(opened, summary, form, kept=case is not None)
    leave(summary)


@taking("limits", LIMITS)
def collect(
    limits: dict[str, Any],
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]", help="Sources; all by default.")] = None,
    case: CaseOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Fetch and read what is new from the sources."""
    from vedette.collect import Told

    with open_case(case) as opened:
        summary = _run(opened, _config(opened, limits, Told()), lambda flow: flow.collect(names or ()))
        _print_reading(opened, summary, form, kept=True)
    leave(summary)


def open_case(folder: Path | None) -> Case:
    """The case that --case or VEDETTE_CASE names, or the one that this is run in."""
    from vedette.store import Case
    from vedette.store.settings import FILE

    if folder is None and Path(FILE).exists():
        folder = Path()
    if folder is None:
        raise UsageError("--case", "which one? Name its folder with --case DIR or in VEDETTE_CASE")
    return Case.open(folder)


@contextmanager
def _case_or_temporary(folder: Path | None) -> Iterator[Case]:
    from vedette.store import Case

    if folder is not None:
        with open_case(folder) as case:
            yield case
        return
    with tempfile.TemporaryDirectory(prefix="vedette-") as temporary, Case.create(Path(temporary) / "case") as case:
        yield case


def _config(case: Case, limits: dict[str, Any], told: Told) -> Config:
    from vedette.collect import Limits
    from vedette.engine import Engine
    from vedette.flow import Config
    from vedette.read import reader_named

    clustered = limits["engine"] is Where.DASK
    if clustered != bool(limits["scheduler"]):
        raise UsageError("--engine dask", "and --scheduler tcp://HOST:PORT go together")
    allowed = Limits(max_bytes=limits["max_size"] * MIB, allow_private=limits["allow_private"])
    engine = Engine(limits["workers"] or os.cpu_count() or 1, limits["scheduler"])
    reader = reader_named(limits["reader"]) if limits["reader"] else ""
    return Config(reader, engine, allowed, told, _endpoint(case, reader))


def _endpoint(case: Case, reader: str) -> Endpoint | None:
    """The server that the case's `vedette.toml` names, where articles will be read by the reader that asks one."""
    from vedette.flow import last_reader
    from vedette.read import ASKING
    from vedette.read.llm.settings import endpoint_in
    from vedette.store.settings import FILE

    if not reader:
        with case.snapshot() as now:
            reader = last_reader(now)
    return endpoint_in(case.folder / FILE, os.environ) if reader == ASKING else None


def _utc(moment: datetime | None) -> datetime | None:
    return moment and (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))


def _run(case: Case, config: Config, job: Callable[..., Summary]) -> Summary:
    from vedette.cli.terminal import progress, say
    from vedette.flow import Flow

    with progress() as watch:
        flow = Flow(case, config, watch)
        try:
            return job(flow)
        finally:
            if flow.summary.bill:
                say(str(flow.summary.bill))


def _print_reading(case: Case, summary: Summary, form: Format, *, kept: bool) -> None:
    from vedette.analyse import listing
    from vedette.cli.render import Listing, show_listing, show_noun
    from vedette.cli.tables import incident_listing

    with case.snapshot() as now:
        article_ids = listing.article_ids_of(now, summary.capture_ids)
        if form in {Format.JSONL, Format.CSV}:
            claims = listing.claims_of(now, article_ids) if form is Format.JSONL else []
            show_listing(Listing(claims, lambda: listing.flat_claims_of(now, article_ids), ()), form)
            return
        claim_ids = listing.claim_ids_of(now, article_ids)
        incident_ids = listing.incident_ids_of(now, claim_ids)
        figures, unread = listing.figures_of(now, article_ids), listing.unread_of(now, article_ids)
        if form is Format.JSON:
            counts = {"articles": len(article_ids), "unread": unread, "added": summary.added}
            claims, incidents = listing.claims_of(now, article_ids), listing.incidents_named(now, incident_ids)
            found = {"claims": claims, "figures": figures, "incidents": incidents}
            show_noun({**counts, **found, "issues": summary.issues}, form)
        else:
            show_listing(incident_listing(listing.incidents_named(now, incident_ids[:SHOWN]), list), form)
            held = {"article": len(article_ids), "claim": len(claim_ids), "figure": len(figures)}
            new = summary.added.get("articles", 0) if kept else None
            _say_counts({**held, "incident": len(incident_ids)}, unread, new)


def _say_counts(held: Mapping[str, int], unread: int, new: int | None) -> None:
    """Tell how much there is of each noun, and how many articles are new; `None` where nothing is kept."""
    from vedette.cli.terminal import say
    from vedette.cli.words import plural

    parts = ", ".join(plural(number, noun) for noun, number in held.items())
    kept = "nothing kept (no --case)" if new is None else f"{plural(new, 'article')} new"
    say(f"{parts}; {kept}" + (f"; {unread} not read (another language)" if unread else ""))
    if held["incident"] > SHOWN:
        say(f"the newest {SHOWN} are shown; `vedette incidents` lists them all")


def leave(summary: Summary) -> None:
    """Tell what went wrong and end the command with the exit code that says so."""
    from vedette.cli.terminal import show_issues

    show_issues(summary.issues)
    refused = bool(summary.issues) and all(issue.stage == "policy" for issue in summary.issues)
    if summary.issues:
        sys.exit(3 if refused and not summary.capture_ids else 1)
