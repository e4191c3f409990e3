"""`check --changed-since` in real repositories, as a pull request runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from git_repos import commit, git, repository, write

pytestmark = pytest.mark.models

WORDS = (
    "seamless", "best-in-class", "cutting-edge", "world-class", "next-generation", "mission-critical",
    "game-changing", "revolutionary", "frictionless", "holistic", "state-of-the-art", "future-proof",
    "groundbreaking", "value-added", "transformative", "battle-tested", "enterprise-grade", "hyper-personalised",
    "laser-focused", "innovative", "scalable", "one-stop", "end-to-end", "win-win", "synergistic", "impactful",
    "forward-thinking", "data-driven", "results-driven", "360-degree", "hassle-free", "effortless", "unprecedented",
    "visionary", "actionable", "AI-powered",
)  # fmt: skip
OLD = [f"Plan {number} comes with a {word} ledger for dental practices." for number, word in enumerate(WORDS, 1)]
OLD += [
    "We leverage every ledger in plan 50.",
    "Plan 51 will empower your practice.",
    "Unlock the power of plan 52.",
    "Plan 53 is a paradigm shift.",
    "Supercharge the ledger of plan 54.",
]
PAGE = "# Payroll software for dental practices\n\n" + "\n\n".join(OLD) + "\n"
LINE = "Your accountant gets a bespoke export.\n"


def check(folder: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    command = [sys.executable, "-m", "msgcheck", "check", "site", "--select", "jargon.buzzword", "--fail-on", "warning"]
    done = subprocess.run(
        [*command, "--format", "json", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A page with over forty old findings and one without, and a branch."""
    top = repository(tmp_path / "repo")
    write(top / "site" / "index.md", PAGE)
    write(top / "site" / "prices.md", "# Prices\n\nEach plan costs nine dollars a month.\n")
    commit(top)
    git(top, "checkout", "-q", "-b", "topic")
    return top


def test_one_line_of_jargon_on_a_page_of_old_findings_is_the_one_new_finding(repo: Path) -> None:
    lines = PAGE.splitlines(keepends=True)
    write(repo / "site" / "index.md", "".join([*lines[:6], LINE, "\n", *lines[6:]]))
    commit(repo)
    code, report, errors = check(repo, "--changed-since", "main")
    assert (code, errors) == (1, "")
    (found,) = report["findings"]
    assert (found["locations"][0]["document"], found["locations"][0]["line"]) == ("index.md", 7)
    assert report["summary"]["baselined"] >= 40
    assert report["comparisons"][0]["against"].startswith("main (")
    assert report["comparisons"][0]["gone"] == []


def test_moved_paragraphs_renamed_pages_and_reworded_neighbours_give_no_new_finding(repo: Path) -> None:
    paragraphs = PAGE.split("\n\n")
    moved = [paragraphs[0], *paragraphs[9:], *paragraphs[1:9]]
    reworded = "\n\n".join(moved).replace("a best-in-class ledger for dental", "one best-in-class book for small")
    git(repo, "mv", "site/index.md", "site/home.md")
    write(repo / "site" / "home.md", reworded)
    commit(repo)
    code, report, _ = check(repo, "--changed-since", "main")
    assert (code, report["findings"], report["comparisons"][0]["gone"]) == (0, [], [])


def test_what_is_not_committed_counts_and_what_is_mended_is_told(repo: Path) -> None:
    write(repo / "site" / "new.md", f"# A page of its own\n\n{LINE}")
    write(repo / "site" / "index.md", PAGE.replace("a seamless ledger", "a ledger"))
    code, report, _ = check(repo, "--changed-since", "main", "--include", "baselined")
    new = [found["locations"][0]["document"] for found in report["findings"] if not found["baselined"]]
    assert (code, new) == (1, ["new.md"])
    assert report["comparisons"][0]["gone"] == [
        {"rule": "jargon.buzzword", "document": "index.md", "quote": "seamless"}
    ]


def test_a_shallow_clone_is_told_how_to_mend_it(repo: Path) -> None:
    git(repo.parent, "clone", "-q", "--depth", "1", repo.as_uri(), "shallow")
    code, report, errors = check(repo.parent / "shallow", "--changed-since", "origin/main")
    assert (code, report) == (2, {})
    assert "fetch-depth: 0" in errors
    assert errors.count("\n") == 1
