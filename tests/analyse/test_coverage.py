from __future__ import annotations

from datetime import date
from pathlib import Path

from code_book_files import take_in
from code_book_record import file_of
from invented import gtd_rows
from vedette.analyse import Filters, Unit, trend
from vedette.store import Case


def gtd_rows_of(*days: date) -> list[dict[str, str]]:
    """A row of GTD's in Afghanistan on each of these days."""
    return [
        {
            **row,
            "eventid": f"{day:%Y%m%d}{number:04}",
            **{"iyear": str(day.year), "imonth": str(day.month), "iday": str(day.day), "approxdate": ""},
            **{"country": "4", "country_txt": "Afghanistan", "region": "6", "region_txt": "South Asia"},
        }
        for number, (row, day) in enumerate(zip(gtd_rows("135", len(days)), days, strict=True), start=1)
    ]


def test_the_year_that_gtd_lost_is_no_data_and_an_empty_month_beside_it_is_none(new_case: Case, tmp_path: Path) -> None:
    rows = gtd_rows_of(date(1992, 10, 1), date(1992, 12, 31), date(1994, 1, 1), date(1994, 3, 31))
    take_in(new_case, "gtd", file_of(tmp_path / "gtd.csv", rows))
    lost = {f"1993-{month:02}": None for month in range(1, 13)}
    expected = {"1992-10": 1, "1992-11": 0, "1992-12": 1, **lost, "1994-01": 1, "1994-02": 0, "1994-03": 1}
    with new_case.snapshot() as now:
        for unit in Unit:
            (series,) = trend(now, Filters(), "month", unit=unit).series
            assert {period.name: period.count for period in series.periods} == expected
            days = {period.name: period.days for period in series.periods}
            assert {days[name] for name in lost} == {0}
