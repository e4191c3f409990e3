"""Rule vague.hard-to-read: sentences and passages that ask too much of a reader who skims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.measure.readability import reading_grade, word_count
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.evidence import counted
from msgcheck.rules.phrases import is_article, place, voiced

#: A passage of fewer words is too short for its grade to mean anything.
_PASSAGE = 30
#: So many years of school above the target, a passage is far above it. The grade of a text of 30 to 60 words wavers by
#: about two years with single long words.
_FAR = 6.0
#: A sentence with so many commas or semicolons lists things, and lists are easy to read.
_LISTING = 5
_MARKS = re.compile(r"[,;•·|*]")
_END = re.compile(r"[.!?…][\"”’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class _Passage:
    block: int
    grade: float


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    options = context.options.get(RULE.id, RULE.options)
    longest, target = _number(options["longest_sentence"]), _number(options["reading_grade"])
    prose = [sentence for _, sentence in voiced(page, context) if _is_prose(sentence)]
    long = sorted((s for s in prose if word_count(s.text) > longest), key=lambda s: -word_count(s.text))
    if long:
        yield _too_long(page, long)
    said = {sentence.block for sentence in long}
    hard = [passage for passage in _passages(prose) if passage.grade > target + _FAR and passage.block not in said]
    if hard and not is_article(page):
        yield _too_hard(page, sorted(hard, key=lambda passage: -passage.grade), target)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _is_prose(sentence: SentenceMeasure) -> bool:
    """Whether it is a sentence: with an end, and no list."""
    return _END.search(sentence.text) is not None and len(_MARKS.findall(sentence.text)) < _LISTING


def _passages(sentences: Sequence[SentenceMeasure]) -> Iterator[_Passage]:
    texts: dict[int, list[str]] = {}
    for sentence in sentences:
        texts.setdefault(sentence.block, []).append(sentence.text)
    for block, said in texts.items():
        if sum(map(word_count, said)) >= _PASSAGE:
            yield _Passage(block, reading_grade(said))


def _too_long(page: PageMeasures, long: Sequence[SentenceMeasure]) -> Finding:
    places = [place(page, sentence) for sentence in long]
    words = word_count(long[0].text)
    often = f"; {counted(len(long), 'sentence')} on this page are too long" if len(long) > 1 else ""
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.9,
        message=f"This sentence has {words} words{often}. Whoever skims has lost its beginning before its end.",
        advice="Make two of it: who does what, then what comes of it.",
        locations=tuple(places),
    )


def _too_hard(page: PageMeasures, hard: Sequence[_Passage], target: float) -> Finding:
    places = [locate(page.document, passage.block, 0, len(page.block(passage.block).text)) for passage in hard]
    verb = "does" if len(hard) == 2 else "do"
    often = f", as {verb} {counted(len(hard) - 1, 'more passage')}" if len(hard) > 1 else ""
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.6,
        message=f"This passage asks for {hard[0].grade:.0f} years of school{often}; {target:.0f} is what a page can "
        f"ask of "
        f"a buyer in a hurry.",
        advice="Use the shorter word where there is one, and one thought a sentence.",
        locations=tuple(places),
    )


RULE = Rule(
    id="vague.hard-to-read",
    summary="A sentence that is too long, or a passage far above the reading grade of a web page.",
    severity="note",
    options={"longest_sentence": 35, "reading_grade": 12},
    doc=Doc(
        finds="Sentences of more than 35 words, and passages whose reading grade (Flesch-Kincaid) is more than six "
        "years "
        "of school above the target of 12.",
        why="I read this between two meetings. When I have to start a sentence again, I go on to the next page.",
        bad="The comprehensive operationalization of organizational capabilities necessitates the implementation of "
        "appropriate methodologies throughout departmental hierarchies, notwithstanding considerable complexities.",
        better="Each department picks two tasks. We show the team how to do them in the new system, and stay until "
        "they "
        "can.",
        silent="Lists in one sentence, legal text, customers' words, short passages; the grade of articles.",
    ),
    check=_check,
)
