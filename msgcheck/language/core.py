"""Reading text: what was read before comes from the cache; models are loaded only for what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np

from msgcheck.cache import Cache, cache_folder, content_key
from msgcheck.config import LanguageSettings
from msgcheck.digest import folder_digest
from msgcheck.language.encoder import MODEL_NAME, Encoder, States
from msgcheck.language.heads import LAYERS, Heads
from msgcheck.language.known import known_vectors
from msgcheck.language.nlp import SpacyPipeline
from msgcheck.language.onnx_encoder import load_encoder
from msgcheck.language.openings import OpeningHead, opening_parts
from msgcheck.language.torch_encoder import ConfiguredEncoder
from msgcheck.language.values import OpeningReading, Passage, Sentence, Vector
from msgcheck.language.words import pack_tokens, pack_vector, pack_words, unpack_vector

#: So many texts are read, and then kept, at a time.
_BATCH = 1024
_DIMENSIONS = 384

#: So many openings are read at a time: enough to fill the encoder's batches.
_OPENINGS = 64
#: So many parts of openings stay encoded: those of a page that is being written change one at a time.
_PARTS = 64

#: Told (stage, texts done, texts to do) while models read.
Watcher = Callable[[str, int, int], None]
#: A sentence in its text: start, end, packed tokens.
Span = tuple[int, int, bytes]
#: What the heads say of a sentence: vagueness, claim, packed words.
Reading = tuple[float, float, bytes]
_Entries = Iterator[tuple[bytes, bytes]]

_encode = msgspec.msgpack.Encoder().encode
_decode_spans = msgspec.msgpack.Decoder(list[Span]).decode
_decode_reading = msgspec.msgpack.Decoder(Reading).decode


def load_language(
    settings: LanguageSettings | None = None,
    *,
    cache: Cache | None = None,
    watcher: Watcher | None = None,
    threads: int = 0,
) -> CachedLanguage:
    """The language layer for these settings. Costs nothing until it is asked to read something new.

    What it reads is kept in `cache`, by default the one in the user's cache folder. `threads` bounds those of the
    encoder on a CPU; 0 leaves it one a processor.
    """
    watcher = watcher or (lambda stage, done, total: None)
    return CachedLanguage(settings or LanguageSettings(), cache or Cache(cache_folder()), watcher, threads)


class CachedLanguage:
    """Implements `msgcheck.language.values.Language` with spaCy, the encoder and the heads."""

    def __init__(self, settings: LanguageSettings, cache: Cache, watcher: Watcher, threads: int) -> None:
        self._pipeline = SpacyPipeline(settings.nlp)
        self._configured = ConfiguredEncoder(settings.encoder) if settings.encoder else None
        self._heads = Heads()
        self._parts: dict[str, States] = {}
        self._opening_head = OpeningHead()
        self._cache = cache
        self._watcher = watcher
        self._threads = threads
        self._made_by = f"{folder_digest(Path(__file__).parent)} {settings.nlp} {settings.encoder}"

    @cached_property
    def _installed(self) -> Encoder:
        watch = partial(self._watcher, "Preparing the encoder, once", 0, 1)
        return load_encoder(LAYERS, cache_folder(), watch, self._threads)

    def load(self) -> None:
        """Load the models now, not with the first text that is new."""
        list(self._split(["Ready."]))
        list(self._encode_readings(["Ready."]))

    @property
    def encoder_name(self) -> str:
        return self._configured.name if self._configured else MODEL_NAME

    @property
    def nlp_name(self) -> str:
        return self._pipeline.name

    def annotate(self, texts: Sequence[str]) -> list[Passage]:
        unique = list(dict.fromkeys(texts))
        rows = self._kept("sentences", unique, self._split)
        spans = {text: _decode_spans(row) for text, row in zip(unique, rows, strict=True)}
        pieces = list(dict.fromkeys(text[start:end] for text in unique for start, end, _ in spans[text]))
        readings = dict(zip(pieces, self._kept("reading", pieces, self._encode_readings), strict=True))
        vectors = dict(zip(pieces, self._kept("vector", pieces, self._encode_vectors), strict=True))
        passages = {text: _passage(text, spans[text], readings, vectors) for text in unique}
        return [passages[text] for text in texts]

    def embed(self, texts: Sequence[str]) -> Vector:
        if not texts:
            return np.zeros((0, _DIMENSIONS), dtype=np.float32)
        unique = list(dict.fromkeys(texts))
        rows = self._kept("vector", unique, self._encode_vectors)
        vectors = {text: unpack_vector(row) for text, row in zip(unique, rows, strict=True)}
        return np.stack([vectors[text] for text in texts])

    def read_openings(self, texts: Sequence[str]) -> list[OpeningReading]:
        rows = self._kept("opening", texts, self._encode_openings)
        return [OpeningReading(*np.frombuffer(row, dtype=np.float64).tolist()) for row in rows]

    def _kept(self, kind: str, texts: Sequence[str], make: Callable[[Sequence[str]], _Entries]) -> list[bytes]:
        """A value a text, from the cache where it is there; `make` gives the missing ones, and perhaps others."""
        keys = [self._key(kind, text) for text in texts]
        found = self._cache.get(keys)
        missing = list({key: text for text, key in zip(texts, keys, strict=True) if key not in found}.values())
        for first in range(0, len(missing), _BATCH):
            self._watcher("Reading the words", first, len(missing))
            made = list(make(missing[first : first + _BATCH]))
            self._cache.put(made)
            found.update(made)
        return [found[key] for key in keys]

    def _key(self, kind: str, text: str) -> bytes:
        return content_key(f"{kind} {self._made_by}", text)

    def _split(self, texts: Sequence[str]) -> _Entries:
        for text, spans in zip(texts, self._pipeline.sentences(texts), strict=True):
            packed = [(start, end, pack_tokens(tokens)) for start, end, tokens in spans]
            yield self._key("sentences", text), _encode(packed)

    def _encode_readings(self, texts: Sequence[str]) -> _Entries:
        """One forward pass gives the reading and, with the installed encoder, the vector as well."""
        for index, encoded in self._installed.encode(texts):
            text = texts[index]
            reading = self._heads.read(text, encoded)
            packed = (round(reading.vagueness, 5), round(reading.claim, 5), pack_words(reading.words))
            yield self._key("reading", text), _encode(packed)
            if self._configured is None:
                yield self._key("vector", text), pack_vector(encoded.vector)

    def _encode_vectors(self, texts: Sequence[str]) -> _Entries:
        if self._configured is not None:
            for text, row in zip(texts, self._configured.vectors(texts), strict=True):
                yield self._key("vector", text), pack_vector(row)
            return
        known = known_vectors(texts)
        yield from ((self._key("vector", text), vector) for text, vector in known.items())
        if unknown := [text for text in texts if text not in known]:
            for index, vector in self._installed.vectors(unknown):
                yield self._key("vector", unknown[index]), pack_vector(vector)

    def _encode_openings(self, texts: Sequence[str]) -> _Entries:
        for first in range(0, len(texts), _OPENINGS):
            parts = {text: opening_parts(text) for text in texts[first : first + _OPENINGS]}
            new = [part for part in dict.fromkeys(chain.from_iterable(parts.values())) if part not in self._parts]
            self._parts.update((new[index], states) for index, states in self._installed.states(new))
            for text, mine in parts.items():
                reading = self._opening_head.read(mine, [self._parts[part] for part in mine])
                values = np.array([reading.confusion, reading.what, reading.who, reading.why], dtype=np.float64)
                yield self._key("opening", text), values.round(5).tobytes()
            for part in list(self._parts)[:-_PARTS]:
                del self._parts[part]


def _passage(text: str, spans: Iterable[Span], readings: dict[str, bytes], vectors: dict[str, bytes]) -> Passage:
    sentences = []
    for start, end, tokens in spans:
        piece = text[start:end]
        vagueness, claim, words = _decode_reading(readings[piece])
        sentences.append(Sentence(piece, start, end, vagueness, claim, tokens, words, vectors[piece]))
    return Passage(text, tuple(sentences))
