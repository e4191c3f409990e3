"""Rule vague.call-to-action: buttons and links that read the same and lead to different places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgcheck.measure.values import PageMeasures
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.evidence import counted

#: Words that name no destination: what they lead to shows only after the click.
_GENERIC = re.compile(
    r"""
    (?:(?:learn|read|find\ out|discover|see|show|view|know|explore|get)\ )?more(?:\ here)?
    | (?:learn|discover|explore|continue|details?|view|open|go|start|next|info|submit|begin|try)(?:\ now|\ here)?
    | more\ info(?:rmation)? | (?:click|tap|see|start|go)\ here | get\ started(?:\ now|\ today)?
    | let['’]s\ (?:go|get\ started|talk) | take\ a\ look | check\ it\ out | find\ out | (?:view|see)\ all | all
    | (?:view|see|get|more)\ (?:the\ )?details? | (?:read|see|view|get)\ (?:it|this|the\ (?:page|article|post))
    | continue\ reading | read\ (?:on|now)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EDGES = re.compile(r"^\W+|\W+$")


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    same: dict[str, list[int]] = defaultdict(list)
    for index, block in page.document.copy():
        text = _EDGES.sub("", block.text)
        if block.role == "cta" and block.href and _GENERIC.fullmatch(text):
            same[text.lower()].append(index)
    for indices in same.values():
        targets = {_target(page.block(index).href) for index in indices}
        if len(targets) > 1:
            yield _finding(page, indices, len(targets))


def _target(href: str) -> str:
    """Where a link leads, whatever campaign or plan its query names."""
    parts = urlsplit(href)
    return f"{parts.netloc}{parts.path.rstrip('/')}#{parts.fragment}".lower()


def _finding(page: PageMeasures, indices: list[int], targets: int) -> Finding:
    places = [locate(page.document, index, 0, len(page.block(index).text)) for index in indices]
    words = _EDGES.sub("", places[0].quote)
    above = next((heading for index in indices if (heading := _heading(page, index))), "")
    example = f", for example “See {above}”" if above else ""
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.8,
        message=f"“{words}” stands on {counted(len(places), 'button')} that lead to {counted(targets, 'place')}: a "
        f"buyer "
        f"who scans them cannot tell which one to press.",
        advice=f"Say on each what comes next{example}.",
        locations=tuple(places),
    )


def _heading(page: PageMeasures, index: int) -> str:
    """The heading under which a button stands, if it is short enough for a button."""
    section = page.block(index).section
    for block in reversed(page.document.blocks[:index]):
        if block.section != section:
            return ""
        if block.role.startswith("heading"):
            return block.text if len(block.text.split()) <= 5 and block.text[-1:] not in ".?!:" else ""
    return ""


RULE = Rule(
    id="vague.call-to-action",
    summary="Buttons that read the same and lead to different places.",
    severity="note",
    doc=Doc(
        finds="'Learn more', 'Get started', 'Read more' and their like where several on a page lead to different "
        "places.",
        why="I run my eye over the buttons. Five say the same, so I press none of them, or the wrong one.",
        bad="Learn more · Learn more · Learn more",
        better="See the shift planner · Compare plans · Read how Pellworth switched",
        silent="Buttons that all lead to one place, and buttons that name what comes next ('Start a free trial', 'See "
        "prices'); menus and footers.",
    ),
    check=_check,
)
