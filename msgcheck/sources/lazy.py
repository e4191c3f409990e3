"""Raw documents whose bytes are read when they are asked for: a site's pages do not lie in memory all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from msgcheck.model import RawDocument


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that `read` will give, under another key perhaps. `read` raises InputError when it has gone."""

    key: str
    source: str
    read: Callable[[], RawDocument]


def entries_of(documents: Sequence[RawDocument]) -> Sequence[RawDocument | Unread]:
    """The documents with their keys and sources, without reading those that are not read yet."""
    return documents.entries if isinstance(documents, Documents) else documents


class Documents(Sequence[RawDocument]):
    """Documents in order; those that are unread are read anew each time."""

    def __init__(self, entries: Sequence[RawDocument | Unread] = ()) -> None:
        self.entries = tuple(entries)

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> RawDocument: ...
    @overload
    def __getitem__(self, index: slice) -> Documents: ...
    def __getitem__(self, index: int | slice) -> RawDocument | Documents:
        if isinstance(index, slice):
            return Documents(self.entries[index])
        entry = self.entries[index]
        return entry if isinstance(entry, RawDocument) else replace(entry.read(), key=entry.key)

    def __iter__(self) -> Iterator[RawDocument]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(entry.key for entry in self.entries))
