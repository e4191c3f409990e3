"""The report as one self-contained HTML file: no script, no request, readable on paper."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from urllib.parse import quote

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from msgcheck.model import Finding, PageReport, Report
from msgcheck.report import wording
from msgcheck.report.html.agreement import disagreements, noun_views
from msgcheck.report.html.calls import call_view, misconception_view, rep_views, trend_view
from msgcheck.report.html.headline import headline
from msgcheck.report.html.pages import Anchors, measured_view, page_view
from msgcheck.report.html.views import PageView
from msgcheck.report.plain import plain
from msgcheck.report.view import View

PageViewer = Callable[[PageReport, Sequence[Finding], Anchors], PageView]


def render(report: Report, view: View) -> str:
    """The whole report as one HTML document."""
    return _template("report.html.j2").render(contents(report), **inlined(stylesheet()))


def files(report: Report, name: str) -> Iterator[tuple[str, str]]:
    """The report as documents with their paths: a file a page, in a folder beside `name`, and last `name` itself.

    `name` holds all but the pages' copy, and leads to their files.
    """
    folder = f"{name.rpartition('.')[0]}-pages"
    found, style, index = _by_document(report), inlined(stylesheet()), f"../{quote(name)}"
    inner, template = Anchors.of(report, "{}.html", index), _template("page.html.j2")
    shared = {"report": report, "positioning": report.positioning, "counted": wording.counted, "index": index}
    for page in report.pages:
        shown = page_view(page, found[page.document.key], inner)
        yield f"{folder}/{shown.id}.html", template.render(shared, pages=(shown,), **style)
    outer = Anchors.of(report, f"{quote(folder)}/{{}}.html")
    yield name, _template("report.html.j2").render(contents(report, outer, measured_view), **style)


def _template(name: str) -> Template:
    return environment(PackageLoader("msgcheck.report.html")).get_template(name)


def inlined(style: str) -> dict[str, str]:
    """A style sheet to stand in the document, and its digest, by which the document's policy knows it."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return {"style": Markup(style), "digest": digest}


def stylesheet() -> str:
    """The style of everything that the templates show."""
    return resources.files("msgcheck.report.html").joinpath("templates", "style.css").read_text(encoding="utf-8")


def contents(report: Report, anchors: Anchors | None = None, view: PageViewer = page_view) -> dict[str, object]:
    """What the templates show, by the names that they know it under; `anchors` where it is not all in one file."""
    anchors = anchors or Anchors.of(report)
    found = _by_document(report)
    pages = tuple(view(page, found[page.document.key], anchors) for page in report.pages)
    calls = tuple(call_view(call, found[call.call.key], anchors) for call in report.calls)
    shown = anchors.pages.keys() | anchors.calls.keys()
    return {
        "report": report,
        "positioning": report.positioning,
        "pages": pages,
        "calls": calls,
        "misconceptions": tuple(misconception_view(belief, anchors) for belief in report.misconceptions),
        "heard": wording.heard(report),
        "trend": tuple(map(trend_view, report.calls_trend)),
        "tracks": rep_views(report.talk_tracks),
        "voice": report.voice,
        "voice_names": wording.VOICE,
        "nouns": noun_views(report.pages, anchors),
        "disagreements": tuple(disagreements(wording.active(report), anchors)),
        "elsewhere": [finding for key in found if key not in shown for finding in found[key]],
        "headline": headline(pages, report.misconceptions, report.positioning.product if report.positioning else ""),
        "verdict": wording.verdict(report),
        "first": wording.first(report),
        "anchors": anchors,
        "counted": wording.counted,
        "compared": wording.compared,
        "active": len(wording.active(report)),
    }


def _by_document(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in wording.active(report):
        found[finding.primary.document].append(finding)
    return found


def environment(loader: BaseLoader) -> Environment:
    """Everything that is put out is made harmless and escaped, here and nowhere else."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
