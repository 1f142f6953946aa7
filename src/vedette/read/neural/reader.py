"""The trained English reader: the network finds the events and their words, the lists turn the words into values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from vedette.model.nouns import Article, Reading
from vedette.read.language import english_part, unread_because
from vedette.read.neural.certainty import Certainty, load_certainty
from vedette.read.neural.claims import Writer
from vedette.read.neural.events import Mention, find_events
from vedette.read.neural.network import Network
from vedette.read.neural.page import Page
from vedette.read.neural.pieces import sentence_ends
from vedette.reference import Reference

ACCURATE, FAST = "accurate.en/2", "fast.en/1"


class Trained(NamedTuple):
    """A setting of the reader: its network, and how often that is right."""

    network: Network
    certainty: Certainty


@cache
def trained(reader: str) -> Trained:
    """The shipped network of a reader, once in a process."""
    folder = Path(str(files("vedette.read.neural") / "weights" / reader.split(".", maxsplit=1)[0]))
    return Trained(Network(folder), load_certainty(folder))


def read_trained(articles: Sequence[Article], reference: Reference, reader: str = ACCURATE) -> list[Reading]:
    """One reading per article, in order; an article in another language says so in `unread`."""
    return [_read(article, reference, reader) for article in articles]


def _read(article: Article, reference: Reference, reader: str) -> Reading:
    if why := unread_because(article, reference.lexicon, reader):
        return Reading(article.id, reader, unread=why)
    network, certainty = trained(reader)
    page = Page(english_part(article, reference.lexicon), reference)
    writer = Writer(page, reader, certainty)
    return Reading(article.id, reader, claims=tuple(writer.claim(event) for event in events_of(page, network)))


def events_of(page: Page, network: Network) -> list[list[Mention]]:
    """The events of an article, each with its mentions."""
    text = page.article.text
    windows = network.windows(text, page.words, sentence_ends(text, page.words))
    return find_events(network, windows)
