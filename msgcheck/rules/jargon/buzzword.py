"""Rule jargon.buzzword: inflated or emptied business language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgcheck.measure.phrases import Phrase, PhraseMatch, phrases_in
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding, JargonSpan
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.evidence import counted
from msgcheck.rules.known import known_terms
from msgcheck.rules.phrases import elsewhere, is_article, pages_with, place, quoted, voiced
from msgcheck.rules.replacement import in_place_of

#: What the trained reading alone takes for jargon counts from here on: annotators mark 84 in 100 of such words too, on
#: pages that the weights did not see (November 2026, `python -m msgcheck.training.wording --gold DIR --readings FILE`).
_SURE = 0.99
#: The reading alone counts in claims only, and a mild entry in sentences that are not concrete.
_CLAIM = 0.5
_CONCRETE = 0.35
#: 'Leverage our' is found by its second word and named by its first.
_TRAILING = re.compile(r"\s+(?:an?|the|our|your|their|its|this|these)$", re.IGNORECASE)

#: 'Revenue-driven outcomes' is one word with its front.
_HYPHENED = re.compile(r"\w+[-‑]$")

#: Which of the two found the words, as each place of a finding says.
_SPOKE = {"list": "phrase list", "head": "trained reading", "both": "phrase list and trained reading"}
#: A message names so many phrases of a sentence.
_SHOWN = 3

_WHY = {
    "grand": "is a grand word for a plain act, and a buyer has to translate it back.",
    "worn": "stands on so many sites that a buyer reads past it.",
    "hollow": "tells a buyer nothing they can picture.",
    "hype": "promises more than a buyer will believe.",
    "read": "reads as business talk: a buyer cannot picture what it means.",
}


#: A rank without a referee is reported by vague.unsupported-superlative, a speed without a figure by
#: vague.unquantified.
_OTHERS = frozenset({"superlative", "speed"})


@dataclass(frozen=True, slots=True)
class _Use:
    sentence: SentenceMeasure
    start: int
    end: int
    text: str
    phrase: Phrase | None
    score: float
    source: str

    @property
    def why(self) -> str:
        return self.phrase.why if self.phrase else "read"

    @property
    def advice(self) -> str:
        if self.phrase is None:
            return "Say it as you would across a table: which task, for whom, with what result?"
        return f"Say “{self.phrase.plain}”, or what is done, by whom." if self.phrase.plain else self.phrase.ask

    @property
    def replacement(self) -> str:
        if self.phrase is None or self.text.lower() not in self.phrase.swap:
            return ""
        return in_place_of(self.text, self.phrase.plain, self.sentence.text[: self.start])

    @property
    def sureness(self) -> float:
        if self.phrase is None:
            return 0.6
        return 0.75 if self.phrase.mild else 0.9


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    known = frozenset(known_terms(context))
    uses: dict[str, list[_Use]] = defaultdict(list)
    for _, sentence in voiced(page, context):
        for use in _uses(sentence, read=not is_article(page)):
            if use.text.lower() not in known and not _is_mention(sentence.text, use) and not _is_avoided(page, use):
                uses[use.phrase.find[0] if use.phrase else use.text.lower()].append(use)
    sentences: dict[tuple[int, int], list[list[_Use]]] = defaultdict(list)
    for same in uses.values():
        sentences[same[0].sentence.block, same[0].sentence.start].append(same)
    for together in sentences.values():
        yield _finding(page, context, together)


def _uses(sentence: SentenceMeasure, *, read: bool) -> Iterator[_Use]:
    """Buzzwords of a sentence; with `read`, also those that only the trained reading sees."""
    matches = phrases_in(sentence.sentence, "buzzwords")
    for span in sentence.jargon:
        if span.kind != "buzzword":
            continue
        inside = [match for match in matches if match.start < span.end and span.start < match.end]
        plain = [match for match in inside if not match.phrase.mild]
        if inside and all(match.phrase.why in _OTHERS for match in inside):
            continue
        if plain:
            yield from (_listed(sentence, span, match) for match in plain if match.phrase.why not in _OTHERS)
        elif inside and read and span.source == "both" and sentence.vagueness > _CONCRETE:
            yield next(_listed(sentence, span, match) for match in inside if match.phrase.why not in _OTHERS)
        elif not inside and read and span.score >= _SURE and sentence.claim >= _CLAIM:
            yield _Use(sentence, span.start, span.end, span.text, None, span.score, _SPOKE[span.source])


def _listed(sentence: SentenceMeasure, span: JargonSpan, match: PhraseMatch) -> _Use:
    """The listed phrase alone: its advice is about these words, not about those that stand beside them."""
    hyphened = _HYPHENED.search(sentence.text[: match.start])
    start = hyphened.start() if hyphened else match.start
    text = _TRAILING.sub("", sentence.text[start : match.end])
    return _Use(sentence, start, start + len(text), text, match.phrase, span.score, _SPOKE[span.source])


def _is_mention(text: str, use: _Use) -> bool:
    """Whether the words are spoken about, not used: 'We never say “synergy”'."""
    return (
        re.search(r"[\"“‘']$", text[: use.start]) is not None and re.match(r"[,.]?[\"”’']", text[use.end :]) is not None
    )


def _is_avoided(page: PageMeasures, use: _Use) -> bool:
    """Whether jargon.avoided reports these words."""
    start, end = use.sentence.start + use.start, use.sentence.start + use.end
    return any(
        term.kind == "avoided" and term.block == use.sentence.block and term.start < end and start < term.end
        for term in page.terms
    )


def _finding(page: PageMeasures, context: Context, together: list[list[_Use]]) -> Finding:
    """One finding for the phrases that first stand in one sentence: the whole sentence wants another wording."""
    together = sorted(together, key=lambda same: (-same[0].sureness, same[0].start))
    first = together[0][0]
    if len(together) == 1:
        often = elsewhere(len(together[0]), pages_with(first.sentence, context))
        message = f"{quoted(first.text)} {_WHY[first.why]}{often}".replace(f".{often}", f"{often}.")
        advice = first.advice
    else:
        message = f"{_listed_words(together)} stand in one sentence: a buyer cannot picture what happens."
        advice = " ".join(f"{quoted(use.text)}: {_lowered(use.advice)}" for use, *_ in together[:2])
    places = [
        replace(place(page, use.sentence, use.start, use.end), note=use.source, replacement=use.replacement)
        for use, *_ in together
    ]
    return Finding(RULE.id, RULE.severity, first.sureness, message, advice, tuple(places))


def _listed_words(together: list[list[_Use]]) -> str:
    words = [quoted(use.text) for use, *_ in together[:_SHOWN]]
    if len(together) > _SHOWN:
        words.append(counted(len(together) - _SHOWN, "other"))
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _lowered(advice: str) -> str:
    return advice[0].lower() + advice[1:]


RULE = Rule(
    id="jargon.buzzword",
    summary="Inflated or emptied business language.",
    severity="warning",
    doc=Doc(
        finds="Words and phrases that sound like business and say little, in any inflected or hyphenated "
        "form: from the "
        "project's own list, and those that a trained reading takes for jargon; each place says which of the two "
        "spoke.",
        why="I read this on every supplier's site. It does not tell me what I get, so I skip it, or I ask on the call.",
        bad="Harness the power of our seamless, best-in-class ecosystem.",
        better="Order in one shop system and the stock in the other four changes within a minute.",
        silent="The plain meaning of the same word (a leverage ratio, a seamless tube, robust regression, "
        "platform shoes, "
        "a saline solution, a train journey, a forest ecosystem), customers' words, terms that the "
        "positioning lists as "
        "known, words in quotation marks that are talked about.",
    ),
    check=_check,
)
