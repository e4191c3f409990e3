"""What the .gitignore files of a working tree leave out, as git reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=256)
def _spec(lines: tuple[str, ...]) -> Any:
    import pathspec

    return pathspec.GitIgnoreSpec.from_lines(lines)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one .gitignore, which hold below its folder."""

    folder: Path
    lines: tuple[str, ...]

    def decide(self, path: Path, *, is_folder: bool) -> bool | None:
        """Whether these patterns leave a path out; None where none of them matches."""
        relative = path.relative_to(self.folder).as_posix()
        include: bool | None = _spec(self.lines).check_file(relative + "/" if is_folder else relative).include
        return include


@dataclass(frozen=True, slots=True)
class Ignored:
    """The patterns that hold in a folder, outermost first: what lies deeper wins."""

    patterns: tuple[_Patterns, ...] = ()

    @classmethod
    def around(cls, folder: Path, *, named: bool = True) -> Ignored:
        """Those of the folders above, up to the top of the repository; none outside one.

        Whoever names a folder that git ignores wants it read: then none holds.
        """
        above: list[Path] = []
        for parent in folder.absolute().parents:
            above.append(parent)
            if (parent / ".git").exists():
                found = cls()
                for outer in reversed(above):
                    found = found.within(outer)
                return cls() if named and found.matches(folder, is_folder=True) else found
        return cls()

    def within(self, folder: Path) -> Ignored:
        """With the .gitignore of one more folder."""
        path = folder / ".gitignore"
        if not path.is_file():
            return self
        lines = tuple(path.read_text(encoding="utf-8", errors="replace").splitlines())
        return Ignored((*self.patterns, _Patterns(folder.absolute(), lines)))

    def matches(self, path: Path, *, is_folder: bool = False) -> bool:
        for patterns in reversed(self.patterns):
            decided = patterns.decide(path.absolute(), is_folder=is_folder)
            if decided is not None:
                return decided
        return False
