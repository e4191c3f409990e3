"""The skeleton as a light tree of nodes that know how much they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

_NUMBER = re.compile(r"(\d+);|(\s+)")
_RIGHTS = re.compile(r"©|\(c\) ?(?:19|20)\d\d|\bcopyright\b|all rights reserved", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_CLASS_WORD = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])|[a-z]+|\d+")

#: Pages made by people nest a few dozen deep.
_LINEAGE = 300
#: White space between two stretches of text.
SPACE = -1


@dataclass(slots=True, eq=False)
class Node:
    """An element. `children` holds nodes, numbers of text stretches, and SPACE.

    `words` and `link_words` count the words below; `links` the links; `headings` the lowest level of heading
    below or at the node (9 when there is none); `longest` the longest single stretch of text, in words; `first` the
    number of the first stretch (-1 without text); `rights` whether a copyright notice stands below.
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
    rights: bool = False

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def nodes(self) -> list[Node]:
        return [child for child in self.children if isinstance(child, Node)]

    def tokens(self) -> set[str]:
        """The words in class and id, lower case: `site-navMenu` gives site, nav and menu."""
        both = f"{self.get('class')} {self.get('id')}"
        return {word.lower() for word in _CLASS_WORD.findall(both)}


def lineage(node: Node) -> Iterator[Node]:
    """The node and what it stands in, innermost first; bounded, as hostile pages nest without end."""
    above: Node | None = node
    for _ in range(_LINEAGE):
        if above is None:
            return
        yield above
        above = above.parent


def build(markup: str, texts: list[str]) -> Node:
    """The tree of a skeleton; `texts` are its stretches, read. Deep nesting is no problem."""
    soup = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    root = Node("#document")
    order = [root]
    stack: list[tuple[Tag, Node]] = [(soup, root)]
    while stack:
        tag, node = stack.pop()
        for child in tag.contents:
            if isinstance(child, Tag):
                below = Node(child.name, dict(child.attrs), parent=node)  # type: ignore[arg-type]
                node.children.append(below)
                order.append(below)
                stack.append((child, below))
            elif type(child) is NavigableString:
                node.children += [int(match[1]) if match[1] else SPACE for match in _NUMBER.finditer(child)]
    _weigh(order, texts)
    return root


def _weigh(order: list[Node], texts: list[str]) -> None:
    """Sum up from the leaves; parents stand before their children in `order`."""
    for node in reversed(order):
        for child in node.children:
            if isinstance(child, int) and child >= 0:
                count = len(_WORD.findall(texts[child]))
                node.words += count
                node.longest = max(node.longest, count)
                node.rights = node.rights or _RIGHTS.search(texts[child]) is not None
                if count and not 0 <= node.first < child:
                    node.first = child
        if node.name in ("a", "button"):
            node.link_words, node.links = node.words, node.links + 1
        if len(node.name) == 2 and node.name[0] == "h" and node.name[1] in "123456":
            node.heading = int(node.name[1])
        above = node.parent
        if above is not None:
            above.words += node.words
            above.link_words += node.link_words
            above.links += node.links
            above.heading = min(above.heading, node.heading)
            above.longest = max(above.longest, node.longest)
            above.rights = above.rights or node.rights
            if node.first >= 0 and not 0 <= above.first < node.first:
                above.first = node.first
