"""A project whose last run crosses a limit of its configuration."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from test_drift import changed
from test_history import ORIGIN, at

from msgcheck.cli.main import cli
from msgcheck.history import History


def over_a_limit(folder: Path) -> Path:
    """The folder, with a limit and two runs: on one page confusion rose from 0.05 to 0.4."""
    (folder / "msgcheck.toml").write_text("[drift.thresholds]\npage = {confusion = 0.3}\n", encoding="utf-8")
    history = History(f"sqlite:///{folder / '.msgcheck' / 'history.db'}")
    for day in (1, 8):
        history.record(changed(at(day), day), ORIGIN)
    return folder


def ran(*arguments: str) -> Result:
    """`msgcheck drift` in the working folder."""
    return CliRunner().invoke(cli, ["drift", *arguments], catch_exceptions=False)
