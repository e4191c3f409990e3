"""The formats of a report, by name and by file suffix; a renderer is imported when it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from msgcheck.errors import UsageError
from msgcheck.model import Report
from msgcheck.report.redact import redact
from msgcheck.report.view import View


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `module` of this package has `render(report, view) -> str`.

    `joined` formats keep what programs join to data of their own: keys of calls, and who spoke on them.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    joined: bool = False

    def render(self, report: Report, view: View) -> str:
        """The whole report as one string."""
        text: str = import_module(f"msgcheck.report.{self.module}").render(self.shown(report, view), view)
        return text

    def shown(self, report: Report, view: View) -> Report:
        """What may be shown of the report: no renderer sees more, so that none can forget it."""
        return redact(report, keep_keys=self.joined) if view.redacted else report


FORMATS = {
    format.name: format
    for format in (
        Format("text", "terminal", (".txt",)),
        Format("json", "json_v1", (".json",), joined=True),
        Format("sarif", "sarif", (".sarif", ".sarif.json")),
        Format("junit", "junit", (".xml",)),
        Format("github", "github", ()),
        Format("markdown", "markdown", (".md",)),
        Format("html", "html", (".html", ".htm")),
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
