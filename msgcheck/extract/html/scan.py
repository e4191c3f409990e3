"""Reduce HTML source to a skeleton whose text is numbered, so that every word keeps its place in the source.

No HTML parser for Python tells the line and column of text. So the source is scanned once; each stretch of text
(and each attribute value that a reader may see) goes into a table with its offset, and only its number goes to the
parser. Wherever the parser then puts the text in the tree, the number leads back to the source. Attributes travel
the same way; scripts, styles and drawings never reach the parser, which makes it several times faster.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from msgcheck.extract.names import names

#: Elements that stand in the flow of a sentence; every other one stands apart.
INLINE = names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q rp rt ruby s",
    "samp small source span strike strong sub sup time tt u var wbr",
)
#: Elements whose content no reader sees, or that hold no copy.
_DROPPED = names(
    "script style noscript template svg iframe object canvas video audio select datalist textarea noembed math"
)
#: Void elements that say nothing; the parser is spared them, and images without a text.
_SILENT = names("link meta input source track param base col hr embed area wbr")
#: Attributes that say what an element is for.
_KEPT = names("class id role hidden style href itemtype aria-hidden aria-controls aria-expanded")
#: Attributes of `<meta>`.
_META = names("name property content")

_TOKEN = re.compile(
    r"""<(?:
        (?P<comment>!--)
      | (?P<other>[!?]|/(?![a-zA-Z]))
      | (?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
        (?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))*+)(?:>|\Z)
    )""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s/=>"']++)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""")
_CLOSERS = {name: re.compile(rf"</{name}\b[^>]*+(?:>|\Z)", re.IGNORECASE) for name in (*_DROPPED, "title")}
#: Fields to fill in reach the parser as `<input>`.
_FIELDS = frozenset({"select", "textarea"})
_NO_FIELD = re.compile(r"""type\s*=\s*["']?(?:hidden|submit|button|reset|image)\b""", re.IGNORECASE)
#: Their content is not markup.
_RAW = frozenset({"script", "style", "textarea"})
_DRAWN = frozenset({"svg", "math"})
#: Tags that end a drawing which was left open (HTML standard, 13.2.6.5).
_BREAKOUT = re.compile(r"<(?:h[1-6]|p|div|ul|ol|li|table|section|blockquote|img|body|center|form)\b", re.IGNORECASE)


class Stretch(NamedTuple):
    """`source[start:end]`, still with its entities."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`markup` is the source with every text replaced by `number;`, an index into `stretches`, and the attributes
    of every element by `n="number"`, an index into `attributes`; there `alt` is again an index into `stretches`.

    `metas` holds the contents of `<meta>` by lower-case name or property, the first of each.
    """

    markup: str
    stretches: tuple[Stretch, ...]
    attributes: tuple[dict[str, str], ...]
    comments: tuple[Comment, ...]
    scripts: tuple[Stretch, ...]
    title: Stretch | None
    metas: dict[str, Stretch]


@dataclass(slots=True)
class _Scan:
    source: str
    out: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    attributes: list[dict[str, str]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    scripts: list[Stretch] = field(default_factory=list)
    title: Stretch | None = None
    metas: dict[str, Stretch] = field(default_factory=dict)
    unclosed_comment: bool = False
    unclosed: set[str] = field(default_factory=set)
    in_line: bool = False
    space: bool = False

    def closer(self, name: str, position: int) -> re.Match[str] | None:
        """The next end tag; what was not found once is not looked for again, so that the scan stays linear."""
        found = None if name in self.unclosed else _CLOSERS[name].search(self.source, position)
        if found is None:
            self.unclosed.add(name)
        return found

    def emit(self, piece: str, *, in_line: bool) -> None:
        """White space counts between two things that stand in one line; elsewhere it is the writer's layout."""
        if self.space and in_line and self.in_line:
            self.out.append(" ")
        self.space, self.in_line = False, in_line
        self.out.append(piece)

    def text(self, start: int, end: int) -> None:
        if start >= end:
            return
        if self.source[start:end].isspace():
            self.space = True
            return
        self.emit(f"{len(self.stretches)};", in_line=True)
        self.stretches.append(Stretch(start, end))

    def tag(self, match: re.Match[str], name: str) -> None:
        in_line = name in INLINE or "-" in name
        start, end = match.span("attributes")
        if match["close"]:
            self.emit(f"</{name}>", in_line=in_line)
            return
        kept = self.read_attributes(start, end) if end > start else {}
        if name == "img" and "alt" not in kept:
            return
        if kept:
            self.emit(f'<{name} n="{len(self.attributes)}">', in_line=in_line)
            self.attributes.append(kept)
        else:
            self.emit(f"<{name}>", in_line=in_line)

    def read_attributes(self, start: int, end: int) -> dict[str, str]:
        kept: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.source, start, end):
            key = name.lower()
            if key in _KEPT:
                kept.setdefault(key, _value(double or single or bare))
            elif key == "alt" and (double or single or bare).strip():
                kept.setdefault("alt", self.alternative(start, end))
        return kept

    def alternative(self, start: int, end: int) -> str:
        """The number of the stretch that the first `alt` holds."""
        for match in _ATTRIBUTE.finditer(self.source, start, end):
            group = match.lastindex or 1
            if match[1].lower() == "alt" and match[group].strip():
                self.stretches.append(Stretch(*match.span(group)))
                break
        return str(len(self.stretches) - 1)

    def meta(self, match: re.Match[str]) -> None:
        """Take the content of a `<meta>` down under its name."""
        found: dict[str, tuple[str, Stretch]] = {}
        for one in _ATTRIBUTE.finditer(self.source, *match.span("attributes")):
            group = one.lastindex or 1
            if group > 1 and (key := one[1].lower()) in _META:
                found.setdefault(key, (one[group], Stretch(one.start(group), one.end(group))))
        name = (found.get("name") or found.get("property") or ("",))[0].lower()
        content = found.get("content")
        if name and content and content[0].strip():
            self.metas.setdefault(name, content[1])


