"""Days, weeks, months, quarters and years by number, the same in Python and in SQL; weeks are ISO 8601's."""

from __future__ import annotations

from datetime import date

# How each period is written.
FORMS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "quarter": "%Y-Q", "year": "%Y"}

MONDAY = "DATE '0001-01-01'"  # the first Monday of the calendar, from which days and weeks are counted
# The number of the period that holds a day, and the first day of the period of a number.
_SQL = {
    "day": (f"({{day}} - {MONDAY})", f"{MONDAY} + CAST({{number}} AS INTEGER)"),
    "week": (f"({{day}} - {MONDAY}) // 7", f"{MONDAY} + CAST({{number}} * 7 AS INTEGER)"),
    "month": ("year({day}) * 12 + month({day}) - 1", "make_date({number} // 12, {number} % 12 + 1, 1)"),
    "quarter": ("year({day}) * 4 + quarter({day}) - 1", "make_date({number} // 4, {number} % 4 * 3 + 1, 1)"),
    "year": ("year({day})", "make_date({number}, 1, 1)"),
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def number_in_sql(every: str, day: str) -> str:
    """SQL for the number of the period that holds a day; the next period has the next number."""
    return _SQL[every][0].format(day=day)


def name_in_sql(every: str, number: str) -> str:
    """SQL for the name of the period of a number."""
    first = _SQL[every][1].format(number=number)
    name = f"strftime({first}, '{FORMS[every]}')"
    return f"{name} || quarter({first})" if every == "quarter" else name


def number_of(every: str, day: date) -> int:
    """The number of the period that holds a day."""
    if every in _MONTHS:
        return (day.year * 12 + day.month - 1) // _MONTHS[every]
    return (day.toordinal() - 1) // (7 if every == "week" else 1)


def first_day(every: str, number: int) -> date:
    """The first day of the period of a number."""
    if every in _MONTHS:
        year, month = divmod(number * _MONTHS[every], 12)
        return date(year, month + 1, 1)
    return date.fromordinal(number * (7 if every == "week" else 1) + 1)


def name_of(every: str, day: date) -> str:
    """The name of the period that holds a day."""
    name = day.strftime(FORMS[every])
    return f"{name}{(day.month + 2) // 3}" if every == "quarter" else name
