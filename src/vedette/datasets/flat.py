"""Rows as plain columns: CSV for spreadsheets and scripts, Parquet for everything else."""

from __future__ import annotations

from collections.abc import Mapping

CSV_OPTIONS = "FORMAT csv, HEADER true"
PARQUET_OPTIONS = "FORMAT parquet, COMPRESSION zstd"


def csv_cells(columns: Mapping[str, str]) -> list[str]:
    """SQL that writes each column, given with its DuckDB type, as one cell that no spreadsheet runs as a formula.

    Lists are joined by `; `; what is empty or not told is an empty cell.
    """
    return [f'{_cell(name, type_)} AS "{name}"' for name, type_ in columns.items()]


def parquet_cells(columns: Mapping[str, str]) -> list[str]:
    """SQL that takes each column as it is."""
    return [f'"{name}"' for name in columns]


def _cell(name: str, type_: str) -> str:
    if type_.endswith("[]"):
        return _defused(f"array_to_string(\"{name}\", '; ')")
    return _defused(f'"{name}"') if type_ == "VARCHAR" else f'"{name}"'


def _defused(text: str) -> str:
    # A spreadsheet runs cells that begin so as formulas, and these texts come from strangers (as in cli/render.py).
    begins = f"left({text}, 1) IN ('=', '+', '-', '@', chr(9), chr(13))"
    return f"CASE WHEN {begins} THEN '''' || {text} ELSE nullif({text}, '') END"
