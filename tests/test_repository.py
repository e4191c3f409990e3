"""Paths and links of reports: from the repository's root, and as the CI service shows the files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from reports import sample

from msgcheck.cli.repository import in_repository
from msgcheck.report.places import Places
from msgcheck.report.view import View


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder inside a repository, in no CI service."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "web").mkdir()
    monkeypatch.chdir(tmp_path / "web")
    for name in [name for name in os.environ if name.startswith(("GITHUB_", "GITLAB_", "CI_"))]:
        monkeypatch.delenv(name)
    return tmp_path


def places() -> Places:
    return Places.of(sample(), in_repository(View()))


def test_paths_start_at_the_root_of_the_repository(web: Path) -> None:
    assert places().path("index.html") == "web/site/index.html"
    assert places().path("../notes.md") == "notes.md"
    assert places().path("/elsewhere/notes.md") == "/elsewhere/notes.md"


def test_without_a_ci_service_only_pages_of_the_web_are_linked(web: Path) -> None:
    assert places().link("index.html", 3) == ""
    assert places().link("pricing.html", 3) == "https://kilnhouse.example/pricing"


def test_on_github_files_are_linked_at_the_commit_that_a_pull_request_proposes(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_REPOSITORY", "kiln/web site")
    monkeypatch.setenv("GITHUB_SHA", "merge")
    assert places().link("index.html", 3).endswith("/blob/merge/web/site/index.html#L3")
    (web / "event.json").write_text(json.dumps({"pull_request": {"head": {"sha": "head"}}}), encoding="utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(web / "event.json"))
    assert places().link("index.html", 0) == "https://github.com/kiln/web site/blob/head/web/site/index.html"


@pytest.mark.parametrize("event", ["", "[]", "{}", '{"pull_request": null}', "no json"])
def test_an_event_that_is_no_pull_request_leaves_the_commit(
    web: Path, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    (web / "event.json").write_text(event, encoding="utf-8")
    for name, value in {
        "ACTIONS": "true",
        "REPOSITORY": "kiln/web",
        "SHA": "abc",
        "EVENT_PATH": "../event.json",
    }.items():
        monkeypatch.setenv(f"GITHUB_{name}", value)
    assert places().link("index.html", 1) == "https://github.com/kiln/web/blob/abc/web/site/index.html#L1"


def test_on_gitlab_files_are_linked_at_the_commit(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "GITLAB_CI": "true",
        "CI_PROJECT_URL": "https://git.example/kiln",
        "CI_COMMIT_SHA": "abc",
    }.items():
        monkeypatch.setenv(name, value)
    assert places().link("index.html", 7) == "https://git.example/kiln/-/blob/abc/web/site/index.html#L7"
