"""What holds for a file: the configuration, positioning and calls above it, read again when one of them changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgcheck.config import Config, find_config, load_config
from msgcheck.extract.positioning import read_positioning
from msgcheck.inputs import Settings
from msgcheck.model import Positioning, RawDocument
from msgcheck.rules.registry import check_settings, selected
from msgcheck.sources import collect_calls, positioning_file

#: A path with the time and size by which a change shows; None for one that is not there.
_State = tuple[str, tuple[int, int] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """One state of a configuration and of what it names; another state is another object.

    `state` is a digest of the files' names, times and sizes.
    """

    settings: Settings
    agreed: Positioning | None
    calls: Sequence[RawDocument]
    state: bytes = b""

    @property
    def config(self) -> Config:
        return self.settings.config


@dataclass(frozen=True, slots=True)
class Home:
    """Where a project's configuration is: the `file` that was named, else what is found from `folder` upward."""

    folder: Path
    file: Path | None = None

    def config(self) -> Path | None:
        """As it is now: somebody may have written one since."""
        return self.file or find_config(self.folder)


class Projects:
    """The projects of all open files, by configuration file."""

    def __init__(self) -> None:
        self._known: dict[Path | None, tuple[Project, list[_State]]] = {}

    def of(self, path: Path) -> Project:
        """The project that a file belongs to. Raises MsgcheckError naming the file that is wrong in it."""
        return self.at(find_config(path.parent))

    def at(self, file: Path | None) -> Project:
        """The project of a configuration file; the same object as long as nothing that it names has changed."""
        known = self._known.get(file)
        if known is None or any(_state(Path(state[0])) != state for state in known[1]):
            known = self._known[file] = _read(file)
        return known[0]


def _read(file: Path | None) -> tuple[Project, list[_State]]:
    """A project, and the state of its files before they were read."""
    states = [_state(file)] if file else []
    config = load_config(file)
    check_settings(config)
    selected(config.select, config.ignore)
    states += [_state(path) for path in _named(config)]
    agreed = read_positioning(positioning_file(str(config.folder / config.positioning))) if config.positioning else None
    calls = collect_calls([str(config.folder / name) for name in config.calls.paths])
    state = hashlib.blake2b(repr(states).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Project(Settings(config), agreed, calls.documents, state), states


def _named(config: Config) -> Iterator[Path]:
    """The positioning, and the calls with the folders in which they come and go."""
    if config.positioning:
        yield config.folder / config.positioning
    for name in config.calls.paths:
        yield config.folder / name
        yield from sorted((config.folder / name).rglob("*"))


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except OSError:
        return str(path), None
    return str(path), (found.st_mtime_ns, found.st_size)
