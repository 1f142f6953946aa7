"""The server that is asked: where it is, which model, and how much it is asked at a time."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server; prices are for a million tokens, 0 where none is told.

    `key` is shown nowhere: neither in a message nor in what is kept.
    """

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0  # seconds for one answer
    concurrent: int = 4
    max_tokens: int = 4096
    price_in: float = 0.0
    price_out: float = 0.0

    @property
    def url(self) -> str:
        """The address that questions are sent to."""
        return f"{self.base_url}/chat/completions"

    @property
    def priced(self) -> bool:
        """True where a price is told."""
        return self.price_in > 0 or self.price_out > 0
