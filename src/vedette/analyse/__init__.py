"""Questions to the record: lists, counts and searches; reads the store."""

from vedette.analyse.count import Asked, Count, Counted, count, fields_of
from vedette.analyse.filters import Filters, Unit
from vedette.analyse.listing import ArticleLine, Dossier, Found, dossier, incidents, search
from vedette.analyse.trend import Trend, trend

__all__ = [
    "ArticleLine",
    "Asked",
    "Count",
    "Counted",
    "Dossier",
    "Filters",
    "Found",
    "Trend",
    "Unit",
    "count",
    "dossier",
    "fields_of",
    "incidents",
    "search",
    "trend",
]
