"""Article bodies of real pages: precision, recall and F1 over four-word shingles.

The metric is that of github.com/scrapinghub/article-extraction-benchmark (evaluate.py): a page's shingles are a
multiset, its true and false ones are shares of its own total, precision and recall are means over the pages that
have any, and F1 is their harmonic mean. The deviations are 1.96 times those of 1,000 bootstrap samples of the pages.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, stdev

from evals.gold import Scores, rows
from vedette.model.errors import FormatError, InputError
from vedette.model.nouns import Article, Capture
from vedette.text import open_capture

_SHINGLE = 4
_SAMPLES = 1000
_SEEN = datetime(2026, 1, 1, tzinfo=UTC)  # The pages are of 2019 and before; the benchmark tells no day of fetching.

Shares = tuple[float, float, float]


def score(gold: Path) -> Scores:
    """The body of each page of `gold`, opened by the shipped way, against the body a person marked."""
    pages = list(rows(gold))
    opened = [_opened(gold.parent / page["html_file"], page["url"]) for page in pages]
    shares = [matched(page["article_body"], _body(article)) for page, article in zip(pages, opened, strict=True)]
    return Scores(n=len(pages), scores=averaged(shares), details=_deviations(shares) | _coverage(opened))


def matched(true: str, found: str) -> Shares:
    """The shares of both texts' shingles that are in both, only in `found` and only in `true`."""
    wanted, got = shingles(true), shingles(found)
    counts = ((wanted & got).total(), (got - wanted).total(), (wanted - got).total())
    total = sum(counts) or 1
    return counts[0] / total, counts[1] / total, counts[2] / total


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Each run of four words and how often it stands in the text; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[start : start + _SHINGLE]) for start in range(max(1, len(words) - _SHINGLE + 1)))
    return Counter(run for run in runs if run)


def averaged(shares: list[Shares]) -> dict[str, float]:
    """Mean precision over the pages with a body found, mean recall over those that have one, and their F1."""
    precision = fmean([both / (both + extra) for both, extra, _ in shares if both + extra] or [0.0])
    recall = fmean([both / (both + missed) for both, _, missed in shares if both + missed] or [0.0])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _opened(page: Path, url: str) -> Article | None:
    try:
        body = gzip.decompress(page.read_bytes())
    except (OSError, EOFError) as error:
        raise InputError(page, "cannot be read; the gold file needs its html folder beside it") from error
    capture = Capture.of(body, source="gold", url=url, fetched_at=_SEEN, media_type="text/html")
    try:
        return open_capture(capture)[0]
    except FormatError:  # The benchmark scores a page that was not opened as an empty body.
        return None


def _body(article: Article | None) -> str:
    return article.text.removeprefix(f"{article.title}\n\n") if article else ""


def _deviations(shares: list[Shares]) -> dict[str, float]:
    draw = random.Random(0)
    samples = [averaged(draw.choices(shares, k=len(shares))) for _ in range(_SAMPLES)] if shares else []
    return {f"{name}_ci": 1.96 * stdev(sample[name] for sample in samples) for name in (samples or [{}])[0]}


def _coverage(opened: list[Article | None]) -> dict[str, float]:
    told = [article for article in opened if article]
    total = len(opened) or 1
    return {
        "opened": len(told) / total,
        "with_title": sum(bool(article.title) for article in told) / total,
        "with_date": sum(article.published is not None for article in told) / total,
        "with_site": sum(bool(article.site) for article in told) / total,
    }
