"""LGL: are the toponyms of local news found, and is the right one of many places of a name told?

Lieberman, Samet and Sankaranarayanan, "Geotagging with local lexicons", ICDE 2010; scored as `evals.geoparsing` says.
"""

from __future__ import annotations

from pathlib import Path

from evals.geoparsing_beside import compared
from evals.gold import Scores


def score(gold: Path) -> Scores:
    """The scores of the shipped place reader; among the details those of the baselines."""
    return compared(gold)
