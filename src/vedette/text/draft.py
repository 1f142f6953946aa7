"""What an opener finds in a capture, before it is cleaned and named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """One item as its document tells it; empty where the document is silent."""

    body: str
    title: str = ""
    published: datetime | None = None
    url: str = ""
    site: str = ""
