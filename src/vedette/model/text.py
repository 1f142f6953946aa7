"""Text from outside, made safe to keep, to print and to stand in a query."""

import re

# Control characters of both sets but tab and newline, marks that turn the direction of writing, and lone surrogates.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe_text(text: str) -> str:
    """The text with every character that a terminal obeys or a database refuses replaced by U+FFFD."""
    return _UNSAFE.sub("\ufffd", text)


def quoted(text: object) -> str:
    """A text as a string literal of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    """A name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'
