"""Stand-ins at the seams, for unit tests: words split on spaces, vectors of hashed words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from msgcheck.language.values import OpeningReading, Passage, Sentence, Token, Vector, WordReading
from msgcheck.language.words import pack_tokens, pack_vector, pack_words


class FakeLanguage:
    """Implements `Language` without models: alike texts get alike vectors, readings are fixed."""

    encoder_name = "fake"
    nlp_name = "fake"

    def __init__(self, *, vagueness: float = 0.2, claim: float = 0.8) -> None:
        self.vagueness = vagueness
        self.claim = claim

    def annotate(self, texts: Sequence[str]) -> list[Passage]:
        return [Passage(text, tuple(self._sentences(text))) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vector:
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        return np.stack([self._vector(text) for text in texts])

    def read_openings(self, texts: Sequence[str]) -> list[OpeningReading]:
        return [OpeningReading(0.5, 0.5, 0.5, 0.5) for _ in texts]

    def _sentences(self, text: str) -> list[Sentence]:
        found = []
        for match in re.finditer(r"[^.!?]+[.!?]*", text):
            piece = match.group().strip()
            if piece:
                start = match.start() + match.group().index(piece)
                found.append(
                    Sentence(
                        piece,
                        start,
                        start + len(piece),
                        self.vagueness,
                        self.claim,
                        pack_tokens(self._tokens(piece)),
                        pack_words(WordReading(t.start, t.end, 0.0, 0.0) for t in self._tokens(piece)),
                        pack_vector(self._vector(piece)),
                    )
                )
        return found

    @staticmethod
    def _tokens(text: str) -> tuple[Token, ...]:
        return tuple(
            Token(m.group(), m.group().lower(), "PUNCT" if not m.group()[0].isalnum() else "NOUN", m.start(), m.end())
            for m in re.finditer(r"\w+|[^\w\s]", text)
        )

    @staticmethod
    def _vector(text: str) -> Vector:
        vector = np.zeros(384, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[int(hashlib.md5(word.encode()).hexdigest(), 16) % 384] += 1.0
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector
