"""Kills crawls and checks at random moments, and looks at what they leave and at how the next run ends."""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgcheck.cli.check
import msgcheck.cli.crawl
import msgcheck.engine
import msgcheck.gate.baseline
import msgcheck.history.migrate
import msgcheck.language.core
import msgcheck.recall
import msgcheck.report.json_v1
import msgcheck.sources.crawl.run  # so that the moments do not fall where modules are imported
from msgcheck.cli.main import main as command
from msgcheck.sources.crawl.snapshot import is_snapshot, read_snapshot
from tests.fakes import FakeLanguage
from tests.sites_http import Site, page

_PAGES = 12
_CONFIG = """positioning = "positioning.yaml"
pages.include = ["site"]
[crawl]
delay = 0
concurrency = 2
"""
_AGREED = "product: Fern\ncategory: kiln software\nmessages: [{id: m, text: Potters book a kiln by phone.}]\n"


@dataclass(frozen=True, slots=True)
class Scene:
    """Something to kill: its command, what must be whole at any moment, and how it must end.

    `whole` and `ended` give what is wrong, or nothing; `before` is called before each run that is killed.
    """

    name: str
    arguments: tuple[str, ...]
    before: Callable[[int], None]
    whole: Callable[[], str]
    ended: Callable[[], str]


@dataclass(slots=True)
class Tally:
    """How many runs were killed before their end, and what was found wrong."""

    killed: int = 0
    finished: int = 0
    wrong: list[str] = field(default_factory=list)


def crawling(url: str, folder: Path) -> Scene:
    snapshot = folder / "snapshot"

    def before(turn: int) -> None:
        if not turn % 5:
            for name in sorted(snapshot.rglob("*"), reverse=True) if snapshot.exists() else ():
                name.unlink() if name.is_file() else name.rmdir()

    def whole() -> str:
        if not is_snapshot(snapshot):
            return ""
        faults = read_snapshot(snapshot).faults
        return "; ".join(fault.error for fault in faults if "not finished" not in fault.error)

    def ended() -> str:
        found = read_snapshot(snapshot)
        read = sorted(document.key.removeprefix(url) for document in found.documents)
        wanted = sorted(["/", *(f"/{number}" for number in range(1, _PAGES))])
        left = {path.name for path in snapshot.iterdir()} - {"manifest.jsonl", "pages", ".lock"}
        stored = len(list((snapshot / "pages").iterdir()))
        return "" if (read, left, stored) == (wanted, set(), _PAGES) else f"{read} {left} {stored} {found.faults}"

    return Scene("crawl", ("crawl", url, "-o", str(snapshot), "--no-cache", "-q"), before, whole, ended)


def checking(folder: Path) -> Scene:
    report, known, history = folder / "report.json", folder / "known.jsonl", folder / ".msgcheck" / "history.db"
    runs = 0

    def before(turn: int) -> None:
        changed = folder / "site" / f"{turn % _PAGES}.md"
        changed.write_text(
            f"# Kilns for potters {turn}\n\nWe leverage kilns, up to {turn}% faster.\n", encoding="utf-8"
        )

    def recorded() -> list[tuple[int, int, int]]:
        with closing(sqlite3.connect(history)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return database.execute(
                "SELECT id, pages, (SELECT count(*) FROM pages WHERE run = runs.id) FROM runs ORDER BY id"
            ).fetchall()

    def whole() -> str:
        nonlocal runs
        for path in (report, known):
            if path.exists():
                for text in path.read_text(encoding="utf-8").splitlines() if path is known else [path.read_text()]:
                    json.loads(text)
        if not history.exists() or not history.stat().st_size:
            return ""
        found = recorded() if _has_tables(history) else []
        if len(found) < runs:
            return f"{runs - len(found)} runs are gone from the history"
        runs = len(found)
        return "; ".join(f"run {number} has {kept} of {pages} pages" for number, pages, kept in found if kept != pages)

    def ended() -> str:
        before_it = runs
        if wrong := whole():
            return wrong
        if runs != before_it + 1:
            return f"{runs - before_it} runs were recorded instead of one"
        shown = json.loads(report.read_text(encoding="utf-8"))
        return "" if len(shown["pages"]) == _PAGES else f"{len(shown['pages'])} pages in the report"

    options = ("-o", str(report), "--write-baseline", str(known), "--jobs", "1", "--fail-on", "never", "-q")
    return Scene("check", ("check", "--config", str(folder / "msgcheck.toml"), *options), before, whole, ended)


def _has_tables(history: Path) -> bool:
    with closing(sqlite3.connect(history)) as database:
        return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchall())


