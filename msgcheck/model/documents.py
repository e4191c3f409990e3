"""Pages as they read: raw bytes, blocks with their place in the source, and what was left out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["html", "markdown", "text", "jsx", "yaml", "json", "docx", "email"]

#: Roles of blocks that are on the page but are not the page's copy.
FURNITURE = frozenset({"nav", "footer", "legal", "cookie", "cta-stock"})
#: Roles that a reader does not see in the flow of the page.
UNSEEN = frozenset({"title", "description", "alt"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out on purpose, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a page that is not read as its copy: why, its first words, how many it has, and where it begins."""

    reason: str
    text: str
    words: int
    line: int
    column: int
    selector: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that failed while the run went on. `rule` is empty when reading failed, not a rule."""

    rule: str
    document: str
    error: str

    def __str__(self) -> str:
        """What failed, on one line that names the document once."""
        return self.error if self.document in self.error else f"{self.document}: {self.error}"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """Bytes as they came, with what their origin says about them.

    `key` is short, stable and unique within a run (a path relative to the target, or a URL);
    `source` is what the user can open (a path or a URL); `name` is a file name whose suffix may tell
    the type; `media_type` and `charset` are what an HTTP server declared, lower case, or empty. `found` tells that
    nobody named it: a folder holds it, and it may be no copy at all.
    """

    key: str
    source: str
    name: str
    content: bytes
    media_type: str = ""
    charset: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """Character `offset` of a block's text stands at `line` and `column` of the source (both from 1).

    `width` is how many columns of the source stand for it: more than one for an entity, as `&amp;`.
    """

    offset: int
    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a source file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of copy that a reader takes in as a unit: a heading, paragraph, list item, button.

    `role` is one of: title, description, heading-1..6, hero, body, list-item, cta, quote, table, caption,
    alt, nav, footer, legal, cookie, cta-stock. A `cta-stock` is a button that stands alone and has a label that every
    site has, as "Sign up" or "Contact sales"; it says nothing of what is sold.
    `text` has its white space folded. `anchors` are sorted by offset, the
    first at offset 0; between two anchors the text runs along one source line, a column a character, or is
    what one entity stands for.
    `section` counts the headings (level 1 to 3) passed so far: blocks with the same number stand together.
    `href` is where a link or button leads.
    """

    role: str
    text: str
    anchors: tuple[Anchor, ...]
    selector: str = ""
    section: int = 0
    href: str = ""

    @property
    def line(self) -> int:
        return self.anchors[0].line

    @property
    def column(self) -> int:
        return self.anchors[0].column

    @property
    def is_copy(self) -> bool:
        """Whether a reader takes this for something that the company says (formats.md, 'page copy')."""
        return self.role not in FURNITURE

    def position(self, offset: int) -> Position:
        """Where the character at `offset` stands in the source."""
        anchor = self._anchor(offset)
        return Position(anchor.line, anchor.column + (offset - anchor.offset if anchor.width == 1 else 0))

    def end(self, offset: int) -> Position:
        """The place just past the character at `offset`."""
        anchor = self._anchor(offset)
        past = offset - anchor.offset + 1 if anchor.width == 1 else anchor.width
        return Position(anchor.line, anchor.column + past)

    def _anchor(self, offset: int) -> Anchor:
        return self.anchors[max(0, bisect_right(self.anchors, offset, key=lambda anchor: anchor.offset) - 1)]


@dataclass(frozen=True, slots=True)
class Suppression:
    """A `msgcheck-disable` comment: rule-id prefixes (none = every rule), the source lines it covers, and why."""

    rules: tuple[str, ...]
    first_line: int
    last_line: int
    line: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as it reads. `language` is an ISO 639-1 code, or empty when the text is too short to tell.

    `visible_words` counts every word that the page shows, furniture included; `names` are the names that the
    page's own metadata gives the product or company (og:site_name, JSON-LD name, title part);
    `left_out` tells why parts of the page are not read as copy.
    """

    key: str
    source: str
    kind: DocumentKind
    title: str
    language: str
    blocks: Sequence[Block]
    visible_words: int
    skipped: tuple[Skipped, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    names: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def copy(self) -> Iterator[tuple[int, Block]]:
        """The blocks that are page copy, each with its index in `blocks`."""
        return ((index, block) for index, block in enumerate(self.blocks) if block.is_copy)
