"""`python -m tests.fuzz TARGET... --runs N`: coverage-guided fuzzing of one reader after another (README.md)."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

#: Seconds that one input may take: far beyond what any takes, so that it means a hang.
_HANG = 60
#: Megabytes that the process may take.
_MEMORY = 2048
_LONGEST = 4096

ONE = """
import atexit, signal, sys
import atheris
with atheris.instrument_imports(include=["msgcheck"]):
    from tests.fuzz.targets import attempted
name, cases = sys.argv.pop(1), 0

def one(content):
    global cases
    cases += 1
    attempted(name, content)

# The alarm by which hangs are noticed would end a process that takes long to leave.
atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)
atexit.register(lambda: print(f"cases: {cases}", flush=True))
atheris.Setup(sys.argv, one)
atheris.Fuzz()
"""


def main() -> int:
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"any of {', '.join(TARGETS)}; default: all")
    parser.add_argument("--runs", type=int, default=10_000, help="cases for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"), help="folder for inputs that break a target")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    options.found.mkdir(exist_ok=True)
    broken = [name for name in options.targets or TARGETS if not fuzz(name, options.runs, options.seed, options.found)]
    print(f"broken: {', '.join(broken) or 'none'}", flush=True)
    return int(bool(broken))


def fuzz(name: str, runs: int, seed: int, found: Path) -> bool:
    """Whether so many cases passed; the input that broke the target is kept under its name."""
    from tests.fuzz.seeds import SEEDS

    started = time.monotonic()
    with tempfile.TemporaryDirectory() as corpus:
        for number, content in enumerate(SEEDS[name]):
            Path(corpus, f"seed-{number}").write_bytes(content)
        command = [
            *(sys.executable, "-c", ONE, name, corpus, f"-atheris_runs={runs}", f"-runs={runs}", f"-seed={seed}"),
            *(f"-timeout={_HANG}", f"-report_slow_units={_HANG}", f"-rss_limit_mb={_MEMORY}", f"-max_len={_LONGEST}"),
            *("-verbosity=0", f"-artifact_prefix={found / name}-"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    passed = done.returncode == 0
    cases = "".join(re.findall(r"^cases: (\d+)$", done.stdout, re.MULTILINE)[-1:]) or "an unknown number of"
    word, seconds = "passed" if passed else "BROKEN", time.monotonic() - started
    print(f"{name}: {word}, {cases} cases, {seconds:.0f} s", flush=True)
    if not passed:
        said = "\n".join(line for line in done.stderr.splitlines() if not line.startswith(("INFO", "WARNING", "#")))
        print(done.stdout[-5000:], said[-3000:], flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
