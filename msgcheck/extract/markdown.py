"""Markdown and MDX as blocks; code, link targets, shortcodes and components are no copy."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from msgcheck.extract.folding import Lines
from msgcheck.extract.front_matter import read_front_matter
from msgcheck.extract.hero import mark_hero
from msgcheck.extract.jsx import scan
from msgcheck.extract.language_id import identify_language
from msgcheck.extract.markdown_reader import Reader
from msgcheck.extract.props import prop_blocks
from msgcheck.extract.suppressions import find_suppressions
from msgcheck.extract.tags import Tags
from msgcheck.extract.templates import blank, erase, mask_templates, white
from msgcheck.model import Block, Document, RawDocument, Skipped

#: What is neither words nor a tag: comments, scripts, attribute lists, container marks, notes on tables of contents.
_FOREIGN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|\{:[^}\n]*\}|\{#[\w-]+\}[ \t]*$|^[ \t]*:::.*$"
    r"|^[ \t]*\[\[?_?TOC_?\]?\][ \t]*$|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_MAYBE_CODE = re.compile(r"^(?:[ \t>*+-]*(?:```|~~~)| {4}|\t)", re.MULTILINE)
#: A line as markdown-it counts them.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_TOP_HEADINGS = frozenset({"heading-1", "heading-2", "heading-3"})


def extract_markdown(raw: RawDocument, source: str, keys: Sequence[str] = ()) -> Document:
    """Read Markdown or MDX that has been decoded; front matter gives title, description and the copy it holds."""
    lines = Lines(source)
    front = read_front_matter(source, keys)
    body = mark_hero(_body(source, front.end, lines, mdx=raw.name.lower().endswith(".mdx")))
    kept, reasons = front.beside(body)
    heading = next((block.text for block in body if block.role == "heading-1"), "")
    return Document(
        key=raw.key,
        source=raw.source,
        kind="markdown",
        title=next((block.text for block in (*kept, *body) if block.role == "title"), heading),
        language=identify_language(" ".join(block.text for block in body or kept)),
        blocks=(*kept, *body),
        visible_words=sum(len(block.text.split()) for block in body if block.role != "alt"),
        skipped=tuple(Skipped(raw.key, reason) for reason in reasons),
        suppressions=(
            *find_suppressions(source[: front.end], "hash"),
            *find_suppressions(source, "html", "mdx"),
        ),
    )


def read_passage(source: str, start: int, end: int, lines: Lines) -> list[Block]:
    """The blocks of Markdown that stands between two offsets of another file, indented as that file wants it."""
    visible, tags = _visible(source[start:end], 0, mdx=False, indented_code=False)
    return list(Reader(visible, lines, tags, start).blocks(textwrap.dedent(visible)))


def _body(source: str, start: int, lines: Lines, *, mdx: bool) -> list[Block]:
    visible, tags = _visible(source, start, mdx=mdx)
    return in_order([*Reader(visible, lines, tags).blocks(), *prop_blocks(source, tags, lines)])


def _visible(source: str, start: int, *, mdx: bool, indented_code: bool = True) -> tuple[str, Tags]:
    """The source with everything blanked that is no Markdown, every character in its place; and the tags in it."""
    text = _without_code(white(source[:start]) + source[start:], indented=indented_code and not mdx)
    if not mdx:
        text = mask_templates(text)
    text = _FOREIGN.sub(erase, text)
    found = scan(text, "mdx" if mdx else "html")
    tags = Tags(text, found)
    hidden = [*tags.skipped, *found.code, *((tag.start, tag.end) for tag in found.tags)]
    return blank(text, sorted(hidden)), tags


def _without_code(text: str, *, indented: bool) -> str:
    """Blank code blocks. Where there are no indented ones, as in MDX, fences count inside elements too."""
    if not _MAYBE_CODE.search(text):
        return text
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    if not indented:
        parser.disable(["code", "html_block"])
    lines = _LINE.findall(text)
    for token in parser.parse(text):
        code = token.type == "code_block" and not token.content.lstrip().startswith("<")
        if token.map and (token.type == "fence" or code):
            for number in range(*token.map):
                lines[number] = white(lines[number])
    return "".join(lines)


def in_order(blocks: list[Block]) -> list[Block]:
    """Blocks as they stand in the source, each with the number of its section."""
    section, ordered = 0, []
    for block in sorted(blocks, key=lambda block: (block.line, block.column)):
        section += block.role in _TOP_HEADINGS
        ordered.append(replace(block, section=section))
    return ordered
