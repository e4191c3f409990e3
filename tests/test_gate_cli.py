"""The gate, end to end: what a baseline lets pass, what fails, and what is said of a file that cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """# Payroll software for dental practices

Ledgerling pays your staff on the last working day of each month.

We leverage seamless synergies to help forward-thinking practices unlock their full potential.
"""
NEW = "\nOur best-in-class platform empowers your team.\n"


def check(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "msgcheck", "check", "site", "--select", "jargon.buzzword", "--fail-on", "warning"]
    return subprocess.run(
        [*command, "--format", "json", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.mark.models
def test_a_baseline_lets_what_is_known_pass_and_fails_on_what_is_new(site: Path) -> None:
    page = site / "site" / "index.md"
    assert check(site).returncode == 1
    written = check(site, "--write-baseline", "known.jsonl")
    assert (written.returncode, written.stderr) == (0, "")
    page.write_text(f"# Moved down\n\nA first line.\n\n{PAGE}", encoding="utf-8")
    assert check(site, "--baseline", "known.jsonl").returncode == 0
    (site / "msgcheck.toml").write_text('baseline = "known.jsonl"\n', encoding="utf-8")
    page.write_text(PAGE.replace("We leverage seamless synergies to help", "We help") + NEW, encoding="utf-8")
    done = check(site, "--prune-baseline")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert {found["locations"][0]["line"] for found in report["findings"]} == {7}
    assert report["comparisons"][0]["gone"] == []
    pruned = (site / "known.jsonl").read_text(encoding="utf-8")
    assert ("leverage" in pruned, "best-in-class" in pruned) == (False, False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--baseline", "none.jsonl"), "none.jsonl: there is no such baseline"),
        (("--baseline", "site/index.md"), "site/index.md: is no msgcheck baseline"),
        (("--write-baseline", "site/index.md"), "site/index.md: is no msgcheck baseline"),
        (("--write-baseline", "no/folder/known.jsonl"), "no/folder"),
        (("--write-baseline", "a", "--baseline", "b"), "name two files"),
        (("--prune-baseline",), "--prune-baseline needs a baseline"),
        (("--prune-baseline", "--write-baseline", "a"), "--prune-baseline needs a baseline"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_one_clear_line(site: Path, arguments: tuple[str, ...], says: str) -> None:
    done = check(site, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
