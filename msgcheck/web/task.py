"""What a check is asked to read, as it travels to a worker."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from msgcheck.digest import update_with
from msgcheck.model import RawDocument


@dataclass(frozen=True, slots=True)
class Task:
    """Pages and calls as bytes, and the address of a page to fetch. With `site`, the pages of the configuration too.

    The project's positioning is read beside them, and with `with_calls` its calls, unless others are given.
    """

    pages: tuple[RawDocument, ...] = ()
    calls: tuple[RawDocument, ...] = ()
    url: str = ""
    site: bool = False
    with_calls: bool = True

    @property
    def repeats(self) -> bool:
        """Whether the same task gives the same report while the project stays as it is."""
        return not self.url and not self.site

    @property
    def is_whole_site(self) -> bool:
        """Whether the project is checked as it is, with its own pages and calls and no others."""
        return self == Task(site=True)

    def digest(self) -> bytes:
        """The same for the same content under the same names."""
        state = hashlib.blake2b(b"calls" if self.with_calls else b"", digest_size=16)
        for documents in (self.pages, self.calls):
            update_with(state, documents)
        return state.digest()
