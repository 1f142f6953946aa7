"""Articles → Claims, Figures and Labels, each value with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vedette.model.errors import UsageError
from vedette.model.nouns import Article, Reading
from vedette.read.lexical import read_lexical
from vedette.reference import Reference

Reader = Callable[[Sequence[Article], Reference], list[Reading]]


def _accurate(articles: Sequence[Article], reference: Reference) -> list[Reading]:
    from vedette.read.neural.reader import ACCURATE, read_trained

    return read_trained(articles, reference, ACCURATE)


def _fast(articles: Sequence[Article], reference: Reference) -> list[Reading]:
    from vedette.read.neural.reader import FAST, read_trained

    return read_trained(articles, reference, FAST)


READERS: Mapping[str, Reader] = {"lexical.en/1": read_lexical, "accurate.en/2": _accurate, "fast.en/1": _fast}


def reader_named(name: str) -> str:
    """The versioned name of a reader that is called by it or by its first word; a `UsageError` for an unknown one."""
    for known in READERS:
        if name in (known, known.split(".")[0]):
            return known
    raise UsageError(f"reader {name}", f"not known; choose one of {', '.join(READERS)}")


def read_articles(articles: Sequence[Article], reference: Reference, reader: str = "lexical.en/1") -> list[Reading]:
    """One reading per article, in order; an article in a language the reader does not read says so in `unread`."""
    return READERS[reader_named(reader)](articles, reference)
