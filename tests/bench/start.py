"""How long one page takes, cold and warm, against what cannot be avoided."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
PAGE = "# Payroll software for dental practices\n\nLedgerling pays your staff on the last working day of the month.\n"
MODELS = (
    "import spacy, msgcheck; from pathlib import Path; "
    "spacy.load(Path(msgcheck.__file__).parent / 'language' / 'pipeline'); "
    "from onnxruntime import InferenceSession; "
    "InferenceSession(next(Path('{cache}').glob('encoder-*.onnx')))"
)


def seconds(command: list[str], folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.md").write_text(PAGE, encoding="utf-8")
        os.environ["MSGCHECK_CACHE_DIR"] = str(folder / "cache")
        check = [sys.executable, "-m", "msgcheck", "check", "page.md", "-q"]
        times: dict[str, list[float]] = {"libraries": [], "models": [], "first": [], "cold": [], "warm": []}
        for _ in range(RUNS):
            shutil.rmtree(folder / "cache", ignore_errors=True)
            times["first"].append(seconds(check, folder))
            for path in (folder / "cache").glob("cache.sqlite*"):
                path.unlink()
            times["libraries"].append(seconds([sys.executable, "-c", "import click, rich, pydantic"], folder))
            times["models"].append(seconds([sys.executable, "-c", MODELS.format(cache=folder / "cache")], folder))
            times["cold"].append(seconds(check, folder))
            times["warm"].append(seconds(check, folder))
        median = {what: statistics.median(measured) for what, measured in times.items()}
        print(f"first check (exports the encoder) / loading the models: {median['first'] / median['models']:.2f}")
        print(f"cold check / loading the models: {median['cold'] / median['models']:.2f}")
        print(f"warm check / importing click, rich, pydantic: {median['warm'] / median['libraries']:.2f}")
        print(f"cold / warm: {median['cold'] / median['warm']:.1f}   (warm: {median['warm']:.2f} s here)")


if __name__ == "__main__":
    main()
