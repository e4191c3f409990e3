"""Scan tags, expressions and module code of HTML in Markdown, MDX and JSX, each with its place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from msgcheck.extract.names import names

Dialect = Literal["html", "mdx", "module"]

_NAME = re.compile(r"[A-Za-z][\w.:-]*")
_SPACE = re.compile(r"\s+")
_ATTRIBUTE = re.compile(r"[^\s=<>/\"'{}`]+")
_UNQUOTED = re.compile(r"[^\s>\"'{}`]*")
#: Code, or backticks that begin none. Its length is bounded, so that a page of backticks is read fast.
_CODE_SPAN = re.compile(r"(`+)(?!`)(?:(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)\1(?!`))?", re.DOTALL)
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'|`((?:[^`\\]|\\.)*+)`", re.DOTALL)
_ONLY_STRING = re.compile(rf"\{{\s*(?:{_STRING.pattern})\s*\}}", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_KEY = re.compile(r"(?:\b([A-Za-z_]\w*)|[\"']([A-Za-z_][\w-]*)[\"'])\s*:\s*$")
#: In a list of strings: what names it, or nothing where it is all that an attribute holds.
_IN_LIST = re.compile(r"(?:(?:\b([A-Za-z_]\w*)|[\"']([A-Za-z_][\w-]*)[\"'])\s*:\s*|\A\{\s*)\[[^\[\]{}]*\Z")
_LONGEST_LIST = 600
#: Before a tag in code there is an operator or bracket; after a word, `<` compares or opens type arguments.
_BEFORE_TAG = re.compile(r"(?:[(,=?:&|{}\[>;]|\breturn|\A)\s*$")
_IN_TEXT: dict[Dialect, re.Pattern[str]] = {
    "html": re.compile(r"[<`]"),
    "mdx": re.compile(r"[<`{]|^(?:import|export)(?=[ \t{*'\"])", re.MULTILINE),
    "module": re.compile(r"[<{]"),
}
_IN_CODE = re.compile(r"[\"'`{}</]|\n[ \t]*(?=\n|\Z)")
_BLANK_BEFORE = re.compile(r"(?:\A|\n[ \t]*\n|(?:\A|\n)(?:import|export)\b[^\n]*\n)\Z")
_VOID = names("area base br col embed hr img input link meta source track wbr")
#: How far back a key or operator may stand before a string or tag.
_LOOK_BACK = 80
#: Braces that never close make a scan start again behind them; so many times, then braces are text.
_RETRIES = 20
#: An attribute's expression may have so many characters.
_LONGEST_EXPRESSION = 20_000


@dataclass(frozen=True, slots=True)
class Value:
    """A string in markup or code; `start` and `end` are those of the characters between the quotes.

    `escaped`: backslashes in it stand for characters, as in JavaScript; else entities do, as in HTML.
    """

    name: str
    start: int
    end: int
    escaped: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """`<name …>` (opens), `</name>` (closes) or `<name …/>` (both). A fragment's name is ''."""

    name: str
    start: int
    end: int
    opens: bool
    closes: bool
    attributes: tuple[Value, ...] = ()

    def href(self, source: str) -> str:
        """Where a link or button leads."""
        found = next((source[item.start : item.end] for item in self.attributes if item.name in ("href", "to")), "")
        return found.replace("\u200b", "")


@dataclass(slots=True)
class Scan:
    """What a scan found, in order. `code` are ranges that are no text; `strings` are properties in code."""

    tags: list[Tag] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    strings: list[Value] = field(default_factory=list)


def scan(source: str, dialect: Dialect) -> Scan:
    """Scan HTML in Markdown, MDX, or a JavaScript module with JSX in it; in time linear in the source."""
    literal: set[int] = set()
    while len(literal) < _RETRIES:
        scanner = _Scanner(source, dialect, literal)
        unclosed = scanner.run()
        if unclosed is None or dialect == "module":
            return scanner.found
        literal.add(unclosed)
    scanner = _Scanner(source, "html", literal)
    scanner.run()
    return scanner.found


@dataclass(frozen=True, slots=True)
class _Open:
    """Something that has begun: an element by its name, braces, or MDX's import and export lines."""

    kind: Literal["element", "braces", "lines"]
    start: int
    name: str = ""


