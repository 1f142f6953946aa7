"""Articles → the model's answers, several asked for at a time, given in the order of the articles."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from vedette.model.errors import AnswerError, ServiceError
from vedette.model.nouns import Article
from vedette.read.language import english_part, unread_because
from vedette.read.llm.answer import Answer, answer_in
from vedette.read.llm.bill import Bill
from vedette.read.llm.client import Client, RefusedError
from vedette.read.llm.question import question
from vedette.read.llm.reading import READER, Asked
from vedette.read.llm.windows import Bound, windows_of
from vedette.reference import Reference

AGAIN = "it is not read, the next run asks again"

Item = TypeVar("Item")
Result = TypeVar("Result")


def ask(articles: Iterable[Article], reference: Reference, bill: Bill) -> Iterator[Asked]:
    """Each article with the model's answers, in order; a `ServiceError` where the server is out of order.

    An article that the model gave no usable answer to says so in `failed`.
    """
    with Client(bill.endpoint, bill) as client:
        asker = _Asker(client, reference, bill)
        with closing(_Crew(asker.ask, bill.endpoint.concurrent)) as crew:
            yield from crew.in_order(articles)


class _Asker:
    """Asks about one article after the other; several threads may use it."""

    def __init__(self, client: Client, reference: Reference, bill: Bill) -> None:
        self._client = client
        self._reference = reference
        self._endpoint = bill.endpoint
        self._by_schema = True

    def ask(self, article: Article) -> Asked:
        """The article with an answer for each of its windows."""
        if why := unread_because(article, self._reference.lexicon, READER):
            return Asked(article, unread=why)
        article = english_part(article, self._reference.lexicon)
        try:
            return Asked(article, [(window, self._answer(article, window)) for window in windows_of(article.text)])
        except AnswerError as error:
            return Asked(article, failed=f"{error.remedy}; {AGAIN}")
        except ServiceError:
            raise
        except Exception as error:  # one bad article never stops a run
            return Asked(article, failed=f"{type(error).__name__}: {error}; please report this; {AGAIN}")

    def _answer(self, article: Article, window: Bound) -> Answer:
        subject = article.url or article.id
        try:
            said = self._said(article, window, by_schema=self._by_schema)
        except RefusedError:
            if not self._by_schema:
                raise
            said = self._said(article, window, by_schema=False)
            self._by_schema = False  # the server knows no schemas: the other articles are asked this way at once
        return answer_in(said, subject)

    def _said(self, article: Article, window: Bound, *, by_schema: bool) -> str:
        day = article.published.date() if article.published else None
        asked = question(self._endpoint, article.text[slice(*window)], day, by_schema=by_schema)
        return self._client.ask(asked, article.url or article.id)


class _Crew(Generic[Item, Result]):
    """Threads that work for one run; they end with the process, however long a server keeps them waiting."""

    def __init__(self, work: Callable[[Item], Result], wide: int) -> None:
        self._work = work
        self._wide = wide
        self._waiting: SimpleQueue[tuple[Item, Future[Result]] | None] = SimpleQueue()

    def in_order(self, items: Iterable[Item]) -> Iterator[Result]:
        """The results in the order of the items; what the work raises is raised in its place."""
        for _ in range(self._wide):
            Thread(target=self._serve, daemon=True).start()
        given = map(self._give, items)
        running = deque(islice(given, 2 * self._wide))
        while running:
            yield running.popleft().result()
            running.extend(islice(given, 1))

    def close(self) -> None:
        """Let the threads go."""
        for _ in range(self._wide):
            self._waiting.put(None)

    def _give(self, item: Item) -> Future[Result]:
        promised: Future[Result] = Future()
        self._waiting.put((item, promised))
        return promised

    def _serve(self) -> None:
        while (given := self._waiting.get()) is not None:
            item, promised = given
            try:
                promised.set_result(self._work(item))
            except BaseException as error:
                promised.set_exception(error)
