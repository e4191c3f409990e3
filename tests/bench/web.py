"""Fifty people at once: how long checks take while all of them check, against one alone; copy that is new, and known.

    python tests/bench/web.py [PEOPLE]

Starts `msgcheck serve` on the demo company with its default number of workers, and asks it as browsers do: begin a
check, watch its events, fetch the report. Whoever is told that the server is busy waits as told, and asks again.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import requests

from msgcheck.projects import Home
from msgcheck.web.server import serve
from msgcheck.web.settings import Limits, ServeSettings

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
PORT = 8799
URL = f"http://127.0.0.1:{PORT}"


@dataclass
class Tally:
    """What all people saw."""

    seconds: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    busy: int = 0
    errors: list[str] = field(default_factory=list)

    def p(self, share: float) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


def person(copies: list[str], tally: Tally) -> None:
    session = requests.Session()
    session.trust_env = False
    for copy in copies:
        began = time.perf_counter()
        try:
            job = begin(session, copy, tally)
            with session.get(f"{URL}/api/v1/jobs/{job}/events", stream=True) as events:
                last = [line for line in events.iter_lines() if line.startswith(b"event: ")][-1]
            report = session.get(f"{URL}/api/v1/jobs/{job}/report")
            if last != b"event: done" or report.status_code != 200 or not report.json()["pages"]:
                tally.errors.append(f"{last!r} {report.status_code}")
        except (requests.RequestException, ValueError, IndexError) as error:
            tally.errors.append(repr(error))
        tally.seconds.append(time.perf_counter() - began)


def begin(session: requests.Session, copy: str, tally: Tally) -> str:
    while True:
        answer = session.post(f"{URL}/api/v1/jobs", json={"html": copy})
        if answer.status_code not in (429, 503):
            return answer.json()["id"]
        tally.busy += 1
        time.sleep(int(answer.headers["Retry-After"]))


def crowd(people: int, copies: Callable[[int], list[str]]) -> Tally:
    """Everybody at once; meanwhile the server is asked whether it is well."""
    tally = Tally()
    threads = [threading.Thread(target=person, args=(copies(number), tally)) for number in range(people)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        began = time.perf_counter()
        if requests.get(f"{URL}/healthz").status_code != 200:
            tally.errors.append("not healthy")
        tally.health.append(time.perf_counter() - began)
        time.sleep(0.2)
    return tally


def serve_all() -> None:
    """As the command does, but all these people share an address."""
    limits = Limits(requests_per_minute=1_000_000, checks_per_minute=1_000_000)
    serve(ServeSettings(home=Home(Path.cwd()), limits=limits), "127.0.0.1", PORT)


def main() -> None:
    if sys.argv[1:] == ["--serve"]:
        serve_all()
        return
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    home = (DEMO / "site" / "index.html").read_text(encoding="utf-8")

    def edited(number: str) -> str:
        return home.replace("</h1>", f" for site {number}</h1>", 1)

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DEMO, folder, dirs_exist_ok=True)
        command = [sys.executable, __file__, "--serve"]
        environment = {**os.environ, "MSGCHECK_CACHE_DIR": f"{folder}/cache"}
        server = subprocess.Popen(command, cwd=folder, env=environment)
        try:
            while True:
                try:
                    requests.get(f"{URL}/healthz")
                    break
                except requests.ConnectionError:
                    time.sleep(0.2)
            crowd(4, lambda number: [edited(f"warm {number}")])
            alone = crowd(1, lambda _: [edited(f"alone {turn}") for turn in range(8)])
            fresh = crowd(people, lambda number: [edited(f"{number} {turn}") for turn in range(2)])
            known = crowd(people, lambda number: [edited(f"alone {turn}") for turn in range(8)])
        finally:
            server.terminate()
            code = server.wait(30)
    one = statistics.median(alone.seconds)
    show("one person, new copy", alone, one)
    show(f"{people} people, new copy", fresh, one)
    show(f"{people} people, known copy", known, one)
    print(f"the server ended with {code}; one check alone took {one:.2f} s (the unit)")
    if alone.errors or fresh.errors or known.errors or code:
        sys.exit(json.dumps([*alone.errors, *fresh.errors, *known.errors][:5]))


def show(name: str, tally: Tally, unit: float) -> None:
    health = sorted(tally.health)[int(0.95 * len(tally.health))] if tally.health else 0.0
    shares = f"p50 {tally.p(0.5) / unit:.2f}, p95 {tally.p(0.95) / unit:.2f} of one alone"
    rest = f"health p95 {health / unit:.3f}; told to wait {tally.busy} times; {len(tally.errors)} errors"
    print(f"{name}: {len(tally.seconds)} checks, {shares}; {rest}")


if __name__ == "__main__":
    main()
