"""What git knows of a work tree: where it begins, its commits, what changed since one, and what stood in it then."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from msgcheck.errors import UsageError

_SHALLOW = (
    "This clone is shallow: fetch its history with `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout."
)
#: Modes of regular files; links and submodules have no text of their own.
_FILES = ("100644", "100755")
#: The last second that a date can tell; git has no such bound.
_LAST = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit by its full name, and when it was made (of a merge: when it was merged), in UTC."""

    name: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree by its top folder; complaints begin with the `purpose` for which git is asked.

    Git is run without a shell, and is asked for paths that end in NUL.
    """

    top: Path
    purpose: str

    @classmethod
    def around(cls, folder: Path, purpose: str, hint: str) -> Repository:
        """The one that a folder lies in. Raises UsageError with this hint where there is none."""
        asked = _git(folder, purpose, "rev-parse", "--show-toplevel")
        if asked.returncode:
            raise UsageError(f"{purpose} needs a git work tree ({_said(asked)})", hint)
        return cls(Path(os.fsdecode(asked.stdout.rstrip(b"\n"))), purpose)

    def main_line(self) -> tuple[Commit, ...]:
        """HEAD and its first parents, the newest first. Raises UsageError where there are none, or not all."""
        if shallow := self._shallow():
            raise UsageError(f"{self.purpose} needs all commits of the repository.", shallow)
        if not self._line("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
            raise UsageError(f"{self.purpose}: {self.top} has no commit yet.", "Commit the pages first.")
        lines = self._asked("rev-list", "--first-parent", "--timestamp", "HEAD").decode().splitlines()
        parts = (line.split() for line in lines)
        return tuple(Commit(name, datetime.fromtimestamp(min(int(seconds), _LAST), UTC)) for seconds, name in parts)

    def tree(self, commit: str) -> dict[str, str]:
        """The regular files of a commit: their paths, each with its blob."""
        found: dict[str, str] = {}
        for entry in self._paths("ls-tree", "-r", "-z", "--full-tree", commit):
            description, _, path = entry.partition("\t")
            mode, _, blob = description.split()
            if mode in _FILES and is_inside(path):
                found[path] = blob
        return found

    def base(self, ref: str) -> str:
        """The commit where HEAD parted from `ref`. Raises UsageError, with the remedy, where git cannot tell."""
        known = "" if ref.startswith("-") else self._line("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        if not known:
            hint = "Fetch it first, as with `git fetch origin main`, and name it as `git branch --all` does."
            raise UsageError(f"{self.purpose}: git knows no commit {ref!r} here.", self._shallow() or hint)
        base = self._line("merge-base", known, "HEAD")
        if not base:
            hint = "Name a branch or commit that this one comes from."
            raise UsageError(f"{self.purpose}: {ref} and HEAD have no commit in common.", self._shallow() or hint)
        return base

    def changes(self, commit: str) -> dict[str, str]:
        """Paths that differ between a commit and the work tree, each with the blob that it was, or '' if it was none.

        Files that nobody has told git of yet are not among them.
        """
        diff = ("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", commit, "--")
        fields = self._paths(*diff)
        found: dict[str, str] = {}
        for description, path in zip(fields[::2], fields[1::2], strict=True):
            mode, _, blob, *_ = description.removeprefix(":").split()
            found[path] = blob if mode in _FILES else ""
        return found

    def files(self, commit: str) -> frozenset[str]:
        """Every path of a commit."""
        return frozenset(self._paths("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit))

    def untracked(self) -> frozenset[str]:
        """Files that git could be told of; those that it ignores are not among them."""
        return frozenset(self._paths("ls-files", "--others", "--exclude-standard", "-z"))

    def blobs(self, ids: Collection[str]) -> Mapping[str, bytes]:
        """The contents of these blobs. Raises UsageError when one is missing."""
        asked = _git(self.top, self.purpose, "cat-file", "--batch", given="".join(f"{name}\n" for name in ids).encode())
        out, place, found = asked.stdout, 0, {}
        for name in ids:
            end = out.find(b"\n", place)
            header = out[place:end].split()
            if end < 0 or len(header) != 3:
                raise UsageError(
                    f"{self.purpose}: git cannot read what stood there before ({_said(asked)})", self._shallow()
                )
            place = end + 1 + int(header[2])
            found[name] = out[end + 1 : place]
            place += 1
        return found

    def relative(self, path: Path) -> str | None:
        """The path as git names it; None outside the work tree."""
        whole = path.resolve()
        return whole.relative_to(self.top).as_posix() if whole.is_relative_to(self.top) else None

    def _paths(self, *command: str) -> Sequence[str]:
        return [os.fsdecode(name) for name in self._asked(*command).split(b"\0")[:-1]]

    def _asked(self, *command: str) -> bytes:
        asked = _git(self.top, self.purpose, *command)
        if asked.returncode:
            raise UsageError(f"{self.purpose}: git failed ({_said(asked)})", "Does `git status` work here?")
        return asked.stdout

    def _line(self, *command: str) -> str:
        asked = _git(self.top, self.purpose, *command)
        return "" if asked.returncode else asked.stdout.decode().strip()

    def _shallow(self) -> str:
        return _SHALLOW if self._line("rev-parse", "--is-shallow-repository") == "true" else ""


def is_inside(path: str) -> bool:
    """Whether a path out of a commit stays below its top: who makes a commit by hand can name others."""
    return not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts


def _git(folder: Path, purpose: str, *command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *command], cwd=folder, env=environment, input=given, capture_output=True, check=False
        )
    except OSError as error:
        raise UsageError(f"{purpose} needs git, which cannot be run ({error.strerror}).", "Install git.") from error


def _said(asked: subprocess.CompletedProcess[bytes]) -> str:
    """The first line of what git complained about."""
    lines = asked.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else f"exit code {asked.returncode}"
