"""Models that come with msgcheck are used as they were installed, or not at all."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from msgcheck.errors import ModelError
from msgcheck.language import shipped


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of an installation that wrote its digest down."""
    path = tmp_path / "heads" / "weights.npz"
    path.parent.mkdir()
    path.write_bytes(b"good weights")
    digest = base64.urlsafe_b64encode(hashlib.sha256(b"good weights").digest()).rstrip(b"=").decode()
    monkeypatch.setattr(shipped, "_recorded", lambda: {path: digest})
    return path


def test_what_was_installed_is_used(weights: Path) -> None:
    assert shipped.checked(weights) == weights
    assert shipped.checked(weights.parent) == weights.parent


@pytest.mark.parametrize("content", [b"bad weights", b"", None])
def test_a_damaged_or_missing_model_is_one_line(weights: Path, content: bytes | None) -> None:
    weights.unlink() if content is None else weights.write_bytes(content)
    for asked in (weights, weights.parent):
        with pytest.raises(ModelError) as raised:
            shipped.checked(asked)
        assert raised.value.message == f"{weights} is damaged."


def test_another_file_is_not_looked_at(weights: Path) -> None:
    weights.write_bytes(b"bad weights")
    other = weights.with_name("other.npz")
    assert shipped.checked(other) == other
