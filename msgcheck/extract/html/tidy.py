"""Judge runs by the company they keep: what stands before the headline, after the footer, or twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from msgcheck.extract.html.cut import Run
from msgcheck.extract.html.tree import lineage

_CONTROL = re.compile(
    r"(?:close|open|play|pause|stop|previous|prev|next|back|expand|collapse|submit|search|menu|toggle|skip|scroll|go to"
    r"|show|loading|mute|unmute|replay|ok|yes|no|x|×|slide)(?: (?:all|menu|slide|slides|slideshow|video|search|modal"
    r"|window|dialog|navigation|nav|to|the|main|primary|content|footer|more|less|up|down|top|item|\d+))*|[\d\W_]*",
    re.IGNORECASE,
)
#: One part in so many is more than pop-ups hold. Chosen by reading pages; nothing between 3 and 10 matters.
_MOVED_SHARE = 5
_COUNTER = re.compile(r"(?:slide|page|item|step)? ?\d+ (?:of|/) \d+", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIP = re.compile(r"(?:skip|jump) (?:to|over)\b", re.IGNORECASE)


def tidy(runs: Iterable[Run]) -> list[Run]:
    """The runs in order, with zones put right and repeats left out."""
    kept = [run for run in runs if not _is_control(run)]
    return _once(_after_footer(_before_headline(kept)))


def _is_control(run: Run) -> bool:
    text = run.text.text
    if run.zone == "copy" and _COUNTER.fullmatch(text):
        return True
    if run.zone != "copy" or run.link is None:
        return False
    return bool(_SKIP.match(text) or (run.link.name == "button" and _CONTROL.fullmatch(text)))


def _level(run: Run) -> int:
    return next((int(node.name[1]) for node in lineage(run.node) if node.name in _HEADINGS), 9)


def _before_headline(runs: list[Run]) -> list[Run]:
    """Announcements, logins and carts stand above the menu; links stand between it and the headline."""
    first = next((i for i, run in enumerate(runs) if run.zone == "copy" and _level(run) <= 2), 0)
    menu = max((i for i in range(first) if runs[i].zone == "nav"), default=-1)
    return [
        replace(run, zone="nav")
        if run.zone == "copy" and (i < menu or (i < first and run.link is not None)) and run.node.name != "img"
        else run
        for i, run in enumerate(runs)
    ]


def _after_footer(runs: list[Run]) -> list[Run]:
    """Pop-ups and chat windows stand after the footer; so do whole sections that a script moves up later."""
    last = max((i for i, run in enumerate(runs) if run.zone == "footer"), default=len(runs))
    copy = sum(len(run.text.text) for run in runs if run.zone == "copy")
    after = sum(len(run.text.text) for run in runs[last:] if run.zone == "copy")
    if after * _MOVED_SHARE > copy:
        return runs
    return [replace(run, zone="footer") if i > last and run.zone == "copy" else run for i, run in enumerate(runs)]


def _once(runs: list[Run]) -> list[Run]:
    """Copies for other screens and carousel clones say the same words again."""
    seen: set[str] = set()
    kept: list[Run] = []
    for run in runs:
        text = run.text.text
        key = text.casefold()
        again = key in seen and len(text.split()) >= 4
        again = again or (bool(kept) and kept[-1].text.text == text)
        if run.zone == "copy" and again:
            continue
        if run.zone == "copy":
            seen.add(key)
        kept.append(run)
    return kept
