"""`--min-score`: what is asked of the record's claims, and a warning where scores are no probabilities."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vedette.cli.options import filters_of

if TYPE_CHECKING:
    from vedette.analyse import Filters
    from vedette.store import Snapshot

_READERS = "SELECT DISTINCT reader FROM plain_claims WHERE score IS NOT NULL ORDER BY reader"


def filters_on(now: Snapshot, asked: dict[str, Any], judged_ids: Callable[[], tuple[str, ...]]) -> Filters:
    """The filters that the options ask for; with a least score the snapshot shows only values as sure as that."""
    filters = filters_of(asked, judged_ids)
    if filters.min_score is not None:
        _warn(now.column(_READERS))
        now.only_sure(filters.min_score)
    return filters


def _warn(readers: list[str]) -> None:
    from vedette.cli.terminal import say
    from vedette.read import NETWORKS

    trained = {name.split(".")[0] for name in NETWORKS}
    ranked = [reader for reader in readers if reader.split(".")[0] not in trained]
    if ranked:
        say(
            f"--min-score: the scores of {' and '.join(ranked)} are no probabilities, they only rank; "
            "`vedette read --reader accurate` gives scores that say how often a value is right"
        )
