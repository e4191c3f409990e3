"""The models that come with msgcheck, compared with the digests of its own installation before they are read."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from msgcheck.errors import ModelError


def checked(path: Path) -> Path:
    """The path of a shipped file or folder, whose bytes are those that were installed.

    Raises ModelError naming a file that is damaged. A checkout that is installed for editing has no digests: nothing is
    compared.
    """
    for file, digest in _recorded().items():
        if file.is_relative_to(path) and _digest(file) != digest:
            raise ModelError(f"{file} is damaged.", "Reinstall msgcheck: `pip install --force-reinstall msgcheck`.")
    return path


def _digest(file: Path) -> str:
    """As wheels write it down (PEP 376); empty for a file that is gone."""
    try:
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").digest()
    except OSError:
        return ""
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


@cache
def _recorded() -> dict[Path, str]:
    """The SHA-256 of each file of this package that its installer wrote down."""
    home = Path(__file__).parent.parent
    try:
        listed = files("msgcheck") or []
    except PackageNotFoundError:
        return {}
    found = {Path(str(entry.locate())).resolve(): entry.hash for entry in listed}
    return {
        path: digest.value
        for path, digest in found.items()
        if digest is not None and digest.mode == "sha256" and path.is_relative_to(home.resolve())
    }
