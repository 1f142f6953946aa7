"""One figure of the accuracy page: measured once for a set, a reader and the code that made it, and then kept.

What was measured lies as JSON in the git-ignored folder `.accuracy`, named by the digest of the code, the reader's
weights and the gold file: a run that is cut off goes on where it stopped, and one after a change starts anew.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from evals.__main__ import measured
from evals.accuracy_sets import GoldSet
from evals.modern_failures import failures
from evals.modern_texts import LABELS, MORE
from evals.unseen import trained_on, unseen
from vedette.read import NETWORKS, reader_named

ROOT = Path(__file__).parents[1]
ROOMS = ("model", "reference", "text", "read")  # the code that a figure depends on, beside the evals
WEIGHTS = ROOT / "src/vedette/read/neural/weights"
FILES = ("encoder.onnx", "parts.onnx", "heads.npz", "certainty.json")
NO_READER = "no reader"
Told = dict[str, Any]  # n, seconds, day, scores, details; or `skipped`, with the reason


class Places(NamedTuple):
    """Where the gold sets lie, and where what was measured is kept."""

    data: Path = ROOT.parent / "shared/data"
    kept: Path = ROOT / ".accuracy"


def figures(gold_set: GoldSet, reader: str, places: Places) -> Told:
    """What a reader scores on a set; `skipped` tells why where its file or the reader's weights are not there."""
    gold = gold_file(gold_set, places.data)
    if why := absent(gold, reader, places.data):
        return {"skipped": why}
    return kept(gold_set.name, reader, gold, places.kept, lambda: _measured(gold_set, gold, reader))


def where_it_fails(gold_set: GoldSet, reader: str, places: Places) -> Told:
    """The tables of a reader's failures on a set of the modern gold, or why there are none."""
    gold = gold_file(gold_set, places.data)
    if why := absent(gold, reader, places.data):
        return {"skipped": why}
    return kept(f"failures {gold_set.name}", reader, gold, places.kept, lambda: failures(gold, reader))


def gold_file(gold_set: GoldSet, data: Path) -> Path:
    """The file of a set: here or among the gold sets."""
    own = ROOT / "evals" / gold_set.file
    return own if own.is_file() else data / gold_set.file


def absent(gold: Path, reader: str, data: Path) -> str:
    """What is not there that a figure needs; empty where all is."""
    if not gold.is_file() or not data.is_dir():
        return f"{_plain(gold if data.is_dir() else data)} is not there"
    has_weights = all((WEIGHTS / reader / name).is_file() for name in FILES)
    if reader != NO_READER and reader_named(reader) in NETWORKS and not has_weights:
        return f"the weights of {reader} are not there"
    return ""


def kept(name: str, reader: str, gold: Path, folder: Path, make: Callable[[], Told]) -> Told:
    """What `make` gave when this was asked first, from the folder where it is there; `cached` tells which."""
    slug = re.sub(r"\W+", "-", f"{name} {reader}").strip("-")
    path = folder / f"{slug}-{digest(reader, gold)[:16]}.json"
    if path.is_file():
        return {**json.loads(path.read_text(encoding="utf-8")), "cached": True}
    start, today = time.perf_counter(), datetime.now(UTC).date().isoformat()
    told = make()
    told = {"day": today, "seconds": round(time.perf_counter() - start, 1), **told}
    folder.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(told), encoding="utf-8")
    half.replace(path)  # whole or not at all
    return told


def digest(reader: str, gold: Path) -> str:
    """The digest of all that a figure depends on: the code, the reader's weights, the gold file."""
    return sha256(f"{code_digest()} {weights_digest(reader)} {_digest([gold])}".encode()).hexdigest()


@cache
def code_digest() -> str:
    """The digest of the rooms that read, their data, the evals, and the labels that tell what is trained on."""
    rooms = [path for room in ROOMS for path in (ROOT / "src/vedette" / room).rglob("*")]
    own = [path for path in (ROOT / "evals").glob("*") if path.suffix in (".py", ".toml")] + [LABELS, MORE]
    files = [path for path in rooms if WEIGHTS not in path.parents and "__pycache__" not in path.parts]
    return _digest([*files, *(path for path in own if not path.name.startswith(("accuracy", "published", "floors")))])


@cache
def weights_digest(reader: str) -> str:
    """The digest of a reader's weights; empty where it has none."""
    folder = WEIGHTS / reader
    files = [path for path in folder.rglob("*") if path.is_file()]
    return _digest([*files, WEIGHTS / "tokenizer.json"]) if files else ""


def weights_size(reader: str) -> int:
    """The bytes of a reader's weights in the wheel, the word pieces that both networks share left out."""
    return sum(path.stat().st_size for path in (WEIGHTS / reader).rglob("*") if path.is_file())


def _digest(files: list[Path]) -> str:
    whole = sha256()
    for path in sorted(path for path in files if path.is_file()):
        whole.update(f"{path.name}\0".encode() + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _measured(gold_set: GoldSet, gold: Path, reader: str) -> Told:
    asked = "" if reader == NO_READER else reader
    if gold_set.part == "unseen":
        with unseen(gold, gold_set.file) as rest:
            return _figures(measured(gold_set.set, rest, asked))
    told = _figures(measured(gold_set.set, gold, asked))
    if asked and reader_named(reader) in NETWORKS:
        told["trained_on"] = trained_on(gold, gold_set.file)
    return told


def _figures(told: Told) -> Told:
    return {name: told.get(name, {}) for name in ("n", "seconds", "scores", "details")}


def _plain(path: Path) -> str:
    """A path as it is told to others: from the checkout or from beside it."""
    for root, before in ((ROOT, ""), (ROOT.parent, "../")):
        if path.is_relative_to(root):
            return f"{before}{path.relative_to(root)}"
    return path.name
