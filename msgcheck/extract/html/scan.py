"""Reduce HTML source to a skeleton whose text is numbered, so that every word keeps its place in the source.

No HTML parser for Python tells the line and column of text. So the source is scanned once; each stretch of text
(and each attribute value that a reader may see) goes into a table with its offset, and only its number goes to the
parser. Wherever the parser then puts the text in the tree, the number leads back to the source. Scripts, styles,
drawings and unused attributes never reach the parser, which makes it several times faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgcheck.extract.html.names import names

#: Elements whose content no reader sees, or that hold no copy.
_DROPPED = names(
    "script style noscript template svg iframe object canvas video audio select datalist textarea noembed math"
)
#: Attributes that say what an element is for; the values go to the parser as they are.
_KEPT = names("class id role hidden style href name property type rel open aria-hidden aria-modal data-nosnippet")
#: Attributes whose value a reader (or a search engine) sees; the values go into the table.
_SEEN = names("alt content")

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
#: Their content is not markup.
_RAW = frozenset({"script", "style", "textarea"})
_DRAWN = frozenset({"svg", "math"})
#: Tags that end a drawing which was left open (HTML standard, 13.2.6.5).
_BREAKOUT = re.compile(r"<(?:h[1-6]|p|div|ul|ol|li|table|section|blockquote|img|body|center|form)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """`source[start:end]`, still with its entities."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`markup` is the source with every text replaced by `number;`, an index into `stretches`."""

    markup: str
    stretches: tuple[Stretch, ...]
    comments: tuple[Comment, ...]
    scripts: tuple[Stretch, ...]
    noscript: tuple[Stretch, ...]


@dataclass(slots=True)
class _Scan:
    source: str
    out: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    dropped: dict[str, list[Stretch]] = field(default_factory=dict)
    titled: bool = False
    unclosed_comment: bool = False
    unclosed: set[str] = field(default_factory=set)

    def closer(self, name: str, position: int) -> re.Match[str] | None:
        """The next end tag; what was not found once is not looked for again, so that the scan stays linear."""
        found = None if name in self.unclosed else _CLOSERS[name].search(self.source, position)
        if found is None:
            self.unclosed.add(name)
        return found

    def number(self, start: int, end: int) -> str:
        self.stretches.append(Stretch(start, end))
        return f"{len(self.stretches) - 1};"

    def text(self, start: int, end: int) -> None:
        if start >= end:
            return
        blank = _SPACE.match(self.source, start, end)
        if blank is not None and blank.end() == end:
            self.out.append(" ")
        else:
            self.out.append(self.number(start, end))

    def tag(self, match: re.Match[str], name: str) -> None:
        attributes = match.group("attributes")
        if match.group("close"):
            self.out.append(f"</{name}>")
        elif attributes:
            self.out.append(f"<{name}{self._attributes(match.start('attributes'), match.end('attributes'))}>")
        else:
            self.out.append(f"<{name}>")

    def _attributes(self, start: int, end: int) -> str:
        kept = []
        for match in _ATTRIBUTE.finditer(self.source, start, end):
            key = match[1].lower()
            if key not in _KEPT and key not in _SEEN:
                continue
            group = match.lastindex or 1
            value = match[group] if group > 1 else ""
            if key in _SEEN:
                value = self.number(match.start(group), match.end(group)) if value.strip() else ""
            kept.append(f' {key}="{_quoted(value)}"')
        return "".join(kept)


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
        tuple(state.comments),
        tuple(state.dropped.get("script", ())),
        tuple(state.dropped.get("noscript", ())),
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
    opening = not match["close"]
    if opening and name in _DROPPED and not (name == "template" and "shadowroot" in match["attributes"].lower()):
        return _drop(state, match, name)
    if opening and name == "title" and not state.titled:
        state.titled = True
        closer = _CLOSERS[name].search(state.source, match.end())
        end = closer.start() if closer else match.end()
        state.out.append("<title>")
        state.text(match.end(), end)
        return end
    state.tag(match, "div" if name == "template" else name)
    return match.end()


def _drop(state: _Scan, match: re.Match[str], name: str) -> int:
    """Pass over an element; one that is never closed loses its tag alone, but for scripts, which hide the rest."""
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
    state.dropped.setdefault(name, []).append(Stretch(match.start(), start))
    return end


def _after(source: str, mark: str, position: int) -> int:
    found = source.find(mark, position)
    return found + 1 if found >= 0 else len(source)


def _quoted(value: str) -> str:
    return value.replace('"', "&quot;")
