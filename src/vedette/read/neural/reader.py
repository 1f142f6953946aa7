"""The trained English reader: the network finds the events and their words, the lists turn the words into values."""

from __future__ import annotations

from collections.abc import Sequence

from vedette.model.nouns import Article, Reading
from vedette.read.language import unread_because
from vedette.read.neural.claims import Writer
from vedette.read.neural.events import Mention, find_events
from vedette.read.neural.network import Network, load_network, sentence_ends
from vedette.read.neural.page import Page
from vedette.reference import Reference

READER = "accurate.en/1"


def read_accurate(articles: Sequence[Article], reference: Reference) -> list[Reading]:
    """One reading per article, in order; an article in another language says so in `unread`."""
    network = load_network()
    return [_read(article, reference, network) for article in articles]


def _read(article: Article, reference: Reference, network: Network) -> Reading:
    if why := unread_because(article, reference.lexicon, READER):
        return Reading(article.id, READER, unread=why)
    page = Page(article, reference)
    writer = Writer(page, READER)
    return Reading(article.id, READER, claims=tuple(writer.claim(event) for event in events_of(page, network)))


def events_of(page: Page, network: Network) -> list[list[Mention]]:
    """The events of an article, each with its mentions."""
    text = page.article.text
    windows = network.windows(text, page.words, sentence_ends(text, page.words))
    return find_events(network, windows)
