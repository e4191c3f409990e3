"""Reading text: what was read before comes from the cache; models are loaded only for what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

import numpy as np

from msgcheck.config import LanguageSettings
from msgcheck.language.cache import Cache, cache_folder, content_key
from msgcheck.language.encoder import MODEL_NAME, Encoder
from msgcheck.language.heads import LAYERS, Heads, SentenceReading
from msgcheck.language.nlp import SpacyPipeline
from msgcheck.language.onnx_encoder import load_encoder
from msgcheck.language.openings import OpeningHead, opening_parts
from msgcheck.language.torch_encoder import ConfiguredEncoder
from msgcheck.language.values import OpeningReading, Passage, Sentence, Token, Vector, WordReading

#: Raised when what is stored under a key changes its meaning.
_FORMAT = "1"
_BATCH = 1024

Watcher = Callable[[int, int], None]
Span = tuple[int, int, tuple[Token, ...]]


def load_language(
    settings: LanguageSettings | None = None, *, cache: bool = True, watcher: Watcher | None = None
) -> CachedLanguage:
    """The language layer for these settings. Costs nothing until it is asked to read something new.

    `watcher` is told (texts done, texts to do) while models read.
    """
    settings = settings or LanguageSettings()
    store = Cache(cache_folder()) if cache else None
    return CachedLanguage(settings, store, watcher or (lambda done, total: None))


class CachedLanguage:
    """Implements `msgcheck.language.values.Language` with spaCy, sentence-transformers and the heads."""

    def __init__(self, settings: LanguageSettings, cache: Cache | None, watcher: Watcher) -> None:
        self._pipeline = SpacyPipeline(settings.nlp)
        self._configured = ConfiguredEncoder(settings.encoder) if settings.encoder else None
        self._heads = Heads()
        self._opening_head = OpeningHead()
        self._cache = cache
        self._watcher = watcher

    @cached_property
    def _installed(self) -> Encoder:
        return load_encoder(LAYERS, cache_folder())

    @property
    def encoder_name(self) -> str:
        return self._configured.name if self._configured else MODEL_NAME

    @property
    def nlp_name(self) -> str:
        return self._pipeline.name

    def annotate(self, texts: Sequence[str]) -> list[Passage]:
        unique = list(dict.fromkeys(texts))
        spans = dict(zip(unique, self._sentences(unique), strict=True))
        pieces = list(dict.fromkeys(text[start:end] for text in unique for start, end, _ in spans[text]))
        readings = dict(zip(pieces, self._readings(pieces), strict=True))
        vectors = dict(zip(pieces, self.embed(pieces), strict=True))
        passages = {text: self._passage(text, spans[text], readings, vectors) for text in unique}
        return [passages[text] for text in texts]

    def embed(self, texts: Sequence[str]) -> Vector:
        unique = list(dict.fromkeys(texts))
        if not unique:
            return np.zeros((0, 384), dtype=np.float32)
        rows = self._kept(self._vector_space, unique, self._encode_vectors)
        by_text = {text: np.frombuffer(row, dtype=np.float32) for text, row in zip(unique, rows, strict=True)}
        return np.stack([by_text[text] for text in texts])

    def read_openings(self, texts: Sequence[str]) -> list[OpeningReading]:
        rows = self._kept(self._opening_space, texts, self._encode_openings)
        return [OpeningReading(*np.frombuffer(row, dtype=np.float64).tolist()) for row in rows]

    @staticmethod
    def _passage(
        text: str, spans: Iterable[Span], readings: dict[str, SentenceReading], vectors: dict[str, Vector]
    ) -> Passage:
        sentences = []
        for start, end, tokens in spans:
            piece = text[start:end]
            reading = readings[piece]
            sentences.append(
                Sentence(piece, start, end, tokens, vectors[piece], reading.vagueness, reading.claim, reading.words)
            )
        return Passage(text, tuple(sentences))

    def _sentences(self, texts: Sequence[str]) -> list[list[Span]]:
        rows = self._kept(self._sentence_space, texts, self._split)
        return [_spans_from(row) for row in rows]

    def _readings(self, texts: Sequence[str]) -> list[SentenceReading]:
        rows = self._kept(self._reading_space, texts, self._encode_readings)
        return [_reading_from(row) for row in rows]

    def _kept(self, space: str, texts: Sequence[str], make: Callable[[Sequence[str]], None]) -> list[bytes]:
        """Values for texts, from the cache where they are; `make` puts the missing ones into `_fresh`."""
        keys = [content_key(space, text) for text in texts]
        found = self._cache.get(keys) if self._cache else {}
        missing = [text for text, key in zip(texts, keys, strict=True) if key not in found and key not in self._fresh]
        for first in range(0, len(missing), _BATCH):
            self._watcher(first, len(missing))
            make(missing[first : first + _BATCH])
        if missing:
            self._watcher(len(missing), len(missing))
        if self._cache:
            self._cache.put(self._fresh)
            found |= self._fresh
            self._fresh.clear()
        else:
            found = self._fresh
        return [found[key] for key in keys]

    @cached_property
    def _fresh(self) -> dict[bytes, bytes]:
        return {}

    def _split(self, texts: Sequence[str]) -> None:
        for text, spans in zip(texts, self._pipeline.sentences(texts), strict=True):
            plain = [[start, end, [list(asdict(token).values()) for token in tokens]] for start, end, tokens in spans]
            self._fresh[content_key(self._sentence_space, text)] = json.dumps(plain).encode()

    def _encode_readings(self, texts: Sequence[str]) -> None:
        """One forward pass gives the reading and, with the installed encoder, the vector as well."""
        for index, encoded in self._installed.encode(texts):
            text = texts[index]
            reading = self._heads.read(text, encoded)
            words = [[w.start, w.end, round(w.buzzword, 4), round(w.insider, 4)] for w in reading.words]
            plain = [round(reading.vagueness, 5), round(reading.claim, 5), words]
            self._fresh[content_key(self._reading_space, text)] = json.dumps(plain).encode()
            if self._configured is None:
                self._fresh[content_key(self._vector_space, text)] = _bytes(encoded.vector)

    def _encode_vectors(self, texts: Sequence[str]) -> None:
        if self._configured is not None:
            for text, row in zip(texts, self._configured.vectors(texts), strict=True):
                self._fresh[content_key(self._vector_space, text)] = _bytes(row)
            return
        for index, encoded in self._installed.encode(texts):
            self._fresh[content_key(self._vector_space, texts[index])] = _bytes(encoded.vector)

    def _encode_openings(self, texts: Sequence[str]) -> None:
        parts = [opening_parts(text) for text in texts]
        unique = list(dict.fromkeys(part for item in parts for part in item))
        encoded = {unique[index]: item for index, item in self._installed.encode(unique)}
        for text, item in zip(texts, parts, strict=True):
            reading = self._opening_head.read(item, [encoded[part] for part in item])
            values = np.array([reading.confusion, reading.what, reading.who, reading.why], dtype=np.float64)
            self._fresh[content_key(self._opening_space, text)] = values.round(5).tobytes()

    @cached_property
    def _sentence_space(self) -> str:
        return f"sentences {_FORMAT} {self._pipeline.name} {_digest(Path(__file__).parent / 'pipeline')}"

    @cached_property
    def _reading_space(self) -> str:
        return f"reading {_FORMAT} {MODEL_NAME} {self._heads.digest}"

    @cached_property
    def _opening_space(self) -> str:
        return f"opening {_FORMAT} {MODEL_NAME} {self._opening_head.digest}"

    @cached_property
    def _vector_space(self) -> str:
        return f"vector {_FORMAT} {self.encoder_name}"


def _digest(folder: Path) -> str:
    """Changes whenever the shipped pipeline does: its meta data holds its scores, its files their sizes."""
    state = [
        (str(path.relative_to(folder)), path.stat().st_size) for path in sorted(folder.rglob("*")) if path.is_file()
    ]
    meta = (folder / "meta.json").read_bytes() if state else b""
    return hashlib.sha256(repr(state).encode() + meta).hexdigest()[:16]


def _bytes(vector: Vector) -> bytes:
    """Rounded, so that a text's vector does not depend on which texts shared its batch."""
    return np.round(vector.astype(np.float64), 5).astype(np.float32).tobytes()


def _spans_from(row: bytes) -> list[Span]:
    return [(start, end, tuple(Token(*token) for token in tokens)) for start, end, tokens in json.loads(row)]


def _reading_from(row: bytes) -> SentenceReading:
    vagueness, claim, words = json.loads(row)
    return SentenceReading(vagueness, claim, tuple(WordReading(*word) for word in words))
