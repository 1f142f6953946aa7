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

from training.graphs import encoder_graph, parts_graph
from training.network import Network, pretrained

IN_GRAPH = ("anchor", "part", "anchor_gate", "part_gate", "step", "gap", "tag", "side")


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="keep numbers of 32 bits")
    asked = parser.parse_args()
    network = Network(pretrained(asked.encoder, asked.layers))
    network.load_state_dict(torch.load(asked.weights))
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    encoder = {name.removeprefix("encoder."): each for name, each in weights.items() if name.startswith("encoder.")}
    heads = {name: each for name, each in weights.items() if not name.startswith("encoder.")}
    asked.output.mkdir(parents=True, exist_ok=True)
    graph = encoder_graph(encoder, asked.layers, network.encoder.layers[0].heads, whole=asked.whole)
    (asked.output / "encoder.onnx").write_bytes(graph.SerializeToString())
    (asked.output / "parts.onnx").write_bytes(parts_graph(heads).SerializeToString())
    small = {name: each.astype(np.float16) for name, each in heads.items() if name.split(".")[0] not in IN_GRAPH}
    np.savez_compressed(asked.output / "heads.npz", **small)
    shutil.copy(asked.encoder / "tokenizer.json", asked.output.parent)


if __name__ == "__main__":
    main()
