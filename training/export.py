"""Weights of a trained network → the files that the reader ships.

    python -m training.export /tmp/network.pt --encoder FOLDER --output src/vedette/read/neural/weights/accurate

`encoder.onnx` and `parts.onnx` are graphs for ONNX Runtime, `heads.npz` holds the smaller heads as arrays.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch

from training.graphs import encoder_graph, parts_graph, small_graph
from training.small import STEPS

IN_ARRAYS = ("hidden", "stance", "attribution", "undirected", "muc_tag", "muc_weight", "muc_type")
HEADS = 12  # of MiniLM's attention


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="keep numbers of 32 bits")
    asked = parser.parse_args()
    weights = {name: tensor.numpy() for name, tensor in torch.load(asked.weights).items()}
    asked.output.mkdir(parents=True, exist_ok=True)
    if "encoder.layers.0.qkv.weight" in weights:
        graph = encoder_graph(weights, HEADS, whole=asked.whole)
    else:
        graph = small_graph(weights, STEPS)
    (asked.output / "encoder.onnx").write_bytes(graph.SerializeToString())
    (asked.output / "parts.onnx").write_bytes(parts_graph(weights).SerializeToString())
    heads = {name: each.astype(np.float16) for name, each in weights.items() if name.split(".")[0] in IN_ARRAYS}
    np.savez_compressed(asked.output / "heads.npz", **heads)  # `training.figures` adds what it fits
    shutil.copy(asked.encoder / "tokenizer.json", asked.output.parent)


if __name__ == "__main__":
    main()
