"""The drift as one self-contained HTML file, for somebody who has never seen the tool: pictures, then the evidence."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import PackageLoader, Template
from markupsafe import Markup

from msgcheck.model.drift import Change, Drift, PageState
from msgcheck.report.drift import alerts, wording
from msgcheck.report.drift.html import calls, confusion, courses, coverage, nouns
from msgcheck.report.drift.html.changes import page_views
from msgcheck.report.drift.names import Names
from msgcheck.report.html import environment, inlined, stylesheet
from msgcheck.report.wording import counted, some

#: Of what was found or mended, so many are listed; the others are counted.
_LISTED = 15
_ONCE: tuple[tuple[str, PageState], ...] = (("New pages", "added"), ("Pages that are gone", "removed"))


def render(drift: Drift) -> str:
    """The whole report as one HTML document. Raises UsageError where the drawing library is missing."""
    return _template("drift.html.j2").render(_contents(drift), **inlined(stylesheet() + own_stylesheet()))


def sections(drift: Drift) -> Markup:
    """What the report shows, without a frame: for pages that have one, and both stylesheets."""
    return Markup(_template("sections.html.j2").render(_contents(drift)))


def own_stylesheet() -> str:
    """What the report adds to the stylesheet of reports."""
    return files(__name__).joinpath("templates", "style.css").read_text(encoding="utf-8")


def _template(name: str) -> Template:
    return environment(PackageLoader(__name__)).get_template(name)


def _contents(drift: Drift) -> dict[str, object]:
    names = Names.of([page.key for page in drift.pages], drift.agreed)
    return {
        "drift": drift,
        "names": names,
        "headline": wording.headline(drift, names.page),
        "alarm": alerts.title(drift),
        "alerts": [alerts.sentence(alert, names.page) for alert in drift.alerts],
        "behind": wording.behind(drift),
        "figures": _figures(drift),
        "pictures": (
            confusion.picture(drift, names),
            coverage.picture(drift, names),
            calls.picture(drift, names),
            courses.wordings(drift, names),
            courses.meaning(drift, names),
        ),
        "nouns": nouns.noun_views(drift, names),
        "together": list(wording.together(drift)),
        "pages": page_views(drift, names),
        "once": [(title, _once(drift, state, names)) for title, state in _ONCE],
        "open": [belief for belief in drift.beliefs if belief.after],
        "over": [belief for belief in drift.beliefs if not belief.after],
        "tally": wording.tally(drift),
        "listed": _LISTED,
        "since": wording.since(drift),
        "until": wording.day(drift.after),
        "run": wording.run,
        "counted": counted,
    }


def _once(drift: Drift, state: PageState, names: Names) -> str:
    """The pages that only one of the runs saw; empty where there is none."""
    return some([names.page(page.key) for page in drift.pages if page.state == state])


def _figures(drift: Drift) -> list[tuple[str, str, str, str]]:
    """What is looked at first: name, figure now, how it was, and whether that is better, worse or the same."""
    runs = drift.before, drift.after
    site = {point.run: point for point in drift.timeline.site}
    ends = [site.get(run.id) for run in runs]
    changes = [
        ("Confusion of all pages", Change(*(run.confusion for run in runs)), 2, "of 1; lower is better"),
        ("Jargon", Change(*(point.jargon if point else None for point in ends)), 1, "of 100 words"),
        ("Vague claims", Change(*(100 * point.vague if point else None for point in ends)), 0, "of 100"),
        ("Distance from the positioning", drift.distance, 2, "of 1; lower is better"),
        ("Call time spent clearing up", drift.clarifying, 0, "minutes"),
    ]
    return [
        (name, f"{change.after:,.{digits}f}", f"{unit}{_was(change, digits)}", _look(change, digits))
        for name, change, digits, unit in changes
        if change.after is not None
    ]


def _was(change: Change, digits: int) -> str:
    return "" if change.before is None else f", was {change.before:,.{digits}f}"


def _look(change: Change, digits: int) -> str:
    """Of the figures as they are shown: two that read the same did not move."""
    if change.before is None or change.after is None:
        return "same"
    by = round(change.after, digits) - round(change.before, digits)
    return "worse" if by > 0 else "better" if by < 0 else "same"
