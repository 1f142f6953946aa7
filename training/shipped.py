"""The weights that the reader ships, as the network that is trained holds them: what to go on from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

Array = NDArray[Any]
LINEAR = ("qkv", "out", "up", "down")  # a layer's products, in the order of the graph
PAIRED = ("anchor", "anchor_gate", "part", "part_gate")
LAST = ("tag", "side")


def weights_of(path: Path) -> dict[str, Tensor]:
    """The weights that a training run kept in a file, or those of a folder that the reader ships."""
    return shipped(path) if path.is_dir() else torch.load(path)


def shipped(folder: Path) -> dict[str, Tensor]:
    """The state of the large network in the folder that `training.export` wrote, by the names of its parts.

    Its encoder's numbers are those that seven bits could hold; exported again they are the same.
    """
    state = dict(_encoder(onnx.load(folder / "encoder.onnx").graph))
    state |= dict(_pairs(onnx.load(folder / "parts.onnx").graph))
    with np.load(folder / "heads.npz") as heads:
        state |= {name: heads[name] for name in heads.files if not name.startswith(("figure_tag", "measure"))}
    return {name: torch.tensor(np.asarray(each, np.float32)) for name, each in state.items()}


def _constants(graph: onnx.GraphProto) -> dict[str, Array]:
    return {each.name: numpy_helper.to_array(each) for each in graph.initializer}


def _nodes(graph: onnx.GraphProto, operator: str) -> list[onnx.NodeProto]:
    return [node for node in graph.node if node.op_type == operator]


def _encoder(graph: onnx.GraphProto) -> Iterator[tuple[str, Array]]:
    known = _constants(graph)
    tables = [known[node.input[0]] for node in _nodes(graph, "Gather") if node.input[0] in known]
    yield "encoder.words.weight", tables[0] * tables[1]
    yield "encoder.places.weight", known[_nodes(graph, "Slice")[0].input[0]]
    yield "encoder.kind", np.zeros(tables[0].shape[1])  # within the places
    for name, node in zip(_norms(), _nodes(graph, "LayerNormalization"), strict=False):
        yield from _named(f"encoder.{name}", known[node.input[1]], known[node.input[2]])
    for place, node in enumerate(_nodes(graph, "DynamicQuantizeMatMul")):
        rounded, scale, _, bias = (known[name] for name in node.input[1:5])
        layer, part = divmod(place, len(LINEAR))
        yield from _named(f"encoder.layers.{layer}.{LINEAR[part]}", (rounded * scale).T, bias)
    yield from _products(graph, known, ["trigger"])


def _norms() -> Iterator[str]:
    yield "norm"
    layer = 0
    while True:
        yield from (f"layers.{layer}.norm", f"layers.{layer}.norm2")
        layer += 1


def _pairs(graph: onnx.GraphProto) -> Iterator[tuple[str, Array]]:
    known = _constants(graph)
    tables = [known[node.input[0]] for node in _nodes(graph, "Gather") if node.input[0] in known]
    yield from zip(("step.weight", "gap.weight"), tables, strict=True)
    yield from _products(graph, known, [*PAIRED, *LAST])


def _products(graph: onnx.GraphProto, known: Mapping[str, Array], names: list[str]) -> Iterator[tuple[str, Array]]:
    """The linear layers of a graph that keep all of their bits, in its order."""
    sums = {node.input[0]: known[node.input[1]] for node in _nodes(graph, "Add") if node.input[1] in known}
    for name, node in zip(names, _nodes(graph, "MatMul"), strict=True):
        yield from _named(name, known[node.input[1]].T, sums[node.output[0]])


def _named(name: str, weight: Array, bias: Array) -> Iterator[tuple[str, Array]]:
    yield f"{name}.weight", weight
    yield f"{name}.bias", bias
