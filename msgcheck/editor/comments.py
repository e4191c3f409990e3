"""Where a comment can stand that silences a rule, and the page still says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from msgcheck.editor.checker import Buffer
from msgcheck.errors import MsgcheckError
from msgcheck.extract.front_matter import read_front_matter
from msgcheck.extract.jsx import scan
from msgcheck.extract.pages import extract_page
from msgcheck.model import Document, Finding

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
#: How comments begin and end, by what the suffix says of the file; JSON has none.
_HTML, _BRACES, _HASH = ("<!-- ", " -->"), ("{/* ", " */}"), ("# ", "")
_BRACED = frozenset({".mdx", ".jsx", ".tsx"})
_HASHED = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text to put in at a line and column, which count from 1 and in characters."""

    line: int
    column: int
    text: str


class Silencer:
    """Finds the comments for one page. `keys`: which fields of data are copy, as in the configuration."""

    def __init__(self, buffer: Buffer, document: Document, keys: Sequence[str]) -> None:
        self._buffer = buffer
        self._document = document
        self._keys = keys
        self._lines = [match[0] for match in _LINE.finditer(buffer.text)]
        self._end = "\r\n" if "\r\n" in buffer.text else "\n"
        self._suffix = buffer.path.suffix.lower()
        self._front = self._line_at(read_front_matter(buffer.text).end)

    def on_line(self, finding: Finding) -> Insertion | None:
        """The comment that silences a finding's rule on its line; None where none can stand."""
        line = finding.primary.line
        return next((found for found in self._beside(line, finding.rule) if self._holds(found, finding)), None)

    def on_page(self, finding: Finding) -> Insertion | None:
        """The comment that silences a finding's rule on the whole page."""
        found = Insertion(self._front, 1, f"{self._comment('disable', finding.rule)}{self._end}")
        return found if self._holds(found, finding) else None

    def _beside(self, line: int, rule: str) -> Iterator[Insertion]:
        """On a line of its own, or at the end of the line above where it would part what belongs together."""
        if not 1 <= line <= len(self._lines):
            return
        fields = line < self._front
        comment = self._comment("disable-next-line", rule, fields=fields)
        indent = re.match(r"[ \t]*", self._lines[line - 1])
        own = Insertion(line, 1, f"{indent[0] if indent else ''}{comment}{self._end}")
        above = self._lines[line - 2].rstrip() if line > 1 else ""
        if fields or self._document.kind in ("html", "yaml", "json") or not above or line == self._front:
            yield own
        else:
            yield Insertion(line - 1, len(above) + 1, f" {comment}")
            yield own

    def _comment(self, directive: str, rule: str, *, fields: bool = False) -> str:
        hashed = fields or self._suffix in _HASHED
        before, after = _HASH if hashed else _BRACES if self._suffix in _BRACED else _HTML
        return f"{before}msgcheck-{directive} {rule}{after}"

    def _holds(self, insertion: Insertion, finding: Finding) -> bool:
        """Whether the page, read with the comment, says the same and has the finding's line silenced."""
        start = sum(map(len, self._lines[: insertion.line - 1])) + insertion.column - 1
        if self._in_markup(start):
            return False
        text = f"{self._buffer.text[:start]}{insertion.text}{self._buffer.text[start:]}"
        try:
            read = extract_page(replace(self._buffer, text=text).raw(self._document.key), self._keys)
        except MsgcheckError:
            return False
        line = finding.primary.line + insertion.text.count("\n")
        same = [(block.role, block.text) for block in read.blocks] == [
            (block.role, block.text) for block in self._document.blocks
        ]
        return same and any(
            finding.rule in item.rules and item.first_line <= line <= item.last_line for item in read.suppressions
        )

    def _in_markup(self, offset: int) -> bool:
        """Whether a place lies inside a tag or code of a component, where a comment would break it."""
        if self._suffix not in _BRACED:
            return False
        found = scan(self._buffer.text, "mdx" if self._suffix == ".mdx" else "module")
        ranges = [*found.code, *((tag.start, tag.end) for tag in found.tags)]
        return any(start < offset < end for start, end in ranges)

    def _line_at(self, offset: int) -> int:
        return self._buffer.text.count("\n", 0, offset) + 1
