"""Where a report goes: the payload on stdout, and files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console

from msgcheck.errors import UsageError
from msgcheck.model import Report
from msgcheck.report.formats import FORMATS, SUFFIXES, format_of
from msgcheck.report.view import View
from msgcheck.sources.remote import check_writable, is_remote, writable
from msgcheck.whole import write_pieces

#: So many findings the terminal shows; the rest is in the other formats.
_SHOWN = 40
#: For `--help`.
FORMAT_NAMES = tuple(FORMATS)
NO_REDACT_HELP = "Show names, companies, addresses and numbers of the people on calls."
FILE_HELP = f"Also write a report; repeatable; the suffix tells the format: {', '.join(SUFFIXES)}."


@dataclass(frozen=True, slots=True)
class Output:
    """How a report is shown and written."""

    format: str = "text"
    files: tuple[str, ...] = ()
    view: View = field(default=View())
    color: bool | None = None
    quiet: bool = False

    def check(self) -> None:
        """Raise UsageError for a file that cannot be written, before anything is read."""
        for name in self.files:
            format_of(name)
            if is_remote(name):
                check_writable(name)
                continue
            path = Path(name)
            if path.is_dir():
                raise _unwritable(path, "is a folder")
            if not path.parent.is_dir():
                raise _unwritable(path, f"there is no folder {path.parent}")
            if not os.access(path.parent, os.W_OK):
                raise _unwritable(path, f"the folder {path.parent} may not be written to")

    def show(self, report: Report) -> None:
        """Write the files, then stdout."""
        for named in self.files:
            with writable(named) as path:
                self._write(report, path)
        if self.format != "text":
            for piece in FORMATS[self.format].pieces(report, self.view):
                click.echo(piece, nl=False)
        elif not self.quiet:
            from msgcheck.report.terminal import print_report

            shown = FORMATS["text"].shown(report, self.view)
            print_report(shown, self._console(), self.view, limit=None if self.view.verbose else _SHOWN)

    def _write(self, report: Report, path: Path) -> None:
        for name, pieces in format_of(path.name).files(report, self.view, path.name):
            target = path.parent / name
            _make_folder(target.parent)
            write(target, pieces)

    def _console(self) -> Console:
        if self.color is None:
            return Console()
        return Console(force_terminal=self.color or None, no_color=not self.color)


def write(path: Path, content: str | bytes | Iterable[str]) -> None:
    """All of it or nothing: a report is never half written. Raises UsageError when the place cannot be written."""
    try:
        write_pieces(path, _encoded(content))
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def _encoded(content: str | bytes | Iterable[str]) -> Iterator[bytes]:
    match content:
        case bytes():
            yield content
        case str():
            yield content.encode("utf-8", "replace")
        case _:
            yield from (piece.encode("utf-8", "replace") for piece in content)


def _unwritable(path: Path, reason: str) -> UsageError:
    return UsageError(f"{path}: cannot be written ({reason}).", "Name a folder that exists and is yours.")
