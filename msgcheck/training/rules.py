"""Measures how often the jargon and vagueness rules are right, and how much they find, on labelled pages.

    python -m msgcheck.training.rules --gold DIR --readings FILE [--write]

DIR holds pages.json, extra_pages.json with their folders, sentences.jsonl, extra_sentences.jsonl and cases/; FILE is
what `msgcheck.training.heads --readings FILE` wrote. The rules judge the real pages, each alone, with readings of
labelled sentences by weights that did not see the page; then the cases' sites with their calls and positioning.
Findings in sentences that nobody labelled count for nothing. `--write` puts the figures into
msgcheck/rules/measured.json, beside those that were judged by hand.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from msgcheck.config import Config
from msgcheck.engine import Inputs, Settings, check
from msgcheck.extract.pages import extract_page
from msgcheck.extract.positioning import read_positioning
from msgcheck.findings import settle
from msgcheck.language.core import load_language
from msgcheck.language.values import Language, OpeningReading, Passage, Sentence, Vector
from msgcheck.measure.annotate import annotate_pages
from msgcheck.measure.category import embed_frame
from msgcheck.measure.page import measure_page
from msgcheck.measure.values import CallsMeasures, PageMeasures
from msgcheck.model import Document, Finding, RawDocument
from msgcheck.rules.base import Context, Rule
from msgcheck.rules.measured import PATH
from msgcheck.rules.registry import selected
from msgcheck.training.heads import Readings
from msgcheck.training.sentences import Sentences, load_sentences
from msgcheck.training.wording import read

_FAMILIES = ("jargon", "vague")
#: A sentence counts as vague where annotators' mean is nearer to 'vague' than to 'between' (0..1).
_VAGUE = 0.75
#: Which kinds of labelled words each rule is to find; precision counts words of any kind.
_KINDS = {"jargon.buzzword": "buzzword", "jargon.insider-term": "insider"}
_WORDS = ("jargon.buzzword", "jargon.insider-term", "jargon.noun-stack", "jargon.undefined-acronym")
_SENTENCES = ("vague.empty-claim",)


@dataclass(frozen=True, slots=True)
class Unseen:
    """Reads as the shipped models do, but labelled sentences by weights that did not see their page."""

    shipped: Language
    readings: Mapping[str, Sentence]

    @property
    def encoder_name(self) -> str:
        return self.shipped.encoder_name

    @property
    def nlp_name(self) -> str:
        return self.shipped.nlp_name

    def annotate(self, texts: Sequence[str]) -> list[Passage]:
        return [
            replace(passage, sentences=tuple(map(self._unseen, passage.sentences)))
            for passage in self.shipped.annotate(texts)
        ]

    def _unseen(self, sentence: Sentence) -> Sentence:
        found = self.readings.get(sentence.text)
        if found is None:
            return sentence
        return replace(sentence, vagueness=found.vagueness, claim=found.claim, packed_words=found.packed_words)

    def embed(self, texts: Sequence[str]) -> Vector:
        return self.shipped.embed(texts)

    def read_openings(self, texts: Sequence[str]) -> list[OpeningReading]:
        return self.shipped.read_openings(texts)


@dataclass(slots=True)
class Tally:
    """Findings that a label bears out or not, and labels that were found or not."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    def figures(self) -> dict[str, float | int]:
        shown: dict[str, float | int] = {}
        if self.right + self.wrong:
            shown |= {
                "precision": round(self.right / (self.right + self.wrong), 3),
                "findings": self.right + self.wrong,
            }
        if self.found + self.missed:
            shown |= {"recall": round(self.found / (self.found + self.missed), 3), "labels": self.found + self.missed}
        return shown


def gold_documents(gold: Path) -> Iterator[Document]:
    for listing, folder in (("pages.json", "pages"), ("extra_pages.json", "extra_pages")):
        for page in json.loads((gold / listing).read_text(encoding="utf-8")):
            name = f"{page['id']}.html"
            content = gzip.decompress((gold / folder / f"{name}.gz").read_bytes())
            yield extract_page(RawDocument(name, name, name, content))


def on_pages(gold: Path, kept: Path) -> dict[str, Tally]:
    """Rules on the real pages against the annotators' labels."""
    data = load_sentences(gold)
    readings = {sentence.text: sentence for sentence in read(data, Readings.load(kept))}
    language = Unseen(load_language(), readings)
    labels = {text: index for index, text in enumerate(data.texts)}
    rules = [rule for rule in selected(_FAMILIES, ()) if not rule.needs]
    tallies: dict[str, Tally] = defaultdict(Tally)
    frame = embed_frame(language)
    for annotated in annotate_pages(list(gold_documents(gold)), language):
        page = measure_page(annotated, None, frame)
        _score_page(page, _judged(page, rules), data, labels, tallies)
    return tallies


