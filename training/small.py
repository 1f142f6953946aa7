"""The small network of the `fast` setting: convolutions over word pieces in place of the encoder's attention."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH = 128
PAIR = 96
STEPS = (1, 2, 4, 8)  # words between the inputs of each layer's convolution
REACH = 3  # inputs of a convolution


class Convolutions(nn.Module):
    """Word pieces → one vector each, by gated convolutions with residuals (Dauphin et al. 2017) and the text's mean."""

    def __init__(self, words: Tensor):
        super().__init__()
        self.words = nn.Embedding.from_pretrained(words.clone(), freeze=False)
        width = words.shape[1]
        self.norm = nn.LayerNorm(width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in STEPS)
        self.layers = nn.ModuleList(
            nn.Conv1d(width, 2 * width, REACH, padding=step * (REACH // 2), dilation=step) for step in STEPS
        )
        self.whole = nn.Linear(width, width)
        self.dropout = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        known = mask[:, :, None].to(torch.float32)
        state = self.dropout(self.norm(self.words(pieces))) * known
        for place, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            gated = F.glu(layer(state.transpose(1, 2)), 1).transpose(1, 2)
            state = norm(state + self.dropout(gated)) * known
            if place == len(STEPS) // 2:
                state = state + self.whole(state.sum(1, keepdim=True) / known.sum(1, keepdim=True)) * known
        return state


def narrowed(words: Tensor, width: int = WIDTH) -> Tensor:
    """A table of word pieces by its first principal components, to the scale of its rows."""
    middle = words - words.mean(0)
    _, _, axes = torch.linalg.svd(middle, full_matrices=False)
    narrow = middle @ axes[:width].T
    return narrow / narrow.std()
