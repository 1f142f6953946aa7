"""Articles → Claims, Figures and Labels, each value with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vedette.model.errors import UsageError
from vedette.model.nouns import Article, Reading
from vedette.read.lexical import read_lexical
from vedette.reference import Reference

READERS: Mapping[str, Callable[[Sequence[Article], Reference], list[Reading]]] = {"lexical.en/1": read_lexical}


def read_articles(articles: Sequence[Article], reference: Reference, reader: str = "lexical.en/1") -> list[Reading]:
    """One reading per article, in order; an article in a language the reader does not read says so in `unread`."""
    if reader not in READERS:
        raise UsageError(f"reader {reader}", f"not known; choose one of {', '.join(READERS)}")
    return READERS[reader](articles, reference)
