"""A page that is looked at alone: under which key a check of its project reports it, if it does."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from msgcheck.config import URL, Config
from msgcheck.paths import matches_any
from msgcheck.sources.collect import excluded
from msgcheck.sources.files import INSTALLED, NO_PAGES, PAGE_SUFFIXES
from msgcheck.sources.ignored import Ignored

#: The types of pages that an editor shows as the text that they are.
TEXT_SUFFIXES = PAGE_SUFFIXES - {".docx", ".eml"}


def page_key(path: Path, config: Config) -> str | None:
    """The key of an absolute path, relative to the entry of `pages.include` that holds it; None when it is left out.

    Without such entries every page counts, and its key is relative to the configuration.
    """
    home = config.folder.absolute()
    named = [name for name in config.pages.include if not URL.match(name)]
    keys = [_key(path, name, home) for name in named or ["."]]
    key = next((key for key in keys if key is not None), None)
    if key is None and not named and not path.is_relative_to(home):
        key = path.name
    return key if key is not None and excluded(path, key, config) is None else None


def _key(path: Path, name: str, home: Path) -> str | None:
    target = Path(os.path.normpath(home / name))
    if path != target and path.is_relative_to(target):
        return None if _is_left_out(path, target) else path.relative_to(target).as_posix()
    key = path.relative_to(home).as_posix() if path.is_relative_to(home) else path.as_posix()
    return key if path == target or (glob.has_magic(name) and matches_any(key, [name])) else None


def _is_left_out(path: Path, target: Path) -> bool:
    """Whether a walk through `target` passes a path by."""
    parts = path.relative_to(target).parts
    if any(part.startswith(".") or part in INSTALLED for part in parts) or NO_PAGES.fullmatch(path.name):
        return True
    ignored, folder = Ignored.around(target), target
    for part in parts:
        ignored, folder = ignored.within(folder), folder / part
        if ignored.matches(folder, is_folder=folder != path):
            return True
    return False
