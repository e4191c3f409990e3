"""Compare a run with what it would have found at a commit: a baseline that is made when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgcheck.config import Config
from msgcheck.errors import UsageError
from msgcheck.gate.before import Named, inputs_before
from msgcheck.gate.budget import worse
from msgcheck.gate.compare import Scope, compared, match, measures_before
from msgcheck.gate.known import Known, known_of
from msgcheck.gate.lines import changed_since
from msgcheck.inputs import Inputs
from msgcheck.model import Comparison, Report
from msgcheck.sources.git import Repository

#: So many characters of a commit tell it from the others, and people read no more.
_SHOWN = 9


def work_tree(folder: Path) -> Repository:
    """The repository around a folder. Raises UsageError where there is none."""
    hint = "Run msgcheck in a clone, or compare with a file: `--baseline FILE`."
    return Repository.around(folder, "--changed-since", hint)


@dataclass(frozen=True, slots=True)
class Then:
    """What was found at the commit, what stood there in the files that changed, and what limits the comparison."""

    known: Known
    texts: Mapping[str, bytes]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """The commit where HEAD parted from `ref`.

    The whole site is read as it was and as it is: rules look across pages, so that a page may be new trouble because
    another one changed. What did not change comes from the cache.
    """

    ref: str
    repository: Repository
    commit: str

    @classmethod
    def parted_from(cls, ref: str) -> Since:
        """Raises UsageError where git cannot tell."""
        repository = work_tree(Path.cwd())
        return cls(ref, repository, repository.base(ref))

    def look_back(self, now: Inputs, named: Named, config: Config, check: Callable[[Inputs], Report]) -> Then:
        """Check what these inputs were at the commit. Raises UsageError for pages that are not in the repository."""
        before = inputs_before(self.repository, self.commit, now, named, config)
        if not before.inputs.pages and not before.inputs.calls:
            return Then(Known(), before.texts, before.notes)
        try:
            report = check(before.inputs)
        except UsageError as error:
            note = f"Nothing that stood there then could be checked: {error.hint}"
            return Then(Known(), before.texts, (*before.notes, note))
        notes = tuple(f"What stood there then could not all be checked: {fault}." for fault in report.faults[:1])
        return Then(known_of(report), before.texts, (*before.notes, *notes))

    def compared(self, report: Report, then: Then, rules: Collection[str], config: Config) -> Report:
        """The report with what was there at the commit marked as known; `rules` are the ids of those that ran."""
        read = {page.document.key for page in report.pages}
        scope = Scope(rules, absent={page.page for page in then.known.pages} - read)
        comparison = Comparison(f"{self.ref} ({self.commit[:_SHOWN]})", notes=then.notes)
        changed = changed_since(report, self.repository, then.texts)
        matching = match(report, then.known, scope)
        return worse(compared(report, matching, comparison, changed), measures_before(then.known, matching), config)
