"""Encoders on sentence-transformers: the reference for the installed model, and any other that the user configures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from msgcheck.errors import ModelError
from msgcheck.language.encoder import MAX_TOKENS, Encoded, batches, checked_folder
from msgcheck.language.values import Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class TorchEncoder:
    """The installed model in PyTorch, on the GPU where there is one."""

    def __init__(self, layers: Sequence[int]) -> None:
        """`layers` are the hidden layers (0 = embeddings, 6 = last) whose token states `encode` keeps."""
        self._layers = tuple(layers)

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _load(str(checked_folder()))

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        import torch

        transformer: Any = self._model[0]
        tokenizer: Any = self._model.tokenizer
        for picked in batches(texts):
            batch = tokenizer(
                [texts[index] for index in picked],
                padding=True,
                truncation=True,
                max_length=MAX_TOKENS,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            offsets = batch.pop("offset_mapping").numpy().astype(np.int32)
            batch = batch.to(self._model.device)
            mask = batch["attention_mask"]
            with torch.inference_mode():
                output = transformer.auto_model(**batch, output_hidden_states=True)
            states = torch.stack([output.hidden_states[layer] for layer in self._layers], dim=1).cpu().numpy()
            weight = mask.unsqueeze(-1)
            pooled = (output.last_hidden_state * weight).sum(1) / weight.sum(1)
            vectors = torch.nn.functional.normalize(pooled, dim=1).cpu().numpy()
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
            list(texts), batch_size=32, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
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
