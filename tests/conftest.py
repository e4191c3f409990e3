"""Options and habits of all tests: `--accept` rewrites goldens; in CI a skipped test is a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from chromium import started
from playwright.sync_api import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite golden files and raise floors")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests keep out of the user's cache; CI names one of its own so that test files share it."""
    os.environ.setdefault("MSGCHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("A test was skipped, and in CI that is a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
