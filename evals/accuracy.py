"""`python -m evals.accuracy -o docs/accuracy.md` writes the page of all figures: every gold set, every reader.

The sets are those of `accuracy.toml`, beside them stands what others published (`published.toml`). Each figure is kept
in `.accuracy` until the code, the weights or the gold changes, so that a run that was cut off goes on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.accuracy_costs import costs
from evals.accuracy_page import Made, Results, page
from evals.accuracy_runs import (
    NO_READER,
    Places,
    Told,
    figures,
    weights_digest,
    weights_size,
    where_it_fails,
)
from evals.accuracy_sets import GoldSet, gold_sets
from vedette import __version__
from vedette.model.errors import UsageError, VedetteError
from vedette.read import READERS, reader_named

READ_BY = ("lexical", "fast", "accurate")
FAILS = "accurate"  # whose failures the page shows
FAILS_ON = ("modern", "modern (test)")
READERLESS = "article_extraction"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where the page was written, 2 for an unknown set or reader."""
    asked = _parser().parse_args(arguments)
    try:
        readers = [_short(name) for name in _named(asked.readers)] or list(READ_BY)
        wanted = gold_sets(_named(asked.sets))
        places = Places(asked.data, asked.kept)
        results = run(wanted, readers, places)
        fails = failing(wanted, readers, places)
    except VedetteError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    text = page(results, fails, made(readers))
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


def run(wanted: Iterable[GoldSet], readers: Sequence[str], places: Places) -> Results:
    """The figures of each set by each reader, a line on stderr for each as it comes."""
    results: Results = {}
    for gold_set in wanted:
        results[gold_set.name] = {}
        for reader in [NO_READER] if gold_set.set == READERLESS else readers:
            told = figures(gold_set, reader, places)
            results[gold_set.name][reader] = told
            _tell(f"{gold_set.name}, {reader}", told)
    return results


def failing(wanted: Iterable[GoldSet], readers: Sequence[str], places: Places) -> dict[str, Told]:
    """The tables of failures on the modern sets among those wanted, where the reader is one of those asked for."""
    told = {}
    for gold_set in wanted:
        if FAILS in readers and gold_set.name in FAILS_ON:
            told[gold_set.name] = where_it_fails(gold_set, FAILS, places)
            _tell(f"where it fails on {gold_set.name}, {FAILS}", told[gold_set.name])
    return told


def made(readers: Iterable[str]) -> Made:
    """By what the page is made: today, this version, the readers, each with its weights, and their costs."""
    told = {reader: (reader_named(reader), weights_digest(reader)[:12], weights_size(reader)) for reader in readers}
    return Made(datetime.now(UTC).date().isoformat(), __version__, told, tuple(costs()))


def _tell(what: str, told: Told) -> None:
    if "skipped" in told:
        line = f"skipped, {told['skipped']}"
    else:
        line = "kept from before" if told.get("cached") else f"{told['seconds']:.1f} s"
    print(f"{what}: {line}", file=sys.stderr, flush=True)


def _named(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _short(reader: str) -> str:
    name = reader_named(reader).split(".", maxsplit=1)[0]
    if name not in READ_BY:
        raise UsageError(f"reader {reader}", f"has no column on the page; choose of {', '.join(READ_BY)}")
    return name


def _parser() -> argparse.ArgumentParser:
    places = Places()
    parser = argparse.ArgumentParser(prog="python -m evals.accuracy", description=__doc__.splitlines()[0])
    known = ", ".join(name.split(".")[0] for name in READERS)
    parser.add_argument("--readers", default="", metavar="R,…", help=f"of {known}; left out, all")
    names = ", ".join(each.name for each in gold_sets())
    parser.add_argument("--sets", default="", metavar="S,…", help=f"of {names}; left out, all")
    parser.add_argument("--data", type=Path, default=places.data, metavar="DIR", help="where the gold sets lie")
    parser.add_argument("--kept", type=Path, default=places.kept, metavar="DIR", help="where figures are kept")
    parser.add_argument("-o", "--output", type=Path, metavar="PAGE", help="left out, the page is printed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
