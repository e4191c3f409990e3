"""Zoom's WebVTT, and SRT of any maker: the speaker's name stands in the cue, and cues without one go on."""

from __future__ import annotations

from html import unescape

from msgcheck.extract.transcripts.common import Utterance, make_call
from msgcheck.extract.transcripts.cues import TAG, is_vtt, read_cues
from msgcheck.extract.transcripts.names import Names
from msgcheck.model import Call, RawDocument


def read_zoom(raw: RawDocument, text: str) -> Call:
    """Cues of the form `Name: text`."""
    cues = [(cue, " ".join(unescape(TAG.sub("", cue.text)).split())) for cue in read_cues(text)]
    names = Names.among(said for _, said in cues)
    talk = (Utterance(*names.split(said), cue.start_s, cue.end_s, cue.line) for cue, said in cues)
    return make_call(raw, "zoom-vtt" if is_vtt(text) else "srt", talk)
