"""What asking cost: requests, tokens, seconds, and the price where one is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from threading import Lock

from vedette.read.llm.endpoint import Endpoint

_MILLION = 1_000_000


@dataclass(slots=True)
class Bill:
    """Everything that was asked in one run; several threads may add to it."""

    endpoint: Endpoint
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    untold: int = 0  # answers that do not say what they took
    left_out: int = 0  # quotes that do not stand in the text
    seconds: list[float] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def asked(self, seconds: float) -> None:
        """Count a request and how long it was until it was answered or failed."""
        with self._lock:
            self.requests += 1
            self.seconds.append(seconds)

    def took(self, tokens: tuple[int, int] | None) -> None:
        """Count the tokens of an answer, in and out."""
        with self._lock:
            self.untold += tokens is None
            self.tokens_in += tokens[0] if tokens else 0
            self.tokens_out += tokens[1] if tokens else 0

    @property
    def price(self) -> float:
        """What the tokens cost at the prices told."""
        return (self.tokens_in * self.endpoint.price_in + self.tokens_out * self.endpoint.price_out) / _MILLION

    def __str__(self) -> str:
        """The bill as one sentence."""
        parts = [f"{self.requests:,} request{'s' * (self.requests != 1)}"]
        parts.append(f"{self.tokens_in:,} tokens in and {self.tokens_out:,} out")
        if self.untold:
            parts[-1] += f" (not told by {self.untold:,} of the answers)"
        if self.seconds:
            parts.append(f"{median(self.seconds):.2f} s a request in the median, {max(self.seconds):.2f} s at worst")
        if self.endpoint.priced:
            parts.append(f"price {self.price:.4f}")
        parts.append(f"{self.left_out:,} quotes left out that do not stand in the text")
        return f"llm {self.endpoint.model}: {'; '.join(parts)}"
