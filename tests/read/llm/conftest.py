from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from model_server import ModelServer, serving
from vedette.model.nouns import Article, Claim, Reading
from vedette.read import read_articles
from vedette.read.llm.endpoint import Endpoint


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving() as running:
        yield running


@dataclass
class Asker:
    """Reads texts with the model on the test's server."""

    server: ModelServer
    make: Callable[..., Article]
    reference: object
    endpoint: Endpoint

    def readings(self, *texts: str, **changed: object) -> list[Reading]:
        articles = [self.make(text) for text in texts]
        return read_articles(articles, self.reference, "llm", replace(self.endpoint, **changed))

    def reading(self, text: str, **changed: object) -> Reading:
        (found,) = self.readings(text, **changed)
        return found

    def claims(self, text: str, **changed: object) -> tuple[Claim, ...]:
        found = self.reading(text, **changed)
        assert not found.failed
        return found.claims


@pytest.fixture
def model(server: ModelServer, make_article, reference) -> Asker:
    endpoint = Endpoint(server.base_url, server.model, timeout=30, concurrent=2)
    return Asker(server, make_article, reference, endpoint)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits a hundredth of a second where a run would wait half a one."""
    monkeypatch.setattr("vedette.read.llm.client.FIRST_WAIT", 0.01)
