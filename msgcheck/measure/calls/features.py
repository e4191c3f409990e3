"""What the moment detector sees of a turn: ways of speaking, its neighbours, its meaning, and the agreed statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from msgcheck.language.values import Language, Sentence, Vector
from msgcheck.measure.calls.cues import ANSWER, BEFORE, TURN, found, plain
from msgcheck.measure.calls.phrasing import AGREED, PAGE, RIVAL, Token, tokens
from msgcheck.measure.lexical import content
from msgcheck.measure.values import AnnotatedCall, AnnotatedPositioning
from msgcheck.model import Call, Turn

#: How a turn is heard: a prospect speaking, a rep speaking with prospects, or somebody telling what prospects said.
PROSPECT, REP, TELLING = 0, 1, 2

_NEAR = 3
#: So many vectors make `TurnFeatures.meaning`: the turn and its last sentence, the answer and its first sentence, what
#: was said before and its last sentence, and the first sentence of the answer to the answer.
MEANINGS = 7
_PARTS = re.compile(r",|;|/|\bor\b|\band\b")
_EXPLAINED = re.compile(r"\([^)]*\)?|\b(?:that|which|who)\b.*")
_ARTICLE = re.compile(r"^(?:an?|the|any)\s+", re.IGNORECASE)
_SHORT = 3


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What turns are compared with, embedded once a run; row sets are empty where nothing is known.

    `not_parts` are the entries of the `not` list, cut at commas and 'or'; `part_names` what each is called.
    """

    rivals: Vector
    categories: Vector
    messages: Vector
    page: Vector
    alternatives: Vector
    not_parts: tuple[str, ...]
    part_names: tuple[str, ...]
    rival_words: frozenset[str]
    agreed_words: frozenset[str]
    page_words: frozenset[str]


def make_frame(copy: Sequence[Sentence], positioning: AnnotatedPositioning | None, language: Language) -> Frame:
    """Prepare the sentences of all pages and the statement for comparison."""
    copy = [sentence for sentence in copy if len(sentence.tokens) > _SHORT]
    page = np.stack([sentence.vector for sentence in copy]) if copy else language.embed([])
    page_words = frozenset(key for sentence in copy for key in content(sentence.text))
    none = language.embed([])
    if positioning is None:
        return Frame(none, none, none, page, none, (), (), frozenset(), frozenset(), page_words)
    agreed = positioning.positioning
    parts = [part for entry in agreed.not_categories for part in split_entry(entry)]
    said = " ".join([agreed.category, *(message.text for message in agreed.messages)])
    agreed_words = frozenset(content(said))
    return Frame(
        rivals=language.embed(parts),
        categories=positioning.categories,
        messages=np.concatenate([positioning.message_vectors, positioning.statement]),
        page=page,
        alternatives=language.embed(agreed.alternatives),
        not_parts=tuple(parts),
        part_names=tuple(name for entry in agreed.not_categories for name in entry_names(entry)),
        rival_words=frozenset(content(" ".join(parts))) - agreed_words,
        agreed_words=agreed_words,
        page_words=page_words,
    )


def split_entry(entry: str) -> list[str]:
    """The things that one `not` entry names: 'an intranet or performance management' names two."""
    return [part.strip() for part in _PARTS.split(entry) if part.strip()]


def entry_names(entry: str) -> list[str]:
    """What each thing of `split_entry` is called, without its article or what explains it. Things that share their
    last word ('table or room reservation system') are called by the whole entry."""
    bare = " ".join(_EXPLAINED.sub(" ", entry).split()) or entry
    *first, last = split_entry(bare) or [bare]
    shared = len(last.split()) > 1 and any(len(_ARTICLE.sub("", part).split()) == 1 for part in first)
    names = [_ARTICLE.sub("", name) for name in ([bare] if shared else [*first, last])]
    return [names[min(place, len(names) - 1)] for place in range(len(split_entry(entry)))]


