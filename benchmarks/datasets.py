"""Importing and counting ACLED-shaped rows beside DuckDB and pandas, in one run.

    uv pip install --group bench
    python benchmarks/datasets.py --rows 100000 1000000 10000000 --write docs/performance.md

The rows are real ones from `../shared/data/acled_samples`, drawn anew with ids and notes of their own, in any order.
Every process is started for one thing and measured whole; times are the median of three runs, one for ten million rows.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "../shared/data/acled_samples/acled_2022h1_dev.csv"
MANY = 5_000_000  # from here on each thing is run once
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Run:
    """How long a process ran, in seconds, the most memory that it held, in megabytes, and what it printed."""

    seconds: float
    megabytes: float
    said: str = ""


def main() -> None:
    """Measure what is asked for, print the tables and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--write", type=Path, help="a Markdown file whose measured part is replaced")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure(rows, Path(folder)) for rows in sorted(asked.rows)]
    report = "\n".join(report_of(measured))
    print(report)
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        head, tail = text.split(BEGIN)[0], text.split(END)[1]
        asked.write.write_text(f"{head}{BEGIN}\n{report}\n{END}{tail}", encoding="utf-8")


def measure(rows: int, folder: Path) -> dict[str, Any]:
    """All figures for one number of rows."""
    table, case = folder / f"acled-{rows}.csv", folder / f"case-{rows}"
    make_rows(rows, table)
    repeats = 1 if rows >= MANY else 3
    found: dict[str, Any] = {"rows": rows, "megabytes": table.stat().st_size / 1e6}
    found["duckdb"] = median(lambda: python(_DUCKDB, str(table), str(folder / "plain.parquet")), repeats)
    found["pandas"] = median(lambda: python(_PANDAS, str(table)), repeats)
    found["import"] = median(lambda: imported(table, case), repeats)
    table.unlink()
    found["cold"] = median(lambda: vedette("count", "--by", "country", "--unit", "claims", "--case", str(case)), 3)
    found["counts"] = json.loads(run([sys.executable, str(ROOT / "benchmarks/counting.py"), str(case)]).said)
    shutil.rmtree(case)
    return found


def make_rows(rows: int, table: Path) -> None:
    """Write `rows` rows drawn from the sample: ids and notes differ, the order is any."""
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false; SELECT setseed(0.5)")
        connection.execute(f"CREATE TABLE real AS SELECT * FROM read_csv('{SAMPLE}', all_varchar = true)")
        (real,) = connection.execute("SELECT count(*) FROM real").fetchone() or (1,)
        drawn = f"SELECT number, CAST(floor(random() * {real}) AS BIGINT) AS place FROM range({rows}) t(number)"
        numbered = "SELECT *, row_number() OVER () - 1 AS place FROM real"
        new = "concat(event_id_cnty, 'x', number) AS event_id_cnty, concat(notes, ' ', number) AS notes"
        query = f"SELECT * EXCLUDE (number, place) REPLACE ({new}) FROM ({drawn}) JOIN ({numbered}) USING (place)"
        connection.execute(f"COPY ({query}) TO '{table}' (HEADER)")


_DUCKDB = """
import duckdb, sys
duckdb.execute(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet)")
"""
_PANDAS = "import pandas, sys; pandas.read_csv(sys.argv[1])"


def python(code: str, *arguments: str) -> Run:
    """A piece of Python in a process of its own."""
    return run([sys.executable, "-c", code, *arguments])


def vedette(*arguments: str) -> Run:
    """A `vedette` command in a process of its own."""
    return run([sys.executable, "-m", "vedette", *arguments])


def imported(table: Path, case: Path) -> Run:
    """`vedette import acled` into a new case."""
    shutil.rmtree(case, ignore_errors=True)
    vedette("init", str(case))
    return vedette("import", "acled", str(table), "--case", str(case))


def run(command: list[str]) -> Run:
    """A process from start to end; what others left to be written is written before."""
    os.sync()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        said.seek(0)
        return Run(seconds, usage.ru_maxrss / 1024, said.read().decode())


def median(job: Callable[[], Run], repeats: int) -> Run:
    """The time in the middle, and the largest memory of all."""
    runs = [job() for _ in range(repeats)]
    return Run(statistics.median(each.seconds for each in runs), max(each.megabytes for each in runs))


IMPORTING = ("rows", "file", "DuckDB: `read_csv` → Parquet", "pandas: `read_csv`", "`vedette import`", "to DuckDB")
IMPORTING += ("to pandas", "peak memory")
COUNTING = ("rows", "question", "DuckDB by hand", "pandas, from the file", "pandas, in memory", "`count`, warm")
COUNTING += ("to DuckDB", "faster than pandas from the file")


def report_of(measured: list[dict[str, Any]]) -> list[str]:
    """The tables, as Markdown."""
    lines = ["## Importing", "", *table(IMPORTING, [importing(each) for each in measured])]
    if len(measured) > 1:
        lines += ["", f"The time of the import grows with the rows to the power of {exponent(measured):.2f}."]
    counts = [row for each in measured for row in counting(each)]
    lines += ["", "## Counting claims", "", *table(COUNTING, counts)]
    cold = [(f"{each['rows']:,}", f"{each['cold'].seconds:.2f} s") for each in measured]
    return [*lines, "", "## `vedette count --by country --unit claims`, cold", "", *table(("rows", "time"), cold)]


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """A Markdown table, numbers to the right."""
    return [f"| {' | '.join(row)} |" for row in (head, ("---:",) * len(head), *rows)]


def importing(found: dict[str, Any]) -> tuple[str, ...]:
    """One row of the first table."""
    ours, duckdb_, pandas = found["import"], found["duckdb"], found["pandas"]
    return (
        f"{found['rows']:,}",
        f"{found['megabytes']:,.0f} MB",
        *(f"{each.seconds:.2f} s" for each in (duckdb_, pandas, ours)),
        *(f"{ours.seconds / each.seconds:.2f}" for each in (duckdb_, pandas)),
        f"{ours.megabytes:,.0f} MB",
    )


def counting(found: dict[str, Any]) -> list[tuple[str, ...]]:
    """The rows of the second table, one a question."""
    return [
        (
            f"{found['rows']:,}",
            question,
            *(f"{times[name] * 1e3:,.0f} ms" for name in ("duckdb", "pandas_file", "pandas_memory", "vedette")),
            f"{times['vedette'] / times['duckdb']:.2f}",
            f"{times['pandas_file'] / times['vedette']:.1f}",
        )
        for question, times in found["counts"].items()
    ]


def exponent(measured: list[dict[str, Any]]) -> float:
    """The slope of the logarithm of the time over that of the rows, by least squares."""
    points = [(math.log(each["rows"]), math.log(each["import"].seconds)) for each in measured]
    x, y = (statistics.mean(values) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


if __name__ == "__main__":
    main()
