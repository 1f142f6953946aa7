"""Publication times as machines write them, brought to UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_WORD = re.compile(r"(?<=\d )[^\W\d_]{3,}")
# Feeds in Portuguese, Spanish, French, Italian and German write RFC 822 dates with their own months.
_MONTHS = {
    **dict.fromkeys(("ene", "gen", "jän"), "Jan"),
    **dict.fromkeys(("fev", "fév"), "Feb"),
    **dict.fromkeys(("mär", "mrz"), "Mar"),
    **dict.fromkeys(("abr", "avr"), "Apr"),
    **dict.fromkeys(("mai", "mag"), "May"),
    **dict.fromkeys(("giu",), "Jun"),
    **dict.fromkeys(("lug",), "Jul"),
    **dict.fromkeys(("ago", "aoû"), "Aug"),
    **dict.fromkeys(("set",), "Sep"),
    **dict.fromkeys(("out", "okt", "ott"), "Oct"),
    **dict.fromkeys(("dez", "dic", "déc"), "Dec"),
}


def utc_of(told: object) -> datetime | None:
    """The instant told by an ISO 8601 or RFC 822 string or by Unix seconds; a time without a zone is UTC."""
    try:
        if isinstance(told, (int, float)) and not isinstance(told, bool):
            return datetime.fromtimestamp(told, UTC)
        if not isinstance(told, str) or not told.strip():
            return None
        return _in_utc(_parsed(told.strip()))
    except (ValueError, OverflowError, OSError, IndexError, TypeError):
        return None


def _parsed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(_WORD.sub(_english_month, text))


def _english_month(word: re.Match[str]) -> str:
    return _MONTHS.get(word.group()[:3].lower(), word.group())


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
