"""Runs of the past: a content repository, read as it stood at its commits and recorded at their time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from msgcheck import __version__
from msgcheck.config import ADDRESS, Config
from msgcheck.errors import InputError, UsageError
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.history.database import History
from msgcheck.history.origin import settings_of
from msgcheck.inputs import Inputs
from msgcheck.model import Positioning, RawDocument, Report
from msgcheck.report.redact import redact
from msgcheck.sources.collect import collect
from msgcheck.sources.crawl.snapshot import JOURNAL, MANIFEST
from msgcheck.sources.files import PAGE_SUFFIXES
from msgcheck.sources.git import Commit, Repository
from msgcheck.sources.mirror import Mirror, lead_of

#: No pages, but they say what the files around them are.
_BESIDE_PAGES = frozenset({".gitignore", MANIFEST, JOURNAL})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a commit. `run` is its number in the history, `reason` says why there is none, or what of it
    could not be read."""

    commit: Commit
    state: Literal["recorded", "known", "empty", "failed"]
    run: int = 0
    pages: int = 0
    confusion: float = 0.0
    reason: str = ""


def check_targets(targets: Sequence[str], repository: Repository) -> None:
    """Raise UsageError for one that cannot be in the repository."""
    for target in targets:
        if ADDRESS.match(target) or repository.relative(lead_of(target)) is None:
            message = f"{repository.purpose}: {target} is no file or folder of {repository.top}."
            raise UsageError(message, "Name some that are: `msgcheck history backfill --repo FOLDER content`.")


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls as they lie there today, each of which is heard from its day on; `dates` are those of single calls."""

    documents: Sequence[RawDocument] = ()
    dates: tuple[str, ...] = ()

    @classmethod
    def of(cls, documents: Sequence[RawDocument]) -> Calls:
        dates: list[str] = []
        for raw in documents:
            # What cannot be read is a fault of every run.
            with suppress(InputError):
                dates += [call.date for call in read_calls(raw)]
        return cls(documents, tuple(dates))

    @property
    def undated(self) -> int:
        return self.dates.count("")

    def heard_until(self, day: str) -> int:
        return sum("" < date <= day for date in self.dates)


@dataclass(frozen=True, slots=True)
class Backfill:
    """The past of `targets` in a work tree, as today's configuration and positioning see it."""

    repository: Repository
    targets: Sequence[str]
    calls: Calls
    config: Config
    positioning: Positioning | None
    check: Callable[[Inputs], Report]
    history: History

    def record(self, commit: Commit) -> Outcome:
        """Record the run of a commit, all of it or nothing, unless it is there already.

        A run of the same commit that was made with other settings, or other calls, gives way. Raises HistoryError.
        """
        started = commit.made.isoformat(timespec="seconds")
        origin = replace(settings_of(self.config, self.positioning), commit=commit.name)
        wanted = (started, origin, __version__, self.calls.heard_until(started[:10]))
        for run in self.history.runs():
            if (run.started, run.origin, run.version, run.calls) == wanted:
                return Outcome(commit, "known", run.id, run.pages, run.confusion)
        try:
            inputs = self._inputs(commit)
            if not inputs.pages and not inputs.faults:
                return Outcome(commit, "empty")
            report = self.check(inputs)
        except (InputError, UsageError) as error:
            return Outcome(commit, "failed", reason=str(error))
        report = replace(redact(report), run=replace(report.run, started=started))
        number = self.history.record(report, origin, anew=True)
        reason = "; ".join(map(str, report.faults))
        return Outcome(commit, "recorded", number, report.summary.pages, report.summary.confusion, reason)

    def _inputs(self, commit: Commit) -> Inputs:
        with tempfile.TemporaryDirectory(prefix="msgcheck-") as folder:
            mirror = Mirror.inside(Path(folder).resolve(), self.repository, self.config)
            mirror.write(self._texts(commit))
            found = mirror.collected(self.targets, lambda names: collect(names, mirror.config))
        return Inputs(
            pages=found.documents,
            calls=self.calls.documents,
            calls_until=commit.made.date().isoformat(),
            positioning=self.positioning,
            skipped=found.skipped,
            faults=found.faults,
        )

    def _texts(self, commit: Commit) -> dict[str, bytes]:
        """What may be a page, by its path from the top."""
        leads = [PurePosixPath(self.repository.relative(lead_of(target)) or "") for target in self.targets]

        def is_read(path: PurePosixPath) -> bool:
            if path.name in _BESIDE_PAGES or path in leads:
                return True
            return path.suffix.lower() in PAGE_SUFFIXES and any(map(path.is_relative_to, leads))

        blobs = {path: blob for path, blob in self.repository.tree(commit.name).items() if is_read(PurePosixPath(path))}
        contents = self.repository.blobs(sorted(set(blobs.values())))
        return {path: contents[blob] for path, blob in blobs.items()}
