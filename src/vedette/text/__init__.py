"""Captures opened into articles: the words of what was published, its title, date and language."""

from vedette.text.language import language_of
from vedette.text.openers import OPENERS, Opener, open_capture, opener_of

__all__ = ["OPENERS", "Opener", "language_of", "open_capture", "opener_of"]
