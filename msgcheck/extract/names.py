"""Sets of names, written as one reads them."""

from __future__ import annotations


def names(*lists: str) -> frozenset[str]:
    """The space-separated words of each list."""
    return frozenset(name for listed in lists for name in listed.split())
