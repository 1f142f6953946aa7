from __future__ import annotations

from pathlib import Path

import pytest

from vedette.model.errors import UsageError
from vedette.store import Entry, TextIndex

ENTRIES = [
    Entry("a", 1, "wire", "Bomb in Kunduz", "A suicide bomber struck a mosque."),
    Entry("b", 2, "ngo", "Market day", "Traders in Kunduz said that the market was bombed twice."),
]


@pytest.fixture
def index(tmp_path: Path) -> TextIndex:
    made = TextIndex(tmp_path / "index")
    made.add(ENTRIES)
    return made


def test_words_are_found_in_any_form_and_titles_weigh_more(index: TextIndex) -> None:
    assert [hit.article_id for hit in index.search("bombing", 10)] == ["a", "b"]


def test_phrases_and_sources_narrow_the_search(index: TextIndex) -> None:
    assert [hit.article_id for hit in index.search('"suicide bomber"', 10)] == ["a"]
    assert [hit.article_id for hit in index.search("kunduz AND source:ngo", 10)] == ["b"]


def test_the_index_knows_how_far_it_is(index: TextIndex, tmp_path: Path) -> None:
    assert index.last_batch() == 2
    assert TextIndex(tmp_path / "index").last_batch() == 2
    assert TextIndex(tmp_path / "other").last_batch() == 0


def test_adding_an_article_again_keeps_it_once(index: TextIndex) -> None:
    index.add(ENTRIES)
    assert len(index.search("kunduz", 10)) == 2


def test_a_broken_index_is_made_anew(index: TextIndex, tmp_path: Path) -> None:
    (tmp_path / "index" / "meta.json").write_text("{ broken")
    assert TextIndex(tmp_path / "index").last_batch() == 0


def test_an_excerpt_holds_the_words(index: TextIndex) -> None:
    text = "nothing here " * 100 + "a bomb went off " + "nothing there " * 100
    assert "bomb" in index.excerpt("bombs", text)


def test_a_query_that_cannot_be_read_says_what_to_do(index: TextIndex) -> None:
    with pytest.raises(UsageError, match="double quotes"):
        index.search('nosuchfield:x "', 5)
