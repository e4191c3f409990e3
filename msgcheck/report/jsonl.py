"""The report as JSON Lines: what the JSON report holds, a line an entry, for what need not be read as a whole.

The first line holds what is no list; on each of the others `list` names the list that it is an entry of.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.model import Report
from msgcheck.report import json_v1
from msgcheck.report.json_text import json_text
from msgcheck.report.view import View


def render(report: Report, view: View) -> str:
    """The whole report, one line after the other."""
    return "".join(pieces(report, view))


def pieces(report: Report, view: View) -> Iterator[str]:
    """What `render` gives, line by line."""
    members = list(json_v1.members(report, view))
    yield json_text({name: value for name, value in members if not isinstance(value, Iterator)}, indent=None)
    for name, value in members:
        if isinstance(value, Iterator):
            yield from (json_text({"list": name} | entry, indent=None) for entry in value)
