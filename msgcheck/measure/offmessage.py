"""Finds claims about the product that nothing in the agreed positioning supports."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from msgcheck.language.values import Vector
from msgcheck.measure.lexical import content, covered
from msgcheck.measure.values import AnnotatedPositioning, SentenceMeasure, Unsupported

#: A claim must be nearer to something the product is not than to anything agreed, by this much, and this near; four
#: invented companies' pages, November 2026 (`python -m msgcheck.training.mismatch GOLD`).
_NOT_MARGIN = 0.06
_NOT_NEAR = 0.42
#: Or be as far as this from all that is agreed, and say surely what the product does.
_FAR = 0.25
_SURE_CLAIM = 0.95
_CLAIM = 0.6
#: So many words, at least, make a claim specific enough to be judged.
_WORDS = 5
_MOST = 5
_ROLES = frozenset({"heading-1", "heading-2", "heading-3", "hero", "body", "list-item"})
_NEGATED = re.compile(
    r"\b(?:no|not|never|without|don[’']t|doesn[’']t|isn[’']t|aren[’']t|can[’']t|cannot|won[’']t|keep|"
    r"have today|already|instead|unlike|used to|in \d{4})\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:help|let|give|turn|spot|predict|find|fill|tap|unlock|power|reach|drive|grow|guide|tell|"
    r"show|build|create|automate|"
    r"deliver|protect|boost|collect|win|cut|manage|connect|engage|generate|optimi[sz]e|train|"
    r"calibrate)(?:s|ed|es|ing)?\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\b(?:we|our|you|your)\b", re.IGNORECASE)


def measure_unsupported(
    sentences: Sequence[SentenceMeasure], positioning: AnnotatedPositioning
) -> tuple[Unsupported, ...]:
    """The claims that stand outside what is agreed, in page order.

    `support` is the closeness to the nearest agreed thing; `closest` the entry of the `not` list that the claim comes
    near to, or empty. Nothing is said while the positioning holds no messages.
    """
    agreed = positioning.positioning
    if not agreed.messages:
        return ()
    backing = _backing(positioning)
    words = set(
        content(" ".join((*(m.text for m in agreed.messages), *(f.text for f in agreed.facts), agreed.statement)))
    )
    near_not: list[Unsupported] = []
    far: list[Unsupported] = []
    for index, item in enumerate(sentences):
        if not _judged(item):
            continue
        support = float((backing @ item.sentence.vector).max())
        denied = positioning.not_categories @ item.sentence.vector
        row = int(np.argmax(denied)) if len(denied) else -1
        if row >= 0 and denied[row] >= _NOT_NEAR and denied[row] - support >= _NOT_MARGIN:
            near_not.append(Unsupported(index, max(0.0, support), agreed.not_categories[row]))
        elif support < _FAR and _promises(item, agreed.product) and covered(content(item.text), words) < 0.3:
            far.append(Unsupported(index, max(0.0, support)))
    far = sorted(far, key=lambda claim: (claim.support, claim.sentence))[:_MOST]
    return tuple(sorted((*near_not, *far), key=lambda claim: claim.sentence))


def _backing(positioning: AnnotatedPositioning) -> Vector:
    parts = (
        positioning.message_vectors,
        positioning.fact_vectors,
        positioning.categories,
        positioning.audiences,
        positioning.needs,
        positioning.statement,
    )
    return np.concatenate([part.reshape(-1, positioning.message_vectors.shape[1]) for part in parts if part.size])


def _judged(item: SentenceMeasure) -> bool:
    if item.role not in _ROLES or not item.company_voice or item.claim < _CLAIM or _NEGATED.search(item.text):
        return False
    return len(item.text.split()) >= _WORDS and not item.text.rstrip().endswith("?")


def _promises(item: SentenceMeasure, product: str) -> bool:
    """Whether a sentence surely says what the product does for a buyer."""
    speaks = _SPEAKER.search(item.text) is not None or product in item.text
    return item.claim >= _SURE_CLAIM and speaks and _DOES.search(item.text) is not None
