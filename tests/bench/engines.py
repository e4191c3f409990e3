"""Cold checks by Ray against checks by processes of this machine, with one and two workers; the reports must agree.

    python tests/bench/engines.py [COUNT] [--pages FOLDER] [--rounds N]

COUNT pages are made of those of FOLDER (corpus.py). Starting Ray is part of a run, as it is for whoever uses it; a
check of one page by each tells how much of it that is. By the clock alone: Ray's workers are nobody's children.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from corpus import html_files, write_varied
from pages import DEMO, run

ENGINES = ("local", "ray")


def check(folder: Path, engine: str, jobs: int, models: Path) -> tuple[float, dict[str, Any]]:
    """Seconds of a check with nothing in the cache, and its report but for the run's own time."""
    with tempfile.TemporaryDirectory() as name:
        for model in models.glob("*.onnx"):
            (Path(name) / model.name).symlink_to(model)
        report = Path(name) / "report.json"
        command = ["check", str(folder), "-q", "-o", str(report), "--jobs", str(jobs), "--engine", engine]
        seconds = run([sys.executable, "-m", "msgcheck", *command], Path(name)).seconds
        told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    del told["run"]
    return seconds, told


def compare(folder: Path, jobs: int, rounds: int, models: Path) -> dict[str, float]:
    times: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    reports = []
    for _ in range(rounds):
        for engine in ENGINES:
            seconds, told = check(folder, engine, jobs, models)
            times[engine].append(seconds)
            reports.append(told)
    if any(told != reports[0] for told in reports):
        raise RuntimeError("the engines report different things")
    return {engine: statistics.median(taken) for engine, taken in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=400)
    parser.add_argument("--pages", type=Path, default=DEMO)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        models, one, many = (Path(name) / part for part in ("models", "one", "many"))
        pages = list(html_files(args.pages).values())
        for folder, count in ((models, 0), (one, 1), (many, args.count)):
            folder.mkdir()
            write_varied(pages, folder, count)
        run([sys.executable, "-m", "msgcheck", "check", str(one), "-q"], models)
        for jobs in (1, 2):
            for folder, count in ((one, 1), (many, args.count)):
                found = compare(folder, jobs, args.rounds, models)
                seconds = ", ".join(f"{engine} {taken:.1f} s" for engine, taken in found.items())
                print(f"{count} pages, {jobs} workers: {seconds}, ray / local {found['ray'] / found['local']:.2f}")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
