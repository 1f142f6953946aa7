"""What an input is."""

from __future__ import annotations

import time

import pytest

from vedette.collect.sniff import Form, form_of
from vedette.model.errors import FormatError

RSS = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel/></rss>'
ATOM = b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom"></feed>'
RDF = b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"></rdf:RDF>'
MAIL = b"Return-Path: <a@example.org>\nSubject: Attack\nFrom: a@example.org\n\nWords.\n"
MBOX = b"From a@example.org Sat Oct  9 10:00:00 2021\nSubject: Attack\n\nWords.\n"


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        (b"<!DOCTYPE html>\n<html>", "", Form.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN"><html>', "", Form.HTML),
        (b"\n\n  <p>A fragment", "page", Form.HTML),
        (b"Not markup at first <p>", "page.html", Form.HTML),
        (b"Not markup at first <p>", "page.html.gz", Form.HTML),
        (RSS, "", Form.FEED),
        (RSS, "page.html", Form.FEED),
        (ATOM, "", Form.FEED),
        (RDF, "", Form.FEED),
        (b"%PDF-1.7", "", Form.PDF),
        (b"\xff\xff%PDF-1.7", "", Form.PDF),
        (b"\x1f\x8b\x08", "", Form.GZIP),
        (b"WARC/1.0\r\n", "", Form.WARC),
        (b"filedesc://a.arc 0.0.0.0 2014", "", Form.ARC),
        (MAIL, "", Form.MAIL),
        (b"Subject: Attack\n\nWords.", "a.eml", Form.MAIL),
        (MBOX, "", Form.MBOX),
        (b"From the mountains came word of an attack.\n", "", Form.TEXT),
        (b"Kabul: a blast\nHerat: a raid\nZabul: nothing\n", "", Form.TEXT),
        (b'{"title": "a"}\n{"title": "b"}\n', "", Form.LINES),
        (b'{"title": "a"}', "a.jsonl", Form.LINES),
        (b'{\n "messages": []}', "", Form.JSON),
        (b'[\n {"title": "a"}]', "a.jsonl", Form.JSON),
        (b"[Kabul] A blast was heard.", "", Form.TEXT),
        (b"{Kabul} A blast was heard.", "", Form.TEXT),
        ("Взрыв в Кабуле".encode("cp1251"), "", Form.TEXT),
        ("A blast".encode("utf-16"), "", Form.TEXT),
    ],
)
def test_content_tells_before_the_name_does(head, name, form):
    assert form_of(head, name) is form


@pytest.mark.parametrize(
    ("head", "name", "said"),
    [
        (b"", "a.txt", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "is a PNG image"),
        (b"\x7fELF\x02\x01", "a.html", "is an ELF program"),
        (b"MZ\x90\0\x03", "a", "is a Windows program"),
        (b"PK\x03\x04", "a.docx", "save it as PDF or text"),
        (b"{\\rtf1", "a.rtf", "is an RTF document"),
        (b"PAR1\x15", "a", "is a Parquet table"),
        (b"words\0words", "a.txt", "is binary"),
        (bytes(range(1, 32)) * 4, "a.txt", "is binary"),
        (b"a,b\n1,2\n", "events.csv", "line of JSON"),
        (b"a,b\n1,2\n", "events.csv", "`vedette import` takes tables of ACLED"),
        (b"<?xml version='1.0'?><kml/>", "a.kml", "<kml>"),
        (b"<?xml version='1.0'?><rdf:RDF/>", "a.rdf", "<rdf>"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_that_says_what_it_is(head, name, said):
    with pytest.raises(FormatError, match=said):
        form_of(head, name)


def test_a_text_that_begins_like_a_program_is_a_text():
    assert form_of(b"MZ is not how news begin, but it could.", "") is Form.TEXT


def test_the_server_is_believed_where_the_bytes_do_not_tell():
    assert form_of(b"Words, then <p>", "https://example.org/x", "text/html") is Form.HTML
    assert form_of(RSS, "https://example.org/x", "text/html") is Form.FEED


@pytest.mark.parametrize(
    "head",
    [
        b"http://a.example/ 1\n" + b"    indented words\n" * 3000,
        b"From " + b"a" * 60_000,
        b"<" + b" " * 60_000 + b">",
        b"<!doctype html " + b"[ ]" * 20_000,
        b"<!--" * 15_000,
        b"<?" * 30_000,
        b"a:" + b"\n " * 30_000,
    ],
    ids=lambda head: head[:12].decode(),
)
def test_no_page_is_made_so_that_looking_at_it_takes_long(head):
    begun = time.monotonic()
    form_of(head)
    assert time.monotonic() - begun < 0.5
