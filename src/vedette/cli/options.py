"""Options that several commands share, said once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from vedette.analyse import Filters


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Answer(StrEnum):
    """Yes or no."""

    YES = "yes"
    NO = "no"


class ReaderName(StrEnum):
    """What reads the articles."""

    LEXICAL = "lexical"
    ACCURATE = "accurate"
    FAST = "fast"
    LLM = "llm"


class Where(StrEnum):
    """What does the work."""

    LOCAL = "local"
    DASK = "dask"


DAYS = ["%Y-%m-%d"]
TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S%z"]

CaseOption = Annotated[
    Path | None,
    typer.Option("--case", envvar="VEDETTE_CASE", metavar="DIR", help="The case folder.", show_default=False),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=DAYS, metavar="DATE", help="Answer as the record stood at the end of that day."),
]
LimitOption = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most this many, newest first.")]

# Name in the function, then the option; `--kind` may be given several times.
FILTERS: dict[str, tuple[Any, Any]] = {
    "start": (
        Annotated[datetime | None, typer.Option("--from", formats=DAYS, metavar="DATE", help="On or after this day.")],
        None,
    ),
    "end": (
        Annotated[datetime | None, typer.Option("--to", formats=DAYS, metavar="DATE", help="On or before this day.")],
        None,
    ),
    "kind": (
        Annotated[
            list[str] | None, typer.Option("--kind", metavar="K", help="An event kind or type; may be repeated.")
        ],
        None,
    ),
    "actor": (Annotated[str, typer.Option("--actor", metavar="A", help="Who did it.")], ""),
    "target": (Annotated[str, typer.Option("--target", metavar="T", help="Whom it was done to.")], ""),
    "place": (Annotated[str, typer.Option("--place", metavar="P", help="A place or what holds it.")], ""),
    "country": (Annotated[str, typer.Option("--country", metavar="C", help="A country's name or ISO code.")], ""),
    "source": (Annotated[str, typer.Option("--source", metavar="S", help="Told by this source.")], ""),
    "min_credibility": (
        Annotated[
            int | None, typer.Option("--min-credibility", min=1, max=6, help="This credible or better (1 is best).")
        ],
        None,
    ),
    "min_score": (
        Annotated[
            float | None,
            typer.Option(
                "--min-score", min=0, max=1, metavar="S", help="Only what is as sure as this, 0 to 1, to be right."
            ),
        ],
        None,
    ),
    "judged": (Annotated[Answer | None, typer.Option("--judged", help="Judged by a person, or not yet.")], None),
}


# What a run may cost, where it may go, and who reads.
LIMITS: dict[str, tuple[Any, Any]] = {
    "reader": (
        Annotated[
            ReaderName | None,
            typer.Option(
                "--reader",
                help="accurate: a trained network; fast: a small one, several times as fast; lexical: word lists; "
                "llm: a model on the server that [llm] in vedette.toml names, which is sent the articles' text. "
                "Default: the case's last, else accurate.",
                show_default=False,
            ),
        ],
        None,
    ),
    "max_size": (Annotated[int, typer.Option("--max-size", min=1, metavar="MB", help="The largest item read.")], 32),
    "allow_private": (
        Annotated[bool, typer.Option("--allow-private", help="Also fetch from private network addresses.")],
        False,
    ),
    "workers": (
        Annotated[int | None, typer.Option("--workers", min=1, help="Processes to use; all cores by default.")],
        None,
    ),
    "engine": (Annotated[Where, typer.Option("--engine", help="Where articles are read.")], Where.LOCAL),
    "scheduler": (
        Annotated[str, typer.Option("--scheduler", metavar="tcp://…", help="The Dask scheduler's address.")],
        "",
    ),
}


def taking(name: str, options: dict[str, tuple[Any, Any]]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator that gives a command these options; it takes what they were given as one mapping `name`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True)
        kept = [each for each in own.parameters.values() if each.name != name]
        added = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for option, (annotation, default) in options.items()
        ]

        @wraps(command)
        def called(**given: Any) -> None:
            asked = {option: given.pop(option) for option in options}
            command(**{name: asked}, **given)

        parameters = [*(each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in kept), *added]
        called.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {each.name: each.annotation for each in parameters}
        return called

    return decorate


def filters_of(asked: dict[str, Any], judged_ids: Callable[[], tuple[str, ...]]) -> Filters:
    """The filters that the options ask for; an actor is looked up in the registry, so that any of its names will do."""
    from vedette.analyse import Filters
    from vedette.cli.words import kind_of

    judged = asked["judged"]
    return Filters(
        start=_day(asked["start"]),
        end=_day(asked["end"]),
        kinds=tuple(kind_of(kind) for kind in asked["kind"] or ()),
        actor=_names(asked["actor"]),
        target=_names(asked["target"]),
        place=asked["place"],
        country=asked["country"],
        source=asked["source"],
        min_credibility=asked["min_credibility"],
        min_score=asked["min_score"],
        judged=None if judged is None else judged_ids(),
        judged_yes=judged is not Answer.NO,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _names(name: str) -> tuple[str, ...]:
    if not name:
        return ()
    from vedette.reference import load_reference

    actors = load_reference().actors
    # Whoever bore the name at any time; a name within a longer text means what it means today.
    known = actors.bearers(name) or tuple(filter(None, [actors.find(name)]))
    return tuple(dict.fromkeys((name, *known)))
