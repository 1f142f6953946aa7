"""Questions to the record: lists, counts and searches; reads the store."""

from vedette.analyse.count import Asked, Count, Counted, count, fields_of
from vedette.analyse.filters import Filters, Unit
from vedette.analyse.listing import ArticleLine, Dossier, Found, dossier, incidents, search

__all__ = [
    "ArticleLine",
    "Asked",
    "Count",
    "Counted",
    "Dossier",
    "Filters",
    "Found",
    "Unit",
    "count",
    "dossier",
    "fields_of",
    "incidents",
    "search",
]