def run(arguments: Sequence[str], folder: Path, kill_after: float | None = None) -> int:
    """The exit code of a command in a process of its own; minus 9 where it was killed in time."""
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        log = os.open(folder / "log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        msgcheck.language.core.load_language = lambda *_, **__: FakeLanguage(vagueness=0.9)
        try:
            command(list(arguments))
        except SystemExit as end:
            os._exit(int(end.code or 0))
        except BaseException as error:  # noqa: BLE001 - it must not go on as a second driver
            os.write(2, repr(error).encode())
        os._exit(99)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def trouble(scene: Scene, folder: Path, kills: int, chance: random.Random) -> Tally:
    """Kill a scene so many times; after each kill, and after the run that follows, all must be well."""
    tally = Tally()
    scene.before(0)
    started = time.monotonic()
    run(scene.arguments, folder)
    usual = time.monotonic() - started
    if wrong := scene.ended():
        tally.wrong.append(f"{scene.name} undisturbed: {wrong}")
    for turn in range(1, kills + 1):
        scene.before(turn)
        code = run(scene.arguments, folder, chance.uniform(0, usual))
        tally.killed += code == -signal.SIGKILL
        tally.finished += code == 0
        if wrong := scene.whole():
            tally.wrong.append(f"{scene.name}, kill {turn}, what it left: {wrong}")
        code = run(scene.arguments, folder)
        if wrong := (f"exit code {code}" if code else scene.ended()):
            tally.wrong.append(f"{scene.name}, kill {turn}, the run after it: {wrong}")
    return tally


def scenes(folder: Path, url: str) -> list[Scene]:
    (folder / "site").mkdir(parents=True)
    (folder / "msgcheck.toml").write_text(_CONFIG, encoding="utf-8")
    (folder / "positioning.yaml").write_text(_AGREED, encoding="utf-8")
    for number in range(_PAGES):
        (folder / "site" / f"{number}.md").write_text(f"# Kiln {number}\n\nPotters book kilns.\n", encoding="utf-8")
    return [crawling(url, folder), checking(folder)]


def served(ready: int) -> None:
    """The site, in a process of its own: one that is forked later must hold no threads."""
    pages = {
        f"/{number}": page(f"/{number + 1}", f"/{2 * number}", text=f"page {number}") for number in range(1, _PAGES)
    }
    pages[f"/{_PAGES - 1}"] = page("/", text="the last page")
    with Site({"/": page("/1", "/2", "/3", text="home"), **pages}) as site:
        os.write(ready, site.url.encode())
        signal.pause()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trouble.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="in all, half of them of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    reading, writing = os.pipe()
    server = os.fork()
    if server == 0:
        served(writing)
        os._exit(0)
    wrong: list[str] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["MSGCHECK_CACHE_DIR"] = str(Path(folder) / "cache")
            for scene in scenes(Path(folder) / "project", os.read(reading, 100).decode()):
                tally = trouble(scene, Path(folder) / "project", options.kills // 2, random.Random(options.seed))
                print(f"{scene.name}: {tally.killed} killed, {tally.finished} were done before", flush=True)
                wrong += tally.wrong
            parts = sorted(path.name for path in (Path(folder) / "project").glob(".*.*") if path.is_file())
            print(f"parts of files left beside the whole ones: {len(parts)}")
            if wrong:
                print((Path(folder) / "project" / "log.txt").read_text()[-2000:])
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
    print("\n".join([*wrong, f"{len(wrong)} things went wrong"]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
