"""The table of readers, what they refuse, and that every span is the article's own text."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.model.errors import UsageError
from vedette.read import READERS, read_articles

SHARED = Path(__file__).parents[2] / "../shared/data"


def test_the_names_of_the_readers_are_pinned():
    assert list(READERS) == ["lexical.en/1", "accurate.en/3", "fast.en/1", "llm.en/1"]


def test_an_unknown_reader_is_refused_with_the_known_ones(reference):
    with pytest.raises(UsageError, match=r"lexical\.en/1"):
        read_articles([], reference, reader="lexical.xx/9")


def test_an_article_in_another_language_says_so_and_claims_nothing(reference, make_article):
    (reading,) = read_articles([make_article("Взрыв в Кабуле, убиты трое.", lang="ru")], reference)
    assert reading.claims == ()
    assert reading.unread == "language ru: accurate.en/3 reads en"


def test_an_undetermined_language_is_read_if_it_looks_english(reference, make_article):
    text = "Gunmen killed two policemen in the city of Kunduz on Friday."
    (reading,) = read_articles([make_article(text, lang="und")], reference)
    assert len(reading.claims) == 1


def test_one_reading_per_article_in_order(reference, make_article):
    articles = [make_article("Gunmen killed a teacher in Kunduz."), make_article("The sun shone."), make_article("")]
    assert [reading.article_id for reading in read_articles(articles, reference)] == [a.id for a in articles]


def test_reading_twice_gives_the_same_ids(reference, make_article):
    article = make_article("Gunmen killed a teacher in Kunduz.")
    assert read_articles([article], reference) == read_articles([article], reference)


def check_spans(articles, reference):
    for article, reading in zip(articles, read_articles(articles, reference), strict=True):
        assert len({claim.id for claim in reading.claims}) == len(reading.claims), article.text
        for claim in reading.claims:
            for span in spans_of(claim):
                assert span.article_id == article.id
                assert span.text
                assert span.text == article.text[span.start : span.end]
                assert span.text == span.text.strip()


def jsonl(path):
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this checkout (../shared/data)")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_every_span_is_the_articles_text_in_press_releases(reference, make_article):
    rows = jsonl(SHARED / "isaf_press_releases/dev.jsonl")
    check_spans([make_article(row["text"], published="") for row in rows], reference)


def test_every_span_is_the_articles_text_in_telexes(reference, make_article):
    rows = jsonl(SHARED / "muc4/dev.jsonl")
    check_spans([make_article(row["text"], published=row["report_date"] or "") for row in rows], reference)


def test_every_span_is_the_articles_text_in_news_items(reference, make_article):
    rows = jsonl(SHARED / "news_rss_2021/rss_2021_07_09.jsonl")
    articles = [make_article(row["description"] or "", title=row["title"]) for row in rows]
    check_spans(articles, reference)


JUMBLE = """gunmen killed three soldiers and wounding 20 people . , in Kabul a suicide bomber denied that the bomb on
Friday claimed responsibility between 3 to 5 no one was hurt dozens of Mullah — İ ’s 2021 attack at least"""
PIECES = st.sampled_from([*JUMBLE.split(), "\n\n", "\n", " "])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_jumble_of_trigger_words_reads_without_error(reference, make_article, pieces):
    check_spans([make_article(" ".join(pieces))], reference)


def spans_of(claim):
    """Every span of a claim."""
    single = [claim.kind, claim.when, claim.place, claim.stance, claim.attribution]
    many = [*claim.perpetrators, *claim.targets, *claim.weapons, *claim.tolls]
    told = [claim.said_by] if claim.said_by else []
    return [span for cited in (*single, *many, *told) for span in cited.spans]
