"""Whole checks of many pages: what a page costs cold, warm and with one page edited, how that grows, and memory.

    python tests/bench/pages.py [COUNT...] [--pages FOLDER] [--runs N] [--jobs N] [--alike] [--encoder]

The pages of FOLDER (`.html` or `.html.gz`; the demo company's by default) are multiplied into different texts
(corpus.py); with --alike into copies that differ in their last words alone, which spares the models the reading and
leaves all else that a page costs: for memory and growth at very many pages. With --encoder the cold check is also
compared with the bare encoder, which reads the same different sentences in as many processes of one thread each, and
does nothing else: no page, no rule, no start counted.

Every figure is of whole processes with the real models. CPU is what all of them took together: it moves less than the
clock does while a machine has other work. Memory is what all of them held at once, shared parts counted once (PSS).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import html_files, write_varied

DEMO = Path(__file__).parents[2] / "corpora" / "demo" / "site"
#: Reads the lines of a file and nothing else; prints seconds by the clock and of CPU.
BARE = """
import json, sys, time
from pathlib import Path
from msgcheck.cache import cache_folder
from msgcheck.language.heads import LAYERS
from msgcheck.language.onnx_encoder import OnnxEncoder

texts = json.loads(Path(sys.argv[1]).read_text())
encoder = OnnxEncoder(LAYERS, cache_folder(), threads=1)
list(encoder.encode(texts[:1]))
wall, cpu = time.perf_counter(), time.process_time()
for _ in encoder.encode(texts):
    pass
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds by the clock and of CPU, and the peak memory in MB, of a process and all that it starts."""

    seconds: float
    cpu: float
    peak: float = 0.0


class Memory(threading.Thread):
    """Looks again and again at what the processes of a session hold together."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = str(session)
        self._done = threading.Event()
        self.peak = 0.0

    def run(self) -> None:
        while not self._done.wait(1.0):
            self.peak = max(self.peak, sum(map(self._held, Path("/proc").glob("[0-9]*"))))

    def _held(self, process: Path) -> float:
        try:
            if (process / "stat").read_text().rpartition(")")[2].split()[3] != self._session:
                return 0.0
            lines = (process / "smaps_rollup").read_text().splitlines()
            return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration, IndexError):
            return 0.0

    def stop(self) -> None:
        self._done.set()
        self.join()


def run(command: Sequence[str], cache: Path) -> Measured:
    started = time.perf_counter()
    environment = {**os.environ, "MSGCHECK_CACHE_DIR": str(cache)}
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    memory = Memory(process.pid)
    memory.start()
    _, status, usage = os.wait4(process.pid, 0)
    memory.stop()
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"{command} failed")
    return Measured(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, memory.peak)


def check(folder: Path, cache: Path, jobs: int, *more: str) -> Measured:
    report = str(folder.parent / "report.json")
    command = [sys.executable, "-m", "msgcheck", "check", str(folder), "-q", "-o", report, "--jobs", str(jobs), *more]
    return run(command, cache)


def bare(folder: Path, cache: Path, jobs: int) -> tuple[int, Measured]:
    """How many different sentences the pages hold, and what it takes the encoder alone to read them."""
    check(folder, cache, jobs, "--include", "sentences")
    told = json.loads((folder.parent / "report.json").read_text(encoding="utf-8"))
    texts = list(dict.fromkeys(sentence["text"] for sentence in told["sentences"]))
    processes = []
    for job in range(jobs):
        share = folder.parent / f"share{job}.json"
        share.write_text(json.dumps(texts[job::jobs]), encoding="utf-8")
        environment = {**os.environ, "MSGCHECK_CACHE_DIR": str(cache), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-c", BARE, str(share)]
        processes.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True))
    took = [json.loads(process.communicate()[0]) for process in processes]
    return len(texts), Measured(max(wall for wall, _ in took), sum(cpu for _, cpu in took))


def measure(
    pages: Sequence[str], count: int, jobs: int, encoder: Path, *, alike: bool, with_bare: bool
) -> dict[str, Measured]:
    """One round of so many pages; `encoder` is a cache folder with the exported model."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "pages", Path(name) / "cache"
        folder.mkdir()
        cache.mkdir()
        for model in encoder.glob("*.onnx"):
            (cache / model.name).symlink_to(model)
        write_varied(pages, folder, count, alike=alike)
        found = {"cold": check(folder, cache, jobs), "warm": check(folder, cache, jobs)}
        if with_bare:
            sentences, found["bare"] = bare(folder, cache, jobs)
            print(f"  {sentences} different sentences, {sentences / count:.0f} a page")
        page = folder / "00000.html"
        page.write_text(page.read_text(encoding="utf-8") + "<p>We also bake on Sundays.</p>", encoding="utf-8")
        found["edited"] = check(folder, cache, jobs)
    return found


def median(found: Sequence[Measured]) -> Measured:
    return Measured(*(statistics.median(getattr(item, what) for item in found) for what in ("seconds", "cpu", "peak")))


def tell(count: int, found: dict[str, Measured], first: tuple[int, dict[str, Measured]]) -> None:
    for what, item in found.items():
        line = f"  {what:6s} {1000 * item.seconds / count:8.1f} ms a page, {1000 * item.cpu / count:8.1f} of CPU"
        if what != "bare":
            line += f", {count / item.seconds:6.1f} pages a second, {item.peak:5.0f} MB at most"
        if count != first[0]:
            before = first[1][what]
            clock, cpu = (
                (now / count) / (then / first[0])
                for now, then in ((item.seconds, before.seconds), (item.cpu, before.cpu))
            )
            line += f"; a page costs {clock:.2f} of what it does at {first[0]}, {cpu:.2f} in CPU"
        print(line)
    cold, warm = found["cold"], found["warm"]
    print(
        f"  cold / warm {cold.seconds / warm.seconds:.1f}, cold / edited {cold.seconds / found['edited'].seconds:.1f}"
    )
    if "bare" in found:
        plain = found["bare"]
        print(f"  cold / bare encoder {cold.seconds / plain.seconds:.2f}, in CPU {cold.cpu / plain.cpu:.2f}")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, default=[100, 10, 1000])
    parser.add_argument("--pages", type=Path, default=DEMO)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--alike", action="store_true", help="change the last words of a page alone")
    parser.add_argument("--encoder", action="store_true", help="compare with the bare encoder")
    args = parser.parse_args()
    pages = list(html_files(args.pages).values())
    first: tuple[int, dict[str, Measured]] | None = None
    with tempfile.TemporaryDirectory() as name:
        encoder = Path(name)
        (encoder / "page.md").write_text("# Bread\n\nWe bake it at four.\n", encoding="utf-8")
        check(encoder / "page.md", encoder, 1)
        for count in args.counts:
            print(f"{count} pages, {args.jobs} processes:")
            rounds = [
                measure(pages, count, args.jobs, encoder, alike=args.alike, with_bare=args.encoder)
                for _ in range(args.runs)
            ]
            found = {what: median([each[what] for each in rounds]) for what in rounds[0]}
            first = first or (count, found)
            tell(count, found, first)


if __name__ == "__main__":
    main()
