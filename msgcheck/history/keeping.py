"""Keeps a run in the history that the configuration names."""

from __future__ import annotations

from pathlib import Path

from msgcheck.config import Config
from msgcheck.history.database import History, database_url
from msgcheck.history.origin import origin_of
from msgcheck.model import Report
from msgcheck.report.redact import redact


def keep(report: Report, config: Config, folder: Path) -> None:
    """Outside people are left out. `folder` is where the run was made. Raises HistoryError where it cannot be kept."""
    history = History(database_url(config.history.url, config.folder))
    history.record(redact(report), origin_of(report, config, folder))
