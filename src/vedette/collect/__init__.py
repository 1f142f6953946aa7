"""Sources and inputs become captures: files, folders, URLs, feeds, WARC, mail, exports; the only room that fetches."""

from vedette.collect.inputs import capture_inputs
from vedette.collect.limits import Limits, Told, Visit
from vedette.collect.promises import broken_promises
from vedette.collect.sources import sources_in
from vedette.collect.subscription import collect_source

__all__ = ["Limits", "Told", "Visit", "broken_promises", "capture_inputs", "collect_source", "sources_in"]
