"""Writes the installed encoder as an ONNX graph, straight from its weights, so that reading needs no PyTorch.

The graph is BERT as published (Devlin et al. 2019) with mean pooling, the same arithmetic as sentence-transformers
does over the same weights; on its lower layers stands a second top, tuned to read. tests/test_onnx.py compares both
with PyTorch.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.encoder import MASKED, READING, SHARED_LAYERS
from msgcheck.language.shipped import checked

if TYPE_CHECKING:
    from onnx import ModelProto

#: LayerNormalization came with 17, Gelu with 20.
_OPSET = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT, from its config.json."""

    layers: int
    heads: int
    hidden: int
    epsilon: float


def build(folder: Path, layers: Sequence[int]) -> ModelProto:
    """The model in `folder` (config.json, model.safetensors), with the reading top on it, as a graph.

    Inputs: `ids` and `mask`, int64, (batch, tokens). Outputs: `vector`, unit length, (batch, hidden); `states` of the
    named hidden layers (0 = embeddings), (batch, len(layers), tokens, hidden); and the logits `sentence`, (batch, 2),
    and `words`, (batch, tokens, 3).
    """
    from onnx import TensorProto, helper
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape(
        config["num_hidden_layers"], config["num_attention_heads"], config["hidden_size"], config["layer_norm_eps"]
    )
    tuned = {f"reading.{name}": value for name, value in load_file(checked(READING)).items()}
    graph = _Graph(load_file(folder / "model.safetensors") | tuned, shape)
    hidden = [graph.embeddings()]
    bias = graph.padding_bias()
    for number in range(shape.layers):
        hidden.append(graph.layer(hidden[-1], bias, f"encoder.layer.{number}"))
    graph.similarity(hidden[-1], [hidden[layer] for layer in layers])
    read = hidden[SHARED_LAYERS]
    for number in range(shape.layers - SHARED_LAYERS):
        read = graph.layer(read, bias, f"reading.layers.{number}")
    graph.reading(read, hidden[SHARED_LAYERS])
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in ("ids", "mask")]
    sizes: dict[str, list[str | int]] = {
        "vector": ["batch", shape.hidden],
        "states": ["batch", len(layers), "tokens", shape.hidden],
        "sentence": ["batch", 2],
        "words": ["batch", "tokens", 3],
    }
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in sizes.items()]
    made = helper.make_graph(graph.nodes, "encoder", inputs, outputs, list(graph.constants.values()))
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=10)


class _Graph:
    """Collects nodes and constants; each method adds the nodes of one part and gives the name of its result."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], shape: Shape) -> None:
        self._weights = weights
        self._shape = shape
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def _op(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        from onnx import helper

        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _numbers(self, *values: int) -> str:
        return self._constant("ints_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def _number(self, value: float) -> str:
        return self._constant(f"float_{value}", np.array(value, dtype=np.float32))

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name].astype(np.float32))

    def _linear(self, x: str, name: str, out: str = "") -> str:
        weight = self._constant(f"{name}.weight.T", self._weights[f"{name}.weight"].astype(np.float32).T)
        return self._op("Add", self._op("MatMul", x, weight), self._weight(f"{name}.bias"), out=out)

    def _norm(self, x: str, name: str) -> str:
        scale, shift = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._op("LayerNormalization", x, scale, shift, axis=-1, epsilon=self._shape.epsilon)

    def embeddings(self) -> str:
        """Words, positions and the first sentence's type, normalised."""
        length = self._op("Shape", "ids", start=1, end=2)
        places = self._weight("embeddings.position_embeddings.weight")
        here = self._op("Slice", places, self._numbers(0), length, self._numbers(0))
        kind = self._constant("first_type", self._weights["embeddings.token_type_embeddings.weight"][:1])
        words = self._op("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        return self._norm(self._op("Add", self._op("Add", words, kind), here), "embeddings.LayerNorm")

    def padding_bias(self) -> str:
        """Shape (batch, 1, 1, tokens): nothing for words, `MASKED` for padding."""
        mask = self._op("Cast", "mask", out="mask_float", to=1)
        padding = self._op("Sub", self._number(1.0), mask)
        return self._op("Unsqueeze", self._op("Mul", padding, self._number(MASKED)), self._numbers(1, 2))

    def layer(self, x: str, bias: str, name: str) -> str:
        """Self-attention and the two dense layers, each with its residual and norm."""
        attended = self._linear(self._attention(x, bias, f"{name}.attention.self"), f"{name}.attention.output.dense")
        x = self._norm(self._op("Add", attended, x), f"{name}.attention.output.LayerNorm")
        wide = self._op("Gelu", self._linear(x, f"{name}.intermediate.dense"))
        return self._norm(self._op("Add", self._linear(wide, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")

    def _attention(self, x: str, bias: str, name: str) -> str:
        size = self._shape.hidden // self._shape.heads
        split = self._numbers(0, 0, self._shape.heads, size)

        def heads(part: str, order: Sequence[int]) -> str:
            return self._op("Transpose", self._op("Reshape", self._linear(x, f"{name}.{part}"), split), perm=order)

        query, key, value = heads("query", (0, 2, 1, 3)), heads("key", (0, 2, 3, 1)), heads("value", (0, 2, 1, 3))
        scores = self._op("Mul", self._op("MatMul", query, key), self._number(1 / math.sqrt(size)))
        shares = self._op("Softmax", self._op("Add", scores, bias), axis=-1)
        mixed = self._op("Transpose", self._op("MatMul", shares, value), perm=(0, 2, 1, 3))
        return self._op("Reshape", mixed, self._numbers(0, 0, self._shape.hidden))

    def similarity(self, last: str, picked: Sequence[str]) -> None:
        """The mean over words of the last layer at unit length, and the picked layers side by side."""
        self._op("LpNormalization", self._mean(last), out="vector", axis=1, p=2)
        self._op("Concat", *(self._op("Unsqueeze", layer, self._numbers(1)) for layer in picked), out="states", axis=1)

    def reading(self, tuned: str, shared: str) -> None:
        """Both heads see each token's tuned state beside its shared one."""
        both = self._op("Concat", tuned, shared, axis=-1)
        self._linear(self._mean(both), "reading.sentence", out="sentence")
        self._linear(both, "reading.word", out="words")

    def _mean(self, states: str) -> str:
        weight = self._op("Unsqueeze", "mask_float", self._numbers(2))
        total = self._op("ReduceSum", self._op("Mul", states, weight), self._numbers(1), keepdims=0)
        return self._op("Div", total, self._op("ReduceSum", weight, self._numbers(1), keepdims=0))
