"""Writes the vectors of the texts that msgcheck brings, as the installed encoder reads them.

python -m msgcheck.training.known
"""

from __future__ import annotations

import numpy as np

from msgcheck.cache import cache_folder
from msgcheck.language.heads import LAYERS
from msgcheck.language.known import KNOWN, known_key
from msgcheck.language.onnx_encoder import load_encoder
from msgcheck.language.words import pack_vector
from msgcheck.measure.category import frame_texts


def main() -> None:
    texts = list(dict.fromkeys(frame_texts()))
    found = dict(load_encoder(LAYERS, cache_folder()).vectors(texts))
    keys = np.array([np.frombuffer(known_key(text), dtype=np.uint8) for text in texts])
    vectors = np.array([np.frombuffer(pack_vector(found[row]), dtype=np.float16) for row in range(len(texts))])
    np.savez_compressed(KNOWN, keys=keys, vectors=vectors)
    print(f"{len(texts)} texts in {KNOWN}")


if __name__ == "__main__":
    main()
