"""From what a run was made: the commit of the content, and digests of configuration and positioning."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path

from msgcheck.config import Config
from msgcheck.model import Positioning, Report
from msgcheck.model.history import Origin


def origin_of(report: Report, config: Config, folder: Path) -> Origin:
    """`folder` is where the run was made; outside git, or without git, there is no commit."""
    return replace(settings_of(config, report.positioning), commit=_commit(folder))


def settings_of(config: Config, positioning: Positioning | None) -> Origin:
    """What is known before a run; the commit is left open. What is done with drift afterwards changes no run."""
    judging = config.model_dump_json(exclude={"drift", "notify"})
    return Origin("", _digest(judging), _digest(repr(positioning)))


def _commit(folder: Path) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "rev-parse", "--verify", "--quiet", "HEAD"], capture_output=True, text=True
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
