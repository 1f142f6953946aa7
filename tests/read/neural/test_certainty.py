from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from vedette.read.neural.certainty import PLAIN, Certainty, load_certainty

FIELDS = {
    "kind", "when", "place", "stance", "attribution", "perpetrators", "targets", "weapons", "tolls", "said_by",
}  # fmt: skip


def test_without_a_fit_a_value_is_as_sure_as_the_network_says():
    assert PLAIN.of("kind", 0.7, 0.2) == 0.7


def test_a_fitted_value_is_less_sure_where_the_event_is():
    fitted = Certainty({"place": (1.0, 1.0, 0.0)})
    assert fitted.of("place", 0.9, 0.6) < fitted.of("place", 0.9, 0.95)


@pytest.mark.parametrize("own", [0.0, 1.0, 1.2])
def test_a_certainty_stays_a_probability(own):
    assert 0 < Certainty({"kind": (2.0, 2.0, 0.0)}).of("kind", own, own) < 1


@pytest.mark.parametrize("setting", ["accurate", "fast"])
def test_every_field_of_a_claim_has_a_fit_and_more_sureness_is_never_less_right(setting):
    fitted = load_certainty(Path(str(files("vedette.read.neural") / "weights" / setting))).fitted
    assert set(fitted) == FIELDS
    assert all(of_event >= 0 for _, of_event, _ in fitted.values())
