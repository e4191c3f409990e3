"""Rule vague.unsupported-superlative: a claim to be first or best, with no proof near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.measure.specificity import has_crowd, has_figure, has_source, named_others, neighbours
from msgcheck.measure.superlatives import find_superlatives
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.phrases import elsewhere, is_article, own_names, place, quoted, voiced

#: From here on a sentence is read as a claim about the company or its product.
_CLAIM = 0.5


@dataclass(frozen=True, slots=True)
class _Use:
    sentence: SentenceMeasure
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    names = own_names(page, context)
    uses: dict[str, list[_Use]] = defaultdict(list)
    for index, sentence in voiced(page, context):
        if is_article(page) or _is_proven(page, index, names):
            continue
        for start, end in find_superlatives(sentence.sentence, claim=sentence.claim >= _CLAIM):
            use = _Use(sentence, start, end)
            uses[use.text.lower()].append(use)
    for same in uses.values():
        yield _finding(page, same)


def _is_proven(page: PageMeasures, index: int, names: frozenset[str]) -> bool:
    """Whether the sentence or one beside it gives a figure, a source, or customers by name."""
    sentence = page.sentences[index]
    if has_source(sentence.text) or has_figure(sentence.text) or len(named_others(sentence.sentence, names)) > 1:
        return True
    return any(has_source(near.text) or has_crowd(near.text) for near in neighbours(page.sentences, index))


def _finding(page: PageMeasures, same: list[_Use]) -> Finding:
    first = same[0]
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.8,
        message=f"{quoted(first.text)}{elsewhere(len(same), 1)} asks a buyer to take your word for it: "
        f"nothing near it shows who says so.",
        advice="Give the proof beside it (a count, a test, an award with its year, a named customer), or say "
        "what it does.",
        locations=(place(page, first.sentence, first.start, first.end),),
    )


RULE = Rule(
    id="vague.unsupported-superlative",
    summary="A claim to be first or best, with no proof near.",
    severity="warning",
    doc=Doc(
        finds="'Leading', 'the best', '#1', 'the most advanced', 'industry-leading', 'award-winning' and "
        "their like about the "
        "company, its product or its customers, without a figure, source, award or named customer in the "
        "sentences around.",
        why="Everybody says that they lead. Without a referee I believe none of them, and trust the rest of "
        "the page less.",
        bad="The leading payroll service, with the best support in the industry.",
        better="Payroll for 2,300 restaurants. Calls are answered in 40 seconds on average (May 2026).",
        silent="Best practices, at best, leading zeros, the best way to do something, superlatives with proof "
        "beside them, "
        "customers' words, articles.",
    ),
    check=_check,
)
