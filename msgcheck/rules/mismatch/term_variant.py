"""Rule mismatch.term-variant: a variant instead of the preferred term, or the product's name written otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from msgcheck.measure.lexical import stem, words
from msgcheck.measure.values import PageMeasures, TermUse
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.replacement import in_place_of


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    seen: dict[tuple[str, str], list[TermUse]] = {}
    for use in page.terms:
        if use.kind != "avoided":
            written = use.text if use.kind == "product-name" else " ".join(map(stem, words(use.text)))
            seen.setdefault((use.kind, written), []).append(use)
    for uses in seen.values():
        yield _finding(page, uses, context)


def _finding(page: PageMeasures, uses: list[TermUse], context: Context) -> Finding:
    first = uses[0]
    often = f" ({len(uses)} times on this page)" if len(uses) > 1 else ""
    if first.kind == "product-name":
        message = f"“{first.text}” is written “{first.preferred}” elsewhere{often}."
        advice = f"Write “{first.preferred}”, so that buyers find one product by one name."
    else:
        message = f"“{first.text}” stands for what is agreed to be called “{first.preferred}”{often}."
        advice = f"Write “{first.preferred}”: two words make a buyer look for two things."
    return Finding(
        rule=RULE.id,
        severity="warning",
        confidence=0.9,
        message=message,
        advice=advice,
        locations=tuple(
            replace(
                locate(page.document, use.block, use.start, use.end, kind="primary" if use is first else "related"),
                replacement=_replacement(page, use, context),
            )
            for use in uses
        ),
    )


def _replacement(page: PageMeasures, use: TermUse, context: Context) -> str:
    """The agreed words, where the page has the very form that they are agreed for; not for a plural."""
    before = page.block(use.block).text[: use.start]
    if use.kind == "product-name":
        return use.preferred if in_place_of(use.text.lower(), use.preferred, before) else ""
    agreed = context.positioning.vocabulary.prefer if context.positioning else ()
    exact = any(term == use.preferred and use.text.lower() in map(str.lower, others) for term, others in agreed)
    return in_place_of(use.text, use.preferred, before) if exact else ""


RULE = Rule(
    id="mismatch.term-variant",
    summary="A variant instead of the preferred term, or the product's name misspelt or wrongly cased.",
    severity="warning",
    needs=("positioning",),
    doc=Doc(
        finds="Words that the vocabulary lists as variants of a preferred term, and the product's name in other "
        "letters or with one letter wrong.",
        why="A buyer who reads two words looks for two things, and asks on the call what the difference is.",
        bad="Each posy in fernlight has its own stem list.  (agreed: recipe, not stem list)",
        better="Each posy in Fernlight has its own recipe.",
        silent="Web and mail addresses, code, file names, other companies' names, aliases of the product, "
        "testimonials, and headings in capitals.",
    ),
    check=_check,
)
