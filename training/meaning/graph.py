"""The encoder as an ONNX graph, written down operator by operator from the carrier's weights: nothing is traced.

The 4-bit weights go into ONNX Runtime's `MatMulNBits` as the carrier holds them (blocks of 32, offset 8): the graph
computes with the very weights of the carrier, its activations rounded to 8 bits. Words are looked up outside the graph.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import onnx
import paths  # noqa: F401 - finds the carrier
from carrier import BLOCK, Carrier, FourBits
from onnx import TensorProto, helper, numpy_helper

OPSETS = (helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1))
EIGHT_BIT_ACTIVATIONS = 4  # the `accuracy_level` of MatMulNBits


class _Graph:
    """Nodes and weights as they are added; every method returns the name of what it computes."""

    def __init__(self, heads: int, epsilon: float) -> None:
        self.heads, self.epsilon = heads, epsilon
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}

    def weight(self, name: str, values: npt.NDArray[np.generic]) -> str:
        self.weights.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, domain=domain, **attributes))
        return name

    def shape(self, *sizes: int) -> str:
        return self.weight("shape_" + "_".join(map(str, sizes)), np.array(sizes, np.int64))

    def linear(self, values: str, name: str, matrix: FourBits, bias: npt.NDArray[np.float32]) -> str:
        rows, columns = matrix.levels().shape
        product = self.add(
            "MatMulNBits", values, self.weight(f"{name}.w", interleaved(matrix)),
            self.weight(f"{name}.scales", matrix.scales.astype(np.float32).reshape(-1)),
            domain="com.microsoft", K=columns, N=rows, bits=4, block_size=BLOCK, accuracy_level=EIGHT_BIT_ACTIVATIONS,
        )  # fmt: skip
        return self.add("Add", product, self.weight(f"{name}.b", bias))

    def norm(self, values: str, name: str, carrier: Carrier) -> str:
        scale, bias = (self.weight(f"{name}.{part}", carrier.floats(f"{name}.{part}")) for part in "wb")
        return self.add("LayerNormalization", values, scale, bias, axis=-1, epsilon=self.epsilon)


def interleaved(matrix: FourBits) -> npt.NDArray[np.uint8]:
    """The nibbles as MatMulNBits reads them: weights 2i and 2i + 1 of a block in one byte, rows × blocks × 16."""
    unsigned = (matrix.levels() + 8).astype(np.uint8)
    pairs = unsigned.reshape(len(unsigned), -1, BLOCK // 2, 2)
    return np.asarray(pairs[..., 0] | (pairs[..., 1] << 4))


def graph(carrier: Carrier) -> onnx.ModelProto:
    """`words` (posts × tokens × hidden: word and position vectors, added) and `mask` (posts × tokens, 1 on tokens) to
    `pooled`, the mean of the last states over the tokens (posts × hidden)."""
    made = _Graph(carrier.shape.heads, carrier.shape.epsilon)
    states = made.norm("words", "emb.ln", carrier)
    wide = made.add("Unsqueeze", "mask", made.weight("axes_1_2", np.array([1, 2], np.int64)))
    absent = made.add("Sub", wide, made.weight("one", np.float32(1)))
    added = made.add("Mul", absent, made.weight("far", np.float32(1e9)))
    for number in range(carrier.shape.layers):
        states = _layer(made, carrier, f"l{number}", states, added)
    _pooled(made, states)
    hidden = carrier.shape.hidden
    inputs = [
        helper.make_tensor_value_info("words", TensorProto.FLOAT, ["posts", "tokens", hidden]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["posts", "tokens"]),
    ]
    outputs = [helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["posts", hidden])]
    body = helper.make_graph(made.nodes, "encoder", inputs, outputs, list(made.weights.values()))
    return helper.make_model(body, opset_imports=OPSETS, ir_version=10)


def _layer(made: _Graph, carrier: Carrier, here: str, states: str, added: str) -> str:
    """Self-attention and feed-forward, each with a residual and a LayerNorm behind it."""

    def linear(values: str, part: str) -> str:
        matrix = carrier.tensors[f"{here}.{part}.w"]
        assert isinstance(matrix, FourBits)
        return made.linear(values, f"{here}.{part}", matrix, carrier.floats(f"{here}.{part}.b"))

    hidden, heads = carrier.shape.hidden, made.heads
    split = made.shape(0, 0, heads, hidden // heads)
    queries, keys, values = (
        made.add("Transpose", made.add("Reshape", linear(states, part), split), perm=perm)
        for part, perm in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3]))
    )
    scale = made.weight("scale", np.float32((hidden // heads) ** -0.5))
    scores = made.add("Add", made.add("Mul", made.add("MatMul", queries, keys), scale), added)
    mixed = made.add("MatMul", made.add("Softmax", scores, axis=-1), values)
    joined = made.add("Reshape", made.add("Transpose", mixed, perm=[0, 2, 1, 3]), made.shape(0, 0, hidden))
    states = made.norm(made.add("Add", states, linear(joined, "ao")), f"{here}.aln", carrier)
    fed = linear(made.add("Gelu", linear(states, "fi")), "fo")
    return made.norm(made.add("Add", states, fed), f"{here}.oln", carrier)


def _pooled(made: _Graph, states: str) -> None:
    tall = made.add("Unsqueeze", "mask", made.weight("axis_2", np.array([2], np.int64)))
    axis = made.weight("axis_1", np.array([1], np.int64))
    total = made.add("ReduceSum", made.add("Mul", states, tall), axis, keepdims=0)
    tokens = made.add("ReduceSum", tall, axis, keepdims=0)
    made.nodes.append(helper.make_node("Div", [total, tokens], ["pooled"], "pooled"))
