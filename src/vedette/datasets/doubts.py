"""What is doubtful in a row that still makes a claim: what cannot be right is left open, the cell stays as it came.

Of tolls that are out of order (low above best) the best stays, and an end that contradicts it is left open.
"""

from __future__ import annotations

from collections.abc import Iterator

from vedette.datasets.expressions import ABSURD, Cells
from vedette.model.kinds import Precision, Side
from vedette.reference.datasets import Count, DataSet


def doubts(data_set: DataSet, cells: Cells) -> str:
    """A list of sentences, empty for a sound row."""
    each = [*_numbers(data_set, cells), *_order(data_set, cells), *_points(data_set, cells), *_days(data_set, cells)]
    each.append(
        f"CASE WHEN NOT coalesce(codes.known, true) THEN concat('the code ', {cells.first(data_set.code)}, "
        f"' is not in the list of {data_set.title}: taken as unknown') END"
    )
    all_, any_ = ", ".join(each), "lambda doubt: doubt IS NOT NULL"
    return f"CASE WHEN coalesce({all_}) IS NULL THEN CAST([] AS VARCHAR[]) ELSE list_filter([{all_}], {any_}) END"


def _numbers(data_set: DataSet, cells: Cells) -> Iterator[str]:
    codes = ", ".join(str(code) for code in data_set.unknown_numbers) or "NULL"
    for cell in dict.fromkeys(cell for toll in data_set.tolls for cell in toll.cells):
        text, number = cells.value(cell), f"n_{cell}"
        yield (
            f"CASE WHEN {number} BETWEEN 0 AND {ABSURD} OR coalesce({number} IN ({codes}), false) OR {text} IS NULL "
            f"THEN NULL WHEN {number} IS NULL THEN concat('{cell} ', {text}, ' is no number') "
            f"WHEN {number} < 0 THEN concat('{cell} ', {text}, ' is below zero') "
            f"ELSE concat('{cell} ', {text}, ' is more than any event has had') END"
        )


def told_in_three(toll: Count) -> bool:
    """True of a toll whose low and high are columns of their own."""
    return toll.side is Side.UNKNOWN and toll.low != toll.high and bool(toll.high)


def _order(data_set: DataSet, cells: Cells) -> Iterator[str]:
    for toll in filter(told_in_three, data_set.tolls):
        ends = {"low": toll.low, "best": toll.best, "high": toll.high}
        low, best, high = (f"CAST({cells.number(cell)} AS BIGINT)" for cell in ends.values())
        told = ", ".join(f"'{end} ' || CAST({cells.number(cell)} AS BIGINT)" for end, cell in ends.items())
        yield (
            f"CASE WHEN {low} > {best} OR {best} > {high} OR ({best} IS NULL AND {low} > {high}) THEN "
            f"concat('the {toll.harm} are not in order: ', concat_ws(', ', {told})) END"
        )


def _points(data_set: DataSet, cells: Cells) -> Iterator[str]:
    place = data_set.place
    if (country := place.levels.get(Precision.COUNTRY)) in data_set.required:
        yield f"CASE WHEN areas.country IS NULL THEN '{country} is empty' END"
    for cell, most in ((place.lat, 90), (place.lon, 180)):
        yield (
            f"CASE WHEN n_{cell} BETWEEN -{most} AND {most} OR {cells.value(cell)} IS NULL THEN NULL "
            f"WHEN n_{cell} IS NULL THEN concat('{cell} ', {cells.value(cell)}, ' is no number') "
            f"ELSE concat('{cell} ', {cells.value(cell)}, ' is out of range: are the coordinates swapped?') END"
        )
    if place.precision:
        told = f"coalesce({cells.value(place.precision)}, 'is empty')"
        yield f"CASE WHEN NOT codes.located THEN concat('{place.precision} ', {told}, ': taken as the country') END"
    yield (
        f"CASE WHEN {look_swapped(data_set)} "
        "THEN concat('the coordinates look swapped: turned round they lie in ', areas.country) END"
    )


def look_swapped(data_set: DataSet) -> str:
    """True where a point lies outside of its country and would lie in it with latitude and longitude exchanged."""
    lat, lon = f"n_{data_set.place.lat}", f"n_{data_set.place.lon}"
    inside = "BETWEEN areas.south AND areas.north AND {} BETWEEN areas.west AND areas.east"
    return (
        f"({lat} BETWEEN -90 AND 90 AND {lon} BETWEEN -90 AND 90 AND {lon} {inside.format(lat)} "
        f"AND NOT ({lat} {inside.format(lon)}))"
    )


def _days(data_set: DataSet, cells: Cells) -> Iterator[str]:
    when = data_set.when
    if when.form == "range":
        yield "CASE WHEN last_day.day < first_day.day THEN 'it ends before it begins: taken the other way round' END"
        yield (
            "CASE WHEN last_day.fault IS NOT NULL AND first_day.day IS NOT NULL "
            "THEN concat('its last day is not known: ', last_day.fault) END"
        )
    if when.width:
        told = f"coalesce({cells.value(when.width)}, 'is empty')"
        yield f"CASE WHEN codes.width = '' THEN concat('{when.width} ', {told}, ': taken as the month') END"
