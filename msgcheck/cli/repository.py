"""Where the command runs: in which repository, and where its files can be looked at in the browser."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from msgcheck.report.view import View


def in_repository(view: View) -> View:
    """The view from the working folder: paths from the repository's root, links as the CI service has them."""
    folder = Path.cwd()
    root = next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
    return replace(view, folder=folder, root=root, blob=_blob(os.environ))


def _blob(environment: Mapping[str, str]) -> str:
    """The address under which GitHub or GitLab shows the files of the commit that is checked; empty elsewhere."""
    if environment.get("GITHUB_ACTIONS") and environment.get("GITHUB_REPOSITORY"):
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        commit = _pull_request_head(environment.get("GITHUB_EVENT_PATH", "")) or environment.get("GITHUB_SHA", "HEAD")
        return f"{server}/{environment['GITHUB_REPOSITORY']}/blob/{commit}"
    if environment.get("GITLAB_CI") and environment.get("CI_PROJECT_URL"):
        return f"{environment['CI_PROJECT_URL']}/-/blob/{environment.get('CI_COMMIT_SHA', 'HEAD')}"
    return ""


def _pull_request_head(event: str) -> str:
    """The commit that a pull request proposes: the one that is checked out is a merge that soon is gone."""
    try:
        return str(json.loads(Path(event).read_text(encoding="utf-8"))["pull_request"]["head"]["sha"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
