"""Values of any dataclass, kept in the cache: checked against their type when they come back, else made anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from msgcheck.cache import Cache
from msgcheck.packed import plain

T = TypeVar("T")


class Shelf(Generic[T]):
    """Values of one type in a cache."""

    def __init__(self, cache: Cache, kind: Any) -> None:
        """`kind` is the type T; typing has no way to say so of `tuple[X, ...]`."""
        self._cache = cache
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def get(self, keys: Sequence[bytes]) -> dict[bytes, T]:
        """The values that are there and fit the type, by key."""
        found: dict[bytes, T] = {}
        for key, row in self._cache.get(keys).items():
            try:
                found[key] = self._decode(row)
            except msgspec.DecodeError:
                continue
        return found

    def put(self, entries: Iterable[tuple[bytes, T]]) -> None:
        """Keep values; one that cannot be written as UTF-8 (half a character in a file name) is not kept."""
        rows = [(key, row) for key, value in entries if (row := pack(value)) is not None]
        self._cache.put(rows)


def pack(value: object) -> bytes | None:
    """The value as MessagePack; None when text in it is no UTF-8."""
    try:
        return msgspec.msgpack.encode(value, enc_hook=plain)
    except UnicodeEncodeError:
        return None
