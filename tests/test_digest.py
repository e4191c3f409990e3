"""What was kept is found again only while nothing that made it has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from msgcheck.config import Config, LanguageSettings
from msgcheck.digest import folder_digest, folder_state
from msgcheck.inputs import Inputs, Settings
from msgcheck.language.identity import models_digest
from msgcheck.model import Positioning, RawDocument, Skipped
from msgcheck.recall import _run_key


def digest(folder: Path) -> str:
    folder_digest.cache_clear()
    return folder_digest(folder)


def test_a_folder_changes_with_any_name_or_content_below(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "one.py").write_text("LIMIT = 1")
    seen = {digest(tmp_path)}
    (tmp_path / "rules" / "one.py").write_text("LIMIT = 2")
    seen.add(digest(tmp_path))
    (tmp_path / "rules" / "one.py").rename(tmp_path / "rules" / "two.py")
    seen.add(digest(tmp_path))
    (tmp_path / "rules" / "__pycache__").mkdir()
    (tmp_path / "rules" / "__pycache__" / "two.pyc").write_bytes(b"compiled")
    seen.add(digest(tmp_path))
    assert len(seen) == 3


def test_a_large_folder_changes_with_its_files_times(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"1")
    before = folder_state(tmp_path)
    os.utime(tmp_path / "weights.bin", ns=(1, 1))
    assert folder_state(tmp_path) != before


def test_a_configured_model_changes_with_its_files_and_its_downloaded_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    refs = tmp_path / "hub" / "models--example--small" / "refs"
    refs.mkdir(parents=True)
    (tmp_path / "model").mkdir()
    here, hub = LanguageSettings(encoder=str(tmp_path / "model")), LanguageSettings(encoder="example/small")
    seen = {models_digest(LanguageSettings()), models_digest(here), models_digest(hub)}
    (tmp_path / "model" / "weights.bin").write_bytes(b"1")
    (refs / "main").write_text("abc")
    seen |= {models_digest(here), models_digest(hub)}
    assert len(seen) == 5


def test_a_run_is_another_when_anything_that_it_was_given_is() -> None:
    page = RawDocument("a.md", "a.md", "a.md", b"# Bread")
    others = [
        Inputs((RawDocument("b.md", "a.md", "a.md", b"# Bread"),)),
        Inputs((RawDocument("a.md", "a.md", "a.md", b"# Rolls"),)),
        Inputs((RawDocument("a.md", "a.md", "a.md", b"# Bread", charset="latin-1"),)),
        Inputs((page, page)),
        Inputs((), (page,)),
        Inputs((page,), positioning=Positioning("p.yaml", "Crumb")),
        Inputs((page,), skipped=(Skipped("x\udcff", "why"),)),
        Inputs((page,), skipped=(Skipped("y\udcff", "why"),)),
    ]
    keys = {_run_key(inputs, Settings()) for inputs in (Inputs((page,)), *others)}
    keys |= {
        _run_key(Inputs((page,)), settings)
        for settings in (Settings(select=("vague",)), Settings(ignore=("vague",)), Settings(Config(select=["jargon"])))
    }
    assert len(keys) == 12