class _Scanner:
    def __init__(self, source: str, dialect: Dialect, literal: set[int], attribute: str = "") -> None:
        self.found = Scan()
        self._attribute = attribute
        self._source = source
        self._dialect: Dialect = dialect
        self._literal = literal
        self._stack: list[_Open] = []
        self._code_from = 0
        self._failures = 0

    def run(self) -> int | None:
        """Scan all; where braces never close, gives the offset at which code began that must be text."""
        place = 0
        while place < len(self._source):
            pattern = _IN_CODE if self._in_code else _IN_TEXT[self._dialect]
            match = pattern.search(self._source, place)
            if match is None:
                break
            place = self._code(match.start()) if self._in_code else self._text(match.start())
        if self._in_code and (not self._stack or self._stack[-1].kind == "lines"):
            self.found.code.append((self._code_from, len(self._source)))
        if all(item.kind != "braces" for item in self._stack):
            return None
        return next(item.start for item in self._stack if item.kind != "element")

    @property
    def _in_code(self) -> bool:
        return self._stack[-1].kind != "element" if self._stack else self._dialect == "module"

    def _enter(self, item: _Open) -> None:
        if not self._in_code:
            self._code_from = item.start
        self._stack.append(item)

    def _leave(self, end: int) -> None:
        self._stack.pop()
        if not self._in_code:
            self.found.code.append((self._code_from, end))

    def _text(self, place: int) -> int:
        character = self._source[place]
        if character == "<":
            return self._tag(place)
        if character == "`":
            span = _CODE_SPAN.match(self._source, place) if self._dialect != "module" else None
            return span.end() if span else place + 1
        if character == "{":
            return self._braces(place)
        if (
            not self._stack
            and place not in self._literal
            and _BLANK_BEFORE.search(self._source, max(0, place - 400), place)
        ):
            self._enter(_Open("lines", place))
        return place + 1

    def _braces(self, place: int) -> int:
        if place in self._literal:
            return place + 1
        only = _ONLY_STRING.match(self._source, place)
        if only is not None and "${" not in only[0]:
            start, end = next(only.span(group) for group in (1, 2, 3) if only[group] is not None)
            self.found.code += [(place, start), (end, only.end())]
            return only.end()
        self._enter(_Open("braces", place))
        return place + 1

    def _code(self, place: int) -> int:
        match self._source[place]:
            case "{":
                self._enter(_Open("braces", place))
            case "}":
                if self._stack and self._stack[-1].kind == "braces":
                    self._leave(place + 1)
            case "<":
                before = self._source[max(0, place - _LOOK_BACK) : place]
                return self._tag(place) if _BEFORE_TAG.search(before) else place + 1
            case "/":
                comment = _COMMENT.match(self._source, place)
                return comment.end() if comment else place + 1
            case "\n":
                if self._stack and self._stack[-1].kind == "lines":
                    self._leave(place)
            case _:
                return self._string(place)
        return place + 1

    def _string(self, place: int) -> int:
        string = _STRING.match(self._source, place)
        if string is None:
            return place + 1
        key = self._key(place)
        if key and "${" not in string[0]:
            start, end = next(string.span(group) for group in (1, 2, 3) if string[group] is not None)
            self.found.strings.append(Value(key, start, end, escaped=True))
        return string.end()

    def _key(self, place: int) -> str:
        """The name of the property whose value, or an entry of whose value, begins here."""
        before = self._source[max(0, place - _LOOK_BACK) : place]
        if (key := _KEY.search(before)) is not None:
            return key[1] or key[2]
        nearby = self._source[max(0, place - _LONGEST_LIST) : place]
        # Most strings stand in no list, which this tells far faster than the pattern does.
        if nearby.rfind("[") <= max(map(nearby.rfind, "]{}")) or (entry := _IN_LIST.search(nearby)) is None:
            return ""
        return entry[1] or entry[2] or self._attribute

    def _tag(self, place: int) -> int:
        tag = self._parse_tag(place)
        if tag is None:
            return place + 1
        nested = self._in_code
        if nested:
            self.found.code.append((self._code_from, tag.start))
        self.found.tags.append(tag)
        if tag.opens and not tag.closes:
            if nested or self._stack:
                self._stack.append(_Open("element", place, tag.name))
        elif tag.closes and not tag.opens:
            self._close(tag.name)
        if self._in_code:
            self._code_from = tag.end
        return tag.end

    def _close(self, name: str) -> None:
        """Close the nearest open element of that name, unless it lies outside the current braces."""
        for depth in range(len(self._stack) - 1, -1, -1):
            if self._stack[depth].kind != "element":
                return
            if self._stack[depth].name == name:
                del self._stack[depth:]
                return

    def _parse_tag(self, place: int) -> Tag | None:
        source = self._source
        after = place + 1
        closing = source.startswith("/", after)
        after += closing
        name = _NAME.match(source, after)
        if name is None:
            bare = source.startswith(">", after) and self._dialect != "html"
            return Tag("", place, after + 1, not closing, closing) if bare else None
        if closing:
            end = self._skip_space(name.end())
            return Tag(name[0], place, end + 1, opens=False, closes=True) if source.startswith(">", end) else None
        attributes: list[Value] = []
        end = self._attributes(name.end(), attributes)
        if end < 0:
            return None
        plain = name[0].lower() if self._dialect == "html" else name[0]
        closed = source[end - 2] == "/" or plain in _VOID
        return Tag(name[0], place, end, opens=True, closes=closed, attributes=tuple(attributes))

    def _attributes(self, place: int, found: list[Value]) -> int:
        """Where the tag ends; -1 when it is no tag."""
        source = self._source
        while True:
            place = self._skip_space(place)
            if source.startswith(">", place):
                return place + 1
            if source.startswith("/>", place):
                return place + 2
            if source.startswith("{", place) and self._dialect != "html":
                place = self._expression(place, "", found)
            else:
                name = _ATTRIBUTE.match(source, place)
                place = self._value(name.end(), name[0], found) if name else -1
            if place < 0:
                return -1

    def _value(self, place: int, name: str, found: list[Value]) -> int:
        source = self._source
        equals = self._skip_space(place)
        if not source.startswith("=", equals):
            return place
        start = self._skip_space(equals + 1)
        quote = source[start : start + 1]
        if quote in ('"', "'"):
            end = source.find(quote, start + 1)
            found.append(Value(name, start + 1, end))
            return end + 1 if end >= 0 else -1
        if quote == "{" and self._dialect != "html":
            return self._expression(start, name, found)
        unquoted = _UNQUOTED.match(source, start)
        end = unquoted.end() if unquoted else start
        found.append(Value(name, start, end))
        return end

    def _skip_space(self, place: int) -> int:
        space = _SPACE.match(self._source, place)
        return space.end() if space else place

    def _expression(self, place: int, name: str, found: list[Value]) -> int:
        """An attribute's `{…}`: a lone string is its value; strings in objects count as properties."""
        if self._failures >= _RETRIES:
            return -1
        inner = _Scanner(self._source[place : place + _LONGEST_EXPRESSION], "module", set(), name)
        end = inner._matching_brace()
        if end < 0:
            self._failures += 1
            return -1
        only = _ONLY_STRING.fullmatch(self._source, place, place + end)
        if only is not None and "${" not in only[0]:
            start, stop = next(only.span(group) for group in (1, 2, 3) if only[group] is not None)
            found.append(Value(name, start, stop, escaped=True))
        for item in inner.found.strings:
            self.found.strings.append(Value(item.name, place + item.start, place + item.end, escaped=True))
        return place + end

    def _matching_brace(self) -> int:
        """Where the braces that begin the source end; -1 when they do not."""
        depth, place = 0, 0
        while (match := _IN_CODE.search(self._source, place)) is not None:
            place = match.end()
            match match[0]:
                case "{":
                    depth += 1
                case "}":
                    depth -= 1
                    if depth == 0:
                        return place
                case '"' | "'" | "`":
                    place = self._string(match.start())
                case "/":
                    comment = _COMMENT.match(self._source, match.start())
                    place = comment.end() if comment else place
        return -1
