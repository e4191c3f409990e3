"""The fields above a page's text (YAML between `---`, TOML between `+++`): title, description and other copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.errors import InputError
from msgcheck.extract.folding import Folder, Lines
from msgcheck.extract.leaves import Leaf, choose, leaf_blocks
from msgcheck.extract.toml_leaves import toml_leaves
from msgcheck.extract.yaml_leaves import yaml_leaves
from msgcheck.model import Block

_FENCED = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?(?:\n|(?=\1)))\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PLAIN_FIELD = re.compile(r"^(title|description)[ \t]*[:=][ \t]*([\"']?)(.+?)\2[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`end` is where the page's text begins. `fields` are blocks, each with the field that holds it."""

    end: int = 0
    fields: tuple[tuple[tuple[str, ...], Block], ...] = ()
    complaint: str = ""

    def beside(self, body: Sequence[Block]) -> tuple[list[Block], list[str]]:
        """The blocks that the page does not repeat below, and why others were left out.

        A list of questions or features that stands in the text as well is there for machines.
        """
        shown = {block.text.casefold() for block in body}
        repeated = {
            field[:1] if len(field) > 1 else field
            for field, block in self.fields
            if block.role not in ("title", "description") and block.text.casefold() in shown
        }
        kept = [block for field, block in self.fields if field[:1] not in repeated]
        reasons = [f"front matter `{'.'.join(field)}` repeats the page's text" for field in sorted(repeated)]
        return kept, [*reasons, *([self.complaint] if self.complaint else [])]


def read_front_matter(source: str, keys: Sequence[str] = ()) -> FrontMatter:
    """The front matter of a page, empty where it has none. `keys` choose fields as for data files."""
    fenced = _FENCED.match(source)
    if fenced is None:
        return FrontMatter()
    lines = Lines(source)
    start, end = fenced.span(2)
    read = yaml_leaves if fenced[1] == "---" else toml_leaves
    try:
        leaves = list(read(source, start, end, "front matter"))
    except InputError as error:
        return FrontMatter(fenced.end(), tuple(_plain_fields(source, start, end, lines)), error.message.rstrip("."))
    return FrontMatter(fenced.end(), tuple(_fields(leaves, source, lines, keys)))


def _fields(
    leaves: Sequence[Leaf], source: str, lines: Lines, keys: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], Block]]:
    for role, leaf in choose(leaves, keys):
        for block in leaf_blocks(role, leaf, source, lines):
            yield leaf.keys, block


def _plain_fields(source: str, start: int, end: int, lines: Lines) -> Iterator[tuple[tuple[str, ...], Block]]:
    """Title and description of front matter that cannot be parsed (an unquoted colon is common)."""
    for match in _PLAIN_FIELD.finditer(source, start, end):
        folder = Folder()
        folder.add(match[3], match.start(3))
        if folder:
            folded = folder.finish(lines)
            yield (match[1],), Block(match[1], folded.text, folded.anchors, match[1])
