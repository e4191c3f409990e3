"""A history of an invented site, recorded through the same door as real runs: pages that drift, and calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from reports import POSITIONING, document, sample

from msgcheck.history import History
from msgcheck.model import (
    Call,
    CallReport,
    CategoryGuess,
    CategoryNoun,
    Clarity,
    Clearing,
    MessageCoverage,
    Metrics,
    Misconception,
    Moment,
    PageReport,
    Report,
    Summary,
    Suspect,
)
from msgcheck.model.history import Origin
from msgcheck.report.redact import redact

FIRST = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Site:
    """So many pages, runs and calls; a run every `days` days."""

    pages: int = 3
    runs: int = 4
    calls: int = 3
    days: int = 14


def recorded(folder: Path, site: Site) -> History:
    """The history in `.msgcheck/history.db` of a folder."""
    history = History(f"sqlite:///{folder / '.msgcheck' / 'history.db'}")
    for run in range(site.runs):
        positioning = "agreed" if run < site.runs - 1 else "agreed anew"
        history.record(redact(_report(site, run)), Origin("c0ffee", "settings", positioning))
    return history


def _report(site: Site, run: int) -> Report:
    day = FIRST + timedelta(days=site.days * run)
    pages = tuple(_page(number, run) for number in range(site.pages))
    calls = tuple(_call(number) for number in range(site.calls)) if run else ()
    words = sum(page.words for page in pages)
    confusion = round(sum(page.confusion for page in pages) / len(pages), 3)
    report = sample()
    return replace(
        report,
        run=replace(report.run, started=f"{day}T08:00:00+00:00"),
        summary=Summary(len(pages), len(calls), words, {}, confusion, 0, 0, 0.2 + 0.02 * run, 0.4, 0.45),
        pages=pages,
        sentences=(),
        calls=calls,
        misconceptions=_beliefs(calls),
        findings=(),
        faults=(),
    )


def _page(number: int, run: int) -> PageReport:
    """Every third page gets worse, every third better; the last stays as it is."""
    step = (1, -1, 0)[number % 3] * run
    headline = "Booking for pottery classes." if step < 1 else f"The studio growth engine, release {run}."
    blocks = (("heading-1", headline), ("body", f"Students of class {number} book and pay in one calendar."))
    said = MessageCoverage("calendar", "covered" if step < 2 else "missing", 0.8, blocks[1][1])
    noun = ("class booking software", "exact") if step < 1 else ("growth engine", "other")
    return PageReport(
        document=document(f"site/section-{number % 5}/page-{number}.html", blocks),
        words=40 + number,
        confusion=round(min(0.95, max(0.05, 0.4 + 0.05 * step)), 3),
        clarity=Clarity(0.6, 0.5, 0.4),
        category_guess=(CategoryGuess("booking software" if step < 2 else "CRM", 0.6),),
        metrics=Metrics(2.0 + max(0, step) / 2, 0.2, 0.5, 6.0, 0.9, round(0.25 + 0.02 * step, 3)),
        messages=(said, MessageCoverage("reader", "missing", 0.1)),
        category_noun=CategoryNoun(noun[0], noun[1], "headline", 0),  # type: ignore[arg-type]
        opening=f"{headline} {blocks[1][1]}",
    )


def _call(number: int) -> CallReport:
    heard = sample().calls[0]
    key = f"talks/call-{number}.vtt"
    call: Call = replace(heard.call, key=key, date=(FIRST + timedelta(days=5 * number)).isoformat())
    moment: Moment = replace(heard.moments[0], call=key, kind="misconception")
    return CallReport(call, (moment,) * (number % 3), (), Clearing(60.0 * number, 0.1, 1800.0, estimated=False), 0.5)


def _beliefs(calls: tuple[CallReport, ...]) -> tuple[Misconception, ...]:
    keys = tuple(call.call.key for call in calls if call.moments)
    suspect = Suspect("site/section-0/page-0.html", "The studio growth engine, release 1.", 0.7)
    quotes = tuple(dict.fromkeys(moment.quote for call in calls for moment in call.moments))
    return (Misconception("took it for a CRM", len(keys), keys, quotes, (suspect,)),) if keys else ()


def configured(folder: Path) -> None:
    """The configuration and the positioning of the site."""
    (folder / "msgcheck.toml").write_text('positioning = "positioning.yaml"\n', encoding="utf-8")
    messages = "".join(f'  - {{id: {item.id}, kind: value, text: "{item.text}"}}\n' for item in POSITIONING.messages)
    text = f"version: 1\nproduct: {POSITIONING.product}\ncategory: {POSITIONING.category}\nmessages:\n{messages}"
    (folder / "positioning.yaml").write_text(text, encoding="utf-8")
