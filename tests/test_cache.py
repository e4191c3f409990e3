"""An unchanged page costs no model; whatever is wrong with the cache costs time, never a result."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from msgcheck import recall
from msgcheck.cache import Cache, content_key
from msgcheck.config import Config
from msgcheck.inputs import Inputs, Settings
from msgcheck.kept import Shelf, pack
from msgcheck.model import Fact, Report, Run
from msgcheck.sources import collect

PAGE = "# Rota planning for fire stations\n\nFirefighters swap shifts on their phones. We empower teams.\n"
PROBE = (
    "import sys\n"
    "from msgcheck.cli.main import main\n"
    "try: main(['check', 'page.md', '-q'])\n"
    "except SystemExit as done:\n"
    "    print(done.code, *sorted({'spacy', 'torch', 'onnxruntime', 'numpy'} & set(sys.modules)))\n"
)


def check(folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "msgcheck", "check", "page.md", "--format", "json"]
    environment = {**os.environ, "MSGCHECK_CACHE_DIR": str(cache)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def findings(done: subprocess.CompletedProcess[str]) -> object:
    report = json.loads(done.stdout)
    return {name: value for name, value in report.items() if name != "run"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.mark.models
def test_an_unchanged_page_loads_no_model(folder: Path) -> None:
    environment = {**os.environ, "MSGCHECK_CACHE_DIR": str(folder / "cache")}

    def probe() -> list[str]:
        command = [sys.executable, "-c", PROBE]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert probe()[1:] == ["numpy", "onnxruntime", "spacy"]
    assert probe()[1:] == []


@pytest.mark.models
def test_damaged_and_missing_caches_change_nothing_but_say_so(folder: Path) -> None:
    cache = folder / "cache"
    fresh = check(folder, cache)
    (cache / "cache.sqlite").write_bytes(b"not a database" * 1000)
    damaged = check(folder, cache)
    (folder / "file").write_text("in the way", encoding="utf-8")
    without = check(folder, folder / "file" / "cache")
    assert findings(fresh) == findings(damaged) == findings(without)
    assert fresh.stderr == ""
    assert "damaged" in damaged.stderr
    assert "without the cache" in without.stderr
    assert "Traceback" not in damaged.stderr + without.stderr


@pytest.mark.models
def test_two_processes_share_one_cache(folder: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: check(folder, folder / "cache"), range(2))
    assert findings(first) == findings(second)
    assert first.stderr == second.stderr == ""


def test_values_come_back_by_content(tmp_path: Path) -> None:
    keys = [content_key("space", f"text {number}") for number in range(1200)]
    cache = Cache(tmp_path)
    cache.put([(key, bytes([number % 250])) for number, key in enumerate(keys)])
    cache.close()
    assert Cache(tmp_path).get([*keys, content_key("other", "text 1")]) == {
        key: bytes([number % 250]) for number, key in enumerate(keys)
    }


def test_the_oldest_values_go_when_the_file_grows_too_large(tmp_path: Path) -> None:
    keys = [content_key("space", f"text {number}") for number in range(100)]
    cache = Cache(tmp_path, max_bytes=500_000)
    for key in keys:
        cache.put([(key, bytes(20_000))])
    kept = [key in cache.get(keys) for key in keys]
    assert (tmp_path / "cache.sqlite").stat().st_size < 600_000
    assert kept == sorted(kept)
    assert 10 < sum(kept) < 30


def test_a_file_that_another_process_is_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where two turn write-ahead logging on, SQLite says at once that the file is busy: seldom, so it is played."""
    refused = sqlite3.OperationalError("database is locked")
    refused.sqlite_errorcode = sqlite3.SQLITE_BUSY_RECOVERY
    refusals = [refused, refused]

    class Refused(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if "journal_mode" in statement and refusals:
                raise refusals.pop()
            return super().execute(statement, *values)

    monkeypatch.setattr("sqlite3.connect", partial(sqlite3.connect, factory=Refused))
    Cache(tmp_path).put([(b"key", b"value")])
    assert Cache(tmp_path).get([b"key"]) == {b"key": b"value"}
    assert (refusals, caplog.messages) == ([], [])


def test_a_file_that_others_hold_for_long_serves_again_when_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("msgcheck.cache._PATIENCE", 0.1)
    cache = Cache(tmp_path)
    other = sqlite3.connect(tmp_path / "cache.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    cache.put([(b"first", b"value")])
    other.execute("COMMIT")
    cache.put([(b"second", b"value")])
    assert Cache(tmp_path).get([b"first", b"second"]) == {b"second": b"value"}
    assert caplog.messages == []


def test_without_a_folder_values_last_as_long_as_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Cache(None)
    cache.put([(b"key", b"value")])
    assert cache.get([b"key", b"other"]) == {b"key": b"value"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.models
def test_an_unchanged_run_gives_the_same_report_and_an_edited_page_another(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "other.md").write_text("# Hose tests\n\nEvery hose is tested once a year.\n", encoding="utf-8")

    def report() -> Report:
        pages = collect([str(tmp_path)], Config()).documents
        return replace(recall.Checker(Settings(), cache).check(Inputs(pages)), run=Run("", 0.0, ""))

    cache = Cache(tmp_path / "cache")
    first, second = report(), report()
    assert first == second
    (tmp_path / "page.md").write_text(PAGE.replace("shifts", "watches"), encoding="utf-8")
    edited = report()
    assert [s.text for s in edited.sentences if "swap" in s.text] == ["Firefighters swap watches on their phones."]
    assert [page for page in edited.pages if page.document.key == "other.md"] == [
        page for page in first.pages if page.document.key == "other.md"
    ]


def test_what_was_kept_under_another_type_is_made_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put([(b"key", b"\x93\x01\x02\x03"), (b"odd", b"\xc1"), (b"own", pack(Fact("id", "text")) or b"")])
    assert Shelf(cache, Fact).get([b"key", b"odd", b"own"]) == {b"own": Fact("id", "text")}


def test_a_value_with_a_flipped_bit_is_not_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put([(b"one", b"value"), (b"two", b"value")])
    with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
        connection.execute(
            "UPDATE entry SET value = CAST(substr(value, 1, length(value) - 1) || x'00' AS BLOB) WHERE key = ?",
            (b"one",),
        )
    assert cache.get([b"one", b"two"]) == {b"two": b"value"}
