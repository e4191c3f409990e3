"""The sentence at the top: where will prospects be confused, worst first?"""

from __future__ import annotations

from collections.abc import Sequence

from msgcheck.measure.pagekind import is_story
from msgcheck.model import Misconception
from msgcheck.report import wording
from msgcheck.report.html.views import PageView


def headline(pages: Sequence[PageView], misconceptions: Sequence[Misconception], product: str) -> str:
    """What readers of the openings would miss, then what was heard on calls, then what is merely wrong.

    Pages come with the most confusing first, misconceptions with the most heard first. Articles and customer stories
    need not open with what is sold: their openings are left out where there are others.
    """
    if not pages:
        return _on_calls(misconceptions, product) or "No pages were read in this run, only calls."
    selling = [page for page in pages if not is_story(_key(page))] or pages
    lost = [page for page in selling if page.reading == "confusing"]
    if lost:
        return _lost(selling, lost)
    blamed = next((belief for belief in misconceptions if belief.suspects), None)
    if blamed:
        return f"First on “{blamed.suspects[0].page}”: {heard(blamed, product)}."
    worst = max(pages, key=lambda page: dict(page.counts)["error"])
    errors = dict(worst.counts)["error"]
    if errors:
        return f"Not by the openings, but on “{_key(worst)}”: {wording.counted(errors, 'error')} to mend there."
    if selling[0].reading == "partly clear":
        return f"Nowhere badly. “{_key(selling[0])}” comes nearest{_unsaid(selling[0])}."
    return "Nowhere: the opening of every page tells what is sold."


def _lost(pages: Sequence[PageView], lost: Sequence[PageView]) -> str:
    name = f"“{_key(lost[0])}”{_unsaid(lost[0])}"
    if len(lost) == len(pages) > 1:
        return f"On all {len(pages)} pages, and most on {name}."
    others = wording.counted(len(lost) - 1, "other page")
    return f"Most on {name}." + (f" Then on {others}." if len(lost) > 1 else "")


def _on_calls(misconceptions: Sequence[Misconception], product: str) -> str:
    return f"No pages were read, but {heard(misconceptions[0], product)}." if misconceptions else ""


def heard(belief: Misconception, product: str) -> str:
    """What was believed, and on how many calls: 'on 2 calls, prospects took it for a CRM'."""
    believed = belief.label.replace("took it for", f"took {product or 'it'} for", 1)
    who = "a prospect" if belief.count == 1 else "prospects"
    return f"on {wording.counted(len(belief.calls), 'call')}, {who} {believed}"


def _unsaid(page: PageView) -> str:
    unsaid = [slot.question.lower() for slot in page.slots if slot.score < wording.CONFUSING]
    return f": its opening does not tell {wording.listed(unsaid)}" if unsaid else ""


def _key(page: PageView) -> str:
    return page.report.document.key
