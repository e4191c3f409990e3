"""The agreed positioning as people edit it: checked before it is written, and every version kept with who and when."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgcheck.config import Config, load_config
from msgcheck.errors import HistoryError
from msgcheck.extract.positioning import PositioningFields, as_yaml, is_statement, read_fields, read_positioning
from msgcheck.model import Positioning, RawDocument
from msgcheck.projects import Home
from msgcheck.sources import positioning_file
from msgcheck.web.errors import AnswerError
from msgcheck.whole import write_whole

_NEW = "positioning.yaml"
_FOUND = "as the file was before"


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the file. `at` is ISO 8601 in UTC; `who` is empty for what was not saved here."""

    number: int
    at: str
    who: str
    note: str
    name: str
    text: str

    @property
    def fields(self) -> PositioningFields:
        return read_fields(_raw(self.name, self.text))


@dataclass(frozen=True, slots=True)
class Current:
    """The file as it is now; `tag` stands for its content. Without a file there is nothing agreed, and no fields."""

    name: str
    tag: str
    agreed: Positioning | None
    fields: PositioningFields


class Positions:
    """The positioning of a project, and its versions in a folder, a file each. Works on files: call it in a thread."""

    def __init__(self, home: Home, folder: Path) -> None:
        self._home = home
        self._folder = folder
        self._lock = threading.Lock()

    def current(self) -> Current:
        """The file as it is. Raises ConfigError where it is not valid."""
        path = self._path()
        if not path.exists():
            return Current(path.name, "", None, PositioningFields())
        raw = positioning_file(str(path))
        shown = RawDocument(path.name, path.name, path.name, raw.content)
        return Current(path.name, _tag(raw.content), read_positioning(shown), read_fields(shown))

    def save(self, fields: PositioningFields, base: str, who: str, note: str = "") -> Current:
        """Write new content over the state `base`. Raises ConfigError for what is not valid, and AnswerError (409)
        where somebody else changed the file since, or it cannot hold what is to be saved."""
        with self._lock:
            path = self._path()
            text = _written(path, fields)
            read_positioning(_raw(path.name, text))
            before = path.read_bytes() if path.exists() else b""
            if base != (_tag(before) if before else ""):
                raise AnswerError(409, "Somebody else has changed the positioning.", "Load it again, then edit it.")
            self._keep(path.name, before.decode("utf-8", "replace"), "", _FOUND)
            _write(path, text)
            self._keep(path.name, text, who, note)
            self._configure(path)
        return self.current()

    def versions(self) -> tuple[Version, ...]:
        """All versions, the newest first."""
        found = sorted(self._folder.glob("*.json"), reverse=True) if self._folder.is_dir() else []
        return tuple(map(_read_version, found))

    def version(self, number: int) -> Version:
        """One version. Raises AnswerError (404) where there is none."""
        path = self._folder / f"{number:06}.json"
        if not path.exists():
            raise AnswerError(404, f"There is no version {number}.", "The list of versions has those that are kept.")
        return _read_version(path)

    def _path(self) -> Path:
        config = self._config()
        folder = config.folder if config.source else self._home.folder
        return folder / (config.positioning or _NEW)

    def _config(self) -> Config:
        return load_config(self._home.config())

    def _keep(self, name: str, text: str, who: str, note: str) -> None:
        """Add a version, unless the last one says the same."""
        kept = self.versions()
        if not text or (kept and kept[0].text == text):
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        number = kept[0].number + 1 if kept else 1
        version = Version(number, datetime.now(UTC).isoformat(timespec="seconds"), who, note, name, text)
        with (self._folder / f"{number:06}.json").open("x", encoding="utf-8") as file:
            file.write(json.dumps(asdict(version), indent=1) + "\n")

    def _configure(self, path: Path) -> None:
        """Let the configuration name the file, where it names none yet."""
        config = self._config()
        if config.positioning:
            return
        source = Path(config.source) if config.source else self._home.folder / "msgcheck.toml"
        if source.name == "msgcheck.toml":
            rest = source.read_text(encoding="utf-8") if source.exists() else ""
            _write(source, f'positioning = "{path.name}"\n{rest}')


def _written(path: Path, fields: PositioningFields) -> str:
    """The content of the file. One that holds a statement alone cannot hold more."""
    said: dict[str, Any] = fields.model_dump(by_alias=True, exclude_defaults=True)
    if not is_statement(path.name):
        return as_yaml(said)
    if set(said) - {"statement"}:
        hint = "Let `positioning` in msgcheck.toml name a .yaml file."
        raise AnswerError(409, f"{path.name} holds a paragraph alone, and no other keys.", hint)
    return fields.statement.strip() + "\n"


def _raw(name: str, text: str) -> RawDocument:
    return RawDocument(name, name, name, text.encode("utf-8", "replace"))


def _tag(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _read_version(path: Path) -> Version:
    try:
        return Version(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError) as error:
        raise HistoryError(f"{path}: is not a version of the positioning.", "Move the file away.") from error


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise AnswerError(
            409, f"{path.name} cannot be written ({error.strerror}).", "Ask whoever runs the server."
        ) from error
