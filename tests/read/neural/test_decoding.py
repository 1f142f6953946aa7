import numpy as np
import pytest

from vedette.read.neural.decoding import softmax, stretches

TAGS = ("O", "B-target", "I-target", "B-place", "I-place")


def chances(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, np.float32)


def test_a_stretch_goes_on_only_in_its_own_role():
    rows = chances((0.1, 0.8, 0.0, 0.1, 0.0), (0.2, 0.0, 0.3, 0.0, 0.5), (0.9, 0.0, 0.1, 0.0, 0.0))
    (found,) = stretches(rows, TAGS)
    assert (found.role, found.first, found.after) == ("target", 0, 2)


def test_nothing_goes_on_that_has_not_begun():
    rows = chances((0.9, 0.1, 0.0, 0.0, 0.0), (0.4, 0.05, 0.55, 0.0, 0.0))
    assert stretches(rows, TAGS) == []


def test_a_new_beginning_ends_the_stretch_before():
    rows = chances((0, 1, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0))
    assert [(each.first, each.after) for each in stretches(rows, TAGS)] == [(0, 1), (1, 3)]


def test_a_stretch_is_as_sure_as_its_least_sure_word():
    rows = chances((0.1, 0.9, 0.0, 0.0, 0.0), (0.3, 0.1, 0.6, 0.0, 0.0))
    (found,) = stretches(rows, TAGS)
    assert found.score == pytest.approx(0.7)


@pytest.mark.parametrize(("bias", "number"), [(0.0, 0), (-3.0, 1)])
def test_a_bias_against_no_part_finds_more(bias, number):
    rows = chances((0.7, 0.3, 0.0, 0.0, 0.0))
    assert len(stretches(rows, TAGS, bias)) == number


def test_a_long_text_is_read_off_as_its_telling_words_alone():
    quiet, begin, on = (1.0, 0, 0, 0, 0), (0.1, 0.9, 0, 0, 0), (0.2, 0, 0.8, 0, 0)
    rows = chances(*[quiet] * 50, begin, on, *[quiet] * 50, on, *[quiet] * 50, begin)
    assert [(each.first, each.after) for each in stretches(rows, TAGS)] == [(50, 52), (153, 154)]


def test_probabilities_add_up_to_one():
    assert softmax(np.array([[1000.0, 0.0], [0.0, 0.0]], np.float32)).sum(-1) == pytest.approx([1.0, 1.0])
