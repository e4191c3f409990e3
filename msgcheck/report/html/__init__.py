"""The report as one self-contained HTML file: no script, no request, readable on paper."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from msgcheck.model import Finding, Report
from msgcheck.report import wording
from msgcheck.report.html.calls import call_view, misconception_view
from msgcheck.report.html.pages import Anchors, page_view
from msgcheck.report.html.views import PageView
from msgcheck.report.plain import plain
from msgcheck.report.redact import redact


def render(report: Report, *, redacted: bool = True) -> str:
    """The whole report as one HTML document.

    Names of outside speakers, e-mail addresses and phone numbers are taken out of calls unless `redacted` is off.
    """
    shown = redact(report) if redacted else report
    style = files("msgcheck.report.html").joinpath("templates", "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    anchors = Anchors(
        pages={page.document.key: f"p{rank}" for rank, page in enumerate(shown.pages, 1)},
        calls={call.call.key: f"c{rank}" for rank, call in enumerate(shown.calls, 1)},
    )
    found = _by_document(shown)
    pages = tuple(page_view(page, found[page.document.key], anchors) for page in shown.pages)
    calls = tuple(call_view(call, found[call.call.key], anchors) for call in shown.calls)
    elsewhere = [
        finding for key in found if key not in anchors.pages and key not in anchors.calls for finding in found[key]
    ]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=shown,
            pages=pages,
            calls=calls,
            misconceptions=tuple(misconception_view(belief, anchors) for belief in shown.misconceptions),
            elsewhere=elsewhere,
            headline=_headline(shown, pages),
            verdict=wording.verdict(shown),
            first=wording.first(shown),
            anchors=anchors,
            counted=wording.counted,
            style=Markup(style),
            digest=digest,
        )
    )


def _by_document(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in wording.active(report):
        found[finding.primary.document].append(finding)
    return found


def _headline(report: Report, pages: tuple[PageView, ...]) -> str:
    """Answers 'Where will prospects be confused?' in a sentence. Pages come with the most confusing first."""
    if not pages:
        return "No pages were read in this run, only calls."
    worst = pages[0]
    name = f"“{worst.report.document.key}”"
    unsaid = [slot.question.lower() for slot in worst.slots if slot.score < wording.CONFUSING]
    lost = [page for page in pages if page.reading == "confusing"]
    open_question = f": its opening does not tell {wording.listed(unsaid)}" if unsaid else ""
    if len(lost) == len(pages) > 1:
        return f"On all {len(pages)} pages, and most on {name}{open_question}."
    if lost:
        others = wording.counted(len(lost) - 1, "other page")
        return f"Most on {name}{open_question}." + (f" Then on {others}." if len(lost) > 1 else "")
    if worst.reading == "partly clear":
        return f"Nowhere badly. {name} comes nearest{open_question}."
    return "Nowhere: the opening of every page tells what is sold, for whom, and what for."


def _environment() -> Environment:
    """Everything that is put out is made harmless and escaped, here and nowhere else."""
    return Environment(
        loader=PackageLoader("msgcheck.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
