"""The skeleton as a light tree of nodes that know how much they say."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from bs4 import BeautifulSoup
from bs4.element import Tag

from msgcheck.extract.html.scan import Skeleton

_RIGHTS = re.compile(r"©|\(c\) ?(?:19|20)\d\d|\bcopyright\b|all rights reserved", re.IGNORECASE)
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NO_TOKENS: frozenset[str] = frozenset()
_HEADINGS = {f"h{level}": level for level in range(1, 7)}

#: Pages made by people nest a few dozen deep.
_LINEAGE = 300
#: Cards and answers stand in rows shorter than this.
_FEW = 60
#: White space between two stretches of text.
SPACE = -1


@dataclass(slots=True, eq=False)
class Node:
    """An element. `children` holds nodes, numbers of text stretches, and SPACE.

    `words` and `link_words` count the words below; `links` the links; `heading` is the lowest level of heading
    below or at the node (9 when there is none); `longest` the longest single stretch of text, in words; `first` the
    number of the first stretch (-1 without text); `fields` the fields to fill in; `rights` whether a copyright
    notice stands below.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | int] = field(default_factory=list)
    parent: Node | None = None
    words: int = 0
    link_words: int = 0
    links: int = 0
    heading: int = 9
    longest: int = 0
    first: int = -1
    fields: int = 0
    rights: bool = False

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def nodes(self) -> list[Node]:
        return [child for child in self.children if isinstance(child, Node)]

    def first_nodes(self) -> list[Node]:
        """The first few child nodes: enough to see how a list is built, however long it is."""
        return [child for child in self.children[:_FEW] if isinstance(child, Node)]

    def tokens(self) -> frozenset[str]:
        """The words in class and id, lower case: `site-navMenu` gives site, nav and menu."""
        return _tokens(f"{self.get('class')} {self.get('id')}") if self.attributes else _NO_TOKENS


@lru_cache(maxsize=4096)
def _tokens(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _CLASS_WORD.findall(names))


def lineage(node: Node) -> Iterator[Node]:
    """The node and what it stands in, innermost first; bounded, as hostile pages nest without end."""
    above: Node | None = node
    for _ in range(_LINEAGE):
        if above is None:
            return
        yield above
        above = above.parent


def build(skeleton: Skeleton, texts: Sequence[str]) -> Node:
    """The tree of a skeleton; `texts` are its stretches, read. Deep nesting is no problem."""
    with _without_collection():
        order = _nodes(skeleton)
    _weigh(order, texts)
    return order[0]


@contextmanager
def _without_collection() -> Iterator[None]:
    """A tree is all cycles and no garbage while it grows; looking for some takes a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _nodes(skeleton: Skeleton) -> list[Node]:
    """All nodes of the tree, the root first, parents before their children."""
    soup = BeautifulSoup(skeleton.markup, "lxml", multi_valued_attributes=None)
    root = Node("#document")
    order = [root]
    stack: list[tuple[Tag, Node]] = [(soup, root)]
    while stack:
        tag, node = stack.pop()
        for child in tag.contents:
            if isinstance(child, Tag):
                number = child.attrs.get("n")
                attributes = skeleton.attributes[int(str(number))] if number else {}
                below = Node(child.name, attributes, parent=node)
                node.children.append(below)
                order.append(below)
                if child.contents:
                    stack.append((child, below))
            else:
                node.children += _numbers(str(child))
    return order


def _numbers(text: str) -> list[int]:
    """`12; 13;` as numbers, with SPACE where white space stands between them."""
    if text[:-1].isdecimal():
        return [int(text[:-1])]
    numbers: list[int] = []
    for part in text.split(" "):
        numbers.append(SPACE)
        numbers += [int(number) for number in part.split(";") if number.isdecimal()]
    return numbers[1:]


def _weigh(order: list[Node], texts: Sequence[str]) -> None:
    """Sum up from the leaves; parents stand before their children in `order`."""
    for node in reversed(order):
        for child in node.children:
            if isinstance(child, int) and child >= 0:
                _count(node, child, texts[child])
        if node.name in ("a", "button"):
            node.link_words, node.links = node.words, node.links + 1
        node.fields += node.name == "input"
        node.heading = min(node.heading, _HEADINGS.get(node.name, 9))
        if node.parent is not None:
            _add(node.parent, node)


def _count(node: Node, number: int, text: str) -> None:
    words = text.count(" ") + 1 if text else 0
    node.words += words
    node.longest = max(node.longest, words)
    node.rights = node.rights or _RIGHTS.search(text) is not None
    if words and not 0 <= node.first < number:
        node.first = number


def _add(above: Node, node: Node) -> None:
    above.words += node.words
    above.link_words += node.link_words
    above.links += node.links
    above.fields += node.fields
    above.heading = min(above.heading, node.heading)
    above.longest = max(above.longest, node.longest)
    above.rights = above.rights or node.rights
    if node.first >= 0 and not 0 <= above.first < node.first:
        above.first = node.first
