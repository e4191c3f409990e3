"""Read `<!-- msgcheck-disable ... -->` comments: which rules a writer silenced, and on which lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgcheck.model import Suppression

_DIRECTIVE = re.compile(r"\s*msgcheck-(disable-next-line|disable|enable)\b(.*)", re.DOTALL)
_RULE = re.compile(r"[a-z][a-z0-9.-]*")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


def find_suppressions(source: str) -> tuple[Suppression, ...]:
    """The suppressions of Markdown or plain text, where a comment may stand anywhere."""
    comments = ((match[1], source.count("\n", 0, match.start()) + 1) for match in _COMMENT.finditer(source))
    return read_suppressions(comments, source.count("\n") + 1)


def read_suppressions(comments: Iterable[tuple[str, int]], last_line: int) -> tuple[Suppression, ...]:
    """Suppressions from comments, each with the line that it begins on, in order.

    `enable` without rules ends all that are open; with rules, those that were opened with the same ones.
    """
    found: list[Suppression] = []
    opened: list[tuple[tuple[str, ...], int]] = []
    for text, line in comments:
        directive = _DIRECTIVE.fullmatch(text)
        if directive is None:
            continue
        rules = tuple(_RULE.findall(directive[2]))
        match directive[1]:
            case "disable-next-line":
                after = line + text.count("\n") + 1
                found.append(Suppression(rules, after, after, line))
            case "disable":
                opened.append((rules, line))
            case _:
                closed = [entry for entry in opened if not rules or not entry[0] or set(entry[0]) & set(rules)]
                opened = [entry for entry in opened if entry not in closed]
                found += [Suppression(entry[0], entry[1], line, entry[1]) for entry in closed]
    found += [Suppression(rules, line, last_line, line) for rules, line in opened]
    return tuple(sorted(found, key=lambda item: (item.line, item.first_line, item.rules)))
