"""The pipeline, from raw documents to the finished report; what fails becomes a Fault and the run goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol, TypeVar

from msgcheck.assemble import assemble
from msgcheck.config import Config
from msgcheck.errors import MsgcheckError, UsageError
from msgcheck.extract.pages import extract_page
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.findings import settle
from msgcheck.language.values import Language
from msgcheck.measure.annotate import annotate_calls, annotate_pages, annotate_positioning
from msgcheck.measure.calls.measure import measure_calls
from msgcheck.measure.calls.roles import infer_all
from msgcheck.measure.category import embed_frame
from msgcheck.measure.page import measure_page
from msgcheck.measure.values import AnnotatedPositioning, CallsMeasures, PageMeasures
from msgcheck.model import Call, Document, Fault, Finding, Positioning, RawDocument, Report, Run, Skipped
from msgcheck.rules.base import Context, Need, Rule
from msgcheck.rules.registry import check_settings, selected

T = TypeVar("T")

#: What a rule's need is called in the report, and how to meet it.
_NEEDS: dict[Need, str] = {
    "positioning": "no positioning given (`--positioning FILE`)",
    "category": "the positioning names no category",
    "messages": "the positioning names no messages",
    "audiences": "the positioning names no audiences",
    "facts": "the positioning names no facts",
    "vocabulary": "the positioning names no vocabulary",
    "calls": "no calls given (`--calls PATH`)",
}


class Progress(Protocol):
    """Told how far a stage is; a terminal draws a bar, a server sends an event."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress for those who do not watch."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a run reads. `skipped` and `faults` are those of the sources."""

    pages: tuple[RawDocument, ...] = ()
    calls: tuple[RawDocument, ...] = ()
    positioning: Positioning | None = None
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run reads. `select` and `ignore` are rule-id prefixes, added to those of the configuration."""

    config: Config = field(default_factory=Config)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def check(inputs: Inputs, settings: Settings, language: Language, progress: Progress = silent) -> Report:
    """Read, measure and judge pages and calls.

    Raises UsageError when nothing at all could be checked: silence must never look like success.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    config = settings.config
    check_settings(config)
    rules = selected((*config.select, *settings.select), (*config.ignore, *settings.ignore))

    documents, calls, skipped, faults = _read(inputs, config, progress)
    if not documents and not calls:
        raise _nothing_checked(skipped, faults)

    progress("Reading the words", 0, 1)
    positioning = annotate_positioning(inputs.positioning, language) if inputs.positioning else None
    annotated = annotate_pages(documents, language, inputs.positioning)
    frame = embed_frame(language)
    pages = tuple(measure_page(page, positioning, frame) for page in _watched(annotated, "Measuring pages", progress))
    talk = _measure_calls(calls, pages, positioning, language)

    pages = tuple(sorted(pages, key=lambda page: (-round(page.confusion, 3), page.document.key)))
    options = {rule.id: {**rule.options, **_configured(rule, config)} for rule in rules}
    context = Context(inputs.positioning, pages, talk, options)
    active, unmet = _by_need(rules, context)
    findings, broken = _judge(active, context, progress)

    run = Run(started.isoformat(timespec="seconds"), round(time.monotonic() - clock, 3), config.source)
    return assemble(
        run=run,
        language=language,
        context=context,
        findings=settle(findings, [page.document for page in pages], config),
        skipped=(*skipped, *unmet),
        faults=(*faults, *broken),
    )


def _configured(rule: Rule, config: Config) -> dict[str, object]:
    setting = config.rules.get(rule.id)
    return setting.options() if setting else {}


def _read(
    inputs: Inputs, config: Config, progress: Progress
) -> tuple[list[Document], list[Call], list[Skipped], list[Fault]]:
    documents: list[Document] = []
    calls: list[Call] = []
    skipped, faults = list(inputs.skipped), list(inputs.faults)
    for raw in _watched(inputs.pages, "Reading pages", progress):
        document = _attempt(partial(extract_page, raw, config.pages.keys), "", raw.key, faults)
        if document is None:
            continue
        skipped += document.skipped
        if not document.blocks and document.skipped:
            continue
        if document.language not in ("", "en"):
            reason = f"its language is {document.language!r}; msgcheck reads English"
            skipped.append(Skipped(document.key, reason))
        else:
            documents.append(document)
    for raw in _watched(inputs.calls, "Reading calls", progress):
        found = _attempt(partial(read_calls, raw), "", raw.key, faults)
        calls += found or ()
    return documents, list(infer_all(calls, config.calls, inputs.positioning)), skipped, faults


def _measure_calls(
    calls: Sequence[Call],
    pages: Sequence[PageMeasures],
    positioning: AnnotatedPositioning | None,
    language: Language,
) -> CallsMeasures:
    if not calls:
        return CallsMeasures()
    return measure_calls(annotate_calls(calls, language), pages, positioning, language)


def _by_need(rules: Iterable[Rule], context: Context) -> tuple[list[Rule], list[Skipped]]:
    """The rules that can run, and for the others why they cannot."""
    agreed = context.positioning
    met: dict[Need, bool] = {
        "positioning": agreed is not None,
        "category": bool(agreed and agreed.category),
        "messages": bool(agreed and agreed.messages),
        "audiences": bool(agreed and agreed.audiences),
        "facts": bool(agreed and agreed.facts),
        "vocabulary": bool(agreed and (agreed.vocabulary.prefer or agreed.vocabulary.avoid)),
        "calls": bool(context.calls.calls),
    }
    active, skipped = [], []
    for rule in rules:
        lacking = [need for need in rule.needs if not met[need]]
        if not lacking:
            active.append(rule)
            continue
        cause: Need = "positioning" if agreed is None and lacking != ["calls"] else lacking[0]
        skipped.append(Skipped(rule.id, _NEEDS[cause]))
    return active, skipped


def _judge(rules: Sequence[Rule], context: Context, progress: Progress) -> tuple[list[Finding], list[Fault]]:
    findings: list[Finding] = []
    faults: list[Fault] = []
    for rule in _watched(rules, "Judging", progress):
        for page in context.pages:
            findings += _attempt(partial(_drained, rule.check, page, context), rule.id, page.document.key, faults) or ()
        findings += _attempt(partial(_drained, rule.check_site, context), rule.id, "", faults) or ()
    return findings, faults


def _drained(check: Callable[..., Iterator[Finding]], *subject: object) -> list[Finding]:
    return list(check(*subject))


def _attempt(work: Callable[[], T], rule: str, document: str, faults: list[Fault]) -> T | None:
    """Do one piece of work; if it fails, note the fault and let the run go on.

    This is the one place where every exception is caught: a rule or page that breaks must not take the
    other pages' findings with it, and the report (and exit code 3) says what is missing.
    """
    try:
        return work()
    except MsgcheckError as error:
        faults.append(Fault(rule, document, str(error)))
    except Exception as error:  # noqa: BLE001
        faults.append(Fault(rule, document, f"unexpected {type(error).__name__}: {error}"))
    return None


def _watched(items: Sequence[T], stage: str, progress: Progress) -> Iterator[T]:
    for done, item in enumerate(items):
        progress(stage, done, len(items))
        yield item
    progress(stage, len(items), len(items))


def _nothing_checked(skipped: Sequence[Skipped], faults: Sequence[Fault]) -> UsageError:
    reasons = [str(fault) for fault in faults]
    reasons += [f"{skip.what}: {skip.reason}" for skip in skipped]
    hint = " ".join(reasons[:3]) if reasons else "Name a page, a folder or a URL: `msgcheck check site/`."
    return UsageError("Nothing was checked.", hint)
