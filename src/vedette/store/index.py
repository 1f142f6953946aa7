"""Full text: a tantivy index of the articles, derived from the lake and rebuilt wherever it is missing or broken."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from filelock import FileLock

from vedette.model.errors import UsageError

HEAP = 64 * 1024 * 1024  # tantivy asks for 15 MB a thread at least


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of an article; `batch` is the commit that added it."""

    id: str
    batch: int
    source: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a query, best first by BM25 `score`."""

    article_id: str
    score: float


class TextIndex:
    """One folder; what it holds tells up to which commit it is complete."""

    def __init__(self, folder: Path) -> None:
        if folder.exists() and not os.access(folder, os.W_OK):
            # tantivy takes a lock file even to read: a case on a read-only medium is searched in a copy.
            self._copy = tempfile.TemporaryDirectory(prefix="vedette-index-")
            folder = Path(shutil.copytree(folder, Path(self._copy.name) / "index"))
        self._folder = folder
        self._schema = _schema()
        self._index = self._open()

    def last_batch(self) -> int:
        """The newest commit whose articles are indexed, 0 for none: a commit's articles enter together."""
        found = self._index.searcher().search(tantivy.Query.all_query(), 1, order_by_field="batch")
        return int(found.hits[0][0]) if found.hits else 0

    def add(self, entries: Iterable[Entry]) -> bool:
        """Index the entries, all or none; False where another process is at it."""
        try:
            writer = self._index.writer(HEAP, 1)
        except ValueError as error:
            if "LockBusy" in str(error):
                return False
            raise
        for entry in entries:
            writer.delete_documents_by_term("id", entry.id)
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return True

    def search(self, query: str, limit: int) -> list[Hit]:
        """The best hits; words are stemmed as English, and "…", AND, OR, NOT, source:NAME are understood."""
        try:
            parsed = self._index.parse_query(query, ["title", "text"], field_boosts={"title": 2.0})
        except ValueError as error:
            raise UsageError(f"query {query!r}", f"{error}; put words with punctuation in double quotes") from None
        searcher = self._index.searcher()
        found = searcher.search(parsed, limit)
        return [Hit(searcher.doc(address)["id"][0], float(score)) for score, address in found.hits]

    def excerpt(self, query: str, text: str, length: int = 200) -> str:
        """The part of an article's text that answers the query best."""
        parsed = self._index.parse_query(query, ["text"])
        generator = tantivy.SnippetGenerator.create(self._index.searcher(), parsed, self._schema, "text")
        generator.set_max_num_chars(length)
        document = tantivy.Document()
        document.add_text("text", text)
        return " ".join((generator.snippet_from_doc(document).fragment() or text[:length]).split())

    def _open(self) -> Any:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            return tantivy.Index(self._schema, path=str(self._folder), reuse=True)
        except ValueError:  # another version's schema, or a broken folder: it is derived, so make it anew
            with FileLock(f"{self._folder}.lock"):
                shutil.rmtree(self._folder)
                self._folder.mkdir()
                return tantivy.Index(self._schema, path=str(self._folder), reuse=True)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_unsigned_field("batch", stored=False, indexed=True, fast=True)
    builder.add_text_field("source", tokenizer_name="default")
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("text", tokenizer_name="en_stem")
    return builder.build()


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_unsigned("batch", entry.batch)
    document.add_text("source", entry.source)
    document.add_text("title", entry.title)
    document.add_text("text", entry.text)
    return document
