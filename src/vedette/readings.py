"""Articles read, each with what went wrong: one bad article never stops a run and never vanishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from vedette.engine import Task, time_limit
from vedette.model.errors import VedetteError
from vedette.model.nouns import Article, Issue, Reading

if TYPE_CHECKING:
    from vedette.read.llm.bill import Bill
    from vedette.read.llm.reading import Asked
    from vedette.reference.added_places import AddedFile

DIED = "took down the process that worked on it, and is left out; please report this"
# An article takes a second: what takes longer than these hangs.
READING_SECONDS = 20.0
SLOWEST = 2000  # characters a second, of a long text on a small and busy machine


@dataclass(frozen=True, slots=True)
class Done:
    """A reading, and the issues that it gave rise to."""

    reading: Reading
    issues: tuple[Issue, ...] = ()


def reading_task(reader: str, places: AddedFile | None = None) -> Task[Article, Done]:
    """The work of a reader that reads on this machine or on a cluster, which must see the case's own places."""
    return Task(partial(_read_articles, reader, places), partial(_died, reader))


def asked_readings(articles: Iterable[Article], bill: Bill, places: AddedFile | None = None) -> Iterator[Done]:
    """The readings by the reader that asks a server, in order; a `ServiceError` where the server is out of order."""
    from vedette.read.llm.asking import ask
    from vedette.reference import load_reference

    for asked in ask(articles, load_reference(places), bill):
        yield _written(asked, bill, places)


def issue_of(stage: str, subject: str, error: Exception) -> Issue:
    """An error as an issue."""
    if isinstance(error, TimeoutError):
        return Issue(stage, subject, "takes longer than any sound item does, and is left out", datetime.now(UTC))
    said = error.remedy if isinstance(error, VedetteError) else f"{type(error).__name__}: {error}; please report this"
    return Issue(stage, subject, said, datetime.now(UTC))


def _read_articles(reader: str, places: AddedFile | None, articles: Sequence[Article]) -> list[Done]:
    from vedette.read import read_articles
    from vedette.reference import load_reference

    reference = load_reference(places)
    try:
        with time_limit(sum(map(_patience, articles))):
            return [Done(reading) for reading in read_articles(articles, reference, reader)]
    except Exception as error:
        if len(articles) == 1:
            return [_failed(reader, articles[0], error)]
        return [each for article in articles for each in _read_articles(reader, places, [article])]


def _written(asked: Asked, bill: Bill, places: AddedFile | None) -> Done:
    from vedette.read import ASKING
    from vedette.read.llm.reading import reading_of
    from vedette.reference import load_reference

    try:
        with time_limit(_patience(asked.article)):
            reading = reading_of(asked, load_reference(places), bill)
    except Exception as error:
        return _failed(ASKING, asked.article, error)
    said = [*reading.remarks, *filter(None, [reading.failed])]
    return Done(reading, tuple(Issue("read", _subject(asked.article), each, datetime.now(UTC)) for each in said))


def _patience(article: Article) -> float:
    return READING_SECONDS + len(article.text) / SLOWEST


def _failed(reader: str, article: Article, error: Exception) -> Done:
    failed = Reading(article.id, reader, unread=f"failed: {type(error).__name__}")
    return Done(failed, (issue_of("read", _subject(article), error),))


def _died(reader: str, article: Article) -> Done:
    failed = Reading(article.id, reader, unread="failed: the process died")
    return Done(failed, (Issue("read", _subject(article), DIED, datetime.now(UTC)),))


def _subject(article: Article) -> str:
    return article.url or article.id
