"""What the network gets wrong in a batch, by head; where several labels are right, any of them counts as right."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import Batch, Window
from training.network import Network
from vedette.read.neural.labels import TAGS


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The mean loss of each head that the batch has gold for."""
    state = network.words(batch.pieces, batch.mask, batch.firsts)
    parts: dict[str, list[Tensor]] = {}
    for place, window in enumerate(batch.windows):
        own = state[place, : len(window.firsts)]
        for name, loss in _of_window(network, own, window):
            parts.setdefault(name, []).append(loss)
    told = [place for place, window in enumerate(batch.windows) if window.example.muc_types is not None]
    if told:
        scores = network.muc_types(state[told], batch.known[told])
        gold = torch.tensor([batch.windows[place].example.muc_types for place in told], dtype=torch.float)
        parts["muc_types"] = [F.binary_cross_entropy_with_logits(scores, gold, reduction="none").flatten()]
    return {name: torch.cat(found).sum() / _SCALE.get(name, 1.0) for name, found in parts.items()}


# Losses are summed over words, so that a text with more to learn counts for more; these bring the heads to one scale.
_SCALE = {"triggers": 8.0, "parts": 16.0, "sides": 8.0, "attributes": 8.0, "muc_tags": 8.0, "muc_types": 4.0}


def _of_window(network: Network, state: Tensor, window: Window):  # type: ignore[no-untyped-def]
    example = window.example
    if example.muc_tags is not None:
        yield "muc_tags", F.cross_entropy(network.muc_tag(state), torch.tensor(example.muc_tags), reduction="none")
    if example.whole or example.triggers:
        yield "triggers", _triggers(network.trigger(state), example)
    if example.anchors:
        anchors = torch.tensor([anchor.word for anchor in example.anchors])
        scores, sides = network.parts(state, torch.tensor(window.sentences), anchors)
        yield "parts", _parts(scores, example)
        yield from _sides(sides, example)
        yield from _attributes(network, state[anchors], example)


def _triggers(scores: Tensor, example):  # type: ignore[no-untyped-def]
    allowed = torch.zeros_like(scores, dtype=torch.bool)
    allowed[:, 0] = example.whole
    for place, labels in example.triggers.items():
        allowed[place] = False
        allowed[place, list(labels)] = True
    if not example.whole:
        scores, allowed = scores[list(example.triggers)], allowed[list(example.triggers)]
    return _any_of(scores, allowed)


def _any_of(scores: Tensor, allowed: Tensor) -> Tensor:
    right = scores.masked_fill(~allowed, -1e4).logsumexp(-1)
    return scores.logsumexp(-1) - right


def _parts(scores: Tensor, example) -> Tensor:  # type: ignore[no-untyped-def]
    allowed = torch.zeros_like(scores, dtype=torch.bool)
    # A word of no told part may have any part that the set does not tell.
    untold = [0, *(n for n, tag in enumerate(TAGS) if n and tag[2:] not in example.roles)]
    allowed[:, :, untold] = True
    for row, anchor in enumerate(example.anchors):
        for place, tag in anchor.parts.items():
            allowed[row, place] = False
            allowed[row, place, tag] = True
    return _any_of(scores, allowed).flatten()


def _sides(scores: Tensor, example):  # type: ignore[no-untyped-def]
    told = [(row, word, side) for row, anchor in enumerate(example.anchors) for word, side in anchor.sides.items()]
    if told:
        rows, words, sides = (torch.tensor(column) for column in zip(*told, strict=True))
        yield "sides", F.cross_entropy(scores[rows, words], sides, reduction="none")


def _attributes(network: Network, anchors: Tensor, example):  # type: ignore[no-untyped-def]
    names = ("stance", "attribution", "undirected")
    for name, scores in zip(names, network.attributes(anchors), strict=True):
        gold = torch.tensor([getattr(anchor, name) for anchor in example.anchors])
        if (gold >= 0).any():
            yield "attributes", F.cross_entropy(scores[gold >= 0], gold[gold >= 0], reduction="none")
