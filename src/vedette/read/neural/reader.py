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
from vedette.read.neural.events import FIRST, Mention, find_events
from vedette.read.neural.figures import Stated, find_figures, written
from vedette.read.neural.network import Network
from vedette.read.neural.page import Page
from vedette.read.neural.pieces import sentence_ends
from vedette.reference import Reference


class Trained(NamedTuple):
    """A setting of the reader: its network, and how often that is right."""

    network: Network
    certainty: Certainty


@cache
def trained(reader: str) -> Trained:
    """The shipped network of a reader, once in a process."""
    folder = Path(str(files("vedette.read.neural") / "weights" / reader.split(".", maxsplit=1)[0]))
    return Trained(Network(folder), load_certainty(folder))


def read_trained(articles: Sequence[Article], reference: Reference, reader: str) -> list[Reading]:
    """One reading per article, in order; an article in another language says so in `unread`."""
    return [_read(article, reference, reader) for article in articles]


def _read(article: Article, reference: Reference, reader: str) -> Reading:
    if why := unread_because(article, reference.lexicon, reader):
        return Reading(article.id, reader, unread=why)
    network, certainty = trained(reader)
    page = Page(english_part(article, reference.lexicon), reference)
    events, stated = found_in(page, network)
    writer = Writer(page, reader, certainty)
    claims = tuple(writer.claim(event) for event in events)
    return Reading(article.id, reader, claims, tuple(written(page, stated, claims)))


def found_in(page: Page, network: Network) -> tuple[list[list[Mention]], list[Stated]]:
    """The events of an article, each with its mentions, and the figures that it states."""
    text = page.article.text
    events: list[list[Mention]] = []
    stated: list[Stated] = []
    for window in network.windows(text, page.words, sentence_ends(text, page.words)):
        events += find_events(network, window)
        stated += find_figures(network, window)
    sure = any(mention.score >= FIRST for event in events for mention in event)
    return (events if sure else []), stated
