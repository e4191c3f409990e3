"""One line of a snapshot's manifest: what became of one address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """A page that was kept has `file` and `hash` (SHA-256); `moved_to`, `skipped` and `failed` say what else happened,
    `listing` that it was a sitemap.

    `time` is when it was read, in UTC. `found`, `sitemaps` and `foreign` are what it added to the crawl; they stand
    only in the journal of a crawl that is not finished.
    """

    url: str
    status: int = 0
    time: str = ""
    hash: str = ""
    file: str = ""
    media_type: str = ""
    charset: str = ""
    size: int = 0
    depth: int = 0
    hops: int = 0
    canonical: str = ""
    moved_to: str = ""
    skipped: str = ""
    failed: str = ""
    listing: bool = False
    found: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def line(self) -> str:
        """As JSON, without what is empty."""
        values = {name: value for name in _NAMES if (value := getattr(self, name))}
        return json.dumps(values) + "\n"


_NAMES = tuple(field.name for field in fields(Record))
_LISTS = ("found", "sitemaps", "foreign")


def read_record(values: Mapping[str, Any]) -> Record:
    """A record from its JSON. Raises KeyError or TypeError for what is none."""
    known = {name: values[name] for name in _NAMES if name in values}
    for name, value in known.items():
        expected = list if name in _LISTS else type(getattr(_EMPTY, name))
        if not isinstance(value, expected) or (name in _LISTS and not all(isinstance(item, str) for item in value)):
            raise TypeError(name)
    return Record(**{"url": values["url"], **known, **{name: tuple(known.get(name, ())) for name in _LISTS}})


_EMPTY = Record("")
