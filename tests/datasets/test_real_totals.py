"""What real files add up to, counted by Python's own CSV reader and by the claims made of them."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Callable

import pytest

from taking import Take, Taken, shared

ACLED = [
    "acled_2016_api.csv", "acled_2020-05_export.csv", "acled_2022h1_dev.csv", "acled_argentina_2022-06.csv",
    "acled_asia2015_pakistan_v6schema.csv", "acled_benin_2023schema.csv", "acled_burkina_1997_2020_export.csv",
]  # fmt: skip
UCDP = ["ucdp_ged/ged_v23_sample_dev.csv", "ucdp_ged/ged_syria_2016_2019.csv.gz"]
GTD = ["gtd_slices/gtd_1993_1213dist.csv", "gtd_slices/gtd_us_2000on_dev.csv"]
Row = dict[str, str]


def rows_of(name: str, delimiter: str = ",", header: bool = True) -> list[Row]:
    """A real file's rows by lower-case column; by number where it has no header."""
    path = shared(name)
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    lines = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=delimiter, quoting=quoting)
    names = [each.lower() for each in next(lines)] if header else [str(number) for number in range(61)]
    return [dict(zip(names, line, strict=True)) for line in lines if line]


def counted(taken: Taken, *columns: str) -> Counter[tuple[str, ...]]:
    """How many claims there are of each of these."""
    asked = ", ".join(f"CAST({column} AS VARCHAR)" for column in columns)
    cells = f"SELECT id, cells FROM rows_{taken.dataset}"
    rows = taken.ask(f"SELECT {asked}, count(*) FROM taken JOIN ({cells}) r USING (id) GROUP BY ALL")
    return Counter({tuple(each[:-1]): each[-1] for each in rows})


