"""The mean of several sets of weights, each by its share: steadier than the last epoch of a run (Izmailov et al. 2018).

python -m training.mean d.pt=2 src/vedette/read/neural/weights/accurate=1 --output mean.pt
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from training.shipped import weights_of


def mean_of(shares: Mapping[Path, float]) -> dict[str, Tensor]:
    """The mean of the weights in files or shipped folders, of networks of one shape."""
    known = {path: weights_of(path) for path in shares}
    whole = sum(shares.values())
    names = next(iter(known.values()))
    return {name: sum(share / whole * known[path][name] for path, share in shares.items()) for name in names}  # type: ignore[misc]


def main() -> None:
    """Write the mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", nargs="+", metavar="FILE=SHARE")
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    told = (each.rpartition("=") for each in asked.weights)
    torch.save(mean_of({Path(path): float(share) for path, _, share in told}), asked.output)


if __name__ == "__main__":
    main()
