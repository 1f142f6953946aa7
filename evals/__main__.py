"""`python -m evals NAME --file GOLD [--reader R]` scores one gold file; `--check` holds sets to their floors."""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from typing import Any, cast

from evals.gold import Scores
from evals.unseen import unseen
from vedette.model.errors import InputError, UsageError, VedetteError
from vedette.read import READERS, reader_named

_HERE = Path(__file__).parent
_FLOORS = _HERE / "floors.toml"
_DATA = _HERE.parent.parent / "shared" / "data"


def scorer(name: str) -> Callable[..., Scores]:
    """The `score` function of the module that is named as its gold set."""
    if not name.isidentifier() or find_spec(f"evals.{name}") is None:
        raise UsageError(name, f"no such gold set; one of {', '.join(sets())}")
    module = import_module(f"evals.{name}")
    if not hasattr(module, "score"):
        raise UsageError(name, f"no such gold set; one of {', '.join(sets())}")
    return cast("Callable[..., Scores]", module.score)


def sets() -> list[str]:
    """The names of the gold sets: the modules here that define `score`."""
    modules = sorted(path for path in _HERE.glob("[!_]*.py"))
    return [path.stem for path in modules if "\ndef score(" in path.read_text(encoding="utf-8")]


def measured(name: str, gold: Path, reader: str = "") -> dict[str, Any]:
    """What `--json` prints: the set, its file, its rows, the seconds it took and its published metrics.

    Without a `reader` the set's own is scored; one that is asked for is told beside the file.
    """
    if not gold.is_file():
        raise InputError(gold, "there is no such file; give the set's gold file with --file")
    score = scorer(name)
    if reader and "reader" not in signature(score).parameters:
        raise UsageError(name, "no reader is scored on this set; leave out --reader")
    asked = {"reader": reader_named(reader)} if reader else {}
    start = time.perf_counter()
    try:
        result = score(gold, **asked)
    except (KeyError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(gold, f"is not a gold file of {name} ({type(error).__name__} {error})") from error
    seconds = round(time.perf_counter() - start, 3)
    told = {"set": name, "file": str(gold), **asked, "n": result.n, "seconds": seconds, "scores": result.scores}
    return told | ({"details": result.details} if result.details else {})


def breaches(pinned: Mapping[str, Mapping[str, Any]], data: Path, slow: bool = False) -> Iterator[tuple[str, str]]:
    """A line for every score with a floor or a ceiling, and why it breaks it ("" where it holds).

    Sets that take minutes are left out, and told, unless they are asked for.
    """
    for name, pins in pinned.items():
        own = _HERE / pins["file"]
        gold = own if own.is_file() else data / pins["file"]
        if not gold.is_file() or (own.is_file() and not data.is_dir()):
            yield f"{name}: skipped, {gold} is not there", ""
        elif pins.get("slow") and not slow:
            yield f"{name}: left out, it takes minutes; --all scores it too", ""
        else:
            yield from _held(name, pins, _scores(name, pins, gold))


def _scores(name: str, pins: Mapping[str, Any], gold: Path) -> dict[str, float]:
    name, reader = pins.get("set", name), pins.get("reader", "")
    if pins.get("part") != "unseen":
        return cast("dict[str, float]", measured(name, gold, reader)["scores"])
    with unseen(gold, pins["file"]) as rest:
        return cast("dict[str, float]", measured(name, rest, reader)["scores"])


def _held(name: str, pins: Mapping[str, Any], scores: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for metric, least in pins.get("floors", {}).items():
        found = scores.get(metric, 0.0)
        broken = f"{name}: {metric} is {found:.4f}, below its floor of {least}" if found < least else ""
        yield f"{name}: {metric} {found:.4f}, floor {least}", broken
    for metric, most in pins.get("ceilings", {}).items():
        found = scores.get(metric, float("inf"))
        broken = f"{name}: {metric} is {found:.4f}, above its ceiling of {most}" if found > most else ""
        yield f"{name}: {metric} {found:.4f}, ceiling {most}", broken


def main(arguments: list[str] | None = None) -> int:
    """0 where all is scored and no floor is broken, 1 where one is, 2 for wrong usage."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.check:
            return _check(asked.data, asked.all)
        if not asked.name or not asked.file:
            raise UsageError("evals", "name a gold set and its --file, or ask for --check")
        told = measured(asked.name, asked.file, asked.reader)
    except VedetteError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if asked.json:
        told.pop("details", None)
        print(json.dumps(told))
    else:
        _show(told)
    return 0


def _check(data: Path, slow: bool) -> int:
    broken = []
    for line, breach in breaches(tomllib.loads(_FLOORS.read_text(encoding="utf-8")), data, slow):
        print(line, flush=True)
        broken += [breach] if breach else []
    print("\n".join(broken), file=sys.stderr, end="\n" if broken else "")
    return 1 if broken else 0


def _show(told: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{told['set']}: {told['n']} of {told['file']} in {told['seconds']} s")
    table.add_column("score")
    table.add_column("value", justify="right")
    for name, value in told["scores"].items():
        table.add_row(name, f"{value:.4f}")
    table.add_section()
    for name, value in told.get("details", {}).items():
        table.add_row(name, f"{value:.4f}", style="dim")
    Console().print(table)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("name", nargs="?", metavar="NAME", help=f"a gold set: {', '.join(sets())}")
    parser.add_argument("--file", type=Path, metavar="GOLD", help="its gold file")
    readers = " or ".join(name.split(".")[0] for name in READERS)
    parser.add_argument("--reader", default="", metavar="R", help=f"{readers}; left out, the one that the set tells")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    parser.add_argument("--check", action="store_true", help="score all sets in floors.toml and fail below a floor")
    parser.add_argument("--all", action="store_true", help="with --check, also the sets that take minutes each")
    parser.add_argument("--data", type=Path, default=_DATA, metavar="DIR", help="where --check finds the gold sets")
    return parser


if __name__ == "__main__":
    sys.exit(main())
