"""Blank template syntax (Liquid, Jinja, Django, Handlebars, Hugo, ERB, PHP, merge tags) in place."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Tags whose only argument is copy, as in `{% trans "Sign up" %}`.
_TRANSLATED = re.compile(r"""\{%-?\s*(?:trans|translate|t)\s+(["'])((?:(?!\1|%\}).)*)\1[^%]*%\}""")
#: What stands between these is code or a comment.
_ENCLOSED = re.compile(
    r"\{%-?\s*(comment|highlight|schema|stylesheet|javascript)\b[^%]{0,200}%\}.{0,9000}?\{%-?\s*end\1\b[^%]{0,200}%\}"
    r"|\{\{<?\s*/\*.{0,9000}?\*/\s*>?\}\}",
    re.DOTALL,
)
#: Bounded, so that a stray brace cannot take a page with it.
_SYNTAX = re.compile(
    r"\*\|[A-Z0-9_:]{2,60}\|\*|\{#.{0,2000}?#\}|\{%.{0,900}?%\}|\{\{\{.{0,900}?\}\}\}|\{\{.{0,900}?\}\}|<%.{0,4000}?%>|<\?(?:php|=).*?(?:\?>|\Z)",
    re.DOTALL,
)
#: What a browser or bundler reads; braces there are its own.
_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_HINTS = ("{{", "{%", "{#", "<%", "<?", "*|")


def white(text: str) -> str:
    """White space of the same length, with the same line ends."""
    return re.sub(r"[^\r\n]", " ", text)


def mask_templates(source: str) -> str:
    """The source with template syntax blanked, every other character at its place."""
    if not any(hint in source for hint in _HINTS):
        return source
    out, position = [], 0
    for code in _CODE.finditer(source):
        out += [_mask(source[position : code.start()]), code[0]]
        position = code.end()
    return "".join([*out, _mask(source[position:])])


def _mask(text: str) -> str:
    text = _TRANSLATED.sub(_keep_argument, text)
    text = _ENCLOSED.sub(lambda match: white(match[0]), text)
    return _SYNTAX.sub(erase, text)


def _keep_argument(match: re.Match[str]) -> str:
    start, end = match.start(2) - match.start(), match.end(2) - match.start()
    return white(match[0][:start]) + match[2] + white(match[0][end:])


def erase(match: re.Match[str]) -> str:
    """White space for what stands on lines of its own; within a line something that has no width."""
    line_start = match.string.rfind("\n", 0, match.start()) + 1
    if not match.string[line_start : match.start()].strip() or "\n" in match[0]:
        return white(match[0])
    return "\u200b" * len(match[0])


def blank(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """Blank sorted ranges as `erase` does; what has been blanked counts as white space."""
    out: list[str] = []
    position, fresh = 0, True
    for start, end in ranges:
        if end <= position:
            continue
        kept, gone = text[position : max(start, position)], text[max(start, position) : end]
        line = kept[kept.rfind("\n") + 1 :]
        fresh = not line.strip() and (fresh or "\n" in kept)
        spaced = fresh or "\n" in gone or gone[:3].lower() == "<br"
        out += [kept, white(gone) if spaced else "\u200b" * len(gone)]
        position = end
    return "".join([*out, text[position:]])
