"""Hostile text in Markdown: it stays text, in tables, HTML, links and mentions."""

from __future__ import annotations

import re

from msgcheck.report.plain import plain

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$#!]")
#: What GitHub and GitLab turn into links and mentions after Markdown has been read, where no escape helps any more:
#: names, issues and merge requests, and bare addresses.
_LINKED = re.compile(
    r"(?<=[@~%])(?=\w)|(?<=[#!&^])(?=\d)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)", re.IGNORECASE
)
#: What would end an address between angle brackets.
_UNLINKABLE = re.compile(r"[<>\\\s]")
_BREAK = "\N{ZERO WIDTH SPACE}"


def escape(text: str) -> str:
    """The text on one line, as Markdown that reads as just that text."""
    broken = _LINKED.sub(_BREAK, " ".join(plain(text).split()))
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", broken)


def code(text: str) -> str:
    """The text as code: a path, or the name of a rule."""
    folded = " ".join(plain(text).split()).replace("|", "\N{FULLWIDTH VERTICAL LINE}")
    longest = max((len(run) for run in re.findall("`+", folded)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if folded.startswith("`") or folded.endswith("`") else ""
    return f"{fence}{padding}{folded}{padding}{fence}"


def linked(shown: str, address: str) -> str:
    """Markdown that is already escaped, as a link where there is an address."""
    return f"[{shown}](<{_UNLINKABLE.sub(_percent, address)}>)" if address else shown


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
