"""Publication times as machines write them, brought to UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


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
        return parsedate_to_datetime(text)


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
