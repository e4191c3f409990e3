"""Strings as source code writes them (JSON, YAML, JavaScript, HTML attributes), folded with their places."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgcheck.extract.folding import Folded, Folder, Lines

#: A character and where it stands; a run of characters stands unbroken.
Piece = tuple[str, int]

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}"
    r"|U[0-9a-fA-F]{8}|\r?\n[ \t]*|.)",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?")
_SIMPLE = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "b": "",
    "f": " ",
    "v": " ",
    "0": "",
    "a": "",
    "e": "",
    "N": "\n",
    "_": "\u00a0",
}
#: Emphasis and code, which mark words on both sides.
_PAIR = re.compile(r"(\*\*|__|`)(?=\S)([^`\n]{1,300}?)(?<=\S)\1")
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
#: Inline markup that writers put into strings: tags, link targets, template syntax.
_INLINE = re.compile(
    r"</?[a-zA-Z][^<>\n]{0,300}>|\]\([^()\s]{0,500}(?:\s+\"[^\"]*\")?\)|(?<!\w)\[(?=[^\[\]\n]{1,200}\]\()"
    r"|\{\{[^{}]*\}\}|\{%[^%]*%\}|\$\{[^{}]*\}|\{[\w.]*\}|%\{\w+\}|%\(\w+\)[sd]|\$t\([^()]*\)"
)


def unescaped(source: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a string in which a backslash stands for a character."""
    position = start
    for escape in _ESCAPE.finditer(source, start, end):
        yield source[position : escape.start()], position
        yield _character(escape[0]), escape.start()
        position = escape.end()
    yield source[position:end], position


def _character(escape: str) -> str:
    kind = escape[1:2]
    if kind in "\r\n":
        return ""
    digits = escape[2:].strip("{}")
    if kind == "u" and "\\" in digits:
        return str(json.loads(f'"{escape}"'))
    if kind in "uUx" and digits:
        code = int(digits, 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return _SIMPLE.get(kind, kind)


def entities(source: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a string in which entities stand for characters."""
    position = start
    for entity in _ENTITY.finditer(source, start, end):
        if (decoded := html.unescape(entity[0])) != entity[0]:
            yield source[position : entity.start()], position
            yield decoded, entity.start()
            position = entity.end()
    yield source[position:end], position


def doubled(source: str, start: int, end: int, quote: str) -> Iterator[Piece]:
    """The pieces of a string in which a doubled quote stands for one."""
    position = start
    while (found := source.find(quote * 2, position, end)) >= 0:
        yield source[position : found + 1], position
        position = found + 2
    yield source[position:end], position


def paragraphs(pieces: Iterable[Piece], lines: Lines) -> Iterator[Folded]:
    """The paragraphs of a string, inline markup left out; those without words are dropped."""
    kept = [piece for piece in pieces if piece[0]]
    starts = [0, *accumulate(len(text) for text, _ in kept)]
    text = _INLINE.sub(lambda match: "\u200b" * len(match[0]), "".join(text for text, _ in kept))
    text = _PAIR.sub(lambda match: "\u200b" * len(match[1]) + match[2] + "\u200b" * len(match[1]), text)
    begun = 0
    for gap in [*_GAP.finditer(text), None]:
        folder, end = Folder(), gap.start() if gap else len(text)
        for index in range(bisect_right(starts, begun) - 1, bisect_left(starts, end)):
            first, last = max(starts[index], begun), min(starts[index + 1], end)
            folder.add(text[first:last], kept[index][1] + first - starts[index])
        if folder:
            yield folder.finish(lines)
        begun = gap.end() if gap else end
