"""A folder that stands for the top of a work tree, and holds files of it as they were at a commit."""

from __future__ import annotations

import glob
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgcheck.config import Config
from msgcheck.errors import InputError
from msgcheck.model import Fault, RawDocument
from msgcheck.sources.collect import Collected
from msgcheck.sources.git import Repository


@dataclass(frozen=True, slots=True)
class Mirror:
    """What is read here has the sources and keys that it has in the work tree. `config` is the configuration as if its
    file lay here."""

    repository: Repository
    folder: Path
    config: Config

    @classmethod
    def inside(cls, root: Path, repository: Repository, config: Config) -> Mirror:
        """A mirror in an empty folder, around which the configuration lies as it does around the work tree."""
        top, home = repository.top, config.folder.resolve()
        folder, moved = root, home
        if top.is_relative_to(home):
            folder, moved = root / top.relative_to(home), root
        elif home.is_relative_to(top):
            moved = root / home.relative_to(top)
        return cls(repository, folder, config.model_copy(update={"folder": moved}))

    def write(self, texts: Mapping[str, bytes]) -> None:
        """Lay out files by their path from the top. Raises InputError for one whose name no file can have."""
        # Marks the top, as far as which .gitignore files are looked for.
        (self.folder / ".git").mkdir(parents=True, exist_ok=True)
        for path, content in texts.items():
            place = self.folder / path
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            except OSError as error:
                hint = "Is there room in the folder for temporary files?"
                raise InputError(f"{path}: cannot be laid out as it was ({error.strerror}).", hint) from error

    def place(self, path: Path) -> Path | None:
        """What stands here for a path; nothing for one outside the work tree."""
        relative = self.repository.relative(path)
        return None if relative is None else self.folder / relative

    def collected(self, targets: Sequence[str], collect: Callable[[Sequence[str]], Collected]) -> Collected:
        """What these targets give here; those that are not there are passed over, and a file that cannot be read is a
        fault."""
        names: list[str] = []
        places: dict[Path, Path] = {}
        faults: list[Fault] = []
        for target in targets:
            lead = lead_of(target)
            here = self.place(lead)
            if here is None or not here.exists():
                continue
            rest = Path(target).relative_to(lead)
            name = str(here / rest)
            if rest.parts and not glob.glob(name, recursive=True):  # noqa: PTH207 - as collect reads it
                continue
            try:
                if here.is_file():
                    collect([name])
                places[here] = lead
                names.append(name)
            except InputError as error:
                faults.append(Fault("", target, error.message.removeprefix(f"{name}: ")))
        found = collect(names)
        documents = [_renamed(raw, places) for raw in found.documents]
        return replace(found, documents=documents, faults=(*found.faults, *faults))


def _renamed(raw: RawDocument, places: Mapping[Path, Path]) -> RawDocument:
    here, lead = next((here, lead) for here, lead in places.items() if Path(raw.source).is_relative_to(here))
    source = str(lead / Path(raw.source).relative_to(here))
    key = Path(source).as_posix() if raw.key == Path(raw.source).as_posix() else raw.key
    return replace(raw, source=source, key=key)


def lead_of(target: str) -> Path:
    """The part of a target before its first wildcard; all of it if it is there, whatever its name."""
    path = Path(target)
    if path.exists():
        return path
    parts = path.parts
    magic = next((place for place, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return Path(*parts[:magic])
