"""Trains the network on the gold sets in `../shared/data` and on the modern gold.

    python -m training.train --data ../shared/data --encoder FOLDER --output /tmp/network.pt

About 4 minutes an epoch on two cores.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from evals.gold import rows
from evals.modern_texts import LABELS, TEST, is_test, text_digest, training_texts
from training.batches import Batch, batches, windows_of
from training.examples import Example, joined, modern, muc, rams, wikievents
from training.losses import losses
from training.network import Network, pretrained
from training.shipped import weights_of
from vedette.read.neural.pieces import MOST, Pieces

BROKEN = 2.0  # an epoch whose losses are so many times the least before has lost what was learnt
WIKIEVENTS = "wikievents/train_derived.jsonl"
ODD = 8.0  # a batch whose gradient is so many times the usual is left out
JOINED, TOGETHER = 0.35, 4  # the share of texts that are put together, and how many to one


def examples(data: Path, sets: list[str]) -> Iterator[Example]:
    """The training examples of the named sets."""
    if "muc4" in sets:
        yield from muc(data / "muc4/train.jsonl.gz")
    if "wikievents" in sets:
        tested = _tested(data / WIKIEVENTS)
        found = wikievents(data / WIKIEVENTS)
        yield from (example for example in found if example.name not in tested)
    if "rams" in sets:
        yield from (example for example in rams(data / "rams/dev.jsonl") if not is_test(example.name))
    if "modern" in sets:
        yield from modern(training_texts(data))


def _tested(gold: Path) -> set[str]:
    """The names of documents whose text, by whatever name, the modern gold keeps for testing."""
    kept = [row for row in rows(LABELS) if is_test(row["id"])] + list(rows(TEST))
    digests = {row["digest"] for row in kept if "digest" in row}
    return {f"wikievents/{row['doc_id']}" for row in rows(gold) if text_digest(" ".join(row["tokens"])) in digests}


def main() -> None:
    """Train and keep the weights after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / "../shared/data")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--sets", default="muc4,wikievents,rams,modern")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--pieces", type=int, default=2048, help="word pieces a batch")
    parser.add_argument("--start", type=Path, help="weights to go on from, or the shipped folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    rng = random.Random(asked.seed)
    network = Network(pretrained(asked.encoder, asked.layers))
    if asked.start:
        network.load_state_dict(weights_of(asked.start))
    known = list(examples(asked.data, asked.sets.split(",")))
    print(f"{len(known)} examples", flush=True)
    fit(network, Windows(known, Pieces(asked.encoder / "tokenizer.json"), rng), asked)


class Windows:
    """The examples' windows of an epoch."""

    def __init__(self, examples: Sequence[Example], pieces: Pieces, rng: random.Random):
        self._examples, self._pieces, self._rng = examples, pieces, rng

    def batches(self, pieces: int) -> Iterator[Batch]:
        """An epoch's examples in batches of about so many pieces, long windows and short, as the reader meets them."""
        drawn = self._drawn()
        cut = [window for each in drawn for window in windows_of(each, self._pieces, self._size(each))]
        yield from batches(cut, pieces, self._rng)

    def _drawn(self) -> list[Example]:
        """This epoch's examples; of our own gold, which is of short texts, some are put together to long ones."""
        drawn = [example for example in self._examples if self._rng.random() < example.share]
        short = [each for each in drawn if each.whole and self._rng.random() < JOINED]
        left = {id(each) for each in short}
        self._rng.shuffle(short)
        together = [joined(short[at : at + TOGETHER]) for at in range(0, len(short), TOGETHER)]
        return [each for each in drawn if id(each) not in left] + together

    def _size(self, example: Example) -> int:
        """Word pieces a window; texts whose types are told as wholes are cut as little as can be."""
        return MOST if example.muc_types is not None else self._rng.choice((128, 256, 384, MOST))


def fit(network: Network, windows: Windows, asked: argparse.Namespace) -> None:
    """Train for the epochs asked for, the rate rising for a tenth of the steps and then falling to nothing."""
    slow, fast = [], []
    network.encoder.words.weight.requires_grad_(False)
    for name, weight in network.named_parameters():
        if not weight.requires_grad:
            continue
        (slow if name.startswith("encoder") else fast).append(weight)
    groups = [{"params": slow, "lr": asked.rate}, {"params": fast, "lr": asked.rate * 5}]
    # A shorter memory for the size of gradients than is usual: with 0.999 trained weights broke within an epoch.
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    steps = asked.epochs * sum(1 for _ in windows.batches(asked.pieces))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(10 * (step + 1) / steps, max(0.0, (steps - step) / (0.9 * steps)))
    )
    least, usual = float("inf"), 0.0
    for epoch in range(asked.epochs):
        start, sums = time.time(), dict[str, float]()
        network.train()
        for batch in windows.batches(asked.pieces):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = losses(network, batch)
            optimizer.zero_grad()
            sum(found.values()).backward()
            norm = float(torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0))
            if not usual or norm < ODD * usual:
                optimizer.step()
                usual = 0.98 * (usual or norm) + 0.02 * norm
            schedule.step()
            for name, loss in found.items():
                sums[name] = sums.get(name, 0.0) + loss.item()
        told = ", ".join(f"{name} {loss:.0f}" for name, loss in sorted(sums.items()))
        print(f"epoch {epoch + 1}: {told}, {time.time() - start:.0f} s", flush=True)
        if sum(sums.values()) > BROKEN * least:
            raise SystemExit(
                f"epoch {epoch + 1} broke: {asked.output} holds the epoch before; go on from it more slowly"
            )
        least = min(least, sum(sums.values()))
        torch.save(network.state_dict(), asked.output)


if __name__ == "__main__":
    main()