def scan(source: str) -> Skeleton:
    """Scan HTML source; never fails, whatever the markup. Linear in the length of the source."""
    state, position, size = _Scan(source), 0, len(source)
    while position < size:
        match = _TOKEN.search(source, position)
        if match is None:
            state.text(position, size)
            break
        state.text(position, match.start())
        if match["comment"]:
            position = _comment(state, match)
        elif match["other"]:
            position = _after(source, ">", match.end())
        else:
            position = _element(state, match)
    return Skeleton(
        "".join(state.out),
        tuple(state.stretches),
        tuple(state.attributes),
        tuple(state.comments),
        tuple(state.scripts),
        state.title,
        state.metas,
    )


def _comment(state: _Scan, match: re.Match[str]) -> int:
    end = -1 if state.unclosed_comment else state.source.find("-->", match.end() - 2)
    if end < 0:
        state.unclosed_comment = True
        # browsers swallow the rest of the page; losing one tag is kinder to a page that lost its `-->`
        return _after(state.source, ">", match.end())
    state.comments.append(Comment(state.source[match.end() : end], match.start()))
    return end + 3


def _element(state: _Scan, match: re.Match[str]) -> int:
    name = match["name"].lower()
    if match["close"]:
        state.tag(match, "div" if name == "template" else name)
        return match.end()
    if name in _SILENT:
        if name == "meta":
            state.meta(match)
        if name == "input" and not _NO_FIELD.search(match["attributes"]):
            state.emit("<input>", in_line=False)
        return match.end()
    if name in _DROPPED and not (name == "template" and "shadowroot" in match["attributes"].lower()):
        return _drop(state, match, name)
    if name == "title" and state.title is None:
        return _title(state, match)
    state.tag(match, "div" if name == "template" else name)
    return match.end()


def _title(state: _Scan, match: re.Match[str]) -> int:
    """The first title holds text alone; left open, it ends at the next tag."""
    closer = _CLOSERS["title"].search(state.source, match.end())
    end = closer.start() if closer else state.source.find("<", match.end())
    end = end if end >= 0 else len(state.source)
    state.title = Stretch(match.end(), end)
    return closer.end() if closer else end


def _drop(state: _Scan, match: re.Match[str], name: str) -> int:
    """Pass over an element; one that is never closed loses its tag alone, but for scripts, which hide the rest."""
    if name in _FIELDS:
        state.emit("<input>", in_line=False)
    if match["attributes"].endswith("/") and name in _DRAWN:
        return match.end()
    closer = state.closer(name, match.end())
    if closer is None and name not in _RAW:
        return match.end()
    start, end = (closer.start(), closer.end()) if closer else (len(state.source), len(state.source))
    if name in _DRAWN and (breakout := _BREAKOUT.search(state.source, match.end(), start)) is not None:
        foreign = state.source.find("<foreignObject", match.end(), breakout.start())
        if foreign < 0:
            return breakout.start()
    if name == "script":
        state.scripts.append(Stretch(match.start(), start))
    return end


def _value(value: str) -> str:
    return html.unescape(value) if "&" in value else value


def _after(source: str, mark: str, position: int) -> int:
    found = source.find(mark, position)
    return found + 1 if found >= 0 else len(source)
