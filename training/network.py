"""The network: one encoder, and for each label space a light head on its words."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from vedette.read.neural.labels import ATTRIBUTIONS, MUC_TAGS, MUC_TYPES, SIDES, STANCES, TAGS, TRIGGERS

PAIR = 192  # width of what is known of a pair of words
NEAR = 24  # distances in words beyond this, in steps that double, are told apart by no more than their step


class Encoder(nn.Module):
    """BERT's encoder (Devlin et al. 2019) as MiniLM has it: word pieces → one vector each."""

    def __init__(self, layers: int = 6, width: int = 384, heads: int = 12, inner: int = 1536, vocabulary: int = 30522):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(512, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))
        self.dropout = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        state = self.dropout(self.norm(self.words(pieces) + self.places(places) + self.kind))
        for layer in self.layers:
            state = layer(state, mask)
        return state


class Rounded(nn.Linear):
    """A product that is trained for numbers of eight bits: it sees its input and its weights as they will be rounded.

    Quantisation-aware training with straight-through gradients (Jacob et al. 2018).
    """

    def forward(self, state: Tensor) -> Tensor:
        return F.linear(rounded(state), self.weight, self.bias)


def rounded(state: Tensor) -> Tensor:
    """A batch of texts as eight bits hold each of them, by its own least and greatest number."""
    with torch.no_grad():
        least, most = state.amin((1, 2), keepdim=True).clamp(max=0), state.amax((1, 2), keepdim=True)
        step = ((most - least) / 255).clamp(min=1e-6)
        change = ((state - least) / step).round_() * step + least - state
    return state + change


class Layer(nn.Module):
    """Self-attention and a feed-forward step, each with its residual."""

    def __init__(self, width: int, heads: int, inner: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = Rounded(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = state.shape
        q, k, v = self.qkv(state).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, width))
        state = self.norm(state + seen)
        return self.norm2(state + self.dropout(self.down(F.gelu(self.up(state)))))


def pretrained(folder: Path, layers: int = 6) -> Encoder:
    """The encoder with the weights of a folder in Hugging Face's form; of fewer layers, evenly chosen ones."""
    told = json.loads((folder / "config.json").read_text())
    encoder = Encoder(layers, told["hidden_size"], told["num_attention_heads"], told["intermediate_size"])
    weights = load_file(folder / "model.safetensors")
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    chosen = [round((n + 1) * told["num_hidden_layers"] / layers) - 1 for n in range(layers)]
    for mine, theirs in enumerate(chosen):
        for end in ("weight", "bias"):
            get = {name: weights[f"encoder.layer.{theirs}.{name}.{end}"] for name in _NAMES}
            qkv = [get[f"attention.self.{part}"] for part in ("query", "key", "value")]
            state[f"layers.{mine}.qkv.{end}"] = torch.cat(qkv)
            for name, there in _NAMES.items():
                if there:
                    state[f"layers.{mine}.{there}.{end}"] = get[name]
    encoder.load_state_dict(state)
    return encoder


_NAMES = {
    "attention.self.query": "",
    "attention.self.key": "",
    "attention.self.value": "",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}


def step_of(distance: Tensor) -> Tensor:
    """A class for each distance in words: exact when small, then by doubling; earlier and later apart."""
    far = distance.abs().clamp(min=1).float()
    grade = torch.where(distance.abs() <= 8, distance.abs().float(), 8 + 2 * (torch.log2(far / 8)).floor())
    grade = grade.clamp(max=NEAR - 1).long()
    return torch.where(distance < 0, grade, grade + NEAR)


class Network(nn.Module):
    """The encoder with its heads; what each head gives is a score for each of its labels, before softmax."""

    def __init__(self, encoder: nn.Module, pair: int = PAIR):
        super().__init__()
        width: int = encoder.norm.normalized_shape[0]  # type: ignore[union-attr, assignment]
        self.encoder = encoder
        self.drop = nn.Dropout(0.2)
        self.trigger = nn.Linear(width, len(TRIGGERS))
        self.anchor = nn.Linear(width, pair)
        self.part = nn.Linear(width, pair)
        self.anchor_gate = nn.Linear(width, pair)
        self.part_gate = nn.Linear(width, pair)
        self.step = nn.Embedding(2 * NEAR, pair)
        self.gap = nn.Embedding(9, pair)  # sentences between the two, -4 to 4
        self.tag = nn.Linear(pair, len(TAGS))
        self.side = nn.Linear(pair, len(SIDES))
        self.hidden = nn.Linear(width, pair)
        self.stance = nn.Linear(pair, len(STANCES))
        self.attribution = nn.Linear(pair, len(ATTRIBUTIONS))
        self.undirected = nn.Linear(pair, 2)
        self.muc_tag = nn.Linear(width, len(MUC_TAGS))
        self.muc_weight = nn.Linear(width, len(MUC_TYPES))
        self.muc_type = nn.Linear(width, len(MUC_TYPES))

    def words(self, pieces: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """A vector for each word: that of its first piece."""
        state = self.encoder(pieces, mask)
        return self.drop(state.gather(1, firsts[:, :, None].expand(-1, -1, state.shape[-1])))

    def parts(self, state: Tensor, sentences: Tensor, anchors: Tensor) -> tuple[Tensor, Tensor]:
        """For each anchor of one text the scores of each word's part in its event, and of the side of those it counts.

        Anchors × words × tags, and anchors × words × sides.
        """
        places = torch.arange(state.shape[0], device=state.device)
        step = self.step(step_of(places[None] - anchors[:, None]))
        gap = self.gap((sentences[None] - sentences[anchors][:, None]).clamp(-4, 4) + 4)
        pair = self.anchor(state[anchors])[:, None] + self.part(state)[None] + step + gap
        pair = pair + self.anchor_gate(state[anchors])[:, None] * self.part_gate(state)[None]
        hidden = self.drop(F.gelu(pair))
        return self.tag(hidden), self.side(hidden)

    def attributes(self, anchors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Stance, attribution and whether nobody began, for the vectors of anchors."""
        hidden = self.drop(F.gelu(self.hidden(anchors)))
        return self.stance(hidden), self.attribution(hidden), self.undirected(hidden)

    def muc_types(self, state: Tensor, mask: Tensor) -> Tensor:
        """Scores of the MUC-4 incident types of whole texts: for each type the words that speak for it decide."""
        weight = self.muc_weight(state).masked_fill(~mask[:, :, None], -1e4).softmax(1)
        return (weight * self.muc_type(state)).sum(1)
