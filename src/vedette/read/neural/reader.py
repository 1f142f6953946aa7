"""The trained English reader: the network finds the events and their words, the lists turn the words into values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from vedette.model.nouns import Article, Reading
from vedette.read.language import english_part, unread_because
from vedette.read.neural.certainty import Certainty, load_certainty
from vedette.read.neural.claims import Writer
from vedette.read.neural.events import FIRST, Mention, find_events
from vedette.read.neural.figures import Stated, find_figures, written
from vedette.read.neural.network import Network, Window
from vedette.read.neural.page import Page
from vedette.read.neural.parting import parted
from vedette.read.neural.pieces import sentences_of
from vedette.read.neural.sieve import Sieve
from vedette.read.words import Word
from vedette.reference import Reference

SIEVES = {"accurate": "fast"}  # the setting whose network goes before that of another


class Trained(NamedTuple):
    """A setting of the reader: its network, and how often that is right."""

    network: Network
    certainty: Certainty
    sieve: Sieve | None = None

    def windows(self, text: str, words: Sequence[Word]) -> Iterator[Window]:
        """The words that are worth reading, in windows."""
        sentences = sentences_of(text, words)
        if self.sieve is None:
            return self.network.windows(text, words, sentences)
        return self.network.windows_of(text, words, sentences, self.sieve.kept(text, words, sentences))


@cache
def trained(reader: str) -> Trained:
    """The shipped setting of a reader, once in a process."""
    return setting_in(Path(str(files("vedette.read.neural") / "weights" / reader.split(".", maxsplit=1)[0])))


def setting_in(folder: Path) -> Trained:
    """The setting whose weights lie in a folder, beside those of the others."""
    before = SIEVES.get(folder.name)
    sieve = Sieve(Network(folder.parent / before)) if before else None
    return Trained(Network(folder), load_certainty(folder), sieve)


def read_trained(articles: Sequence[Article], reference: Reference, reader: str) -> list[Reading]:
    """One reading per article, in order; an article in another language says so in `unread`."""
    return [_read(article, reference, reader) for article in articles]


def _read(article: Article, reference: Reference, reader: str) -> Reading:
    if why := unread_because(article, reference.lexicon, reader):
        return Reading(article.id, reader, unread=why)
    setting = trained(reader)
    page = Page(english_part(article, reference.lexicon), reference)
    events, stated = found_in(page, setting)
    writer = Writer(page, reader, setting.certainty)
    claims = tuple(writer.claim(event) for event in parted(page, events))
    return Reading(article.id, reader, claims, tuple(written(page, stated, claims)))


def found_in(page: Page, setting: Trained) -> tuple[list[list[Mention]], list[Stated]]:
    """The events of an article, each with its mentions, and the figures that it states."""
    events: list[list[Mention]] = []
    stated: list[Stated] = []
    for window in setting.windows(page.article.text, page.words):
        events += find_events(setting.network, window)
        stated += find_figures(setting.network, window)
    sure = any(mention.score >= FIRST for event in events for mention in event)
    return (events if sure else []), stated
