"""Bytes to characters: what the bytes prove goes before what is declared, and that before a guess."""

from __future__ import annotations

import codecs
import re

from vedette.model.errors import FormatError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python also knows codecs that no document uses (punycode takes quadratic time, unicode_escape runs escapes).
_DOCUMENT_CODEC = re.compile(r"(utf|iso|cp|koi8|mac|gb|big5|euc|shift|johab|tis|ptcp|kz|hz)[\w-]*", re.I)
# The names pages declare and the larger sets that their authors used, as in the WHATWG Encoding standard.
_MEANT = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_BINARY_SHARE = 0.05  # No text in any of the sets tried has one control in twenty characters; images have one in four.


def decode(subject: str, body: bytes, declared: str = "") -> str:
    """The characters of `body`; a FormatError on `subject` where it is not text."""
    text = characters(body, declared)
    if len(_CONTROLS.findall(text, 0, 10_000)) > _BINARY_SHARE * min(len(text), 10_000):
        raise FormatError(subject, "is not text but binary data; name its media type or convert it first")
    return text


def characters(body: bytes, declared: str = "") -> str:
    """The characters of `body` as well as they can be told, whatever it is."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body.decode(codec, "replace")
    if b"\0" in body:
        return body.decode(_wide(body), "replace")
    # A seven-bit text with escapes is ISO-2022, which is also valid UTF-8.
    order = (declared, "utf-8") if b"\x1b" in body else ("utf-8", declared)
    for name in order:
        text = _strict(body, name)
        if text is not None:
            return text
    return _guessed(body)


def _wide(body: bytes) -> str:
    """The UTF-16 whose order puts spaces and line ends where they make sense; UTF-8 where neither does."""
    little, big = body.count(b" \0") + body.count(b"\n\0"), body.count(b"\0 ") + body.count(b"\0\n")
    zeros = body.count(b"\0")
    if zeros * 100 < len(body):  # UTF-16 prose in any script has a zero byte for each space.
        return "utf-8"
    return "utf-16-le" if body[1::2].count(b"\0") > body[::2].count(b"\0") or little > big else "utf-16-be"


def _strict(body: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
        if not _DOCUMENT_CODEC.fullmatch(name):
            return None
        return body.decode(_MEANT.get(name, name))
    except (LookupError, ValueError):
        return None


def _guessed(body: bytes) -> str:
    nearly = body.decode("utf-8", "replace")
    broken = nearly.count("\ufffd")
    # A cut or patched UTF-8 text still has its many whole sequences; legacy bytes form them by chance only.
    if sum(char > "\x7f" for char in nearly) > 10 * broken:
        return nearly
    from resiliparse.parse.encoding import detect_encoding

    name = detect_encoding(body)
    if name == "utf-8":  # Its answer where nothing fits; right Cyrillic and Arabic were found by the second detector.
        from charset_normalizer import from_bytes

        best = from_bytes(body[:100_000]).best()
        return body.decode(best.encoding if best else "utf-8", "replace")
    return body.decode(name or "utf-8", "replace")
