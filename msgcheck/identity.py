"""What makes a finding the same finding in another run: the rule, the page, the words and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from msgcheck.model import Document, Finding

#: So many words on each side of a quote count: enough to tell repeats apart, and few enough that an edit further
#: away leaves the finding the same.
_NEIGHBOURS = 3


class Identity(NamedTuple):
    """All texts as lower-case words with single spaces; `quote` is the note where a whole page is meant."""

    rule: str
    document: str
    quote: str
    before: str
    after: str


def identify(finding: Finding, documents: Mapping[str, Document]) -> Identity:
    """Who a finding is. It has no neighbours where it is not on the words of a page in `documents`."""
    place = finding.primary
    document = documents.get(place.document)
    if document is None or place.block < 0:
        return Identity(finding.rule, place.document, words(place.quote or place.note), "", "")
    text = document.blocks[place.block].text
    before = " ".join(words(text[: place.start]).split()[-_NEIGHBOURS:])
    after = " ".join(words(text[place.end :]).split()[:_NEIGHBOURS])
    return Identity(finding.rule, place.document, words(place.quote), before, after)


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
