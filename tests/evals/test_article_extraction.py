from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.article_extraction import averaged, matched, score, shingles
from vedette.model.errors import InputError

DATA = Path(__file__).parents[2] / "../shared/data/article_extraction/dev.jsonl"
BODY = "Twelve people were killed on Tuesday when a bomb went off in the market, officials said. The army denied it."


@pytest.fixture
def gold(tmp_path: Path) -> Callable[..., Path]:
    """A gold file of pages, each given as its body in the page and its body in the gold."""

    def made(*pages: tuple[str, str]) -> Path:
        rows = []
        for number, (shown, body) in enumerate(pages):
            head = "<head><title>Blast in the market</title></head>"
            html = f"<html>{head}<body><article><p>{shown}</p></article></body></html>"
            (tmp_path / f"{number}.gz").write_bytes(gzip.compress(html.encode()))
            url = f"https://example.org/{number}"
            rows.append(
                json.dumps({"doc_id": str(number), "url": url, "article_body": body, "html_file": f"{number}.gz"})
            )
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(rows), encoding="utf-8")
        return path

    return made


def test_shingles_are_runs_of_four_words_with_their_count():
    assert shingles("a b, c. d e") == {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}
    assert shingles("x x x x x") == {("x",) * 4: 2}


def test_short_text_is_one_shingle_and_none_is_none():
    assert shingles("one two") == {("one", "two"): 1}
    assert shingles(" … ") == {}


def test_shares_are_of_all_shingles_of_both_texts():
    # True has abcd bcde, found has bcde cdef: one in both, one extra, one missed.
    assert matched("a b c d e", "b c d e f") == (1 / 3, 1 / 3, 1 / 3)
    assert matched("a b c d", "") == (0, 0, 1)
    assert matched("", "") == (0, 0, 0)


def test_repeated_words_are_extra():
    assert matched("x x x x", "x x x x x") == (0.5, 0.5, 0)


def test_case_counts_as_in_the_benchmark():
    assert matched("A b c d", "a b c d") == (0, 0.5, 0.5)


def test_means_are_over_pages_and_f1_is_of_the_means():
    told = averaged([(1.0, 0.0, 0.0), (0.25, 0.25, 0.5)])
    assert told["precision"] == pytest.approx((1 + 0.5) / 2)
    assert told["recall"] == pytest.approx((1 + 1 / 3) / 2)
    assert told["f1"] == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))


def test_page_without_a_body_found_lowers_recall_only():
    assert averaged([(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)]) == pytest.approx({"precision": 1, "recall": 0.5, "f1": 2 / 3})


def test_nothing_found_at_all_scores_nought():
    assert averaged([(0.0, 0.0, 1.0)]) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_page_opened_whole_scores_one_without_its_title(gold):
    result = score(gold((BODY, BODY)))
    assert result.n == 1
    assert result.scores == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_page_that_does_not_open_counts_as_an_empty_body(gold):
    assert score(gold((BODY, BODY), ("", BODY))).scores["recall"] == 0.5


def test_missing_page_is_one_clear_sentence(gold, tmp_path):
    path = gold((BODY, BODY))
    (tmp_path / "0.gz").unlink()
    with pytest.raises(InputError, match="the gold file needs its html folder beside it"):
        score(path)


@pytest.mark.skipif(not DATA.exists(), reason=f"real data is not here: {DATA}")
def test_bodies_of_real_pages_reach_the_published_best():
    # The README of the benchmark has go_trafilatura first, at 0.960 on all 181 pages.
    assert score(DATA).scores["f1"] >= 0.96
