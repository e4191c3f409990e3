"""What pages and agreed messages are called in pictures: short enough to read, and never two alike."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from msgcheck.model import Positioning
from msgcheck.report.plain import plain


@dataclass(frozen=True, slots=True)
class Names:
    """`pages` gives the part of each key that differs from the others', `messages` the agreed texts by their ids."""

    product: str
    category: str
    pages: Mapping[str, str]
    messages: Mapping[str, str]

    @classmethod
    def of(cls, keys: Iterable[str], agreed: Positioning | None) -> Names:
        shown = {key: plain(key) for key in keys}
        cut = _shared(list(shown.values()))
        messages = {message.id: plain(message.text) for message in agreed.messages} if agreed else {}
        return cls(
            product=plain(agreed.product) if agreed else "",
            category=plain(agreed.category) if agreed else "",
            pages={key: name[cut:] or name for key, name in shown.items()},
            messages=messages,
        )

    def page(self, key: str) -> str:
        return self.pages.get(key, plain(key))

    def message(self, id: str) -> str:
        return self.messages.get(id, plain(id))


def _shared(names: Sequence[str]) -> int:
    """The length of the folders, or the host, that all names begin with."""
    parts = [name.split("/")[:-1] for name in names]
    same = takewhile(lambda level: len(set(level)) == 1, zip(*parts, strict=False))
    return sum(len(level[0]) + 1 for level in same) if len(names) > 1 else 0


def shortened(name: str, most: int) -> str:
    """At most so many characters: the ends of a name tell more than its middle."""
    if len(name) <= most:
        return name
    head = (most - 1) // 3
    return f"{name[:head]}…{name[head + 1 - most :]}"


def folded(text: str, width: int, lines: int) -> Sequence[str]:
    """The text in a few lines of so many characters, cut off at a word where it is longer."""
    return textwrap.wrap(text, width, max_lines=lines, placeholder=" …", break_on_hyphens=True) or [""]
