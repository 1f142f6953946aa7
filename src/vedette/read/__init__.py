"""Articles → Claims, Figures and Labels, each value with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from vedette.model.errors import UsageError
from vedette.model.ids import stable_id
from vedette.model.nouns import Article, Figure, Reading
from vedette.read.lexical import read_lexical
from vedette.reference import Reference

if TYPE_CHECKING:
    from vedette.read.llm.endpoint import Endpoint

# The last is the server that a reader asks, where it asks one.
Reader = Callable[[Sequence[Article], Reference, "Endpoint | None"], list[Reading]]


def _lexical(articles: Sequence[Article], reference: Reference, _: Endpoint | None) -> list[Reading]:
    return read_lexical(articles, reference)


def _trained(reader: str, articles: Sequence[Article], reference: Reference, _: Endpoint | None) -> list[Reading]:
    from vedette.read.neural.reader import read_trained

    return [replace(each, figures=_signed(each)) for each in read_trained(articles, reference, reader)]


def _signed(reading: Reading) -> tuple[Figure, ...]:
    """The figures with their reader's name, and ids of their own: what two readers find are two findings."""
    by = reading.reader
    return tuple(replace(each, id=stable_id("figure", by, each.id), reader=by) for each in reading.figures)


def _llm(articles: Sequence[Article], reference: Reference, endpoint: Endpoint | None) -> list[Reading]:
    from vedette.read.llm.asking import ask
    from vedette.read.llm.bill import Bill
    from vedette.read.llm.reading import reading_of

    asked = ask(articles, reference, Bill(needed(endpoint)))
    return [reading_of(each, reference) for each in asked]


NETWORKS = ("accurate.en/3", "fast.en/1")  # the readers that are trained, each with its network in the wheel
READERS: Mapping[str, Reader] = {
    "lexical.en/1": _lexical,
    **{name: partial(_trained, name) for name in NETWORKS},
    "llm.en/1": _llm,
}
DEFAULT = "accurate.en/3"
ASKING = "llm.en/1"  # the reader that asks a server, and so waits more than it works


def needed(endpoint: Endpoint | None) -> Endpoint:
    """The server to ask; a `UsageError` where none is told."""
    if endpoint is None:
        raise UsageError(f"reader {ASKING}", "asks a server: name one in a table [llm] of the case's vedette.toml")
    return endpoint


def reader_named(name: str) -> str:
    """The versioned name of a reader that is called by it or by its first word; a `UsageError` for an unknown one."""
    for known in READERS:
        if name in (known, known.split(".")[0]):
            return known
    raise UsageError(f"reader {name}", f"not known; choose one of {', '.join(READERS)}")


def read_articles(
    articles: Sequence[Article],
    reference: Reference,
    reader: str = DEFAULT,
    endpoint: Endpoint | None = None,
) -> list[Reading]:
    """One reading per article, in order; an article in a language the reader does not read says so in `unread`."""
    return READERS[reader_named(reader)](articles, reference, endpoint)
