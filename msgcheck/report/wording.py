"""The sentences that the terminal and the HTML report share: the verdict, the counts, the names of things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgcheck.model import (
    SEVERITIES,
    BuyerTerm,
    Clearing,
    Comparison,
    Finding,
    Moment,
    Report,
    Severity,
    Skipped,
    Slot,
    VoiceKind,
)

#: Half of the scale: where the readers whose judgement confusion learnt from were as often lost as not (3 of 5).
CONFUSING = 0.5
#: A quarter: up to here those readers could say what is sold, but for details (2 of 5).
CLEAR = 0.25

#: More reasons or names than these are only counted.
SHOWN = 3


def active(report: Report) -> tuple[Finding, ...]:
    """The findings that count: neither silenced in the page nor known from the baseline."""
    return tuple(found for found in report.findings if not found.suppressed and not found.baselined)


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """The same findings, errors first; within a severity they keep their order."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def shown(moment: Moment) -> str:
    """What a moment shows, to be read after its speaker's name: reps tell of others."""
    return f"tells of a prospect who {moment.about}" if moment.role == "rep" else moment.about


def by_reason(skipped: Iterable[Skipped]) -> dict[str, list[str]]:
    """What was left out, under each reason."""
    reasons: dict[str, list[str]] = {}
    for skip in skipped:
        reasons.setdefault(skip.reason, []).append(skip.what)
    return reasons


def unread(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    """Files and pages that were left out, without the rules for which nothing was given."""
    from msgcheck.rules.registry import all_rules

    rules = {rule.id for rule in all_rules()}
    return tuple(skip for skip in skipped if skip.what not in rules)


def some(names: Sequence[str]) -> str:
    """'a, b, c and 4 more'."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def counted(number: int, noun: str) -> str:
    """'1 page', '2 pages', '1,204 words'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(parts: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def severities(counts: Mapping[Severity, int]) -> str:
    """'3 errors, 1 warning and 2 notes', without what is zero."""
    return listed([counted(counts[name], name) for name in SEVERITIES if counts.get(name)])


def clock(seconds: float) -> str:
    """'4:07', or '1:02:09' from an hour on."""
    whole = max(0, int(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def spent(clearing: Clearing) -> str:
    """'2:01 min clearing up (24% of the talk)', 'about 3 min …' where it is estimated."""
    time = f"about {max(1, round(clearing.seconds / 60))}" if clearing.estimated else clock(clearing.seconds)
    return f"{time} min clearing up ({clearing.share:.0%} of the talk)"


def heard(report: Report) -> str:
    """What calls cost, in a sentence: how many calls showed confusion, how often, and the time it took."""
    confused = sum(bool(call.moments) for call in report.calls)
    if not confused:
        return f"Nobody sounded confused on {counted(len(report.calls), 'call')}."
    times = counted(sum(len(call.moments) for call in report.calls), "time")
    told = f"On {confused} of {counted(len(report.calls), 'call')} somebody sounded confused, {times} in all"
    cost = report.clearing
    return f"{told}: {spent(cost)}." if cost and cost.seconds else f"{told}."


#: How the sides of a product are called that reps describe, and the things that buyers have words for.
SLOTS: Mapping[Slot, str] = {"category": "calls it", "audience": "says it is for", "value": "says of it"}
VOICE: Mapping[VoiceKind, str] = {
    "product": "the product",
    "problem": "the problem",
    "alternative": "what they use instead",
}


def tracks(report: Report) -> list[str]:
    """How reps describe the product, a line for each of their words."""
    return [
        f"{track.speaker} {SLOTS[track.slot]} “{track.words}” ({counted(track.count, 'time')}"
        f"{', as agreed' if track.agreed else ', not agreed'})"
        for track in report.talk_tracks
    ]


def buyers_words(report: Report) -> list[str]:
    """What buyers call things, a line for each of their words."""
    return [
        f"{VOICE[term.about]}: “{term.words}”, {counted(term.prospects, 'prospect')} on "
        f"{counted(len(term.calls), 'call')}; {_on_pages(term)}"
        for term in report.voice
    ]


def _on_pages(term: BuyerTerm) -> str:
    ours = f"; the pages say “{term.page_term}”" if term.page_term else ""
    return f"{counted(term.pages, 'time') if term.pages else 'never'} on the pages{ours}"


def lostness(confusion: float) -> str:
    """How a page reads to somebody who sees it first."""
    if confusion >= CONFUSING:
        return "confusing"
    return "clear" if confusion <= CLEAR else "partly clear"


def verdict(report: Report) -> str:
    """Answers 'is it all right?' in a sentence or two."""
    summary, findings = report.summary, active(report)
    told = severities(summary.findings)
    where = _where(report, findings)
    if summary.findings.get("error"):
        said = f"No: {told} on {where}."
    elif summary.findings.get("warning"):
        said = f"Nearly: no errors, but {told} on {where}."
    elif findings:
        said = f"Yes, with {told} on {where}."
    elif report.summary.pages:
        said = f"Yes: nothing to mend on {counted(summary.pages, 'page')}."
    else:
        said = "No pages were read, only calls."
    return " ".join(filter(None, (said, _heard(report), _incomplete(report))))


def _where(report: Report, findings: Sequence[Finding]) -> str:
    """'3 of 6 pages and 1 call'."""
    found = {finding.primary.document for finding in findings}
    pages = found & {page.document.key for page in report.pages}
    calls = found & {call.call.key for call in report.calls}
    others = len(found) - len(pages) - len(calls)
    told = (
        f"{len(pages)} of {counted(report.summary.pages, 'page')}" if pages else "",
        counted(len(calls), "call") if calls else "",
        counted(others, "other place" if pages or calls else "place") if others else "",
    )
    return listed([part for part in told if part])


def compared(comparison: Comparison, new: int) -> str:
    """How a run differs from what was known, in a sentence and the comparison's notes."""
    parts = [f"{new:,} new", f"{comparison.known:,} known", f"{len(comparison.gone):,} gone"]
    if comparison.unread:
        parts.append(f"{comparison.unread:,} not looked for")
    return " ".join((f"Against {comparison.against}: {listed(parts)}.", *comparison.notes))


def _heard(report: Report) -> str:
    if not report.calls:
        return ""
    moments = sum(len(call.moments) for call in report.calls)
    if not moments:
        return f"Nobody sounded confused on {counted(len(report.calls), 'call')}."
    return f"Prospects were confused {counted(moments, 'time')} on {counted(len(report.calls), 'call')}."


def _incomplete(report: Report) -> str:
    return f"Incomplete: {counted(len(report.faults), 'thing')} failed, listed under “Failed”." if report.faults else ""


def first(report: Report) -> Finding | None:
    """What to mend first: of the worst severity, what most calls bear out, else what comes first."""
    calls = {call.call.key for call in report.calls}
    found = active(report)
    worst = next((severity for severity in SEVERITIES if any(item.severity == severity for item in found)), None)
    return max(
        (item for item in found if item.severity == worst),
        key=lambda item: len({other.document for other in item.locations[1:]} & calls),
        default=None,
    )
