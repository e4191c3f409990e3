"""How a page stands, in a few figures, and how it stood before its words were changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.model import Finding, PageReport, Report
from msgcheck.report import wording
from msgcheck.report.html.marks import Family, family_of
from msgcheck.report.html.views import PageView

_FAMILIES: tuple[Family, ...] = ("jargon", "vague", "mismatch")
_NOWHERE = ("mismatch.missing-message", "note")
_FIRST_READERS = {
    "confusing": "A first-time reader would be lost",
    "partly clear": "A first-time reader gets most of it",
    "clear": "A first-time reader gets it",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: `was` is empty where it is as before; `better` then says nothing. `family` gives its underline."""

    name: str
    value: str
    note: str = ""
    was: str = ""
    better: bool = False
    family: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one page."""

    confusion: float
    slots: tuple[tuple[str, float], ...]
    counts: tuple[int, ...]
    total: int

    @classmethod
    def of(cls, report: Report, page: PageReport) -> Standing:
        found = on_page(report, page)
        families = [family_of(finding.rule) for finding in found]
        clarity = page.clarity
        return cls(
            page.confusion,
            (("What is sold", clarity.what), ("For whom", clarity.who), ("What for", clarity.why)),
            tuple(families.count(family) for family in _FAMILIES),
            len(found),
        )


def on_page(report: Report, page: PageReport) -> list[Finding]:
    """The findings that count and are shown with a page.

    That nowhere says a message is no fault of a single page: the list of messages shows it.
    """
    found = (finding for finding in wording.active(report) if finding.primary.document == page.document.key)
    return [finding for finding in found if (finding.rule, finding.severity) != _NOWHERE]


def name_of(page: PageReport) -> str:
    """What a page is called where people read it."""
    return "Pasted copy" if page.document.key.startswith("pasted.") else page.document.key


def figures(now: Standing, then: Standing | None) -> Iterator[Figure]:
    """Confusion and the findings by family, then how clearly the three questions are answered."""
    before = then or now
    reading = wording.lostness(now.confusion)
    yield _score("Confusion", now.confusion, before.confusion, note=reading, less=True)
    for family, count, was in zip(_FAMILIES, now.counts, before.counts, strict=True):
        shown = str(was) if was != count else ""
        yield Figure(family, str(count), was=shown, better=count < was, family=family)
    for (name, score), (_, was_score) in zip(now.slots, before.slots, strict=True):
        yield _score(name, score, was_score)


def _score(name: str, now: float, was: float, *, note: str = "", less: bool = False) -> Figure:
    value, before = f"{now:.2f}", f"{was:.2f}"
    better = now < was if less else now > was
    return Figure(name, value, note, before if before != value else "", better)


def told(now: Standing, then: Standing) -> str:
    """What a change did, in a sentence."""
    fewer = then.total - now.total
    notes = "As many notes as before"
    if fewer:
        notes = f"{wording.counted(abs(fewer), 'note')} {'fewer' if fewer > 0 else 'more'}"
    if f"{now.confusion:.2f}" == f"{then.confusion:.2f}":
        return f"{notes}; confusion stays at {now.confusion:.2f}."
    return f"{notes}; confusion {then.confusion:.2f} → {now.confusion:.2f}."


def headline(page: PageView) -> str:
    """What becomes of a reader who sees only the opening."""
    unsaid = [slot.question.lower() for slot in page.slots if slot.score < wording.CONFUSING]
    said = _FIRST_READERS[page.reading]
    return f"{said}: the opening does not tell {wording.listed(unsaid)}." if unsaid else f"{said}."


@dataclass(frozen=True, slots=True)
class Reply:
    """What a first-time reader would answer; `href` leads to the words that the answer rests on."""

    question: str
    words: str
    href: str
    score: float
    said: str


def first_reader(page: PageView) -> Iterator[Reply]:
    """The replies to the three questions that the opening has to answer."""
    asked = ("What is it?", "Who is it for?", "What is it good for?")
    for question, slot in zip(asked, page.slots, strict=True):
        clear = slot.score >= wording.CONFUSING
        if slot.quote:
            yield Reply(question, f"“{slot.quote}”", slot.href, slot.score, "said" if clear else "said only in part")
        elif clear:
            said = "from the opening as a whole"
            yield Reply(question, "They could likely tell.", "", slot.score, said)
        else:
            yield Reply(question, "“No idea.”", "", slot.score, "not said near the top")
