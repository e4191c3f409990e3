"""Encoders on sentence-transformers: the reference for the installed model, and any other that the user configures."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.errors import ModelError
from msgcheck.language.encoder import MAX_TOKENS, READING, SHARED_LAYERS, Encoded, States, batches, checked_folder
from msgcheck.language.shipped import checked
from msgcheck.language.values import Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from msgcheck.language.torch_reading import ReadingTop


class TorchEncoder:
    """The installed model in PyTorch, on the GPU where there is one."""

    def __init__(self, layers: Sequence[int]) -> None:
        """`layers` are the hidden layers (0 = embeddings, 6 = last) whose token states `states` gives."""
        self._layers = tuple(layers)

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _load(str(checked_folder()))

    @cached_property
    def _reading(self) -> ReadingTop:
        from safetensors.torch import load_file

        top = self.untuned_top()
        stored = load_file(checked(READING))
        top.load_state_dict({name: stored[name].float() for name in top.state_dict()})
        top.eval().to(self._model.device)
        return top

    def untuned_top(self) -> ReadingTop:
        """A reading top whose layers are copies of the published ones; its heads know nothing yet."""
        from msgcheck.language.torch_reading import ReadingTop

        transformer: Any = self._model[0]
        return ReadingTop(copy.deepcopy(transformer.auto_model.encoder.layer[SHARED_LAYERS:]))

    def shared(self, texts: Sequence[str]) -> Iterator[tuple[int, NDArray[np.float32], NDArray[np.int32]]]:
        """Each text's index, the states that the shared layers leave, and the tokens' places, marks of start and end
        included: what a reading top is trained on."""
        for picked, hidden, mask, offsets in self._passes(texts):
            states = hidden[SHARED_LAYERS].cpu().numpy()
            for row, index in enumerate(picked):
                count = int(mask[row].sum())
                yield index, states[row, :count], offsets[row, :count]

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        import torch

        for picked, hidden, mask, offsets in self._passes(texts):
            with torch.inference_mode():
                sentence, words = self._reading(hidden[SHARED_LAYERS], mask)
            vectors = _pooled(hidden[-1], mask)
            read, marked = sentence.cpu().numpy(), words.cpu().numpy()
            for row, index in enumerate(picked):
                inside = slice(1, int(mask[row].sum()) - 1)
                yield index, Encoded(vectors[row], offsets[row, inside], read[row], marked[row, inside])

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        for picked, hidden, mask, _ in self._passes(texts):
            yield from zip(picked, _pooled(hidden[-1], mask), strict=True)

    def states(self, texts: Sequence[str]) -> Iterator[tuple[int, States]]:
        import torch

        for picked, hidden, mask, offsets in self._passes(texts):
            states = torch.stack([hidden[layer] for layer in self._layers], dim=1).cpu().numpy()
            for row, index in enumerate(picked):
                inside = slice(1, int(mask[row].sum()) - 1)
                yield index, States(states[row, :, inside].copy(), offsets[row, inside])

    def _passes(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Any, Any, NDArray[np.int32]]]:
        """Batches after one pass: indices, hidden states of all layers, mask, and the tokens' places."""
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
            with torch.inference_mode():
                output = transformer.auto_model(**batch, output_hidden_states=True)
            yield picked, output.hidden_states, batch["attention_mask"], offsets


def _pooled(last: Any, mask: Any) -> Vector:
    """The mean over tokens at unit length."""
    import torch

    weight = mask.unsqueeze(-1)
    mean = (last * weight).sum(1) / weight.sum(1)
    vectors: Vector = torch.nn.functional.normalize(mean, dim=1).cpu().numpy()
    return vectors


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
