"""The modern gold in `evals/modern`: labels by the code book; the texts of others are found beside the checkout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from evals.gold import rows

LABELS = Path(__file__).parent / "modern/labels.jsonl"
MORE = Path(__file__).parent / "modern/more.jsonl"  # all of it to learn from
TEST = Path(__file__).parent / "modern/test.jsonl"  # labelled after the network was made, and looked at by nobody
DATA = Path(__file__).parents[2] / "shared/data"

# Where each set keeps a text's name, and how its text is put together.
_KEYS = {"news_rss_2021": "id", "isaf_press_releases": "id", "satp_conflibert": "id"}


def _text_of(name: str, row: Mapping[str, Any]) -> str:
    if name == "news_rss_2021":
        return rss_text(row)
    return row["text"] if "text" in row else " ".join(row["tokens"])


def rss_text(row: Mapping[str, Any]) -> str:
    """A feed's item: its title and what it says."""
    return f"{(row['title'] or '').strip()}\n\n{(row['description'] or '').strip()}".strip()


@cache
def _texts(data: Path, name: str, file: str) -> Mapping[str, str]:
    key = _KEYS.get(name, "doc_id")
    return {str(row[key]): _text_of(name, row) for row in rows(data / name / file)}


def labelled(gold: Path, data: Path, keep: Callable[[str], bool] = lambda ident: True) -> Iterator[dict[str, Any]]:
    """Each labelled text whose id is kept, with its `text`; a `ValueError` where a text is not the one labelled."""
    for row in rows(gold):
        if not keep(row["id"]):
            continue
        if "text" not in row:
            row["text"] = text_of(data, row)[: row["end"]]
        yield row


def text_of(data: Path, row: Mapping[str, Any]) -> str:
    """The text of others that a row of labels speaks of; a `ValueError` where it is not the one labelled."""
    text = _texts(data, row["set"], row["file"]).get(row["key"], "")
    if text_digest(text) != row["digest"]:
        raise ValueError(f"{row['set']}/{row['file']} {row['key']}: the text is not the one that was labelled")
    return text


def text_digest(text: str) -> str:
    """By what a text is known wherever it stands, a text of others also by another name."""
    return sha256(text.encode()).hexdigest()[:16]


def is_tested(gold: Path) -> Callable[[str], bool]:
    """Which ids of a file of labels count: all of the test file, the fifth kept from training of any other."""
    return (lambda ident: True) if gold.name == TEST.name else is_test


def is_test(ident: str) -> bool:
    """True for the fifth of the texts that nobody trains on, told by the digest of the id."""
    return sha256(ident.encode()).digest()[0] % 5 == 0


def training_labels() -> Iterator[dict[str, Any]]:
    """The labels that the network is trained on, without the texts of others."""
    yield from (row for row in rows(LABELS) if not is_test(row["id"]))
    yield from rows(MORE)


def training_texts(data: Path) -> Iterator[dict[str, Any]]:
    """The labelled texts that the network is trained on, each with its `text`."""
    yield from labelled(LABELS, data, lambda ident: not is_test(ident))
    yield from labelled(MORE, data)


def trained_on(name: str) -> frozenset[str]:
    """The keys of those texts of another set whose labels here the shipped network was trained on."""
    return frozenset(row["key"] for row in training_labels() if row.get("set") == name)
