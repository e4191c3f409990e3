"""Budgets: how much jargon, vagueness, confusion and how many findings a page or site may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgcheck.assemble import recounted
from msgcheck.config import Budget, Config
from msgcheck.findings import extended
from msgcheck.gate.measures import BUDGET_RULE, Measures, measures_of, together
from msgcheck.gate.offenders import Offenders
from msgcheck.model import Finding, PageReport, Report
from msgcheck.paths import matches_any
from msgcheck.rules.base import whole

#: What is not worse by more than this counts as the same: a fiftieth of the scale, a fifth of a word in a hundred. The
#: reports show two digits; below this an edit of one sentence elsewhere on the page would be called worse.
_SLACK: Mapping[str, float] = {"confusion": 0.02, "vague_share": 0.02, "jargon_per_100_words": 0.2}
_NAMES: Mapping[str, str] = {
    "confusion": "a confusion of {:g}",
    "vague_share": "a share of vague claims of {:g}",
    "jargon_per_100_words": "{:g} words of jargon in 100",
    "error": "{:g} errors",
    "warning": "{:g} warnings",
    "note": "{:g} notes",
}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a budget is about: one page, or several `together`; the finding stands at the first."""

    pages: Sequence[PageReport]
    measures: Measures
    together: bool = False

    @property
    def note(self) -> str:
        return " together" if self.together else ""


def over_budget(report: Report, config: Config) -> Report:
    """The report with a finding for every limit that a page, or the pages together, exceed."""
    offenders = Offenders(report)
    found = [
        _finding(offenders, subject, name, f"{round(over, 3):g} over the budget of {limit:g}")
        for subject, limits in _limited(report, config.budget)
        for name, limit in limits.items()
        if (over := subject.measures.value(name) - limit) > 0
    ]
    return _with(report, found, config)


def worse(report: Report, before: Mapping[str, Measures], config: Config) -> Report:
    """The report with findings for pages that got worse, where the configuration says `no_worse`.

    `before` has the measures of pages by their present keys. What was over its budget already and got worse is not
    taken for known any more.
    """
    if not config.budget:
        return report
    now = measures_of(report)
    shared = {key: (measures, before[key]) for key, measures in now.items() if key in before}
    again = tuple(
        replace(finding, baselined=False) if finding.rule == BUDGET_RULE and _is_worse(finding, shared) else finding
        for finding in report.findings
    )
    summary = recounted(report.summary, again)
    fewer = report.summary.baselined - summary.baselined
    last = tuple(replace(comparison, known=comparison.known - fewer) for comparison in report.comparisons[-1:])
    report = replace(report, findings=again, summary=summary, comparisons=(*report.comparisons[:-1], *last))
    told = {(finding.primary.document, finding.primary.note) for finding in again if finding.rule == BUDGET_RULE}
    strict = [budget for budget in config.budget if budget.no_worse]
    offenders = Offenders(report)
    found = [
        _finding(offenders, _Subject([page], now[key]), name, f"and was at {before[key].value(name):g} before")
        for page in report.pages
        if (key := page.document.key) in shared and any(_is_meant(page, budget) for budget in strict)
        for name, slack in _SLACK.items()
        if now[key].value(name) > before[key].value(name) + slack and (key, name) not in told
    ]
    return _with(report, found, config)


def _is_worse(finding: Finding, shared: Mapping[str, tuple[Measures, Measures]]) -> bool:
    """Whether the measure that a finding is about got worse; of pages together, any of those that are left."""
    name = finding.primary.note.removesuffix(" together")
    if finding.primary.note == name:
        pairs = [shared[finding.primary.document]] if finding.primary.document in shared else []
    else:
        pairs = [(together([now for now, _ in shared.values()]), together([then for _, then in shared.values()]))]
    return any(now.value(name) > then.value(name) + _SLACK.get(name, 0) for now, then in pairs)


def _limited(report: Report, budgets: Sequence[Budget]) -> Iterator[tuple[_Subject, dict[str, float]]]:
    """Each page with its limits, of which a later budget's win; and what is judged together, with those of its own."""
    measures = measures_of(report)
    for page in report.pages:
        limits: dict[str, float] = {}
        for budget in budgets:
            if budget.per == "page" and _is_meant(page, budget):
                limits |= budget.limits()
        if limits:
            yield _Subject([page], measures[page.document.key]), limits
    for budget in budgets:
        pages = sorted((page for page in report.pages if _is_meant(page, budget)), key=lambda page: page.document.key)
        if budget.per == "site" and pages:
            yield _Subject(pages, together([measures[page.document.key] for page in pages]), True), budget.limits()


def _is_meant(page: PageReport, budget: Budget) -> bool:
    return not budget.paths or matches_any(page.document.key, budget.paths)


def _finding(offenders: Offenders, subject: _Subject, name: str, how: str) -> Finding:
    value, pages = subject.measures.value(name), subject.pages
    what = f"These {len(pages)} pages together have" if subject.together else "This page has"
    worst = offenders.together(pages, name) if subject.together else offenders.of_page(pages[0], name)
    return Finding(
        rule=BUDGET_RULE,
        severity="error",
        confidence=1.0,
        message=f"{what} {_NAMES[name].format(value)}, {how}.{f' Most of it: {worst}.' if worst else ''}",
        advice="Mend the worst first; or raise the budget, if the team agrees.",
        locations=(whole(pages[0].document, note=name + subject.note),),
    )


def _with(report: Report, found: Sequence[Finding], config: Config) -> Report:
    if not found:
        return report
    findings = extended(report.findings, found, [page.document for page in report.pages], config)
    return replace(report, findings=findings, summary=recounted(report.summary, findings))
