"""Judge runs by the company they keep: what stands before the headline, after the footer, or twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from msgcheck.extract.html.cut import Run
from msgcheck.extract.html.tree import lineage
from msgcheck.extract.html.zones import COPY, Zone

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
_SKIP = re.compile(
    r"(?:skip|jump) (?:to|over)\b|back to (?:the )?(?:top|tabs|start)\b|back to .* section", re.IGNORECASE
)
_BREADCRUMB = re.compile(r"home ?(?:[/›»>|→·–-] ?[^/›»>|→·–]{1,60})+", re.IGNORECASE)
_SAYS = re.compile(r"\w")
#: Shorter texts may well be said twice.
_REPEAT_WORDS = 4
#: So many different short texts in the same order are a copy. Chosen by reading pages.
_REPEAT_RUNS = 3
_MAY_REPEAT = frozenset({"img", "td", "th"})
_CELL_DEPTH = 3
_AGAIN = Zone("drop", "says the same again")


def tidy(runs: Iterable[Run]) -> list[Run]:
    """The same runs in order, with zones put right: repeats and controls dropped, furniture known by its place."""
    return _once(_after_footer(_before_headline([_without_controls(run) for run in runs])))


def _without_controls(run: Run) -> Run:
    if run.zone is not COPY or run.node.name == "img":
        return run
    text = run.text.text
    if _COUNTER.fullmatch(text) or not _SAYS.search(text):
        return replace(run, zone=Zone("drop", "counter or sign without words"))
    if _BREADCRUMB.fullmatch(text):
        return replace(run, zone=Zone("nav", "breadcrumb"))
    if run.link is None:
        return run
    if _SKIP.match(text) or (run.link.name == "button" and _CONTROL.fullmatch(text)):
        return replace(run, zone=Zone("drop", "control"))
    return run


def _level(run: Run) -> int:
    return next((int(node.name[1]) for node in lineage(run.node) if node.name in _HEADINGS), 9)


def _before_headline(runs: list[Run]) -> list[Run]:
    """Announcements, logins and carts stand above the menu; links stand between it and the headline."""
    first = next((i for i, run in enumerate(runs) if run.zone is COPY and _level(run) <= 2), 0)
    menu = max((i for i in range(first) if runs[i].zone.name == "nav"), default=-1)
    return [
        replace(run, zone=Zone("nav", "before the headline"))
        if run.zone is COPY and (i < menu or (i < first and run.link is not None)) and run.node.name != "img"
        else run
        for i, run in enumerate(runs)
    ]


def _after_footer(runs: list[Run]) -> list[Run]:
    """Pop-ups and chat windows stand after the footer; so do whole sections that a script moves up later."""
    last = max((i for i, run in enumerate(runs) if run.zone.name == "footer"), default=len(runs))
    copy = sum(len(run.text.text) for run in runs if run.zone is COPY)
    after = sum(len(run.text.text) for run in runs[last:] if run.zone is COPY)
    if after * _MOVED_SHARE > copy:
        return runs
    late = Zone("footer", "after the page footer")
    return [replace(run, zone=late) if i > last and run.zone is COPY else run for i, run in enumerate(runs)]


def _once(runs: list[Run]) -> list[Run]:
    """Copies for other screens and carousel clones say the same words again, and pictures what stands beside them."""
    texts = [run.text.text.casefold() for run in runs if _counts(run)]
    again = iter(_said_again(texts))
    said, judged = set(texts), []
    for run in runs:
        if _counts(run):
            repeated = next(again)
        else:
            key = run.text.text.casefold()
            repeated = run.zone is COPY and run.node.name == "img" and key in said
            said |= {key} if run.node.name == "img" else set()
        judged.append(replace(run, zone=_AGAIN) if repeated else run)
    return judged


def _counts(run: Run) -> bool:
    """Pictures say the same as their captions, and cells of a table the same as their neighbours."""
    return run.zone is COPY and not any(node.name in _MAY_REPEAT for node in islice(lineage(run.node), _CELL_DEPTH))


def _said_again(texts: list[str]) -> list[bool]:
    """Whether each text was said before: a long one anywhere, short ones in the same order or at once."""
    latest: dict[str, int] = {}
    again = [False] * len(texts)
    for index, text in enumerate(texts):
        earlier, length = latest.get(text, index), 0
        latest[text] = index
        while (
            earlier + length < index
            and index + length < len(texts)
            and texts[earlier + length] == texts[index + length]
        ):
            length += 1
        if earlier < index and (len(text.split()) >= _REPEAT_WORDS or texts[index - 1] == text):
            again[index] = True
        elif length >= _REPEAT_RUNS and len(set(texts[index : index + length])) >= _REPEAT_RUNS:
            again[index : index + length] = [True] * length
    return again
