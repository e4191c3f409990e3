"""A finished report with what was made of it; nothing is rendered twice."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from msgcheck.model import Report
from msgcheck.report.formats import FORMATS
from msgcheck.report.view import View

#: The formats that a browser or program can have, with their media types.
EXPORTS = {"json": "application/json", "html": "text/html", "markdown": "text/markdown"}
#: Whoever looks at the app sees no more of the people on calls than whoever is sent a report.
_VIEW = View()


@dataclass(eq=False, slots=True)
class Result:
    """A report. Rendering takes a moment: call it from a thread, not from the event loop."""

    report: Report
    _rendered: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def rendered(self, name: str) -> bytes:
        """The report in one of EXPORTS."""
        with self._lock:
            if name not in self._rendered:
                self._rendered[name] = FORMATS[name].render(self.report, _VIEW).encode("utf-8", "replace")
            return self._rendered[name]

    @property
    def shown(self) -> Report:
        """The report without outside people, for the pages of the app."""
        return FORMATS["html"].shown(self.report, _VIEW)
