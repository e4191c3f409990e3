"""Words and sentences: the spaCy pipeline, shipped or configured."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck.errors import ModelError
from msgcheck.language.shipped import checked
from msgcheck.language.values import Token

if TYPE_CHECKING:
    from spacy.language import Language as SpacyLanguage
    from spacy.tokens import Doc

_SHIPPED = Path(__file__).parent / "pipeline"
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Longer texts are read in pieces of at most so many characters, each alone: 20,000 take some 45 MB while they are read
#: (measured on one sentence of 200,000), and a page or turn may have millions.
_LONGEST = 20_000
#: Words that headlines in title case leave small.
_SMALL = frozenset(
    "a an and as at but by for from in into is nor of on or our over per so than the to up via vs with your".split()  # noqa: SIM905
)
#: A text is in title case when so large a share of its longer words begin with a capital.
_TITLE_SHARE = 0.8


def recased(text: str) -> str:
    """The text in lower case when its capitals carry no news (ALL CAPS, Title Case); else as it is.

    Offsets stay the same: where lower-casing would change the length, the text is left alone.
    """
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL]
    if len(words) < 2:
        return text
    capitals = sum(word[0].isupper() for word in words)
    lower = text.lower()
    return lower if capitals >= _TITLE_SHARE * len(words) and len(lower) == len(text) else text


class SpacyPipeline:
    """The shipped pipeline, or a spaCy package or folder by name (`en_core_web_sm` and its like drop in).

    Needs parts of speech, lemmas and sentence starts from it, and no dependency labels.
    """

    def __init__(self, name: str = "") -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name or "msgcheck"

    @cached_property
    def _nlp(self) -> SpacyLanguage:
        try:
            with nullcontext() if self._name else _without_torch():
                import spacy
                from thinc.api import use_ops

            # NumPy's matrix products are three times as fast as blis's, which halves the time a text takes.
            with use_ops("numpy", use_blis=False):
                return spacy.load(self._name or checked(_SHIPPED), exclude=["ner"])
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"The spaCy pipeline {self.name!r} cannot be loaded.",
                "Install it, or leave out `[language] nlp` to use the one that comes with msgcheck.",
            ) from error

    def sentences(self, texts: Sequence[str]) -> Iterator[list[tuple[int, int, tuple[Token, ...]]]]:
        """For each text its sentences as (start, end, tokens); tokens count from the start of their sentence."""
        docs = self._nlp.pipe((recased(text) for text in texts if len(text) <= _LONGEST), batch_size=128)
        for text in texts:
            if len(text) <= _LONGEST:
                yield list(_sentences(text, next(docs)))
            else:
                yield [
                    found for at, piece in _pieces(text) for found in _sentences(piece, self._nlp(recased(piece)), at)
                ]


@contextmanager
def _without_torch() -> Iterator[None]:
    """Let thinc, which looks for PyTorch when it is imported, not find it: the shipped pipeline is plain NumPy, and
    importing PyTorch takes as long as everything else together. Later imports find it again."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A long text in pieces, each with its place: they end where a sentence does, or else a word, if either does."""
    start = 0
    while start < len(text):
        end = start + _LONGEST
        if end < len(text):
            ends = (text.rfind(mark, start, end) + len(mark) for mark in (". ", " ") if mark in text[start:end])
            end = next(ends, end)
        yield start, text[start:end]
        start = end


def _sentences(text: str, doc: Doc, at: int = 0) -> Iterator[tuple[int, int, tuple[Token, ...]]]:
    for first, last in _spans(doc, text):
        start, end, tokens = _sentence(text, doc, first, last)
        yield at + start, at + end, tokens


def _spans(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """Token ranges of sentences: a start that the pipeline sees counts only where writing allows one.

    A sentence may start after final punctuation, a line break or a bullet; the splitter alone would also cut
    headlines and unpunctuated speech in the middle of a phrase.
    """
    first = 0
    for index in range(1, len(doc) + 1):
        if index == len(doc) or _starts(doc, text, first, index):
            yield first, index
            first = index


_FINAL = re.compile(r"""[.!?…][)\]"'”’»*]*$""")
_ABBREVIATION = re.compile(
    r"(?i)(?:\b(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|st|no|inc|ltd|co|corp|approx|fig|jr|sr|prof|u\.s|u\.k|a\.m|p\.m)|\b[a-z])\.$"
)
#: Abbreviations that something must follow.
_LEADS_ON = re.compile(r"(?i)\b(?:e\.g|i\.e|vs|mr|mrs|ms|dr|prof|sr|approx|fig)\.$")
#: The number of a step or list item.
_NUMBER = re.compile(r"\(?\d{1,2}[.)]")
_BULLETS = frozenset("•‣▪●◦·✓✔✅")


def _starts(doc: Doc, text: str, first: int, index: int) -> bool:
    """Whether a sentence that began at token `first` ends before token `index`."""
    token = doc[index]
    before = text[doc[first].idx : token.idx].rstrip()
    gap = text[doc[first].idx + len(before) : token.idx]
    if not gap or _NUMBER.fullmatch(before):
        return False
    if token.text in _BULLETS:
        return True
    final = _FINAL.search(before[-6:]) is not None
    if not final:
        return "\n" in gap
    if _ABBREVIATION.search(before[-12:]):
        return bool(token.is_sent_start) and text[token.idx].isupper() and not _LEADS_ON.search(before)
    if before.endswith(("!", "?")):
        return text[token.idx].isupper() or bool(token.is_sent_start)
    letter = text[token.idx]
    return letter.isupper() or letter.isdigit() or letter in "\"'“‘([-–—" or bool(token.is_sent_start)


def _sentence(text: str, doc: Doc, first: int, last: int) -> tuple[int, int, tuple[Token, ...]]:
    span = [token for token in doc[first:last] if not token.is_space]
    while len(span) > 1 and span[0].text in _BULLETS:
        del span[0]
    if not span:
        return doc[first].idx, doc[first].idx, ()
    start, end = span[0].idx, span[-1].idx + len(span[-1])
    tokens = tuple(
        Token(
            text=text[token.idx : token.idx + len(token)],
            lemma=(token.lemma_ or token.text).lower(),
            pos=token.pos_,
            start=token.idx - start,
            end=token.idx - start + len(token),
        )
        for token in span
    )
    return start, end, tokens
