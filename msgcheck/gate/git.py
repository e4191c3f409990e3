"""What git knows of a work tree: where it begins, what changed since a commit, and what stood in it then."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from msgcheck.errors import UsageError

_SHALLOW = (
    "This clone is shallow: fetch its history with `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout."
)
#: Modes of regular files; links and submodules have no text of their own.
_FILES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree by its top folder. Git is run without a shell, and is asked for paths that end in NUL."""

    top: Path

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """The one that a folder lies in. Raises UsageError where there is none."""
        asked = _git(folder, "rev-parse", "--show-toplevel")
        if asked.returncode:
            hint = "Run msgcheck in a clone, or compare with a file: `--baseline FILE`."
            raise UsageError(f"--changed-since needs a git work tree ({_said(asked)})", hint)
        return cls(Path(os.fsdecode(asked.stdout.rstrip(b"\n"))))

    def base(self, ref: str) -> str:
        """The commit where HEAD parted from `ref`. Raises UsageError, with the remedy, where git cannot tell."""
        known = "" if ref.startswith("-") else self._line("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        if not known:
            hint = "Fetch it first, as with `git fetch origin main`, and name it as `git branch --all` does."
            raise UsageError(f"--changed-since: git knows no commit {ref!r} here.", self._shallow() or hint)
        base = self._line("merge-base", known, "HEAD")
        if not base:
            hint = "Name a branch or commit that this one comes from."
            raise UsageError(f"--changed-since: {ref} and HEAD have no commit in common.", self._shallow() or hint)
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
        asked = _git(self.top, "cat-file", "--batch", given="".join(f"{name}\n" for name in ids).encode())
        out, place, found = asked.stdout, 0, {}
        for name in ids:
            end = out.find(b"\n", place)
            header = out[place:end].split()
            if end < 0 or len(header) != 3:
                raise UsageError(
                    f"--changed-since: git cannot read what stood there before ({_said(asked)})", self._shallow()
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
        asked = _git(self.top, *command)
        if asked.returncode:
            raise UsageError(f"--changed-since: git failed ({_said(asked)})", "Does `git status` work here?")
        return [os.fsdecode(name) for name in asked.stdout.split(b"\0")[:-1]]

    def _line(self, *command: str) -> str:
        asked = _git(self.top, *command)
        return "" if asked.returncode else asked.stdout.decode().strip()

    def _shallow(self) -> str:
        return _SHALLOW if self._line("rev-parse", "--is-shallow-repository") == "true" else ""


def is_inside(path: str) -> bool:
    """Whether a path out of a commit stays below its top: who makes a commit by hand can name others."""
    return not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts


def _git(folder: Path, *command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *command], cwd=folder, env=environment, input=given, capture_output=True, check=False
        )
    except OSError as error:
        raise UsageError(
            f"--changed-since needs git, which cannot be run ({error.strerror}).", "Install git."
        ) from error


def _said(asked: subprocess.CompletedProcess[bytes]) -> str:
    """The first line of what git complained about."""
    lines = asked.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else f"exit code {asked.returncode}"
