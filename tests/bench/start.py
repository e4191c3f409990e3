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
PAGE = """# Payroll software for dental practices

Ledgerling pays your staff on the last working day of the month, whatever hours they worked.

## How it works

Each practice sends its hours by text message. We work out the pay, the tax and the pension, and show you the sum
before it leaves your account. Nothing is paid until the owner says yes.

- Plans start at $49 a month for up to ten people.
- Moving from a spreadsheet takes one afternoon.
- Our robust, best-in-class platform empowers your team.

## What practices say

"I used to do this on Sunday evening," says Ada Pell of Pell Dental. "Now I read one message and go to bed."
"""
MODELS = (
    "import spacy, msgcheck; from pathlib import Path; "
    "spacy.load(Path(msgcheck.__file__).parent / 'language' / 'pipeline'); "
    "from onnxruntime import InferenceSession; "
    "InferenceSession(next(Path('{cache}').glob('encoder-*.onnx')))"
)


#: The same with PyTorch hidden from spaCy, as msgcheck loads it: what cannot be avoided at all.
HIDDEN = "import sys; sys.modules['torch'] = None; "


def seconds(command: list[str], folder: Path) -> float:
    """Of a whole process; findings (exit code 1) are no failure."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
    took = time.perf_counter() - started
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)
    return took


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.md").write_text(PAGE, encoding="utf-8")
        os.environ["MSGCHECK_CACHE_DIR"] = str(folder / "cache")
        check = [sys.executable, "-m", "msgcheck", "check", "page.md", "-q"]
        times: dict[str, list[float]] = {name: [] for name in ("libraries", "models", "bare", "first", "cold", "warm")}
        for _ in range(RUNS):
            shutil.rmtree(folder / "cache", ignore_errors=True)
            times["first"].append(seconds(check, folder))
            for path in (folder / "cache").glob("cache.sqlite*"):
                path.unlink()
            times["libraries"].append(seconds([sys.executable, "-c", "import click, rich, pydantic"], folder))
            times["models"].append(seconds([sys.executable, "-c", MODELS.format(cache=folder / "cache")], folder))
            bare = HIDDEN + MODELS.format(cache=folder / "cache")
            times["bare"].append(seconds([sys.executable, "-c", bare], folder))
            times["cold"].append(seconds(check, folder))
            times["warm"].append(seconds(check, folder))
        median = {what: statistics.median(measured) for what, measured in times.items()}
        print(f"first check (exports the encoder) / loading the models: {median['first'] / median['models']:.2f}")
        print(f"cold check / loading the models: {median['cold'] / median['models']:.2f}")
        print(f"cold check / loading the models without PyTorch: {median['cold'] / median['bare']:.2f}")
        print(f"warm check / importing click, rich, pydantic: {median['warm'] / median['libraries']:.2f}")
        print(f"cold / warm: {median['cold'] / median['warm']:.1f}   (warm: {median['warm']:.2f} s here)")


if __name__ == "__main__":
    main()
