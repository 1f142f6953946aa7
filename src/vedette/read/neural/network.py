"""The trained network at work: the encoder by ONNX Runtime on one thread, its light heads in numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vedette.read.neural.decoding import Floats, Ints, gelu, softmax
from vedette.read.neural.pieces import Pieces
from vedette.read.words import Word

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
    """A stretch of a text's words: the vector of each, the kinds that it may name, the sentence that it stands in.

    `triggers` is words × labels: the probability of each kind of event that a word may name, first that of none.
    """

    first: int
    vectors: Floats
    triggers: Floats
    sentences: Ints


class Network:
    """What the network says of words; `folder` holds the encoder and the heads, the one above it the word pieces."""

    def __init__(self, folder: Path) -> None:
        self._encoder, self._parts = _session(folder / "encoder.onnx"), _session(folder / "parts.onnx")
        self._pieces = Pieces(folder.parent / "tokenizer.json")
        with np.load(folder / "heads.npz") as heads:
            self._heads = {name: heads[name].astype(np.float32) for name in heads.files}

    def windows(self, text: str, words: Sequence[Word], ends: frozenset[int]) -> Iterator[Window]:
        """The words in windows that end with a sentence where they can; `ends` are the last words of sentences."""
        sentences = np.cumsum([0, *(place in ends for place in range(len(words) - 1))], dtype=np.int64)
        plain = [text[word.start : word.end] for word in words]
        for part in self._pieces.stretches(plain, ends):
            given = {"pieces": np.array([part.pieces]), "firsts": np.array(part.firsts)}
            vectors, triggers = self._encoder.run(None, given)
            yield Window(part.first, np.asarray(vectors), np.asarray(triggers), sentences[part.first : part.after])

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
