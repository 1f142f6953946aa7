"""The encoder as an ONNX graph whose steps ONNX Runtime does each in one: few, and in numbers of eight bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
FUSED = "com.microsoft"  # ONNX Runtime's own operators
# Of the eight bits of a weight seven are used: processors without VNNI add two products in sixteen bits, which more
# than these would overflow without a word.
MOST = 63
MADE = ("words", "triggers")


@dataclass
class Graph:
    """Nodes and constants as they are added; each step gives the name of its result."""

    whole: bool  # numbers of 32 bits instead
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, value: Array) -> str:
        """A constant's name."""
        name = f"constant{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def step(self, operator: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> Any:
        """The result of an operator; of several results their names in order."""
        names = [f"{operator.lower()}{len(self.nodes)}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def product(self, state: str, weight: Array, bias: Array) -> str:
        """A linear layer: `weight` is inputs × outputs."""
        if self.whole:
            return self.step("Add", self.step("MatMul", state, self.constant(weight)), self.constant(bias))
        rounded, scale = eight_bits(weight, 0)
        zero = np.zeros(weight.shape[1], np.int8)
        constants = [self.constant(each) for each in (rounded, scale[0], zero, bias)]
        return self.step("DynamicQuantizeMatMul", state, *constants, domain=FUSED)

    def rows(self, table: Array, places: str) -> str:
        """The rows of a table at these places."""
        if self.whole:
            return self.step("Gather", self.constant(table), places)
        rounded, scale = eight_bits(table, 1)
        plain = self.step("Cast", self.step("Gather", self.constant(rounded), places), to=TensorProto.FLOAT)
        return self.step("Mul", plain, self.step("Gather", self.constant(scale), places))

    def norm(self, state: str, skip: str, weight: Array, bias: Array) -> str:
        """The sum of two states, made even over its width (Ba et al. 2016)."""
        # In two steps: the fused operator takes a fifth longer for the whole encoder.
        constants = [self.constant(weight), self.constant(bias)]
        return self.step("LayerNormalization", self.step("Add", state, skip), *constants, axis=-1, epsilon=1e-12)


def eight_bits(weight: Array, axis: int) -> tuple[Array, Array]:
    """Whole numbers and the scale of each column (axis 0) or row (axis 1) that bring a matrix back."""
    scale = np.abs(weight).max(axis, keepdims=True) / MOST
    scale = np.maximum(scale, 1e-9).astype(np.float32)
    return np.round(weight / scale).astype(np.int8), scale


def encoder_graph(network: Mapping[str, Array], heads: int, *, whole: bool = False) -> onnx.ModelProto:
    """Word pieces of one text (1 × pieces) and the places of words' first pieces → words × width, words × kinds."""
    weights = inside(network, "encoder")
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    graph = Graph(whole)
    places = graph.constant(weights["places.weight"] + weights["kind"])
    length = graph.step("Shape", "pieces", start=1, end=2)
    places = graph.step("Slice", places, graph.constant(np.array([0])), length)
    places = graph.step("Unsqueeze", places, graph.constant(np.array([0])))
    pieces = graph.rows(weights["words.weight"], "pieces")
    state = graph.norm(pieces, places, weights["norm.weight"], weights["norm.bias"])
    for layer in range(layers):
        state = _layer(graph, state, inside(weights, f"layers.{layer}"), heads)
    return _model(graph, *_words_of(graph, state, inside(network, "trigger")))


def inside(weights: Mapping[str, Array], part: str) -> dict[str, Array]:
    """The weights of one part of a network, by their names in it."""
    return {name.removeprefix(f"{part}."): each for name, each in weights.items() if name.startswith(f"{part}.")}


def small_graph(network: Mapping[str, Array], steps: Sequence[int]) -> onnx.ModelProto:
    """The same of the small network: gated convolutions, their inputs so many words apart."""
    graph, weights = Graph(whole=False), inside(network, "encoder")
    middle = graph.constant(np.array([1]))
    state = _even(graph, graph.rows(weights["words.weight"], "pieces"), weights, "norm")
    for place, step in enumerate(steps):
        kernel, bias = (graph.constant(weights[f"layers.{place}.{end}"]) for end in ("weight", "bias"))
        turned = graph.step("Transpose", state, perm=[0, 2, 1])
        both = graph.step("Conv", turned, kernel, bias, dilations=[step], pads=[step, step])
        plain, gate = graph.step("Split", both, outputs=2, axis=1, num_outputs=2)
        gated = graph.step("Mul", plain, graph.step("Sigmoid", gate))
        summed = graph.step("Add", state, graph.step("Transpose", gated, perm=[0, 2, 1]))
        state = _even(graph, summed, weights, f"norms.{place}")
        if place == len(steps) // 2:
            mean = graph.step("ReduceMean", state, middle, keepdims=1)
            constants = [graph.constant(weights["whole.weight"].T), graph.constant(weights["whole.bias"])]
            whole = graph.step("Add", graph.step("MatMul", mean, constants[0]), constants[1])
            state = graph.step("Add", state, whole)
    return _model(graph, *_words_of(graph, state, inside(network, "trigger")))


def _even(graph: Graph, state: str, weights: Mapping[str, Array], name: str) -> str:
    constants = [graph.constant(weights[f"{name}.{end}"]) for end in ("weight", "bias")]
    return graph.step("LayerNormalization", state, *constants, axis=-1)


def _words_of(graph: Graph, state: str, trigger: Mapping[str, Array]) -> tuple[Sequence[Any], Sequence[Any]]:
    """What a graph is given, and what it makes of a state of pieces: words' vectors, and the kinds that they name."""
    flat = graph.step("Squeeze", state, graph.constant(np.array([0])))
    graph.nodes.append(helper.make_node("Gather", [flat, "firsts"], ["words"]))
    weight, bias = graph.constant(trigger["weight"].T), graph.constant(trigger["bias"])
    kinds = graph.step("Add", graph.step("MatMul", "words", weight), bias)
    graph.nodes.append(helper.make_node("Softmax", [kinds], ["triggers"], axis=-1))
    given = [
        helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "pieces"]),
        helper.make_tensor_value_info("firsts", TensorProto.INT64, ["words"]),
    ]
    return given, [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", None]) for name in MADE]


def _layer(graph: Graph, state: str, weights: Mapping[str, Array], heads: int) -> str:
    def linear(name: str, inputs: str) -> str:
        return graph.product(inputs, weights[f"{name}.weight"].T, weights[f"{name}.bias"])

    parts = graph.step("Split", linear("qkv", state), outputs=3, axis=2, num_outputs=3)
    seen = graph.step("MultiHeadAttention", *parts, domain=FUSED, num_heads=heads)
    state = graph.norm(linear("out", seen), state, weights["norm.weight"], weights["norm.bias"])
    wide = graph.step("Gelu", linear("up", state), domain=FUSED)
    return graph.norm(linear("down", wide), state, weights["norm2.weight"], weights["norm2.bias"])


def parts_graph(weights: Mapping[str, Array]) -> onnx.ModelProto:
    """Words × width, anchors, and the steps and sentences from each anchor to each word → each word's part and side."""
    graph = Graph(whole=True)

    def linear(name: str, inputs: str) -> str:
        return graph.product(inputs, weights[f"{name}.weight"].T, weights[f"{name}.bias"])

    named = graph.step("Gather", "words", "anchors")
    inner = graph.constant(np.array([1]))
    one, gate = (graph.step("Unsqueeze", linear(name, named), inner) for name in ("anchor", "anchor_gate"))
    pair = graph.step("Add", one, linear("part", "words"))
    pair = graph.step("Add", pair, graph.step("Mul", gate, linear("part_gate", "words")))
    for name, places in (("step", "steps"), ("gap", "gaps")):
        pair = graph.step("Add", pair, graph.step("Gather", graph.constant(weights[f"{name}.weight"]), places))
    hidden = graph.step("FastGelu", pair, domain=FUSED)
    for name, out in (("tag", "tags"), ("side", "sides")):
        graph.nodes.append(helper.make_node("Softmax", [linear(name, hidden)], [out], axis=-1))
    ints = {"anchors": ["anchors"], "steps": ["anchors", "words"], "gaps": ["anchors", "words"]}
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in ints.items()]
    given.insert(0, helper.make_tensor_value_info("words", TensorProto.FLOAT, ["words", None]))
    made = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [*ints["steps"], None]) for name in ("tags", "sides")
    ]
    return _model(graph, given, made)


def _model(graph: Graph, given: Sequence[Any], made: Sequence[Any]) -> onnx.ModelProto:
    whole = helper.make_graph(graph.nodes, "vedette", given, made, list(graph.constants.values()))
    domains = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(whole, opset_imports=domains, ir_version=10)
