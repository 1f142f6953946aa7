"""Articles made from a few words, and one reference for the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from vedette.model.nouns import Article, Capture, Claim
from vedette.read import read_articles
from vedette.read.phrases import Phrase, find_phrases
from vedette.read.sentences import Sentence, look_up, read_sentence
from vedette.reference import Reference, load_reference
from vedette.reference.lexicon import load_lexicon


def article_of(text: str, title: str = "", lang: str = "en", published: str = "2021-10-09") -> Article:
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    capture = Capture.of(
        text.encode(), source="test", url="", fetched_at=datetime(2021, 10, 9, tzinfo=UTC), media_type="text/plain"
    )
    return Article.of(capture, title=title, body=text, lang=lang, published=moment)


def sentence_of(text: str) -> Sentence:
    return look_up(read_sentence(text, (0, len(text), 0), load_lexicon()))


def phrases_of(sentence: Sentence) -> list[Phrase]:
    return find_phrases(sentence, load_lexicon())


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    return article_of


@pytest.fixture(scope="session")
def claims_of(reference: Reference) -> Callable[..., tuple[Claim, ...]]:
    return lambda text, **more: read_articles([article_of(text, **more)], reference, "lexical")[0].claims


@pytest.fixture(scope="session")
def sentence() -> Callable[[str], Sentence]:
    return sentence_of


@pytest.fixture(scope="session")
def phrases() -> Callable[[Sentence], list[Phrase]]:
    return phrases_of
