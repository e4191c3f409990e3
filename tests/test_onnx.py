"""ONNX Runtime reads the installed model as PyTorch does, and survives what may happen to its exported file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from msgcheck.language.encoder import Encoder
from msgcheck.language.heads import LAYERS
from msgcheck.language.onnx_encoder import OnnxEncoder, load_encoder
from msgcheck.language.torch_encoder import TorchEncoder

pytestmark = pytest.mark.models

TEXTS = [
    "Roll call.",
    "",
    "Orders from every shop arrive in one list, and the baker sees it at four in the morning.",
    "ÜBERGRÖSSE naïve café — 你好 🙂 №7",
    "word " * 400,
    "Wir sprechen Deutsch; the rest is in English.",
]


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    return OnnxEncoder(LAYERS, tmp_path_factory.mktemp("cache"))


def vectors(encoder: Encoder, texts: list[str]) -> np.ndarray:
    found = dict(encoder.encode(texts))
    return np.stack([found[index].vector for index in range(len(texts))])


def test_gives_what_pytorch_gives(onnx: OnnxEncoder) -> None:
    ours, reference = dict(onnx.encode(TEXTS)), dict(TorchEncoder(LAYERS).encode(TEXTS))
    for index in range(len(TEXTS)):
        assert float(ours[index].vector @ reference[index].vector) >= 0.9999
        assert np.array_equal(ours[index].offsets, reference[index].offsets)
        assert np.allclose(ours[index].sentence, reference[index].sentence, atol=1e-3)
        assert np.allclose(ours[index].words, reference[index].words, atol=1e-3)


def test_gives_the_states_that_pytorch_gives(onnx: OnnxEncoder) -> None:
    ours, reference = dict(onnx.states(TEXTS)), dict(TorchEncoder(LAYERS).states(TEXTS))
    for index in range(len(TEXTS)):
        assert ours[index].values.shape == (len(LAYERS), len(ours[index].offsets), 384)
        assert np.array_equal(ours[index].offsets, reference[index].offsets)
        assert np.allclose(ours[index].values, reference[index].values, atol=1e-4)


def test_vectors_alone_are_those_of_a_whole_reading(onnx: OnnxEncoder) -> None:
    for encoder in (onnx, TorchEncoder(LAYERS)):
        alone = dict(encoder.vectors(TEXTS))
        assert np.allclose(np.stack([alone[index] for index in range(len(TEXTS))]), vectors(encoder, TEXTS), atol=1e-6)


def test_a_text_reads_the_same_to_the_last_bit_whatever_is_read_with_it(onnx: OnnxEncoder) -> None:
    texts = [*TEXTS, *(f"Table {number} is set for the {'late ' * (number % 5)}guests." for number in range(70))]
    together = dict(onnx.encode(texts))
    backwards = dict(onnx.encode(texts[::-1]))
    states, states_backwards = dict(onnx.states(texts)), dict(onnx.states(texts[::-1]))
    for index, text in enumerate(texts):
        alone = dict(onnx.encode([text]))[0]
        for other in (alone, backwards[len(texts) - 1 - index]):
            assert np.array_equal(together[index].vector, other.vector)
            assert np.array_equal(together[index].sentence, other.sentence)
            assert np.array_equal(together[index].words, other.words)
        for found in (dict(onnx.states([text]))[0], states_backwards[len(texts) - 1 - index]):
            assert np.array_equal(states[index].values, found.values)


def test_the_model_is_exported_once(tmp_path: Path) -> None:
    OnnxEncoder(LAYERS, tmp_path)
    (exported,) = tmp_path.iterdir()
    written = exported.stat().st_mtime_ns
    OnnxEncoder(LAYERS, tmp_path)
    assert exported.stat().st_mtime_ns == written


def test_a_damaged_export_is_written_anew(tmp_path: Path, onnx: OnnxEncoder) -> None:
    OnnxEncoder(LAYERS, tmp_path)
    (exported,) = tmp_path.iterdir()
    exported.write_bytes(exported.read_bytes()[:1000])
    assert np.allclose(vectors(OnnxEncoder(LAYERS, tmp_path), TEXTS[:1]), vectors(onnx, TEXTS[:1]))
    assert exported.stat().st_size > 1_000_000


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path, onnx: OnnxEncoder) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    encoder = OnnxEncoder(LAYERS, tmp_path / "file")
    assert np.allclose(vectors(encoder, TEXTS[:1]), vectors(onnx, TEXTS[:1]))


def test_pytorch_reads_where_onnx_runtime_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    assert isinstance(load_encoder(LAYERS, tmp_path), TorchEncoder)


_SESSION = """
import msgcheck.language.onnx_encoder
from onnx import TensorProto, helper
from onnxruntime import InferenceSession
values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in "xy"]
graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "g", values[:1], values[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
"""


def test_the_runtime_keeps_nothing_for_its_makers(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "ORT_DISABLE_TELEMETRY")}
    env |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", _SESSION], env=env, check=True)
    assert list(tmp_path.iterdir()) == []
