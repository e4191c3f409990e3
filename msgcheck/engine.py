"""The pipeline, from raw documents to the finished report; what fails becomes a Fault and the run goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from msgcheck.assemble import assemble
from msgcheck.attempt import attempt
from msgcheck.cache import Cache
from msgcheck.config import Config
from msgcheck.errors import UsageError
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.findings import settle
from msgcheck.inputs import Inputs, Progress, Settings, silent
from msgcheck.language.values import Language
from msgcheck.measure.annotate import annotate_calls, annotate_positioning
from msgcheck.measure.calls.accounts import with_accounts
from msgcheck.measure.calls.measure import measure_calls
from msgcheck.measure.calls.roles import infer_all
from msgcheck.measure.distance import site_meaning
from msgcheck.measure.values import AnnotatedPositioning, CallsMeasures, PageMeasures
from msgcheck.model import Call, Fault, Finding, Positioning, Report, Run, Skipped
from msgcheck.reading import Maker, PageMaker, PageReader
from msgcheck.report.wording import by_reason, some
from msgcheck.rules.base import Context, Need, Rule
from msgcheck.rules.registry import check_settings, selected
from msgcheck.silenced import Ran

__all__ = ["Inputs", "Progress", "Settings", "check", "silent"]

T = TypeVar("T")

#: So many reasons are told when nothing could be checked.
_REASONS = 3
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


def check(
    inputs: Inputs,
    settings: Settings,
    language: Language,
    progress: Progress = silent,
    cache: Cache | None = None,
    elsewhere: Callable[[Maker], Maker] | None = None,
) -> Report:
    """Read, measure and judge pages and calls. Pages that did not change are taken from `cache`, if one is given; the
    others are read here, or by what `elsewhere` makes of the maker that would read them here.

    Raises UsageError when nothing at all could be checked: silence must never look like success.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    config = settings.config
    check_settings(config)
    rules = selected((*config.select, *settings.select), (*config.ignore, *settings.ignore))

    positioning = annotate_positioning(inputs.positioning, language) if inputs.positioning else None
    here = PageMaker(config, positioning, language)
    maker = elsewhere(here) if elsewhere else here
    read = PageReader(config, inputs.positioning, maker, cache or Cache(None)).read(inputs.pages, progress)
    talk, broken_calls = listen(inputs, config, read.measures, positioning, language, progress)
    skipped, faults = (*inputs.skipped, *read.skipped), (*inputs.faults, *read.faults, *broken_calls)
    if not read.measures and not talk.calls:
        raise _nothing_checked(skipped, faults)

    pages = tuple(sorted(read.measures, key=lambda page: (-round(page.confusion, 3), page.document.key)))
    context = Context(inputs.positioning, pages, talk, _options(rules, config))
    active, unmet = _by_need(rules, context)
    if not active:
        raise _nothing_checked(unmet, faults)
    findings, broken = _judge(active, context, progress)
    on_site, broken_on_site = _judge_site(active, context)
    ran = Ran({rule.id for rule in rules}, {rule.id for rule in active})

    run = Run(started.isoformat(timespec="seconds"), round(time.monotonic() - clock, 3), config.source)
    return assemble(
        run=run,
        language=language,
        context=context,
        meaning=site_meaning(pages, positioning),
        findings=settle((*findings, *on_site), [page.document for page in pages], config, ran),
        skipped=(*skipped, *unmet),
        faults=(*faults, *broken, *broken_on_site),
    )


def judge_page(
    page: PageMeasures, settings: Settings, positioning: Positioning | None, calls: CallsMeasures
) -> tuple[tuple[Finding, ...], tuple[Fault, ...]]:
    """What the rules say of a page while the rest of its site is not at hand.

    What only all pages can tell is left out, and with it that a comment silences nothing: it may be meant for that.
    """
    config = settings.config
    rules = selected((*config.select, *settings.select), (*config.ignore, *settings.ignore))
    context = Context(positioning, (page,), calls, _options(rules, config))
    active, _ = _by_need(rules, context)
    findings, faults = _judge(active, context, silent)
    ran = Ran({rule.id for rule in rules} - {"suppression.unused"}, {rule.id for rule in active})
    return settle(findings, [page.document], config, ran), tuple(faults)


def _options(rules: Iterable[Rule], config: Config) -> dict[str, dict[str, object]]:
    """The settings of each rule, by its id."""
    configured = {rule_id: setting.options() for rule_id, setting in config.rules.items()}
    return {rule.id: {**rule.options, **configured.get(rule.id, {})} for rule in rules}


def listen(
    inputs: Inputs,
    config: Config,
    pages: Sequence[PageMeasures],
    positioning: AnnotatedPositioning | None,
    language: Language,
    progress: Progress,
) -> tuple[CallsMeasures, list[Fault]]:
    """The calls, read and measured; `pages` are where suspects are looked for."""
    calls, faults = _read_calls(inputs, config, progress)
    return _measure_calls(calls, pages, positioning, language), faults


def _read_calls(inputs: Inputs, config: Config, progress: Progress) -> tuple[list[Call], list[Fault]]:
    calls: list[Call] = []
    faults: list[Fault] = []
    for raw in _watched(inputs.calls, "Reading calls", progress):
        calls += attempt(partial(read_calls, raw), "", raw.key, faults) or ()
    if inputs.calls_until:
        calls = [call for call in calls if "" < call.date <= inputs.calls_until]
    known = infer_all(calls, config.calls, inputs.positioning)
    return list(with_accounts(known, inputs.positioning)), faults


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
    for page in _watched(context.pages, "Judging", progress):
        for rule in rules:
            findings += attempt(partial(_drained, rule.check, page, context), rule.id, page.document.key, faults) or ()
    return findings, faults


def _judge_site(rules: Sequence[Rule], context: Context) -> tuple[list[Finding], list[Fault]]:
    findings: list[Finding] = []
    faults: list[Fault] = []
    for rule in rules:
        findings += attempt(partial(_drained, rule.check_site, context), rule.id, "", faults) or ()
    return findings, faults


def _drained(check: Callable[..., Iterator[Finding]], *subject: object) -> list[Finding]:
    return list(check(*subject))


def _watched(items: Sequence[T], stage: str, progress: Progress) -> Iterator[T]:
    for done, item in enumerate(items):
        progress(stage, done, len(items))
        yield item
    progress(stage, len(items), len(items))


def _nothing_checked(skipped: Sequence[Skipped], faults: Sequence[Fault]) -> UsageError:
    reasons = [str(fault) for fault in faults]
    reasons += [f"{some(what)}: {reason}." for reason, what in by_reason(skipped).items()]
    hint = " ".join(reasons[:_REASONS]) if reasons else "Name a page, a folder or a URL: `msgcheck check site/`."
    return UsageError("Nothing was checked.", hint)
