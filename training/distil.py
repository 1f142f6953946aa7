"""Trains the small network to say what the large one says, on every text there is, and what the gold says.

    python -m training.distil src/vedette/read/neural/weights/accurate --encoder FOLDER --output /tmp/small.pt

Distillation (Hinton et al. 2015). The large network reads each text once; what it knows of a word is kept in 16 bits.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from evals.gold import rows
from evals.modern_texts import LABELS, TEST, is_test, rss_text, text_digest
from training.batches import Batch, Window, batches, windows_of
from training.examples import Example, example_of
from training.losses import losses
from training.network import Network, pretrained
from training.shipped import weights_of
from training.small import PAIR, Convolutions, narrowed
from training.train import examples
from vedette.read.neural.pieces import MOST, Pieces

SURE = 0.2  # from this probability on a word is asked for the parts of its event
QUIET, OFTEN = 0.05, 0.15  # windows of the feed whose words all name less are drawn in so many of the epochs
FEED = "news_rss_2021/rss_2021_07_09.jsonl"


def unlabelled(data: Path) -> Iterator[Example]:
    """The texts of the news feed that no part of the modern gold keeps for testing."""
    kept = [row for row in rows(LABELS) if is_test(row["id"])] + list(rows(TEST))
    tested = {row.get("digest") for row in kept}
    for row in rows(data / FEED):
        if text_digest(rss_text(row)) not in tested:
            yield example_of(f"feed/{row['id']}", rss_text(row))


class Teacher:
    """The large network, and the vectors of the words that it has read."""

    def __init__(self, network: Network, windows: Iterable[Window]):
        self.network = network.eval()
        self._read: dict[int, Tensor] = {}
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for batch in batches(list(windows), 4096, random.Random(0)):
                state = network.words(batch.pieces, batch.mask, batch.firsts)
                for place, window in enumerate(batch.windows):
                    self._read[id(window)] = state[place, : len(window.firsts)].to(torch.float16)

    def state(self, window: Window) -> Tensor:
        """The vectors of a window's words."""
        return self._read[id(window)].float()

    def is_quiet(self, window: Window) -> bool:
        """True of a window that no person labelled, and in which the large network sees no event."""
        with torch.no_grad():
            named = 1 - self.network.trigger(self.state(window)).softmax(-1)[:, 0]
        return window.example.name.startswith("feed/") and float(named.max()) < QUIET


def likeness(network: Network, teacher: Teacher, batch: Batch) -> Tensor:
    """How far the small network's probabilities are from the large one's, added up over words."""
    state = network.words(batch.pieces, batch.mask, batch.firsts)
    return torch.stack(
        [_of_window(network, teacher, w, state[n, : len(w.firsts)]) for n, w in enumerate(batch.windows)]
    ).sum()


def _of_window(network: Network, teacher: Teacher, window: Window, own: Tensor) -> Tensor:
    large, told = teacher.network, teacher.state(window)
    triggers = large.trigger(told).softmax(-1)
    loss = _far(network.trigger(own), triggers) / 4 + _far(network.muc_tag(own), large.muc_tag(told).softmax(-1)) / 8
    mask = torch.ones(1, len(told), dtype=torch.bool)
    types = large.muc_types(told[None], mask).sigmoid()
    loss = loss + F.binary_cross_entropy_with_logits(network.muc_types(own[None], mask), types, reduction="sum") / 4
    anchors = (1 - triggers[:, 0] > SURE).nonzero()[:, 0]
    if len(anchors):
        sentences = torch.tensor(window.sentences)
        for mine, theirs in zip(
            network.parts(own, sentences, anchors), large.parts(told, sentences, anchors), strict=True
        ):
            loss = loss + _far(mine, theirs.softmax(-1)) / 12
        for mine, theirs in zip(network.attributes(own[anchors]), large.attributes(told[anchors]), strict=True):
            loss = loss + _far(mine, theirs.softmax(-1)) / 8
    return loss


def _far(scores: Tensor, right: Tensor) -> Tensor:
    return -(right * scores.log_softmax(-1)).sum()


def main() -> None:
    """Train and keep the weights after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / "../shared/data")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    large = Network(pretrained(asked.encoder))
    large.load_state_dict(weights_of(asked.teacher))
    network = Network(Convolutions(narrowed(large.encoder.words.weight.detach())), PAIR)
    if asked.start:
        network.load_state_dict(torch.load(asked.start))
    pieces = Pieces(asked.encoder / "tokenizer.json")
    known = [*examples(asked.data, ["muc4", "wikievents", "rams", "modern"]), *unlabelled(asked.data)]
    windows = [window for example in known for window in windows_of(example, pieces, MOST)]
    start = time.time()
    teacher = Teacher(large, windows)
    print(f"{len(known)} examples, {len(windows)} windows, read in {time.time() - start:.0f} s", flush=True)
    fit(network, teacher, windows, asked)


def fit(network: Network, teacher: Teacher, windows: Sequence[Window], asked: argparse.Namespace) -> None:
    """Train for the epochs asked for, the rate rising for a tenth of the steps and then falling to nothing."""
    rng = random.Random(asked.seed)
    quiet = [window for window in windows if teacher.is_quiet(window)]
    left = {id(window) for window in quiet}
    telling = [window for window in windows if id(window) not in left]
    print(f"{len(quiet)} windows of the feed are quiet", flush=True)
    optimizer = torch.optim.AdamW(network.parameters(), lr=asked.rate, weight_decay=0.01)
    steps = int(1.02 * asked.epochs * sum(1 for _ in batches(_drawn(telling, quiet, rng), 4096, rng)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, asked.rate, steps + asked.epochs, pct_start=0.1, anneal_strategy="linear"
    )
    for epoch in range(asked.epochs):
        start, total = time.time(), 0.0
        network.train()
        for batch in batches(_drawn(telling, quiet, rng), 4096, rng):
            loss = likeness(network, teacher, batch)
            gold = losses(network, batch)
            loss = loss + sum(gold.values())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: {total:.0f}, {time.time() - start:.0f} s", flush=True)
        torch.save(network.state_dict(), asked.output)


def _drawn(telling: Sequence[Window], quiet: Sequence[Window], rng: random.Random) -> list[Window]:
    """An epoch's windows."""
    return [*telling, *(window for window in quiet if rng.random() < OFTEN)]


if __name__ == "__main__":
    main()
