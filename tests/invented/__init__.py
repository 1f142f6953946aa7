"""Rows as the event data sets publish them, true in columns and codes, invented in everything that they tell.

Countries, provinces and code lists are real. Settlements, groups, outlets and happenings are made up here; one seed
gives the same rows again.
"""

from invented.acled import acled_rows
from invented.faults import FAULTS, Broken, broken, faults_of
from invented.gdelt import gdelt_rows
from invented.generations import GENERATIONS, Generation
from invented.gtd import gtd_rows
from invented.icews import icews_rows
from invented.tables import Row, as_csv
from invented.ucdp import ucdp_rows

__all__ = [
    "FAULTS",
    "GENERATIONS",
    "Broken",
    "Generation",
    "Row",
    "acled_rows",
    "as_csv",
    "broken",
    "faults_of",
    "gdelt_rows",
    "gtd_rows",
    "icews_rows",
    "ucdp_rows",
]
