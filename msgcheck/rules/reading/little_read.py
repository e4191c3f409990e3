"""Rule reading.little-read: nearly all that a page shows was taken for navigation and the like, and was not judged."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.values import PageMeasures
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule, whole

#: Calibrated in November 2026 by counting on 116 real pages of all kinds: three keep under a quarter of what they show,
#: because their menus and footers are long, and each of these still has 160 words of copy. None is reported.
_SHARE, _FEW, _ENOUGH = 0.25, 100, 100


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    shown = page.document.visible_words
    if page.words >= _FEW or shown < _ENOUGH or page.metrics.words_kept_share >= _SHARE:
        return
    yield Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.8,
        message=f"Of the {shown:,} words that this page shows only {page.words:,} were read as its copy: the rest was "
        "taken for menus, footers and the like, and was not judged.",
        advice="`msgcheck extract PAGE -v` shows why each part was left out; text in <main> is always read.",
        locations=(whole(page.document),),
    )


RULE = Rule(
    id="reading.little-read",
    summary="Nearly nothing of what a page shows was read as its copy.",
    severity="warning",
    doc=Doc(
        finds="Pages that show a hundred words or more, of which under a quarter, and under a hundred words, were "
        "read.",
        why="A page on which nothing is reported looks fine. This one was hardly looked at.",
        bad="<nav> … the whole page … </nav>",
        better="<nav> … the menu … </nav> <main> … the page … </main>",
        silent="Long menus and footers around a page that has copy.",
    ),
    check=_check,
)
