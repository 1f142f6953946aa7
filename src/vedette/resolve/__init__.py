"""Claims, known incidents and judgements → incidents, with the reasons why each claim stands where it stands."""

from vedette.resolve.resolution import Resolution, resolve_claims
from vedette.resolve.told import Told

__all__ = ["Resolution", "Told", "resolve_claims"]
