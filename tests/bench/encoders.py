"""Texts a second of both encoder backends, on the demo company's pages, and how long each takes to start.

`encode` reads (vector, vagueness, claim, words); `vectors` gives what sentence-transformers by itself gives, which is
the third in the comparison: the same weights through its own `encode`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from msgcheck.config import Config
from msgcheck.extract.pages import extract_page
from msgcheck.language.encoder import Encoder, checked_folder
from msgcheck.language.heads import LAYERS
from msgcheck.language.onnx_encoder import OnnxEncoder
from msgcheck.language.torch_encoder import TorchEncoder
from msgcheck.sources import collect

RUNS = 5
DEMO = Path(__file__).parents[2] / "corpora" / "demo" / "site"


def texts() -> list[str]:
    pages = [extract_page(raw) for raw in collect([str(DEMO)], Config()).documents]
    return sorted({block.text for page in pages for block in page.blocks if block.is_copy})


def start(encoder: Encoder) -> float:
    started = time.perf_counter()
    list(encoder.encode(["Bread."]))
    return time.perf_counter() - started


def rates(readers: dict[str, Callable[[list[str]], Iterable[object]]], found: list[str]) -> dict[str, float]:
    """Medians, the readers taking turns."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(RUNS):
        for name, read in readers.items():
            started = time.perf_counter()
            for _encoded in read(found):
                pass
            times[name].append(time.perf_counter() - started)
    return {name: len(found) / statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        OnnxEncoder(LAYERS, Path(name))
        started = time.perf_counter()
        onnx = OnnxEncoder(LAYERS, Path(name))
        took = time.perf_counter() - started + start(onnx)
        assert "torch" not in sys.modules
        from sentence_transformers import SentenceTransformer

        torch = TorchEncoder(LAYERS)
        slower = start(torch)
        found = texts()
        plain = SentenceTransformer(str(checked_folder()), device="cpu")
        rate = rates({"onnx": onnx.encode, "torch": torch.encode}, found)
        alone = rates({"onnx": onnx.vectors, "torch": torch.vectors, "plain": plain.encode}, found)
    print(f"start: ONNX Runtime {took:.2f} s here, PyTorch / ONNX Runtime {slower / took:.1f}")
    print(
        f"{len(found)} texts: ONNX Runtime {rate['onnx']:.0f}/s here, ONNX Runtime / PyTorch "
        f"{rate['onnx'] / rate['torch']:.2f}"
    )
    print(
        f"vectors alone: ONNX Runtime {alone['onnx']:.0f}/s here, ONNX Runtime / sentence-transformers "
        f"{alone['onnx'] / alone['plain']:.2f}, our PyTorch backend / it {alone['torch'] / alone['plain']:.2f}"
    )


if __name__ == "__main__":
    main()
