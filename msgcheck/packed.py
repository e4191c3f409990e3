"""Lists kept as compressed bytes: a run may hold the blocks and sentences of thousands of pages."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")

#: The fastest level; higher ones save a tenth and take three times as long.
_LEVEL = 1


class Packed(Sequence[T]):
    """Reads like a tuple. It is unpacked while it is looked at, and the last few stay unpacked."""

    __slots__ = ("_count", "_kind", "packed")

    def __init__(self, packed: bytes, count: int, kind: type[T]) -> None:
        self.packed = packed
        self._count = count
        self._kind: Any = kind

    @classmethod
    def of(cls, items: Sequence[T], kind: type[T]) -> Packed[T]:
        if isinstance(items, Packed):
            return items
        return cls(zlib.compress(msgspec.msgpack.encode(items, enc_hook=plain), _LEVEL), len(items), kind)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._unpacked()[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._unpacked())

    def _unpacked(self) -> tuple[T, ...]:
        return _unpack(self.packed, self._kind)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash((self.packed, self._count))


class Joined(Sequence[T]):
    """Packed lists, one after the other: reads like one tuple."""

    __slots__ = ("_ends", "parts")

    def __init__(self, parts: Iterable[Packed[T]]) -> None:
        self.parts = tuple(parts)
        self._ends = tuple(accumulate(map(len, self.parts)))

    @classmethod
    def of(cls, items: Sequence[T], kind: type[T]) -> Joined[T]:
        return items if isinstance(items, Joined) else cls([Packed.of(items, kind)])

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        places = range(len(self))[index]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        number = bisect_right(self._ends, places)
        return self.parts[number][places - (self._ends[number] - len(self.parts[number]))]

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.parts)


@lru_cache(maxsize=64)
def _unpack(packed: bytes, kind: Any) -> tuple[Any, ...]:
    values: tuple[Any, ...] = _decoder(kind).decode(zlib.decompress(packed))
    return values


@lru_cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(tuple[kind, ...])


def plain(value: Any) -> Any:
    """What MessagePack does not know: packed lists as tuples, NumPy's numbers as Python's."""
    return tuple(value) if isinstance(value, Packed | Joined) else value.item()
