"""Find the lines under a page's main heading: what a first-time reader takes in with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from msgcheck.model import Block

#: A headline is followed by one or two lines that explain it; what comes later is the page itself.
_LINES = 2


def mark_hero(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the body text right under the main heading made `hero`; the heading keeps its role."""
    marked = list(blocks)
    start = _main_heading(blocks)
    found = 0
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if block.role.startswith("heading") or found == _LINES:
            break
        if block.role == "body":
            marked[index] = replace(block, role="hero")
            found += 1
    return marked


def _main_heading(blocks: Sequence[Block]) -> int:
    """The first `heading-1`, else the first `heading-2`; past the end when there is neither."""
    for role in ("heading-1", "heading-2"):
        for index, block in enumerate(blocks):
            if block.role == role:
                return index
    return len(blocks)