def _judged(page: PageMeasures, rules: Sequence[Rule]) -> Sequence[Finding]:
    context = Context(None, (page,), CallsMeasures(), {rule.id: rule.options for rule in rules})
    return settle([finding for rule in rules for finding in rule.check(page, context)], [page.document], Config())


def _score_page(
    page: PageMeasures,
    findings: Sequence[Finding],
    data: Sentences,
    labels: Mapping[str, int],
    tallies: dict[str, Tally],
) -> None:
    marked: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for rule, block, start, end in _places(findings):
        for sentence in page.sentences:
            index = labels.get(sentence.text)
            if index is not None and sentence.block == block and sentence.start <= start < sentence.end:
                marked[index].append((rule, start - sentence.start, end - sentence.start))
    for index in {labels[sentence.text] for sentence in page.sentences if sentence.text in labels}:
        _score_words(data.jargon[index], marked[index], tallies)
        _score_sentence(float(data.targets[index, 0]) > _VAGUE, marked[index], tallies)


def _places(findings: Sequence[Finding]) -> Iterator[tuple[str, int, int, int]]:
    for finding in findings:
        for place in finding.locations:
            if place.kind == "primary" and place.block >= 0:
                yield finding.rule, place.block, place.start, place.end


def _score_words(
    gold: Sequence[Mapping[str, Any]], marked: Sequence[tuple[str, int, int]], tallies: dict[str, Tally]
) -> None:
    for rule, start, end in marked:
        if rule in _WORDS:
            right = any(span["start"] < end and start < span["end"] for span in gold)
            tallies[rule].right += right
            tallies[rule].wrong += not right
    for rule, kind in _KINDS.items():
        for span in gold:
            if span["kind"] == kind:
                hit = any(name in _WORDS and start < span["end"] and span["start"] < end for name, start, end in marked)
                tallies[rule].found += hit
                tallies[rule].missed += not hit


def _score_sentence(vague: bool, marked: Sequence[tuple[str, int, int]], tallies: dict[str, Tally]) -> None:
    for rule in _SENTENCES:
        hits = sum(name == rule for name, _, _ in marked)
        tallies[rule].right += hits if vague else 0
        tallies[rule].wrong += 0 if vague else hits


def on_cases(gold: Path) -> dict[str, Tally]:
    """How many of the editor's marks on the invented companies' pages each rule finds, under its own name."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    language = load_language()
    for labels in sorted(gold.glob("cases/*/labels.json")):
        findings = _case_findings(labels.parent, language)
        for issue in json.loads(labels.read_text(encoding="utf-8"))["page_issues"]:
            rule, page = issue["rule"], Path(issue["page"]).name
            if rule.startswith(_FAMILIES):
                hit = any(
                    name == rule and Path(place.document).name == page and _shares(place.quote, issue["quote"])
                    for name, place in findings
                )
                tallies[rule].found += hit
                tallies[rule].missed += not hit
    return tallies


def _case_findings(folder: Path, language: Language) -> list[tuple[str, Any]]:
    def raws(part: str) -> tuple[RawDocument, ...]:
        files = sorted(path for path in (folder / part).rglob("*") if path.is_file())
        keys = [path.relative_to(folder).as_posix() for path in files]
        return tuple(RawDocument(key, key, path.name, path.read_bytes()) for key, path in zip(keys, files, strict=True))

    agreed = folder / "positioning.yaml"
    positioning = read_positioning(RawDocument(agreed.name, agreed.name, agreed.name, agreed.read_bytes()))
    report = check(Inputs(raws("site"), raws("calls"), positioning), Settings(), language)
    return [(found.rule, place) for found in report.findings for place in found.locations if place.kind == "primary"]


def _shares(quote: str, label: str) -> bool:
    """Whether six in ten words of the shorter text stand in the other, as the scorer of the labels counts."""
    one, two = quote.lower().split(), label.lower().split()
    short, long = sorted((one, two), key=len)
    return bool(short) and sum(word in long for word in short) >= 0.6 * len(short)


def main() -> None:
    """Print the figures, and with --write put them where `msgcheck explain` reads them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    measured = {
        "pages": {rule: tally.figures() for rule, tally in sorted(on_pages(args.gold, args.readings).items())},
        "cases": {rule: tally.figures() for rule, tally in sorted(on_cases(args.gold).items())},
    }
    print(json.dumps(measured, indent=2))
    if args.write:
        kept = json.loads(PATH.read_text(encoding="utf-8"))
        PATH.write_text(json.dumps({**kept, **measured}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
