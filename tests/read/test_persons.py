"""One killed person is one, told by a pronoun, a name or a role."""

from __future__ import annotations

import pytest

from vedette.model.kinds import Harm


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("An insurgent attacked the patrol. He was engaged and killed by coalition forces in Khost.", 1),
        ("An insurgent aimed at the patrol. The security force shot the insurgent, killing him in Khost.", 1),
        ("The force killed a suspected insurgent and detained several others in Khost.", 1),
        ("The raid on the Taliban resulted in the death of Mullah Hassan, a Taliban commander, in Khost.", 1),
        ("Abdul Hassan, a senior Taliban commander, was killed by coalition forces in Kunar.", 1),
        ("Afghan forces killed Abdul Hassan and one additional insurgent in Khost.", 2),
        ("Troops engaged the insurgents with an airstrike, killing several of them.", 3),
        ("A Taliban commander was confirmed killed by coalition forces in Khost province.", 1),
    ],
)
def test_one_person_counts_one(claims_of, text, killed):
    tolls = [toll.value for claim in claims_of(text) for toll in claim.tolls if toll.value.harm is Harm.KILLED]
    assert (max((toll.tally.best for toll in tolls), default=None)) == killed


def test_no_persons_name_is_shown_for_a_toll(claims_of):
    text = "Afghan forces killed Abdul Hassan in a firefight with insurgents in Khost."
    (claim,) = claims_of(text)
    assert [text[span.start : span.end] for toll in claim.tolls for span in toll.spans] == ["killed"]
