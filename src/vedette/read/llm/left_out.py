"""What of a model's answer was not taken over, counted and put into one sentence."""

from __future__ import annotations

from collections import Counter

_WHY = {
    "absent": ("quote that does not stand in the text", "quotes that do not stand in the text"),
    "no_trigger": ("claim whose trigger does not stand in the text", "claims whose triggers do not stand in the text"),
    "named": ("quote that may name a private person", "quotes that may name a private person"),
    "uncounted": ("toll whose words count nobody", "tolls whose words count nobody"),
    "second": ("quote whose words play another part", "quotes whose words play another part"),
    "twice": ("claim that was told twice", "claims that were told twice"),
    "misshapen": ("claim of another shape than was asked for", "claims of another shape than was asked for"),
}


class LeftOut:
    """Counts by reason; the words themselves are kept nowhere, for nobody wrote them."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, why: str, count: int = 1) -> None:
        """Count what was left out for this reason."""
        self._counts[why] += count

    @property
    def quotes(self) -> int:
        """The quotes, triggers among them, that do not stand in the text."""
        return self._counts["absent"] + self._counts["no_trigger"]

    @property
    def remarks(self) -> tuple[str, ...]:
        """One sentence, or nothing where nothing was left out."""
        parts = [f"{n} {_WHY[why][n > 1]}" for why in _WHY if (n := self._counts[why])]
        return (f"left out of the model's answer: {', '.join(parts)}",) if parts else ()
