"""The installed model on ONNX Runtime: the default on a CPU, for it starts at once and needs no PyTorch."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from msgcheck.language.encoder import (
    MAX_TOKENS,
    MODEL_SHA256,
    Encoded,
    Encoder,
    batches,
    checked_folder,
    model_folder,
    reading_digest,
)
from msgcheck.language.torch_encoder import TorchEncoder
from msgcheck.language.values import Vector

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_LOG = logging.getLogger(__name__)
#: Part of the file's name; raised when `onnx_export` changes what it writes.
_EXPORT = 2
_OUTPUTS = ("vector", "states", "sentence", "words")
#: Where Linux shows the driver of an NVIDIA card; asking PyTorch would cost seconds.
_GPU = Path("/dev/nvidiactl")


def load_encoder(layers: Sequence[int], folder: Path, exporting: Callable[[], None] = lambda: None) -> Encoder:
    """PyTorch where there is a GPU; else ONNX Runtime, and PyTorch again where that cannot start, with a warning.

    `layers` are the hidden layers (0 = embeddings, 6 = last) whose token states `encode` keeps; `folder` is where the
    exported model is kept. `exporting` is called when it must be written first, which takes some seconds.
    """
    if _GPU.exists():
        return TorchEncoder(layers)
    try:
        return OnnxEncoder(layers, folder, exporting)
    except ImportError as error:
        _LOG.warning("Reading with PyTorch, which starts more slowly: %s.", error)
        return TorchEncoder(layers)


class OnnxEncoder:
    """Same weights and same results as TorchEncoder, up to rounding. Raises ImportError where it cannot run."""

    def __init__(self, layers: Sequence[int], folder: Path, exporting: Callable[[], None] = lambda: None) -> None:
        from onnxruntime import RunOptions
        from tokenizers import Tokenizer

        name = f"encoder-{MODEL_SHA256[:12]}-{reading_digest()}-{''.join(map(str, layers))}-{_EXPORT}.onnx"
        session = _exported_session(folder / name)
        if session is None:
            exporting()
            session = _new_session(folder / name, layers)
        self._session = session
        self._tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self._only_what_is_asked = RunOptions()
        self._only_what_is_asked.only_execute_path_to_fetches = True

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        for picked, rows, mask, (vectors, states, sentence, words) in self._passes(texts, _OUTPUTS):
            for row, index in enumerate(picked):
                inside = slice(1, int(mask[row].sum()) - 1)
                offsets = np.array(rows[row].offsets[inside], dtype=np.int32).reshape(-1, 2)
                yield index, Encoded(vectors[row], states[row, :, inside], offsets, sentence[row], words[row, inside])

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        for picked, _, _, (vectors,) in self._passes(texts, ("vector",)):
            yield from zip(picked, vectors, strict=True)

    def _passes(self, texts: Sequence[str], outputs: Sequence[str]) -> Iterator[tuple[list[int], Any, Any, Any]]:
        """Batches after one pass through what the outputs need: indices, tokenised texts, mask, the outputs."""
        for picked in batches(texts):
            rows = self._tokenizer.encode_batch([texts[index] for index in picked])
            mask = np.array([row.attention_mask for row in rows], dtype=np.int64)
            ids = np.array([row.ids for row in rows], dtype=np.int64)
            yield picked, rows, mask, self._session.run(outputs, {"ids": ids, "mask": mask}, self._only_what_is_asked)


def _exported_session(path: Path) -> InferenceSession | None:
    """None when nothing was exported yet, or what was is damaged."""
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf

    if not path.exists():
        return None
    try:
        return _session(str(path))
    except (Fail, InvalidGraph, InvalidProtobuf) as error:
        _LOG.warning("%s was damaged and is written anew: %s.", path, str(error).splitlines()[0])
        return None


def _new_session(path: Path, layers: Sequence[int]) -> InferenceSession:
    from msgcheck.language.onnx_export import build

    made: bytes = build(checked_folder(), layers).SerializeToString()
    _keep(made, path)
    return _session(made)


def _session(model: str | bytes) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.log_severity_level = 3
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _keep(content: bytes, path: Path) -> None:
    """Write the file whole or not at all; two processes may do so at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError as error:
        _LOG.warning("The encoder is prepared anew in each run, for %s cannot be written: %s.", path, error)
