"""On a GPU: sentences a second of the encoder, and the share of what the card can do at most.

    python tests/bench/gpu.py [SENTENCES]

The limit is measured in the same run: large products of matrices in the precision in which the encoder reads.
"""

from __future__ import annotations

import random
import sys
import time

from msgcheck.language.encoder import SHARED_LAYERS
from msgcheck.language.heads import LAYERS
from msgcheck.language.torch_encoder import TorchEncoder

#: Of all-MiniLM-L6-v2: layers, width, inner width. The reading top adds as many layers as are not shared.
_LAYERS, _WIDTH, _INNER = 6, 384, 1536
_SIDE, _PRODUCTS = 8192, 20
_WORDS = "payroll visitor desk order report week owner price team shop message night sign ledger plan month".split()  # noqa: SIM905


def sentences(count: int) -> list[str]:
    chosen = random.Random(1)
    return [
        f"{' '.join(chosen.choices(_WORDS, k=chosen.randint(4, 30)))} {number}.".capitalize() for number in range(count)
    ]


def operations(lengths: list[int]) -> float:
    """Of multiplications and additions in all layers that a reading passes: dense layers, and attention."""
    layers = 2 * _LAYERS - SHARED_LAYERS
    dense = sum(lengths) * 2 * (4 * _WIDTH**2 + 2 * _WIDTH * _INNER)
    attention = sum(length**2 for length in lengths) * 4 * _WIDTH
    return layers * float(dense + attention)


def most(torch) -> float:
    """Operations a second of large products."""
    left, right = (torch.randn(_SIDE, _SIDE, device="cuda") for _ in range(2))
    left @ right
    torch.cuda.synchronize()
    started = time.perf_counter()
    for _ in range(_PRODUCTS):
        left @ right
    torch.cuda.synchronize()
    return _PRODUCTS * 2 * _SIDE**3 / (time.perf_counter() - started)


def main() -> None:
    import torch

    if not torch.cuda.is_available():
        print("There is no GPU here: nothing was measured.")
        return
    texts = sentences(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    encoder = TorchEncoder(LAYERS)
    lengths = [len(encoded.offsets) + 2 for _, encoded in encoder.encode(texts)]
    torch.cuda.synchronize()
    started = time.perf_counter()
    for _ in encoder.encode(texts):
        pass
    torch.cuda.synchronize()
    seconds = time.perf_counter() - started
    share = operations(lengths) / seconds / most(torch)
    print(torch.cuda.get_device_name())
    print(f"{len(texts) / seconds:.0f} sentences a second of {sum(lengths) / len(lengths):.0f} tokens on average")
    print(f"{share:.3f} of the card's limit, padding not counted as work")


if __name__ == "__main__":
    main()
