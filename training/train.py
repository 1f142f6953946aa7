"""Trains the network on the gold sets in `../shared/data` and on the modern gold.

    python -m training.train --data ../shared/data --encoder FOLDER --output /tmp/network.pt

About 4 minutes an epoch on two cores.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer

from evals.gold import rows
from evals.modern_texts import LABELS, is_test, labelled
from training.batches import Cutter, Window, batches
from training.examples import Example, modern, muc, rams, wikievents
from training.losses import losses
from training.network import Network, pretrained


def examples(data: Path, sets: list[str]) -> Iterator[Example]:
    """The training examples of the named sets."""
    if "muc4" in sets:
        yield from muc(data / "muc4/train.jsonl.gz")
    if "wikievents" in sets:
        tested = {f"wikievents/{row['key']}" for row in rows(LABELS) if is_test(row["id"]) and "key" in row}
        found = wikievents(data / "wikievents/train_derived.jsonl")
        yield from (example for example in found if example.name not in tested)
    if "rams" in sets:
        yield from rams(data / "rams/dev.jsonl")
    if "modern" in sets:
        yield from modern(labelled(LABELS, data, lambda ident: not is_test(ident)))


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
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    rng = random.Random(asked.seed)
    network = Network(pretrained(asked.encoder, asked.layers))
    if asked.start:
        network.load_state_dict(torch.load(asked.start), strict=False)
    cutter = Cutter(tokenizer_in(asked.encoder))
    known = list(examples(asked.data, asked.sets.split(",")))
    print(f"{len(known)} examples", flush=True)
    fit(network, cutter, known, asked, rng)


def tokenizer_in(folder: Path) -> Tokenizer:
    """The tokenizer of an encoder's folder, which neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def fit(network: Network, cutter: Cutter, known: list[Example], asked: argparse.Namespace, rng: random.Random) -> None:
    """Train for the epochs asked for, the rate rising for a tenth of the steps and then falling to nothing."""
    slow, fast = [], []
    network.encoder.words.weight.requires_grad_(False)
    for name, weight in network.named_parameters():
        if not weight.requires_grad:
            continue
        (slow if name.startswith("encoder") else fast).append(weight)
    groups = [{"params": slow, "lr": asked.rate}, {"params": fast, "lr": asked.rate * 5}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = asked.epochs * sum(1 for _ in batches(_windows(cutter, known, rng), asked.pieces, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(10 * (step + 1) / steps, max(0.0, (steps - step) / (0.9 * steps)))
    )
    for epoch in range(asked.epochs):
        start, sums = time.time(), dict[str, float]()
        network.train()
        for batch in batches(_windows(cutter, known, rng), asked.pieces, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = losses(network, batch)
            optimizer.zero_grad()
            sum(found.values()).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, loss in found.items():
                sums[name] = sums.get(name, 0.0) + loss.item()
        told = ", ".join(f"{name} {loss:.0f}" for name, loss in sorted(sums.items()))
        print(f"epoch {epoch + 1}: {told}, {time.time() - start:.0f} s", flush=True)
        torch.save(network.state_dict(), asked.output)


def _windows(cutter: Cutter, known: list[Example], rng: random.Random) -> list[Window]:
    """An epoch's examples in windows, long ones and short ones, as the reader will meet them."""
    drawn = [example for example in known if rng.random() < example.share]
    return [window for example in drawn for window in cutter.windows(example, rng.choice((128, 256, 384, 510)))]


if __name__ == "__main__":
    main()
