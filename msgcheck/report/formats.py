"""The formats of a report, by name and by file suffix; a renderer is imported when it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from msgcheck.errors import UsageError
from msgcheck.model import Report
from msgcheck.report.redact import redact
from msgcheck.report.view import View


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `module` of this package has `render(report, view) -> str`.

    That of a `streamed` one also has `pieces(report, view) -> Iterator[str]`, so that it is never whole in memory.
    That of one that `splits` has `files(report, name)`, for reports of many pages. `joined` formats keep what programs
    join to data of their own: keys of calls, and who spoke on them.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    joined: bool = False
    streamed: bool = False
    splits: bool = False

    def render(self, report: Report, view: View) -> str:
        """The whole report as one string."""
        return "".join(self.pieces(report, view))

    def pieces(self, report: Report, view: View) -> Iterator[str]:
        """The report in pieces that make the whole, one after the other."""
        module, shown = import_module(f"msgcheck.report.{self.module}"), self.shown(report, view)
        if self.streamed:
            yield from module.pieces(shown, view)
        else:
            yield module.render(shown, view)

    def files(self, report: Report, view: View, name: str) -> Iterator[tuple[str, Iterator[str]]]:
        """The report as files, `name` the last of them: their paths from its folder, and their pieces."""
        if self.splits and len(report.pages) > _MOST_PAGES:
            for path, text in import_module(f"msgcheck.report.{self.module}").files(self.shown(report, view), name):
                yield path, iter((text,))
        else:
            yield name, self.pieces(report, view)

    def shown(self, report: Report, view: View) -> Report:
        """What may be shown of the report: no renderer sees more, so that none can forget it."""
        return redact(report, keep_keys=self.joined) if view.redacted else report


#: A report of more pages takes a file a page. A page of 700 words takes 12 kB, so one document stays below some 6 MB.
_MOST_PAGES = 500

FORMATS = {
    format.name: format
    for format in (
        Format("text", "terminal", (".txt",)),
        Format("json", "json_v1", (".json",), joined=True, streamed=True),
        Format("jsonl", "jsonl", (".jsonl",), joined=True, streamed=True),
        Format("sarif", "sarif", (".sarif", ".sarif.json")),
        Format("junit", "junit", (".xml",)),
        Format("github", "github", ()),
        Format("markdown", "markdown", (".md",)),
        Format("html", "html", (".html", ".htm"), splits=True),
        Format("rdjson", "rdjson", (".rdjson",)),
        Format("csv", "table", (".csv",)),
    )
}
SUFFIXES = {suffix: format for format in FORMATS.values() for suffix in format.suffixes}


def format_of(name: str) -> Format:
    """The format that a file name's end stands for. Raises UsageError for others."""
    fitting = [suffix for suffix in SUFFIXES if name.lower().endswith(suffix)]
    if not fitting:
        raise UsageError(
            f"{name}: no report format goes with this suffix.", f"End the name in {', '.join(sorted(SUFFIXES))}."
        )
    return SUFFIXES[max(fitting, key=len)]
