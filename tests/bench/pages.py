"""Whole checks of many pages: cold, warm and with one page edited, and how memory grows with their number.

    python tests/bench/pages.py [COUNT...] [--pages FOLDER] [--runs N] [--jobs N] [--alike]

The pages of FOLDER (HTML; the demo company's by default) are multiplied, each copy with its number put into every
sentence, so that no two copies share one; with --alike into its last words alone, which spares the models the reading
and leaves all else that a page costs: for memory at many pages. Every figure is of a whole process with the real
models; with --jobs over 1 its seconds are those of all its processes together, and its memory that of the largest.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

DEMO = Path(__file__).parents[2] / "corpora" / "demo" / "site"
_SENTENCE_END = re.compile(r"(\w{3,})([.!?]?)(\s*</(?:p|h[1-6]|li|td|a|title)>|[.!?]\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds and the peak memory of one process in MB."""

    seconds: float
    peak: float


def multiply(source: Path, target: Path, count: int, *, alike: bool = False) -> None:
    pages = sorted(source.rglob("*.htm*"))
    for number, page in enumerate(islice(cycle(pages), count)):
        text = page.read_text(encoding="utf-8", errors="replace")
        first = max((end.start() for end in _SENTENCE_END.finditer(text)), default=0) if alike else 0
        numbered = text[:first] + _SENTENCE_END.sub(rf"\1 no {number}\2\3", text[first:])
        (target / f"{number:05}.html").write_text(numbered, encoding="utf-8")


def check(folder: Path, cache: Path, jobs: int) -> Measured:
    started = time.perf_counter()
    command = [sys.executable, "-m", "msgcheck", "check", str(folder), "-q", "-o", str(folder.parent / "report.json")]
    command += ["--jobs", str(jobs)]
    process = subprocess.Popen(command, env={**os.environ, "MSGCHECK_CACHE_DIR": str(cache)})
    _, _, usage = os.wait4(process.pid, 0)
    return Measured(time.perf_counter() - started, usage.ru_maxrss / 1024)


def compare(source: Path, count: int, runs: int, jobs: int, encoder: Path, *, alike: bool) -> dict[str, Measured]:
    """Medians of cold, warm and edited checks of so many pages; `encoder` is a cache folder with the exported model."""
    measured: dict[str, list[Measured]] = {"cold": [], "warm": [], "edited": []}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            folder, cache = Path(name) / "pages", Path(name) / "cache"
            folder.mkdir()
            cache.mkdir()
            for model in encoder.glob("*.onnx"):
                (cache / model.name).symlink_to(model)
            multiply(source, folder, count, alike=alike)
            measured["cold"].append(check(folder, cache, jobs))
            measured["warm"].append(check(folder, cache, jobs))
            page = folder / "00000.html"
            page.write_text(page.read_text(encoding="utf-8").replace("no 0", "no nought"), encoding="utf-8")
            measured["edited"].append(check(folder, cache, jobs))
    return {what: median(found) for what, found in measured.items()}


def median(found: Sequence[Measured]) -> Measured:
    return Measured(statistics.median(item.seconds for item in found), statistics.median(item.peak for item in found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, default=[100, 1000, 5000])
    parser.add_argument("--pages", type=Path, default=DEMO)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--alike", action="store_true", help="number the last words of a page alone")
    args = parser.parse_args()
    before: tuple[int, dict[str, Measured]] | None = None
    with tempfile.TemporaryDirectory() as name:
        encoder = Path(name)
        (encoder / "page.md").write_text("# Bread\n\nWe bake it at four.\n", encoding="utf-8")
        check(encoder / "page.md", encoder, 1)
        for count in args.counts:
            found = compare(args.pages, count, args.runs, args.jobs, encoder, alike=args.alike)
            cold, warm, edited = (found[what].seconds for what in ("cold", "warm", "edited"))
            print(f"{count} pages: cold / warm {cold / warm:.1f}, cold / one page edited {cold / edited:.1f}")
            peaks = ", ".join(f"{what} {item.peak:.0f} MB" for what, item in found.items())
            print(f"  peak memory: {peaks}")
            if before is not None:
                grown = {what: (item.peak - before[1][what].peak) / (count - before[0]) for what, item in found.items()}
                print("  grown since: " + ", ".join(f"{what} {size:.3f} MB a page" for what, size in grown.items()))
            sys.stdout.flush()
            before = (count, found)


if __name__ == "__main__":
    main()
