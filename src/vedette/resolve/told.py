"""A claim with what resolving needs to know of its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vedette.model.kinds import Stance
from vedette.model.nouns import Claim


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, who published it and when; `reliability` is its source's admiralty letter, F where unknown."""

    claim: Claim
    source: str
    published: datetime | None = None
    reliability: str = "F"

    @property
    def order(self) -> tuple[str, str]:
        """The earliest published first, the undated last, then by id."""
        return (self.published.isoformat() if self.published else "~", self.claim.id)

    @property
    def stance(self) -> Stance:
        """What the claim does with its event."""
        return self.claim.stance.value
