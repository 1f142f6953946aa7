"""Builds `src/vedette/reference/data/actors.json.gz`: the registry of actors with the names that rules make.

`python scripts/build_actors.py`, whenever `data/actors/`, `data/actor_rules.toml` or countries' names have changed.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import msgspec

from vedette.reference.actor_files import read_actors
from vedette.reference.actor_rules import with_rules
from vedette.reference.actor_words import key_of
from vedette.reference.known_actors import UCDP, KnownActor

DATA = Path(__file__).resolve().parents[1] / "src/vedette/reference/data"


def main() -> None:
    """Write the registry."""
    # Without a time of writing, the same actors give the same file.
    (DATA / "actors.json.gz").write_bytes(gzip.compress(compiled(), 9, mtime=0))


def compiled() -> bytes:
    """The registry as JSON: the actors, and what each of their names is looked up by."""
    ids = ucdp_ids(DATA / "actors" / "ucdp_ids.csv")
    actors = [with_ids(actor, ids) for actor in with_rules(read_actors(DATA / "actors"))]
    keys = [[key_of(name.text) for name in actor.names] for actor in actors]
    told = [{field: value for field, value in as_dict(actor).items() if value} for actor in actors]
    return msgspec.json.encode({"actors": told, "keys": keys})


def as_dict(actor: KnownActor) -> dict[str, object]:
    """The actor's fields, names without the ends that are open."""
    fields = msgspec.to_builtins(actor)
    for parts in ("names", "was"):
        fields[parts] = [{key: value for key, value in each.items() if value is not None} for each in fields[parts]]
    return fields  # type: ignore[no-any-return]


def ucdp_ids(path: Path) -> dict[str, list[int]]:
    """UCDP's numbers of each name."""
    found: dict[str, list[int]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["name"]].append(int(row["id"]))
    return found


def with_ids(actor: KnownActor, ids: dict[str, list[int]]) -> KnownActor:
    """The actor with the numbers that UCDP has for its names there."""
    names = [name.text for name in actor.names if name.source == UCDP]
    return replace(actor, ucdp_ids=tuple(sorted({ident for name in names for ident in ids.get(name, ())})))


if __name__ == "__main__":
    main()
