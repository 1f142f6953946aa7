"""The trained network at work: the encoder by ONNX Runtime on one thread, its light heads in numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.read.neural.decoding import Floats, gelu, softmax
from vedette.read.words import Word

CLS, SEP = 101, 102
MOST = 508  # word pieces of one window, without its two ends
PER_WORD = 8  # of a longer word the first pieces
NEAR = 24  # as in training: distances of words are told apart up to this many steps
GAPS = 4  # sentences beyond this are all as far

Ints = NDArray[np.int64]


class Stances(NamedTuple):
    """Probabilities of stance, attribution and of having no beginner, for each anchor."""

    stance: Floats
    attribution: Floats
    undirected: Floats


class Window(NamedTuple):
    """A stretch of a text's words with the vector of each, and the sentence that each stands in."""

    first: int
    vectors: Floats
    sentences: Ints


class Network:
    """What the network says of words; `folder` holds the encoder, the heads and the word pieces."""

    def __init__(self, folder: Path) -> None:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = InferenceSession(folder / "encoder.onnx", options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        with np.load(folder / "heads.npz") as heads:
            self._heads = {name: heads[name].astype(np.float32) for name in heads.files}
        self._pieces: dict[str, list[int]] = {}

    def windows(self, text: str, words: Sequence[Word], ends: frozenset[int]) -> Iterator[Window]:
        """The words in windows that end with a sentence where they can; `ends` are the last words of sentences."""
        pieces = [self._of_word(text[word.start : word.end]) for word in words]
        sentences = np.cumsum([0, *(int(place in ends) for place in range(len(words) - 1))]) if words else np.zeros(0)
        start = 0
        while start < len(words):
            after = _end_of(pieces, ends, start)
            yield Window(start, self._vectors(pieces[start:after]), sentences[start:after].astype(np.int64))
            start = after

    def _of_word(self, word: str) -> list[int]:
        if word not in self._pieces:
            self._pieces[word] = self._tokenizer.encode(word, add_special_tokens=False).ids[:PER_WORD] or [100]
        return self._pieces[word]

    def _vectors(self, pieces: Sequence[Sequence[int]]) -> Floats:
        firsts = np.cumsum([1, *(len(each) for each in pieces[:-1])])
        ids = np.array([[CLS, *(piece for each in pieces for piece in each), SEP]])
        return np.asarray(self._session.run(None, {"pieces": ids, "firsts": firsts})[0])

    def _linear(self, name: str, vectors: Floats) -> Floats:
        return np.asarray(vectors @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"])

    def triggers(self, window: Window) -> Floats:
        """Words × labels: the probability of each kind of event that a word may name, first that of none."""
        return softmax(self._linear("trigger", window.vectors))

    def parts(self, window: Window, anchors: Ints) -> tuple[Floats, Floats]:
        """Anchors × words × tags: the probability of each part of a word in the event that an anchor names.

        And anchors × words × sides: if the word counts people, of each side that they may be of.
        """
        places = np.arange(len(window.vectors))
        step = self._heads["step.weight"][_step_of(places[None] - anchors[:, None])]
        apart = np.clip(window.sentences[None] - window.sentences[anchors][:, None], -GAPS, GAPS) + GAPS
        pair = self._linear("anchor", window.vectors[anchors])[:, None] + self._linear("part", window.vectors)[None]
        hidden = gelu(pair + step + self._heads["gap.weight"][apart])
        return softmax(self._linear("tag", hidden)), softmax(self._linear("side", hidden))

    def stances(self, window: Window, anchors: Ints) -> Stances:
        """Stance, attribution and direction of the events that anchors name."""
        hidden = gelu(self._linear("hidden", window.vectors[anchors]))
        return Stances(*(softmax(self._linear(name, hidden)) for name in Stances._fields))

    def muc_tags(self, window: Window) -> Floats:
        """Words × MUC-4's tags: the probability of each slot that a word may fill."""
        return softmax(self._linear("muc_tag", window.vectors))

    def muc_types(self, window: Window) -> tuple[Floats, Floats]:
        """Words × MUC-4's incident types: how much each word weighs, before softmax, and what it speaks for."""
        return self._linear("muc_weight", window.vectors), self._linear("muc_type", window.vectors)


def _end_of(pieces: Sequence[Sequence[int]], ends: frozenset[int], start: int) -> int:
    """The word after a window's last: after a sentence, unless that left the window less than a third full."""
    after, size, good = start, 0, start
    while after < len(pieces) and size + len(pieces[after]) <= MOST:
        size += len(pieces[after])
        after += 1
        if after - 1 in ends:
            good = after
    return good if after < len(pieces) and good > start + (after - start) // 3 else after


def _step_of(distance: Ints) -> Ints:
    far = np.maximum(np.abs(distance), 1)
    grade = np.where(np.abs(distance) <= 8, np.abs(distance), 8 + 2 * np.floor(np.log2(far / 8)))
    grade = np.minimum(grade, NEAR - 1).astype(np.int64)
    return np.where(distance < 0, grade, grade + NEAR)


@cache
def load_network() -> Network:
    """The shipped network, once in a process."""
    return Network(Path(str(files("vedette.read.neural") / "weights")))


def sentence_ends(text: str, words: Sequence[Word]) -> frozenset[int]:
    """The words after which a sentence ends: a stop before white space and a capital, or an empty line.

    A text without small letters, or without capitals, has ends wherever a stop stands before white space.
    """
    uncased = text in (text.lower(), text.upper())
    ends = set()
    for place, (word, after) in enumerate(pairwise(words)):
        gap = text[word.end : after.start]
        stop = gap and text[word.start : word.end] in ".!?"
        if (stop and (uncased or not text[after.start].islower())) or "\n\n" in gap:
            ends.add(place)
    return frozenset(ends)