def expected(rows: list[Row], *of: Callable[[Row], str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(each(row) for each in of) for row in rows)


def total(rows: list[Row], column: str, whole: Callable[[float], int] = int) -> int:
    return sum(whole(float(row[column])) for row in rows if row[column] and float(row[column]) >= 0)


@pytest.mark.parametrize("name", ACLED)
def test_acled_adds_up(take: Take, name: str) -> None:
    rows = rows_of(f"acled_samples/{name}")
    taken = take("acled", shared(f"acled_samples/{name}"))
    assert taken.imported.difference.added == len({row["event_id_cnty"] for row in rows}) == len(rows)
    assert taken.ask("SELECT sum(killed_low), sum(killed_best), count(killed_high) FROM taken") == [
        (total(rows, "fatalities"), total(rows, "fatalities"), 0)
    ]
    kinds = expected(rows, lambda row: row.get("sub_event_type") or row["event_type"])
    assert counted(taken, "taken.code") == kinds
    days = {"1": 1, "2": 7, "3": 0}
    wide = "CASE WHEN latest - earliest + 1 IN (1, 7) THEN latest - earliest + 1 ELSE 0 END"
    assert counted(taken, wide) == expected(rows, lambda row: str(days[row["time_precision"]]))


@pytest.mark.parametrize("name", ACLED)
def test_an_acled_place_is_never_finer_than_its_precision_says(take: Take, name: str) -> None:
    taken = take("acled", shared(f"acled_samples/{name}"))
    finest = {"1": "settlement", "2": "district", "3": "province", None: "unknown"}
    order = ["settlement", "district", "province", "country", "unknown"]
    for (code, precision), _ in counted(taken, "r.cells.geo_precision", "taken.precision").items():
        assert order.index(precision) >= order.index(finest[code])
    assert taken.ask("SELECT count(*) FROM taken WHERE lat IS NOT NULL AND precision <> 'settlement'") == [(0,)]


@pytest.mark.parametrize("name", UCDP)
def test_ucdp_adds_up_by_side(take: Take, name: str) -> None:
    rows = rows_of(name)
    taken = take("ucdp", shared(name))
    assert taken.imported.difference.added == len(rows)
    ends = "sum(killed_low), sum(killed_best), sum(killed_high)"
    # An end that contradicts the best is left open.
    low = [row for row in rows if float(row["low"]) <= float(row["best"])]
    high = [row for row in rows if float(row["high"]) >= float(row["best"])]
    expected = (total(low, "low"), total(rows, "best"), total(high, "high"))
    assert taken.ask(f"SELECT {ends} FROM taken") == [expected]
    sides = taken.ask(
        "SELECT toll.side, sum(toll.best) FROM (SELECT unnest(side_tolls) AS toll FROM rows_ucdp) GROUP BY ALL"
    )
    a, b = (total([row for row in rows if row["type_of_violence"] != "3"], f"deaths_{side}") for side in "ab")
    one_sided = [row for row in rows if row["type_of_violence"] == "3"]
    assert dict(sides) == {
        "side_a": a,
        "side_b": b,
        "perpetrators": total(one_sided, "deaths_a"),
        "targets": total(one_sided, "deaths_b"),
        "civilians": total(rows, "deaths_civilians"),
        "unidentified": total(rows, "deaths_unknown"),
    }


@pytest.mark.parametrize("name", UCDP)
def test_ucdp_days_and_sides_are_those_of_the_rows(take: Take, name: str) -> None:
    rows = rows_of(name)
    taken = take("ucdp", shared(name))
    span = expected(rows, lambda row: row["date_start"][:10], lambda row: row["date_end"][:10])
    if span and "-" in next(iter(span))[0]:
        assert counted(taken, "earliest", "latest") == span
    undirected = expected(rows, lambda row: str(row["type_of_violence"] != "3").lower())
    assert counted(taken, "taken.undirected") == undirected
    order = ["settlement", "district", "province", "country", "unknown"]
    finest = {"1": 0, "2": 1, "3": 1, "4": 2, "5": 3, "6": 3, "7": 4}
    for (code, precision), _ in counted(taken, "r.cells.where_prec", "taken.precision").items():
        assert order.index(precision) >= finest[code]


@pytest.mark.parametrize("name", GTD)
def test_gtd_adds_up(take: Take, name: str) -> None:
    rows = rows_of(name)
    taken = take("gtd", shared(name))
    assert taken.imported.difference.added == len(rows)
    sums = taken.ask("SELECT sum(killed_best), sum(wounded_best), coalesce(sum(abducted_best), 0) FROM taken")

    def half_up(number: float) -> int:
        return int(number + 0.5)

    assert sums == [tuple(total(rows, column, half_up) for column in ("nkill", "nwound", "nhostkid"))]
    attackers = expected([row for row in rows if row["gname"] not in {"Unknown", "Other"}], lambda row: row["gname"])
    named = taken.ask("SELECT coalesce(told_perpetrators[1], perpetrators[1]), count(*) FROM rows_gtd GROUP BY ALL")
    assert {name: number for name, number in named if name} == {name: number for (name,), number in attackers.items()}
    claimed = [row for row in rows if row["claimed"] in {"1", "1.0"} and row["gname"] not in {"Unknown", "Other"}]
    assert counted(taken, "taken.attribution")[("claimed",)] == len(claimed)
    vague = [row for row in rows if row["iday"] == "0"]
    assert taken.ask("SELECT count(*) FROM taken WHERE latest > earliest") == [(len(vague),)]


def test_gdelt_adds_up(take: Take) -> None:
    name = "icews_gdelt_samples/gdelt2_20191024143000.export.CSV"
    rows = rows_of(name, "\t", header=False)
    taken = take("gdelt", shared(name))
    assert taken.imported.difference.added == len(rows)
    assert counted(taken, "taken.code") == expected(rows, lambda row: row["26"])
    day = expected(rows, lambda row: f"{row['1'][:4]}-{row['1'][4:6]}-{row['1'][6:]}")
    assert counted(taken, "earliest") == day
    placed = {"0": "unknown", "1": "country", "2": "province", "3": "settlement", "4": "settlement", "5": "province"}
    assert counted(taken, "taken.precision") == expected(rows, lambda row: placed[row["51"] if row["52"] else "0"])


def test_icews_adds_up(take: Take) -> None:
    name = "icews_gdelt_samples/icews_events.2018.sample.tab"
    rows = rows_of(name, "\t")
    taken = take("icews", shared(name))
    assert taken.imported.difference.added == len(rows)
    assert counted(taken, "taken.code") == expected(rows, lambda row: row["cameo code"])
    assert counted(taken, "earliest", "latest") == expected(rows, *(lambda row: row["event date"],) * 2)
    cities = [row for row in rows if row["city"] != "NA" and row["country"] != "NA"]
    assert counted(taken, "taken.precision")[("settlement",)] == len(cities)
