"""Weights of a trained network → the files that the reader ships: the encoder as ONNX, the heads as arrays.

python -m training.export /tmp/network.pt --encoder FOLDER --output src/vedette/read/neural/weights
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.export import Dim

from training.network import Encoder, Network, pretrained
from training.train import tokenizer_in


class Words(nn.Module):
    """Word pieces of one text → the vectors of its words' first pieces."""

    def __init__(self, encoder: Encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, firsts: Tensor) -> Tensor:
        """Pieces (1 × pieces) and places of first pieces (words) → words × width."""
        state = self.encoder(pieces, torch.ones_like(pieces, dtype=torch.bool))
        return state[0].index_select(0, firsts)


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
    network.load_state_dict(torch.load(asked.weights), strict=False)
    network.eval()
    asked.output.mkdir(parents=True, exist_ok=True)
    _encoder(network.encoder, asked.output, whole=asked.whole)
    _heads(network, asked.output / "heads.npz")
    tokenizer_in(asked.encoder).save(str(asked.output / "tokenizer.json"), pretty=False)


def _encoder(encoder: Encoder, folder: Path, *, whole: bool) -> None:
    raw, path = folder / "raw.onnx", folder / "encoder.onnx"
    example = (torch.randint(0, 1000, (1, 40)), torch.arange(1, 30))
    torch.onnx.export(
        Words(encoder),
        example,
        raw,
        input_names=["pieces", "firsts"],
        output_names=["words"],
        dynamic_shapes={"pieces": {1: Dim("pieces", min=3, max=512)}, "firsts": {0: Dim("words", min=1, max=510)}},
        dynamo=True,
        external_data=False,
    )
    if whole:
        shutil.move(raw, path)
        return
    quantize_dynamic(raw, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=_widest(raw))
    raw.unlink()
    _halved(path)


def _halved(path: Path) -> None:
    """Keeps what is left of large matrices in 16 bits; they are widened again when the file is loaded."""
    model = onnx.load(path)
    graph = model.graph
    for tensor in [each for each in graph.initializer if each.data_type == TensorProto.FLOAT and len(each.dims) > 1]:
        narrow = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), f"{tensor.name}_half")
        widened = helper.make_node("Cast", [narrow.name], [tensor.name], to=TensorProto.FLOAT)
        graph.initializer.remove(tensor)
        graph.initializer.append(narrow)
        graph.node.insert(0, widened)
    onnx.save(model, path)


def _widest(path: Path) -> list[str]:
    """The products that lead from the wide middle of a layer back: rounded they would cost three points."""
    graph = onnx.load(path).graph
    rows = {tensor.name: tensor.dims for tensor in graph.initializer}
    products = [node for node in graph.node if node.op_type in ("MatMul", "Gemm")]
    return [node.name for node in products if any(list(rows.get(name, ()))[:1] == [1536] for name in node.input)]


def _heads(network: Network, path: Path) -> None:
    state = {name: each for name, each in network.state_dict().items() if not name.startswith("encoder.")}
    np.savez_compressed(path, **{name: each.numpy().astype(np.float16) for name, each in state.items()})


if __name__ == "__main__":
    main()
