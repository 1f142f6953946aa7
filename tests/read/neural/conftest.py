"""Pages of a text in which brackets mark what the network would find."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vedette.read.neural.decoding import Stretch
from vedette.read.neural.page import Page

Marked = Callable[..., tuple[Page, list[Stretch]]]


@pytest.fixture
def marked(reference, make_article) -> Marked:
    """A page of a text, and the stretches of the words in brackets, which have these roles in order."""

    def make(text: str, *roles: str, sides: tuple[str, ...] = (), published: str = "") -> tuple[Page, list[Stretch]]:
        plain, bounds = "", []
        for place, piece in enumerate(text.replace("]", "[").split("[")):
            bounds += [(len(plain), len(plain) + len(piece))] if place % 2 else []
            plain += piece
        page = Page(make_article(plain, published=published) if published else make_article(plain), reference)
        found = []
        for (start, end), role, side in zip(bounds, roles, sides or [""] * len(roles), strict=True):
            inside = [n for n, word in enumerate(page.words) if word.start < end and start < word.end]
            found.append(Stretch(role, inside[0], inside[-1] + 1, 0.9, side))
        return page, found

    return make
