"""Files, folders and standard input."""

from __future__ import annotations

import gzip
import io
import os
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from vedette.collect import Limits, Told

PAGE = b"<!doctype html><html><body><p>Gunmen attacked a convoy.</p></body></html>"


def test_a_file_is_captured_byte_for_byte_under_the_path_as_given(collect, put):
    path = put("herald/strike.html", PAGE)
    capture = collect(path).only
    assert (capture.body, capture.media_type, capture.url) == (PAGE, "text/html", str(path))
    assert capture.source == "herald"
    assert datetime.now(UTC) - capture.fetched_at < timedelta(minutes=1)


def test_the_source_that_was_told_goes_before_the_folder(collect, put):
    published = datetime(2021, 10, 9, tzinfo=UTC)
    capture = collect(put("herald/strike.txt", "A convoy."), told=Told("The Herald", published)).only
    assert (capture.source, capture.published) == ("The Herald", published)


def test_the_same_file_twice_is_the_same_capture(collect, put):
    path = put("a.txt", "Words.")
    first, second = collect(path, path).captures
    assert first.id == second.id


def test_a_folder_is_read_in_the_order_of_its_names_and_without_hidden_files(collect, put, tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/config.txt", "c.txt"):
        put(name, name)
    bodies = [capture.body.decode() for capture in collect(tmp_path).captures]
    assert bodies == ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]


def test_links_that_go_round_in_circles_are_walked_once(collect, put, tmp_path):
    put("a/one.txt", "One.")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "z").symlink_to(tmp_path / "a")
    assert [capture.body for capture in collect(tmp_path).captures] == [b"One."]


def test_an_empty_folder_is_told_of(collect, tmp_path):
    assert "holds no files to read" in collect(tmp_path).problem.message


def test_one_bad_file_does_not_stop_its_neighbours(collect, put, tmp_path):
    put("1.txt", "One.")
    put("2.txt", "")
    (tmp_path / "3.txt").symlink_to(tmp_path / "gone.txt")
    put("4.txt", "Four.")
    haul = collect(tmp_path)
    assert [capture.body for capture in haul.captures] == [b"One.", b"Four."]
    assert [issue.message for issue in haul.issues] == [
        "is empty: nothing to read",
        "is a link to a file that is not there: look at the path",
    ]


def test_a_file_that_is_not_there_is_told_of(collect, tmp_path):
    issue = collect(tmp_path / "gone.html").problem
    assert (issue.stage, issue.subject) == ("collect", str(tmp_path / "gone.html"))
    assert issue.message == "is not there: look at the path"


def test_a_file_without_permission_is_told_of(collect, put, monkeypatch):
    path = put("secret.txt", "x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("vedette.collect.inputs.io", SimpleNamespace(FileIO=refuse))
    assert collect(path).problem.message == "cannot be read (Permission denied): look at its permissions"


def test_a_folder_without_permission_is_told_of(collect, put, tmp_path, monkeypatch):
    put("closed/a.txt", "x")

    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    assert collect(tmp_path).problem.message == "is neither a file nor a folder that can be read: give a file"


def test_a_disk_that_fails_while_reading_is_told_of(collect, put, monkeypatch):
    path = put("a.txt", "x")

    class Failing(io.FileIO):
        def read(self, size: int = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("vedette.collect.inputs.io", SimpleNamespace(FileIO=Failing))
    assert "Input/output error" in collect(path).problem.message


def test_a_device_is_refused(collect):
    assert "is neither a file nor a folder" in collect("/dev/null").problem.message


def test_a_path_that_no_system_allows_is_told_of(collect):
    assert "cannot be read" in collect("a\0b").problem.message


def test_a_pipe_is_read_like_a_file(collect, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)
    os.write(writer, PAGE)
    import threading

    threading.Timer(0.05, os.close, [writer]).start()
    assert collect(pipe).only.media_type == "text/html"


def test_standard_input_is_sniffed_like_a_file(collect, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(gzip.compress(PAGE, mtime=0))))
    capture = collect("-").only
    assert (capture.media_type, capture.source, capture.url, capture.body) == ("text/html", "stdin", "-", PAGE)


def test_articles_on_standard_input_come_from_stdin_where_none_names_its_source(collect, monkeypatch):
    lines = b'{"title": "One"}\n{"title": "Two", "source": "Herald"}\n'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    assert [capture.source for capture in collect("-").captures] == ["stdin", "Herald"]


def test_a_text_over_the_limit_is_told_how_to_be_read(collect, put):
    path = put("long.txt", b"word " * (11 * 1024 * 1024))
    assert collect(path).problem.message == "is 55 MB, over the limit of 32 MB: pass --max-size 64 to read it"
    assert collect(path, limits=Limits(max_bytes=64 * 1024 * 1024)).only.body.startswith(b"word ")


def test_a_pipe_over_the_limit_is_cut(collect, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"word " * 1000)))
    issue = collect("-", limits=Limits(max_bytes=1024)).problem
    assert "over the limit" in issue.message
    assert "--max-size" in issue.message


def test_the_same_trouble_a_hundred_times_is_summed_up(collect, put):
    path = put("bad.jsonl", b'{"nothing": 1}\n' * 100 + b'{"title": "Good"}\n')
    haul = collect(path)
    assert [capture.title for capture in haul.captures] == ["Good"]
    assert len(haul.issues) == 21
    assert haul.issues[-1].subject == str(path)
    assert haul.issues[-1].message.startswith("80 more like this: ")


@pytest.mark.parametrize("name", ["ftp://example.org/a", "file:///etc/passwd", "gopher://example.org"])
def test_other_schemes_are_refused_by_policy(collect, name):
    issue = collect(name).problem
    assert issue.stage == "policy"
    assert "only http and https" in issue.message
