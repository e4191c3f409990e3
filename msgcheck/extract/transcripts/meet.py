"""Google Meet's transcripts, as text or Word: attendees, headings with times, `Name: text`, and a tail."""

from __future__ import annotations

import re

from msgcheck.extract.transcripts.plain import read_plain
from msgcheck.model import Call, RawDocument

_HEAD = re.compile(r"(?im)^[^\S\n]*+#*+[^\S\n]*+(?:attendees\b|.*\btranscript[^\S\n]*$)")
_TITLE = re.compile(r"(?im)^[^\S\n]*+#*+(.+)Transcript[^\S\n]*$")
_TAIL = re.compile(r"(?m)^(?:#{1,6}\s+)?(?:Transcription|Meeting) ended after\b")


def looks_like_meet(text: str) -> bool:
    """Whether a list of attendees or a heading with 'Transcript' begins the text, or Meet's tail ends it."""
    return _HEAD.search(text[:2000]) is not None or _TAIL.search(text[-400:]) is not None


def read_meet(raw: RawDocument, text: str) -> Call:
    title = _TITLE.search(text[:2000])
    return read_plain(raw, text, "google-meet", title[1].strip().rstrip("-–—").rstrip() if title else "")
