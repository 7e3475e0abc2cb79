"""The weights of the model that ships, as a start for the next one: 8-bit matrices made floats again.

What the second run starts from needs no file beside the repository. The frozen parts come from the carrier.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnx
import torch
from network import RARE
from onnx import numpy_helper
from samples import MARKS, TASKS
from torch import Tensor


def weights(path: Path) -> dict[str, Tensor]:
    """Every trained tensor of an exported model by the names of `DeepModel`; word and position embeddings are not among them."""
    graph = onnx.load(path).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    plain = {name: values for name, values in held.items() if name.startswith("encoder.")}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            levels, scale = held[node.input[1]], held[node.input[1].replace("_quantized", "_scale")]
            zero = held[node.input[3]].astype(np.float32)
            _, layer, part, *_ = node.name.split("/")
            name = f"encoder.{layer}.{part}.weight" if layer.startswith("layers.") else "head.weight"
            plain[name] = ((levels.astype(np.float32) - zero) * scale).T
    found = {
        name: torch.from_numpy(np.array(values, np.float32))
        for name, values in plain.items()
        if name != "head.weight"
    }
    return found | _heads(plain["head.weight"], held["head.bias"])


def _heads(weight: np.ndarray, bias: np.ndarray) -> dict[str, Tensor]:
    """The one exported head as the heads it was made of, with the odds of rare labels multiplied again."""
    found, start = {}, 0
    for task, labels in TASKS.items():
        at = slice(start, start := start + len(labels))
        shift = math.log(RARE) if task in MARKS else 0.0
        found[f"heads.{task}.weight"] = torch.from_numpy(np.array(weight[at], np.float32))
        found[f"heads.{task}.bias"] = torch.from_numpy(np.array(bias[at] + shift, np.float32))
    return found
