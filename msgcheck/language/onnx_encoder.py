"""The installed model on ONNX Runtime: the default on a CPU, for it starts at once and needs no PyTorch."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.encoder import (
    MAX_TOKENS,
    MODEL_SHA256,
    Encoded,
    Encoder,
    States,
    checked_folder,
    model_folder,
    reading_digest,
)
from msgcheck.language.torch_encoder import TorchEncoder
from msgcheck.language.values import Vector
from msgcheck.whole import write_whole

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_LOG = logging.getLogger(__name__)
# ONNX Runtime, from 1.29 on, tells its makers of models and machine unless this stands there when it is first imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
#: Part of the file's name; raised when `onnx_export` changes what it writes.
_EXPORT = 2
#: Texts are padded to the next of these lengths, in tokens. The shape of a pass decides the last bits of its result:
#: when it depends on nothing but the text's own length, so does what is read of the text.
_WIDTHS = (8, 12, 16, 20, 24, 32, 40, 48, 64, 96, 128, 192, MAX_TOKENS)
#: So many tokens are read at a time, padding included: more fall out of the processor's caches (a token then takes a
#: tenth longer at 2,048 and 64 a text) and take more memory.
_PASS = 512
#: What a reading is made of.
_READ = ("vector", "sentence", "words")
#: Where Linux shows the driver of an NVIDIA card; asking PyTorch would cost seconds.
_GPU = Path("/dev/nvidiactl")


def load_encoder(
    layers: Sequence[int], folder: Path, exporting: Callable[[], None] = lambda: None, threads: int = 0
) -> Encoder:
    """PyTorch where there is a GPU; else ONNX Runtime, and PyTorch again where that cannot start, with a warning.

    `layers` are the hidden layers (0 = embeddings, 6 = last) whose token states `states` gives; `folder` is where the
    exported model is kept. `exporting` is called when it must be written first, which takes some seconds. `threads` are
    those of ONNX Runtime, 0 for one a processor.
    """
    if _GPU.exists():
        return TorchEncoder(layers)
    try:
        return OnnxEncoder(layers, folder, exporting, threads)
    except ImportError as error:
        _LOG.warning("Reading with PyTorch, which starts more slowly: %s.", error)
        return TorchEncoder(layers)


class OnnxEncoder:
    """Same weights and same results as TorchEncoder, up to rounding. Raises ImportError where it cannot run.

    What it gives for a text is the same to the last bit whatever other texts are read with it, so that a run in several
    processes, or with half of its pages in the cache, reports the same.
    """

    def __init__(
        self, layers: Sequence[int], folder: Path, exporting: Callable[[], None] = lambda: None, threads: int = 0
    ) -> None:
        from onnxruntime import RunOptions
        from tokenizers import Tokenizer

        name = f"encoder-{MODEL_SHA256[:12]}-{reading_digest()}-{''.join(map(str, layers))}-{_EXPORT}.onnx"
        session = _exported_session(folder / name, threads)
        if session is None:
            exporting()
            session = _new_session(folder / name, layers, threads)
        self._session = session
        self._tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._only_what_is_asked = RunOptions()
        self._only_what_is_asked.only_execute_path_to_fetches = True

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        for picked, rows, (vectors, sentence, words) in self._passes(texts, _READ):
            for row, index in enumerate(picked):
                inside, offsets = _inside(rows[row])
                yield index, Encoded(vectors[row], offsets, sentence[row], words[row, inside])

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        for picked, _, (vectors,) in self._passes(texts, ("vector",)):
            yield from zip(picked, vectors, strict=True)

    def states(self, texts: Sequence[str]) -> Iterator[tuple[int, States]]:
        for picked, rows, (states,) in self._passes(texts, ("states",)):
            for row, index in enumerate(picked):
                inside, offsets = _inside(rows[row])
                yield index, States(states[row, :, inside].copy(), offsets)

    def _passes(self, texts: Sequence[str], outputs: Sequence[str]) -> Iterator[tuple[list[int], Any, Any]]:
        """Batches after one pass through what the outputs need: indices, tokenised texts, the outputs."""
        rows = self._tokenizer.encode_batch(texts)
        for picked, width in _shapes([len(row.ids) for row in rows]):
            mask = np.zeros((max(2, len(picked)), width), dtype=np.int64)
            ids = np.zeros_like(mask)
            for place, index in enumerate(picked * 2 if len(picked) == 1 else picked):
                length = len(rows[index].ids)
                mask[place, :length] = 1
                ids[place, :length] = rows[index].ids
            found = self._session.run(outputs, {"ids": ids, "mask": mask}, self._only_what_is_asked)
            yield picked, [rows[index] for index in picked], [values[: len(picked)] for values in found]


def _inside(row: Any) -> tuple[slice, NDArray[np.int32]]:
    """A text's tokens between the marks of its start and end, and their places in it."""
    inside = slice(1, len(row.ids) - 1)
    return inside, np.array(row.offsets[inside], dtype=np.int32).reshape(-1, 2)


def _shapes(lengths: Sequence[int]) -> Iterator[tuple[list[int], int]]:
    """Indices of texts of one padded length, and that length, shortest first.

    A text alone is read twice, for a single row goes through other arithmetic than rows of a batch do.
    """
    groups: dict[int, list[int]] = {width: [] for width in _WIDTHS}
    for index, length in enumerate(lengths):
        groups[next(width for width in _WIDTHS if length <= width)].append(index)
    for width, group in groups.items():
        rows = _PASS // width
        # None is left over alone: where the next piece would be of one, it goes along with this.
        cuts = [0, *range(rows, len(group) - 1, rows), len(group)] if group else []
        for first, last in pairwise(cuts):
            yield group[first:last], width


def _exported_session(path: Path, threads: int) -> InferenceSession | None:
    """None when nothing was exported yet, or what was is damaged."""
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf

    if not path.exists():
        return None
    try:
        return _session(str(path), threads)
    except (Fail, InvalidGraph, InvalidProtobuf) as error:
        _LOG.warning("%s was damaged and is written anew: %s.", path, str(error).splitlines()[0])
        return None


def _new_session(path: Path, layers: Sequence[int], threads: int) -> InferenceSession:
    from msgcheck.language.onnx_export import build

    made: bytes = build(checked_folder(), layers).SerializeToString()
    _keep(made, path)
    return _session(made, threads)


def _session(model: str | bytes, threads: int) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _keep(content: bytes, path: Path) -> None:
    """Write the file, if that can be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        _LOG.warning("The encoder is prepared anew in each run, for %s cannot be written: %s.", path, error)
