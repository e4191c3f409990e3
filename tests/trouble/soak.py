"""Many checks in one process with the real models: memory, open files and threads must not grow."""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from msgcheck.cache import Cache
from msgcheck.config import Config
from msgcheck.engine import Inputs, Settings
from msgcheck.model import RawDocument
from msgcheck.recall import Checker
from msgcheck.report.formats import FORMATS
from msgcheck.report.view import View

_PAGE = "# Kiln booking for potters\n\nWe leverage kilns. Firing number {} starts on time, up to 40% faster.\n"
#: Of so many pages one after another: in the end all come from the cache.
_DIFFERENT = 50
#: So often it is told how things stand.
_TOLD = 8


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds: memory in kB, open files, threads."""

    memory: int
    files: int
    threads: int

    @classmethod
    def now(cls) -> Held:
        gc.collect()
        fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        opened = len(list(Path("/proc/self/fd").iterdir()))
        return cls(int(fields["VmRSS"].split()[0]), opened, threading.active_count())


def soak(runs: int, cache: Path) -> Iterator[tuple[int, Held]]:
    """Check so many times as a server or an editor does, and render each report."""
    checker = Checker(Settings(Config()), Cache(cache))
    for number in range(1, runs + 1):
        text = _PAGE.format(number if number % 2 else number % _DIFFERENT)
        report = checker.check(Inputs((RawDocument("a.md", "a.md", "a.md", text.encode()),)))
        FORMATS["html"].render(report, View())
        if number == max(1, runs // 10) or number % max(1, runs // _TOLD) == 0:
            yield number, Held.now()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trouble.soak", description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    options = parser.parse_args()
    told: list[Held] = []
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        for number, held in soak(options.runs, Path(folder)):
            print(f"{number}: {held.memory / 1024:.0f} MB, {held.files} files, {held.threads} threads", flush=True)
            told.append(held)
    grown = (told[-1].memory - told[0].memory) / 1024
    print(f"grown since run {max(1, options.runs // 10)}: {grown:.1f} MB, {told[-1].files - told[0].files} files, "
          f"{told[-1].threads - told[0].threads} threads")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
