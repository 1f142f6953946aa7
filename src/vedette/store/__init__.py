"""The case folder: lake, ledger and index."""

from vedette.store.case import Batch, Case, Parts
from vedette.store.index import Entry, Hit, TextIndex
from vedette.store.lake import Stamp
from vedette.store.snapshot import QUESTIONS, Rows, Snapshot
from vedette.store.tables import IncidentVersion, Work

__all__ = [
    "QUESTIONS",
    "Batch",
    "Case",
    "Entry",
    "Hit",
    "IncidentVersion",
    "Parts",
    "Rows",
    "Snapshot",
    "Stamp",
    "TextIndex",
    "Work",
]
