"""Vectors of texts that msgcheck itself brings (kinds of product), so that a first run need not read them.

`python -m msgcheck.training.known` writes them; a text or model that has changed since is simply not found here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from msgcheck.cache import content_key
from msgcheck.language.encoder import MODEL_SHA256
from msgcheck.language.shipped import checked

KNOWN = Path(__file__).parent / "known.npz"


def known_vectors(texts: Iterable[str]) -> dict[str, bytes]:
    """The packed vectors of those texts that are known."""
    stored = _stored()
    return {text: stored[key] for text in texts if (key := known_key(text)) in stored}


def known_key(text: str) -> bytes:
    return content_key(MODEL_SHA256, text)


@cache
def _stored() -> dict[bytes, bytes]:
    with np.load(checked(KNOWN), allow_pickle=False) as stored:
        keys, vectors = stored["keys"], stored["vectors"]
    return {key.tobytes(): vector.tobytes() for key, vector in zip(keys, vectors, strict=True)}
