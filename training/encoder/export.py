"""The trained model as the files that ship: `PYTHONPATH=training python training/encoder/export.py --work DIR`.

ONNX with weights of 8 bits a channel (7 used: processors without VNNI add pairs in 16 bits and would overflow) and activations
scaled as they come; word embeddings in the carrier's own 4 bits, which training left as they were, so that nothing is lost.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from bert import encoder
from carrier import Carrier, FourBits, load
from network import RARE, DeepModel
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from samples import MARKS, TASKS
from torch import Tensor, nn
from train import LAYERS
from vocabulary import save, tokeniser

ENCODER, TOKENISER = "encoder.onnx", "tokenizer.json"
POSITIONS = 256  # as many tokens as a post is read for, at most


class Exported(nn.Module):
    """Embedded words and mask to all tasks' logits side by side, in the order of TASKS."""

    def __init__(self, model: DeepModel) -> None:
        super().__init__()
        self.encoder, self.positions = model.encoder, nn.Parameter(model.encoder.positions.weight[:POSITIONS])
        self.head = nn.Linear(model.encoder.norm.normalized_shape[0], sum(map(len, TASKS.values())))
        self.head.weight = nn.Parameter(torch.cat([model.heads[task].weight for task in TASKS]))
        # A label that applies counted RARE times in training, which multiplied its odds: taken back here.
        shifts = {task: math.log(RARE) if task in MARKS else 0.0 for task in TASKS}
        self.head.bias = nn.Parameter(torch.cat([model.heads[task].bias - shifts[task] for task in TASKS]))

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """Logits: posts × labels of all tasks."""
        embedded = self.encoder.norm(words + self.positions[: words.shape[1]])
        return self.head(self.encoder.encode(embedded, mask))


def trained(carrier: Carrier, path: Path) -> tuple[DeepModel, np.ndarray]:
    """The model of a checkpoint, and the pieces it knows."""
    held = torch.load(path)
    kept = held["pieces"].numpy()
    model = DeepModel(encoder(carrier, kept, LAYERS))
    model.load_state_dict(held["model"])
    return model.eval(), kept


def export(model: DeepModel, words: FourBits, path: Path) -> None:
    """Write the model of 8 bits with its embeddings of 4."""
    with TemporaryDirectory() as place:
        plain, small = Path(place) / "plain.onnx", Path(place) / "small.onnx"
        axes = {"words": {0: "posts", 1: "tokens"}, "mask": {0: "posts", 1: "tokens"}, "logits": {0: "posts"}}
        hidden = model.encoder.norm.normalized_shape[0]
        torch.onnx.export(
            Exported(model), (torch.zeros(2, 7, hidden), torch.ones(2, 7)), str(plain), input_names=["words", "mask"],
            output_names=["logits"], dynamic_axes=axes, opset_version=21, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            plain,
            small,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
        )
        onnx.save(_with_words(onnx.load(small), words), path)


def _with_words(model: onnx.ModelProto, words: FourBits) -> onnx.ModelProto:
    """The model with token numbers for input: a look-up of 4-bit rows in front."""
    graph = model.graph
    levels = words.levels() & 15
    packed = (levels[:, 0::2] | (levels[:, 1::2] << 4)).astype(np.uint8)
    table = helper.make_tensor("words_4bit", TensorProto.INT4, levels.shape, packed.tobytes(), raw=True)
    graph.initializer.extend([table, numpy_helper.from_array(words.scales.astype(np.float16), "words_scale")])
    look_up = helper.make_node(
        "GatherBlockQuantized", ["words_4bit", "tokens", "words_scale"], ["words_half"], domain="com.microsoft",
        block_size=32, gather_axis=0, quantize_axis=1,
    )  # fmt: skip
    cast = helper.make_node("Cast", ["words_half"], ["words"], to=TensorProto.FLOAT)
    graph.node.insert(0, cast)
    graph.node.insert(0, look_up)
    graph.input.remove(next(given for given in graph.input if given.name == "words"))
    graph.input.insert(0, helper.make_tensor_value_info("tokens", TensorProto.INT32, ["posts", "tokens"]))
    if not any(opset.domain == "com.microsoft" for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def main() -> None:
    """Export the last checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="the folder that training filled")
    parser.add_argument("--out", type=Path, required=True, help="where the files are written")
    parser.add_argument("--checkpoint", default="final.pt")
    options = parser.parse_args()
    carrier = load(options.work / "carrier")
    model, kept = trained(carrier, options.work / options.checkpoint)
    options.out.mkdir(parents=True, exist_ok=True)
    export(model, carrier.tensors["emb.word"].rows(kept), options.out / ENCODER)  # type: ignore[union-attr]
    save(tokeniser(carrier, kept), options.out / TOKENISER)


if __name__ == "__main__":
    main()