def turn_modes(call: Call) -> list[int]:
    """One of PROSPECT, REP, TELLING a turn; a speaker whose role is not known counts as a prospect."""
    roles = {speaker.name: speaker.role for speaker in call.speakers}
    talking = {turn.speaker for turn in call.turns if not turn.note}
    told = not any(roles.get(name, "unknown") != "rep" for name in talking)
    return [
        TELLING if turn.note or told else REP if roles.get(turn.speaker, "unknown") == "rep" else PROSPECT
        for turn in call.turns
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """For each turn the index of the answer, the answer after that, and what was said before; -1 where none."""

    answer: list[int]
    second: list[int]
    before: list[int]


def neighbours(turns: Sequence[Turn]) -> Neighbours:
    """The nearest turns by somebody else, at most three away; of notes, the notes beside."""
    count = len(turns)

    def other(index: int, step: int) -> int:
        for place in range(index + step, index + step * (_NEAR + 1), step):
            if 0 <= place < count and (turns[index].note or turns[place].speaker != turns[index].speaker):
                return place
        return -1

    answer = [other(index, 1) for index in range(count)]
    second = [other(place, 1) if place >= 0 else -1 for place in answer]
    return Neighbours(answer, second, [other(index, -1) for index in range(count)])


@dataclass(frozen=True, slots=True, eq=False)
class TurnFeatures:
    """Rows a turn. `closeness` is NaN where there is nothing to compare with.

    `meaning` holds `MEANINGS` vectors side by side, zeros where nothing was said; `spoken` the words.
    """

    cues: Vector
    closeness: Vector
    meaning: Vector
    modes: list[int]
    spoken: list[tuple[Token, ...]]


def call_features(call: AnnotatedCall, frame: Frame) -> TurnFeatures:
    turns = call.call.turns
    near = neighbours(turns)
    texts = [plain(turn.text) for turn in turns]
    modes = turn_modes(call.call)
    marks = ((RIVAL, frame.rival_words), (AGREED, frame.agreed_words), (PAGE, frame.page_words))
    return TurnFeatures(
        cues=_cue_rows(texts, [turn.text for turn in turns], near, frame),
        closeness=_closeness_rows(call, near, frame),
        meaning=_meaning_rows(call, near),
        modes=modes,
        spoken=[tokens(turn.text, mode, marks) for turn, mode in zip(turns, modes, strict=True)],
    )


def _meaning_rows(call: AnnotatedCall, near: Neighbours) -> Vector:
    """Denials open an answer and questions end a turn, so these sentences count by themselves."""
    nothing = np.zeros(call.vectors.shape[1], dtype=np.float32)
    spoken = [[sentence.vector for sentence in passage.sentences] or [nothing] for passage in call.passages]
    first = np.stack([*(vectors[0] for vectors in spoken), nothing])
    last = np.stack([*(vectors[-1] for vectors in spoken), nothing])
    whole = np.vstack([call.vectors, nothing])
    return np.hstack(
        [
            whole[:-1],
            last[:-1],
            whole[near.answer],
            first[near.answer],
            whole[near.before],
            last[near.before],
            first[near.second],
        ]
    ).astype(np.float32)


def _cue_rows(texts: Sequence[str], originals: Sequence[str], near: Neighbours, frame: Frame) -> Vector:
    stems = [*(set(content(text)) for text in originals), set[str]()]
    lengths = [*(float(np.log1p(len(text.split()))) for text in texts), 0.0]
    known: set[str] = set()
    rows = []
    padded = [*texts, ""]
    for index, text in enumerate(texts):
        answer, before = near.answer[index], near.before[index]
        own, reply = stems[index], stems[answer]
        shared = len(own & reply)
        rows.append(
            [
                *found(TURN, text),
                *found(ANSWER, padded[answer]),
                *found(ANSWER, padded[near.second[index]]),
                *found(BEFORE, padded[before]),
                lengths[index],
                lengths[answer],
                lengths[before],
                shared / (1 + len(reply)),
                shared / (1 + len(own)),
                len(own - known) / (1 + len(own)),
                *_shares(own, frame),
                *_shares(reply, frame),
            ]
        )
        known |= own
    return np.array(rows, dtype=np.float32).reshape(len(texts), -1)


def _shares(stems: set[str], frame: Frame) -> list[float]:
    """How much of a turn's words the `not` list, the agreed messages and the page hold; NaN where that is empty."""
    size = 1 + len(stems)
    return [
        len(stems & words) / size if words else float("nan")
        for words in (frame.rival_words, frame.agreed_words, frame.page_words)
    ]


def _closeness_rows(call: AnnotatedCall, near: Neighbours, frame: Frame) -> Vector:
    own = []
    for passage, vector in zip(call.passages, call.vectors, strict=True):
        own.append(_closeness(np.stack([*(sentence.vector for sentence in passage.sentences), vector]), frame))
    whole = [*(_closeness(vector[None], frame) for vector in call.vectors), [0.0] * 8]
    rows = [
        [*own[index], *whole[near.answer[index]], *whole[near.before[index]]] for index in range(len(call.call.turns))
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), -1)


def _closeness(vectors: Vector, frame: Frame) -> list[float]:
    rival, category, message, page, alternative = (
        float((vectors @ rows.T).max()) if len(rows) else float("nan")
        for rows in (frame.rivals, frame.categories, frame.messages, frame.page, frame.alternatives)
    )
    return [rival, category, message, page, alternative, rival - category, rival - message, page - message]
