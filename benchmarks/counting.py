"""Counts of a case's ACLED rows from a warm process, beside DuckDB by hand and pandas: `python counting.py CASE`."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas

from vedette.analyse import Filters, Unit, count
from vedette.store import Case

TIMES = 5
SUMS = "count(*) AS n, sum(killed_low) AS low, sum(killed_best) AS best, sum(killed_high) AS high"
# Fields and filters of ours; the same by hand; the columns and the grouping that pandas needs.
QUESTIONS: dict[str, tuple[list[str], Filters, str, list[str], Callable[[Any], Any]]] = {
    "by country": (
        ["country"],
        Filters(),
        f"SELECT coalesce(path[1], place) AS g, {SUMS} FROM claims GROUP BY g ORDER BY n DESC",
        ["country", "killed_low", "killed_best", "killed_high"],
        lambda rows: rows.groupby("country").agg(["size", "sum"]),
    ),
    "by kind and month": (
        ["month", "kind"],
        Filters(),
        f"""SELECT strftime(earliest, '%Y-%m') AS m, strftime(latest, '%Y-%m') AS l, kind, {SUMS} FROM claims
        GROUP BY ALL ORDER BY m""",
        ["earliest", "latest", "kind", "killed_low", "killed_best", "killed_high"],
        lambda rows: rows.groupby(
            [
                pandas.to_datetime(rows.earliest).dt.to_period("M"),
                pandas.to_datetime(rows.latest).dt.to_period("M"),
                "kind",
            ]
        )[["killed_low", "killed_best", "killed_high"]].agg(["size", "sum"]),
    ),
    "by target, one country": (
        ["target"],
        Filters(country="MM"),
        f"""SELECT unnest(CASE WHEN len(targets) = 0 THEN ['not told'] ELSE targets END) AS g, {SUMS} FROM claims
        WHERE country = 'MM' GROUP BY g ORDER BY n DESC""",
        ["country", "targets", "killed_low", "killed_best", "killed_high"],
        lambda rows: (
            rows[rows.country == "MM"]
            .explode("targets")
            .groupby("targets", dropna=False)[["killed_low", "killed_best", "killed_high"]]
            .agg(["size", "sum"])
        ),
    ),
}


def main() -> None:
    """Print one JSON object: for each question the median seconds of each way."""
    with Case.open(Path(sys.argv[1])) as case, case.snapshot() as now, duckdb.connect() as connection:
        files = case.lake.files("acled", case.ledger.heads()["acled"])
        connection.execute(f"CREATE VIEW claims AS SELECT * FROM read_parquet({files})")
        found = {}
        for question, (fields, filters, by_hand, columns, grouped) in QUESTIONS.items():
            rows = read(files, columns)
            found[question] = {
                "vedette": timed(partial(count, now, filters, fields, Unit.CLAIMS)),
                "duckdb": timed(lambda query=by_hand: connection.execute(query).fetchall()),  # type: ignore[misc]
                "pandas_file": timed(lambda names=columns, group=grouped: group(read(files, names)), 1),  # type: ignore[misc]
                "pandas_memory": timed(partial(grouped, rows), 1),
            }
    print(json.dumps(found))


def read(files: list[str], columns: list[str]) -> Any:
    """The columns of the files as a data frame."""
    return pandas.concat([pandas.read_parquet(file, columns=columns) for file in files])


def timed(job: Callable[[], object], times: int = TIMES) -> float:
    """The median time in seconds after one run that warms up."""
    job()
    took = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


if __name__ == "__main__":
    main()
