"""GeoWebNews: are the toponyms of news from all over the world found and put on the map?

Gritta, Pilehvar and Collier, Language Resources and Evaluation 54, 2020; scored as `evals.geoparsing` says.
"""

from __future__ import annotations

from pathlib import Path

from evals.geoparsing_beside import compared
from evals.gold import Scores


def score(gold: Path) -> Scores:
    """The scores of the shipped place reader; among the details those of the baselines."""
    return compared(gold)
