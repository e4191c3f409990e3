"""Sentences a second of both encoder backends, on the demo company's pages, and how long each takes to start."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from msgcheck.config import Config
from msgcheck.extract.pages import extract_page
from msgcheck.language.encoder import Encoder
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


def rates(encoders: dict[str, Encoder], found: list[str]) -> dict[str, float]:
    """Medians, the backends taking turns."""
    times: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(RUNS):
        for name, encoder in encoders.items():
            started = time.perf_counter()
            for _encoded in encoder.encode(found):
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
        torch = TorchEncoder(LAYERS)
        slower = start(torch)
        found = texts()
        rate = rates({"onnx": onnx, "torch": torch}, found)
    print(f"start: ONNX Runtime {took:.2f} s here, PyTorch / ONNX Runtime {slower / took:.1f}")
    print(
        f"{len(found)} texts: ONNX Runtime {rate['onnx']:.0f}/s here, ONNX Runtime / PyTorch "
        f"{rate['onnx'] / rate['torch']:.2f}"
    )


if __name__ == "__main__":
    main()
