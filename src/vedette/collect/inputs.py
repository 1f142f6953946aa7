"""What a person names on the command line: files, folders, `-` and URLs."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from vedette.collect.items import captures_of
from vedette.collect.limits import Limits, Told
from vedette.collect.origin import Origin, collapsed, issue_of, now
from vedette.model.errors import FormatError, VedetteError
from vedette.model.nouns import Capture, Issue

if TYPE_CHECKING:
    from vedette.collect.fetch import Fetcher


def capture_inputs(inputs: Sequence[str], told: Told, limits: Limits) -> Iterator[Capture | Issue]:
    """The captures of every input in order, and an issue for each item that could not be had."""
    with ExitStack() as stack:
        fetcher: Fetcher | None = None
        for name in inputs:
            if not is_url(name):
                yield from collapsed(captures_at(name, told, limits), name)
                continue
            if fetcher is None:
                from vedette.collect.fetch import Fetcher

                fetcher = stack.enter_context(Fetcher(limits))
            yield from collapsed(_captures_of_url(name, told, fetcher), name)


def is_url(name: str) -> bool:
    """True for what is to be fetched; a scheme other than http is refused there, not looked for on the disk."""
    scheme, colon, _ = name.partition("://")
    return bool(colon) and scheme.isalnum()


def captures_at(name: str, told: Told, limits: Limits) -> Iterator[Capture | Issue]:
    """The captures of `-`, a file, or all files under a folder, hidden ones left out, in the order of their names."""
    if name == "-":
        yield from captures_of(sys.stdin.buffer, Origin("-", told=told, limits=limits, at=now()))
        return
    files = 0
    for path in walk(name):
        files += 1
        yield from _captures_of_file(path, Origin(path, _folder_of(path), told=told, limits=limits, at=now()))
    if not files:
        yield Issue("collect", name, "holds no files to read: name another folder", now())


def walk(top: str) -> Iterator[str]:
    """The files under a path in the order of their names; each real folder once, so that links cannot loop."""
    waiting, seen = [top], set()
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            yield path
            continue
        try:
            here = os.stat(path)
            entries = sorted((name for name in os.listdir(path) if not name.startswith(".")), reverse=True)
        except OSError:
            yield path  # opening it will tell what is wrong
            continue
        if (here.st_dev, here.st_ino) not in seen:
            seen.add((here.st_dev, here.st_ino))
            waiting.extend(os.path.join(path, name) for name in entries)


def _captures_of_file(path: str, origin: Origin) -> Iterator[Capture | Issue]:
    try:
        file = _open(path)
    except VedetteError as error:
        yield issue_of(error, origin.at)
        return
    with file:
        yield from captures_of(file, replace(origin, size=os.fstat(file.fileno()).st_size))


def _open(path: str) -> io.FileIO:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):  # a pipe is what a shell's <(…) gives
            return io.FileIO(path)
    except FileNotFoundError as error:
        gone = "is a link to a file that is not there" if os.path.islink(path) else "is not there"
        raise FormatError(path, f"{gone}: look at the path") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FormatError(path, f"cannot be read ({why}): look at its permissions") from error
    raise FormatError(path, "is neither a file nor a folder that can be read: give a file")


def _folder_of(path: str) -> str:
    return os.path.basename(os.path.dirname(os.path.abspath(path))) if "\0" not in path else ""


def _captures_of_url(url: str, told: Told, fetcher: Fetcher) -> Iterator[Capture | Issue]:
    at = now()
    try:
        page = fetcher.get(url)
    except VedetteError as error:
        yield issue_of(error, at)
        return
    yield from captures_of(io.BytesIO(page.body), page.origin(told, fetcher.limits))
