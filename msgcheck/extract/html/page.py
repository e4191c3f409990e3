"""An HTML page as a Document: title, description and the blocks of its body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgcheck.extract.folding import Folded, Lines, plain
from msgcheck.extract.hero import mark_hero
from msgcheck.extract.html.cut import Run, cut
from msgcheck.extract.html.left_out import left_out
from msgcheck.extract.html.meta import description_of, names_of, title_of
from msgcheck.extract.html.roles import role_of, selector_of
from msgcheck.extract.html.scan import Skeleton, scan
from msgcheck.extract.html.tidy import tidy
from msgcheck.extract.html.tree import Node, build
from msgcheck.extract.language_id import identify_language
from msgcheck.extract.suppressions import read_suppressions
from msgcheck.model import UNSEEN, Block, Document, RawDocument, Skipped

#: A page with scripts and fewer words in its source than this is filled in by them. Chosen by reading pages.
_DRAWN_WORDS = 15
_SECTION_HEADINGS = frozenset({"heading-1", "heading-2", "heading-3"})


def extract_html(raw: RawDocument, source: str) -> Document:
    """Read HTML that has been decoded. Any markup gives a Document, however broken."""
    skeleton = scan(source)
    lines = Lines(source)
    texts = [plain(source[part.start : part.end]) for part in skeleton.stretches]
    root = build(skeleton, texts)
    title = title_of(source, skeleton, lines)
    description = description_of(source, skeleton, lines)
    runs, parts = cut(_body(root), texts, source, skeleton, lines)
    runs = tidy(runs)
    read = [run for run in runs if run.zone.name != "drop"]
    blocks = [*_meta_blocks(title, description), *mark_hero(_blocks(read))]
    copy = " ".join(block.text for block in blocks if block.is_copy)
    name = title.text if title else ""
    return Document(
        key=raw.key,
        source=raw.source,
        kind="html",
        title=name,
        language=identify_language(copy),
        blocks=tuple(blocks),
        visible_words=sum(len(run.text.text.split()) for run in runs if run.node.name != "img"),
        skipped=_skipped(raw, skeleton, blocks),
        suppressions=read_suppressions(
            ((comment.text, lines.place(comment.start)[0]) for comment in skeleton.comments),
            lines.place(len(source))[0],
        ),
        names=names_of(name, source, skeleton),
        left_out=left_out(parts, runs, texts, skeleton, lines),
    )


def _body(root: Node) -> Node:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.name == "body":
            return node
        stack += reversed(node.nodes())
    return root


def _meta_blocks(title: Folded | None, description: Folded | None) -> Iterator[Block]:
    if title is not None:
        yield Block("title", title.text, title.anchors, "title")
    if description is not None:
        yield Block("description", description.text, description.anchors, "meta[name=description]")


def _blocks(runs: Iterable[Run]) -> list[Block]:
    section, blocks = 0, []
    for run in runs:
        role = role_of(run)
        section += role in _SECTION_HEADINGS
        href = run.link.get("href") if run.link is not None else ""
        blocks.append(Block(role, run.text.text, run.text.anchors, selector_of(run.node), section, href))
    return blocks


def _skipped(raw: RawDocument, skeleton: Skeleton, blocks: list[Block]) -> tuple[Skipped, ...]:
    words = sum(len(block.text.split()) for block in blocks if block.is_copy and block.role not in UNSEEN)
    if words >= _DRAWN_WORDS or len(skeleton.scripts) == 0:
        return ()
    return (Skipped(raw.key, "the page is drawn by JavaScript; `--render` reads it as a browser shows it"),)
