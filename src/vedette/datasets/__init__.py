"""Event data sets to claims and back."""

from vedette.datasets.difference import Change, Difference, Scope
from vedette.datasets.importing import Imported, Wanted, import_rows
from vedette.datasets.staging import Fault

__all__ = ["Change", "Difference", "Fault", "Imported", "Scope", "Wanted", "import_rows"]
