"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgcheck.whole import write_whole


def test_a_file_takes_the_place_and_the_mode_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "positioning.yaml"
    path.write_bytes(b"before")
    path.chmod(0o640)
    write_whole(path, b"after")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"after", 0o640)


def test_a_new_file_can_be_read_by_all(tmp_path: Path) -> None:
    write_whole(tmp_path / "report.html", b"<p>")
    assert (tmp_path / "report.html").stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError):
        write_whole(tmp_path / "report.html", b"<p>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
