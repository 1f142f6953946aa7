"""The trained network at work: the encoder by ONNX Runtime on one thread, its light heads in numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vedette.read.neural.decoding import Floats, Ints, Stretch, gelu, softmax
from vedette.read.neural.pieces import Pieces
from vedette.read.words import Word

MOST = 384  # word pieces of a window: attention takes the square of them, and longer ones found no more
NEAR = 24  # as in training: distances of words are told apart up to this many steps
GAPS = 4  # sentences beyond this are all as far

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class Stances(NamedTuple):
    """Probabilities of stance, attribution and of having no beginner, for each anchor."""

    stance: Floats
    attribution: Floats
    undirected: Floats


class Window(NamedTuple):
    """Words that the network saw together: the place of each in the text, its vector, the kinds that it may name.

    `triggers` is words × labels: the probability of each kind of event that a word may name, first that of none.
    `sentences` tells for each word the number of the sentence that it stands in.
    """

    places: Ints
    vectors: Floats
    triggers: Floats
    sentences: Ints

    def in_text(self, part: Stretch) -> Stretch:
        """The stretch as the text counts its words, up to the first word that the window leaves out."""
        places = self.places[part.first : part.after]
        gaps = np.flatnonzero(np.diff(places) > 1)
        length = int(gaps[0]) + 1 if len(gaps) else len(places)
        return part._replace(first=int(places[0]), after=int(places[0]) + length)


class Network:
    """What the network says of words; `folder` holds the encoder and the heads, the one above it the word pieces."""

    def __init__(self, folder: Path) -> None:
        self._encoder, self._parts = _session(folder / "encoder.onnx"), _session(folder / "parts.onnx")
        self._pieces = Pieces(folder.parent / "tokenizer.json")
        with np.load(folder / "heads.npz") as heads:
            self._heads = {name: heads[name].astype(np.float32) for name in heads.files}

    def windows(self, text: str, words: Sequence[Word], sentences: Ints) -> Iterator[Window]:
        """The words in windows that end with a sentence where they can; `sentences` numbers that of each word."""
        return self.windows_of(text, words, sentences, np.arange(len(words)))

    def windows_of(self, text: str, words: Sequence[Word], sentences: Ints, places: Ints) -> Iterator[Window]:
        """Windows of those words alone that stand at these places."""
        own = sentences[places]
        ends = frozenset(np.flatnonzero(np.diff(own)).tolist())
        plain = [text[words[place].start : words[place].end] for place in places]
        for part in self._pieces.stretches(plain, ends, MOST):
            given = {"pieces": np.array([part.pieces]), "firsts": np.array(part.firsts)}
            vectors, triggers = self._encoder.run(None, given)
            seen = slice(part.first, part.after)
            yield Window(places[seen], np.asarray(vectors), np.asarray(triggers), own[seen])

    def _linear(self, name: str, vectors: Floats) -> Floats:
        return np.asarray(vectors @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"])

    def parts(self, window: Window, anchors: Ints) -> tuple[Floats, Floats]:
        """Anchors × words × tags: the probability of each part of a word in the event that an anchor names.

        And anchors × words × sides: if the word counts people, of each side that they may be of.
        """
        places = np.arange(len(window.vectors))
        apart = window.sentences[None] - window.sentences[anchors][:, None]
        given = {
            "words": window.vectors,
            "anchors": anchors,
            "steps": _step_of(places[None] - anchors[:, None]),
            "gaps": np.clip(apart, -GAPS, GAPS) + GAPS,
        }
        tags, sides = self._parts.run(None, given)
        return np.asarray(tags), np.asarray(sides)

    def stances(self, window: Window, anchors: Ints) -> Stances:
        """Stance, attribution and direction of the events that anchors name."""
        hidden = gelu(self._linear("hidden", window.vectors[anchors]))
        return Stances(*(softmax(self._linear(name, hidden)) for name in Stances._fields))

    def figures(self, window: Window) -> tuple[Floats, Floats]:
        """Words × tags of figures, and words × measures: what is measured if a word begins a figure."""
        return softmax(self._linear("figure_tag", window.vectors)), softmax(self._linear("measure", window.vectors))

    def muc_tags(self, window: Window) -> Floats:
        """Words × MUC-4's tags: the probability of each slot that a word may fill."""
        return softmax(self._linear("muc_tag", window.vectors))

    def muc_types(self, window: Window) -> tuple[Floats, Floats]:
        """Words × MUC-4's incident types: how much each word weighs, before softmax, and what it speaks for."""
        return self._linear("muc_weight", window.vectors), self._linear("muc_type", window.vectors)


def _step_of(distance: Ints) -> Ints:
    far = np.maximum(np.abs(distance), 1)
    grade = np.where(np.abs(distance) <= 8, np.abs(distance), 8 + 2 * np.floor(np.log2(far / 8)))
    grade = np.minimum(grade, NEAR - 1).astype(np.int64)
    return np.where(distance < 0, grade, grade + NEAR)


def _session(graph: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(graph, options, providers=["CPUExecutionProvider"])
