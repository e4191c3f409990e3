"""Read `msgcheck-disable` comments: which rules a writer silenced, on which lines, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from msgcheck.model import Suppression

Style = Literal["html", "mdx", "script", "hash"]

_DIRECTIVE = re.compile(r"\s*msgcheck-(disable-next-line|disable|enable)\b(.*)", re.DOTALL)
_RULE = re.compile(r"[a-z][a-z0-9.-]*")
#: Between the rules and the reason; some editors turn two dashes into one long one.
_REASON = re.compile(r"(?:^|\s)(?:--|[–—])(?:\s|$)")
#: `<!-- … -->`; `{/* … */}` as in MDX; `/* … */` and `// …` as in scripts; `# …` as in YAML.
_COMMENTS: dict[Style, re.Pattern[str]] = {
    "html": re.compile(r"<!--(.*?)-->", re.DOTALL),
    "mdx": re.compile(r"\{/\*(.*?)\*/\}", re.DOTALL),
    "script": re.compile(r"/\*(.*?)\*/|//[ \t]*(msgcheck-[^\n]*)", re.DOTALL),
    "hash": re.compile(r"(?:^|(?<=\s))#[ \t]*(msgcheck-[^\n]*)", re.MULTILINE),
}


def find_suppressions(source: str, *styles: Style) -> tuple[Suppression, ...]:
    """The suppressions of a source in which comments of these styles may stand anywhere."""
    matches = [match for style in styles for match in _COMMENTS[style].finditer(source)]
    matches.sort(key=lambda match: match.start())
    comments = ((match[match.lastindex or 0], source.count("\n", 0, match.start()) + 1) for match in matches)
    return read_suppressions(comments, source.count("\n") + 1)


def read_suppressions(comments: Iterable[tuple[str, int]], last_line: int) -> tuple[Suppression, ...]:
    """Suppressions from comments, each with the line that it begins on, in order.

    `enable` without rules ends all that are open; with rules, those that were opened with the same ones.
    """
    found: list[Suppression] = []
    opened: list[tuple[tuple[str, ...], int, str]] = []
    for text, line in comments:
        directive = _DIRECTIVE.fullmatch(text)
        if directive is None:
            continue
        named, *said = _REASON.split(directive[2], maxsplit=1)
        rules, reason = tuple(_RULE.findall(named)), " ".join("".join(said).split())
        match directive[1]:
            case "disable-next-line":
                after = line + text.count("\n") + 1
                found.append(Suppression(rules, after, after, line, reason))
            case "disable":
                opened.append((rules, line, reason))
            case _:
                closed = [entry for entry in opened if not rules or not entry[0] or set(entry[0]) & set(rules)]
                opened = [entry for entry in opened if entry not in closed]
                found += [Suppression(entry[0], entry[1], line, entry[1], entry[2]) for entry in closed]
    found += [Suppression(rules, line, last_line, line, reason) for rules, line, reason in opened]
    return tuple(sorted(found, key=lambda item: (item.line, item.first_line, item.rules)))
