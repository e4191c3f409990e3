"""Lists that are kept as compressed bytes read like tuples."""

from __future__ import annotations

import pytest

from msgcheck.model import Skipped
from msgcheck.packed import Joined, Packed

ITEMS = tuple(Skipped(f"page {number}", "is empty") for number in range(7))


def joined() -> Joined[Skipped]:
    return Joined(Packed.of(ITEMS[first:last], Skipped) for first, last in ((0, 3), (3, 3), (3, 7)))


def test_packed_lists_one_after_the_other_read_like_one_tuple() -> None:
    assert joined() == ITEMS
    assert [joined()[place] for place in range(-7, 7)] == [*ITEMS, *ITEMS]
    assert [joined()[first:last] for first, last in ((1, 5), (-2, None))] == [ITEMS[1:5], ITEMS[-2:]]
    assert (len(joined()), len(Joined([]))) == (7, 0)


def test_beyond_the_end_there_is_nothing() -> None:
    with pytest.raises(IndexError):
        joined()[7]
