"""What an input is, told from its first bytes and, where they do not tell, from its name or its server's word."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from vedette.model.errors import FormatError


class Form(StrEnum):
    """What an input can be; the items of the first six keep the value as their media type."""

    HTML = "text/html"
    PDF = "application/pdf"
    TEXT = "text/plain"
    FEED = "application/feed"
    MAIL = "message/rfc822"
    ARTICLE = "application/x-article+json"
    TELEGRAM = "application/x-telegram-message+json"
    GZIP = "application/gzip"
    WARC = "application/warc"
    ARC = "application/x-arc"
    MBOX = "application/mbox"
    LINES = "application/x-ndjson"
    JSON = "application/json"


# Magic numbers of what people have lying beside their reports, and what to do about each.
_UNREADABLE = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ", "a Windows program"),
    (b"PK\x03\x04", "a ZIP archive or office document; unpack it, or save it as PDF or text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as PDF or text"),
    (b"{\\rtf", "an RTF document; save it as PDF or text"),
    (b"%!PS", "a PostScript file; save it as PDF"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"BZh", "a bzip2 file; unpack it"),
    (b"\xfd7zXZ", "an xz file; unpack it"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet table; `vedette import` takes those of ACLED, UCDP, GTD, GDELT and ICEWS"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
)
_UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Possessive throughout: with plain quantifiers an indented page of a few kilobytes took minutes.
_MARKUP_BEFORE_ROOT = re.compile(rb"(?:\s++|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*+(?:\[.*?\]\s*)?>)*+", re.I | re.S)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_RSS_IN_RDF = (
    b"http://purl.org/rss/1.0/",
    b"http://my.netscape.com/rdf/simple/0.9/",
    b"http://channel.netscape.com/rdf",
)
_HEADER = re.compile(rb"[!-9;-~]++:")
_HEADERS = re.compile(rb"(?:[!-9;-~]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,}+")
_MAIL_HEADER = re.compile(rb"^(?:message-id|mime-version|received|return-path|delivered-to|x-mailer):", re.I | re.M)
# Who sent it and when; prose that begins with "From" has no time of day in its first line.
MBOX_LINE = re.compile(rb"From [^\n]{1,200}?\d\d:\d\d[^\n]*+\n")
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\]]")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x0b\x08"))
_BY_ENDING = {
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
    ".eml": Form.MAIL,
    ".mbox": Form.MBOX,
    ".jsonl": Form.LINES,
    ".ndjson": Form.LINES,
    ".json": Form.JSON,
}
_BY_DECLARED = {form.value: form for form in (Form.HTML, Form.MAIL, Form.LINES, Form.JSON, Form.TEXT)} | {
    "application/xhtml+xml": Form.HTML,
    "application/jsonl": Form.LINES,
}


def form_of(head: bytes, name: str = "", declared: str = "") -> Form:
    """The form of an input that begins with `head`; a `FormatError` where it is empty, binary or not readable here."""
    if not head:
        raise FormatError(name, "is empty: nothing to read")
    ending = PurePath(name.lower().removesuffix(".gz")).suffix
    told = _BY_ENDING.get(ending) or _BY_DECLARED.get(declared)
    if form := _by_magic(head):
        return form
    _refuse_binary(head, name)
    start = head.removeprefix(_UNICODE_MARKS[0]).lstrip()
    if start.startswith(b"<"):
        return _markup(start, name, told)
    if start[:1] in (b"{", b"[") and (form := _json(start, told)):
        return form
    if (line := MBOX_LINE.match(head)) and _HEADER.match(head, line.end()):
        return Form.MBOX
    if _HEADERS.match(head) and _MAIL_HEADER.search(head):
        return Form.MAIL
    if ending in (".csv", ".tsv"):
        raise FormatError(
            name,
            "is a table, not an article: give each text as a line of JSON with title, text and published; "
            "`vedette import` takes tables of ACLED, UCDP, GTD, GDELT and ICEWS",
        )
    return told or Form.TEXT


def _by_magic(head: bytes) -> Form | None:
    if b"%PDF-" in head[:1024]:  # Adobe's readers accept the mark anywhere in the first kilobyte.
        return Form.PDF
    for magic, form in ((b"\x1f\x8b", Form.GZIP), (b"WARC/", Form.WARC), (b"filedesc:", Form.ARC)):
        if head.startswith(magic):
            return form
    return None


def _refuse_binary(head: bytes, name: str) -> None:
    for magic, what in _UNREADABLE:
        # Two letters alone could begin a text; a program has a zero byte soon after.
        if head.startswith(magic) and (len(magic) > 2 or b"\0" in head[:64]):
            raise FormatError(name, f"is {what}: Vedette reads HTML, PDF, text, mail, feeds, JSON and WARC")
    if head.startswith(_UNICODE_MARKS):
        return
    controls = len(head) - len(head.translate(None, _CONTROL))
    if b"\0" in head or controls > len(head) / 20:
        raise FormatError(name, "is binary: Vedette reads HTML, PDF, text, mail, feeds, JSON and WARC")


def _markup(start: bytes, name: str, told: Form | None) -> Form:
    before = _MARKUP_BEFORE_ROOT.match(start)
    after = start[before.end() :] if before else start
    root = _ROOT.match(after)
    tag = root[1].lower().rpartition(b":")[2] if root else b""
    if tag in (b"rss", b"feed") or (tag == b"rdf" and any(space in start for space in _RSS_IN_RDF)):
        return Form.FEED
    if start.startswith(b"<?xml") and tag != b"html" and told is not Form.HTML:
        raise FormatError(name, f"is XML of a kind Vedette does not read (<{tag.decode()}>): give it HTML or a feed")
    return Form.HTML


def _json(start: bytes, told: Form | None) -> Form | None:
    if not _JSON.match(start):
        return None  # prose that begins with a bracket
    if told is Form.LINES and start.startswith(b"{"):
        return Form.LINES
    first, _, rest = start.partition(b"\n")
    lines = told is not Form.JSON and first.rstrip().endswith(b"}") and rest.strip()
    return Form.LINES if lines else Form.JSON
