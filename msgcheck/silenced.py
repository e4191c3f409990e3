"""What comments in a page silence, and what is wrong with the comments themselves."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgcheck.model import Document, Finding, Location, Suppression
from msgcheck.rules.registry import all_rules


@dataclass(frozen=True, slots=True)
class Ran:
    """Which rules were asked to run, and which of them had what they need; by default all."""

    chosen: Collection[str]
    active: Collection[str]

    @classmethod
    def all(cls) -> Ran:
        ids = frozenset(rule.id for rule in all_rules())
        return cls(ids, ids)


def mark_silenced(findings: Iterable[Finding], documents: Mapping[str, Document]) -> list[Finding]:
    """The findings, those that a comment of their page covers marked as suppressed."""
    return [replace(finding, suppressed=_is_silenced(finding, documents)) for finding in findings]


def judge_comments(
    findings: Iterable[Finding], documents: Sequence[Document], ran: Ran, *, reasons: bool
) -> Iterator[Finding]:
    """What is wrong with comments: they silence nothing, name no rule or, with `reasons`, do not say why.

    That a comment silences nothing is said only where all rules that it names were asked to run, and one of them could.
    """
    by_document: dict[str, list[Finding]] = {}
    for finding in findings:
        by_document.setdefault(finding.primary.document, []).append(finding)
    for document in documents:
        for suppression in document.suppressions:
            if "suppression.unused" in ran.chosen:
                yield from _unused(suppression, document, by_document.get(document.key, ()), ran)
            if reasons and not suppression.reason and "suppression.no-reason" in ran.chosen:
                yield _without_reason(suppression, document)


def _is_silenced(finding: Finding, documents: Mapping[str, Document]) -> bool:
    document = documents.get(finding.primary.document)
    return document is not None and any(_covers(suppression, finding) for suppression in document.suppressions)


def _covers(suppression: Suppression, finding: Finding) -> bool:
    named = not suppression.rules or finding.rule.startswith(suppression.rules)
    return named and suppression.first_line <= finding.primary.line <= suppression.last_line


def _unused(suppression: Suppression, document: Document, here: Sequence[Finding], ran: Ran) -> Iterator[Finding]:
    ids = [rule.id for rule in all_rules()]
    unknown = [name for name in suppression.rules if not any(rule.startswith(name) for rule in ids)]
    for name in unknown:
        near = difflib.get_close_matches(name, [*ids, *{rule.split(".")[0] for rule in ids}], n=1, cutoff=0.5)
        advice = f"Did you mean `{near[0]}`?" if near else "`msgcheck rules` lists them all."
        yield _about(suppression, document, name, f"This comment names “{name}”, and there is no such rule.", advice)
    named = [rule for rule in ids if not suppression.rules or rule.startswith(suppression.rules)]
    told = all(rule in ran.chosen for rule in named) and any(rule in ran.active for rule in named)
    if told and not any(_covers(suppression, finding) for finding in here):
        what = " ".join(suppression.rules) or "every rule"
        message = f"This comment silences {what}, but nothing it covers is reported any more."
        yield _about(
            suppression, document, what, message, "Remove the comment, so that it cannot hide the next problem."
        )


def _without_reason(suppression: Suppression, document: Document) -> Finding:
    what = " ".join(suppression.rules) or "every rule"
    message = f"This comment silences {what} and does not say why."
    advice = "Put the reason after two dashes: `msgcheck-disable-next-line RULE -- the reason`."
    finding = _about(suppression, document, what, message, advice)
    return replace(finding, rule="suppression.no-reason", severity="error")


def _about(suppression: Suppression, document: Document, note: str, message: str, advice: str) -> Finding:
    place = Location(document.key, line=suppression.line, column=1, note=note)
    return Finding("suppression.unused", "note", 1.0, message, advice, (place,))
