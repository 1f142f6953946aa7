"""The words that show how an event is told: marked by the network, else those that the lexicon knows."""

from __future__ import annotations

from collections.abc import Sequence

from vedette.model.kinds import Attribution, Stance
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.page import Page
from vedette.read.neural.parties import public_part
from vedette.read.row import Bound

_CUES = {
    Stance.DENIES: "cue.deny",
    Stance.DOUBTS: "cue.doubt",
    Stance.THREATENS: "cue.threaten",
    Attribution.ACCUSED: "cue.blame",
    Attribution.CLAIMED: "cue.claim",
}


def cue_of(page: Page, value: Stance | Attribution, parts: Sequence[Stretch], lead: int) -> list[Bound]:
    """The surest words marked for a stance or attribution; else the lexicon's cue of it nearest to the event's word."""
    for part in sorted(parts, key=lambda part: -part.score):
        if (bound := public_part(page, part)) is not None:
            return [bound]
    sentence = page.sentence_at(lead)
    hits = sentence.hits.get(_CUES.get(value, ""), ()) if sentence else ()
    known = [sentence.chars(hit.start, hit.end) for hit in hits] if sentence else []
    return sorted(known, key=lambda bound: abs(bound[0] - lead))[:1]
