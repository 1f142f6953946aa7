"""Examples → windows of word pieces → batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from training.examples import Anchor, Example
from vedette.read.neural.pieces import PAD, Pieces


@dataclass(frozen=True)
class Window:
    """A stretch of an example, whole sentences where they fit, with its pieces."""

    example: Example
    pieces: list[int]
    firsts: list[int]  # place of each word's first piece
    sentences: list[int]


@dataclass(frozen=True)
class Batch:
    """Windows side by side."""

    windows: Sequence[Window]
    pieces: Tensor  # batch × pieces
    mask: Tensor
    firsts: Tensor  # batch × words
    known: Tensor  # batch × words: true where a word stands


def windows_of(example: Example, known: Pieces, most: int) -> Iterator[Window]:
    """The example in stretches of at most so many pieces."""
    for part in known.stretches(example.words, example.ends, most):
        sentences = [0]
        for place in range(part.first, part.after - 1):
            sentences.append(sentences[-1] + (place in example.ends))
        yield Window(_part(example, part.first, part.after), part.pieces, part.firsts, sentences)


def _part(example: Example, start: int, after: int) -> Example:
    inside = range(start, after)
    return replace(
        example,
        words=example.words[start:after],
        triggers={place - start: labels for place, labels in example.triggers.items() if place in inside},
        anchors=[_moved(anchor, inside) for anchor in example.anchors if anchor.word in inside],
        muc_tags=None if example.muc_tags is None else example.muc_tags[start:after],
    )


def _moved(anchor: Anchor, inside: range) -> Anchor:
    parts = {place - inside.start: tag for place, tag in anchor.parts.items() if place in inside}
    sides = {place - inside.start: side for place, side in anchor.sides.items() if place in inside}
    return replace(anchor, word=anchor.word - inside.start, parts=parts, sides=sides)


def batches(windows: Sequence[Window], pieces: int, rng: random.Random) -> Iterator[Batch]:
    """All windows in batches of about `pieces` word pieces, those of like length together, in any order."""
    ordered = sorted(windows, key=lambda w: len(w.pieces) + rng.random() * 16)
    groups: list[list[Window]] = [[]]
    for window in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(window.pieces) > pieces:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    for group in groups:
        yield batch_of(group)


def batch_of(group: Sequence[Window]) -> Batch:
    """Windows padded to the longest."""
    long, wide = max(len(w.pieces) for w in group), max(len(w.firsts) for w in group)
    pieces = torch.full((len(group), long), PAD)
    firsts = torch.zeros((len(group), wide), dtype=torch.long)
    known = torch.zeros((len(group), wide), dtype=torch.bool)
    for place, window in enumerate(group):
        pieces[place, : len(window.pieces)] = torch.tensor(window.pieces)
        firsts[place, : len(window.firsts)] = torch.tensor(window.firsts)
        known[place, : len(window.firsts)] = True
    return Batch(group, pieces, pieces != PAD, firsts, known)
