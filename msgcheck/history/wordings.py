"""Which stretches of a page's copy changed, and what each did: to the agreed messages, the category, the findings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgcheck.model.drift import CopyChange, MessageDrift
from msgcheck.model.history import FindingRow, PageRow

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|\n")

_SAYS = ("covered", "partial")


def sentences(copy: str) -> list[str]:
    """The sentences of a page's copy, for comparing: cut at line ends and full stops."""
    return [piece for part in _SENTENCE_END.split(copy) if (piece := part.strip())]


def changed_stretches(before: str, after: str) -> tuple[CopyChange, ...]:
    """What is not there any more beside what stands in its place; sentences that only moved are neither."""
    old, new = sentences(before), sentences(after)
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    cut = [(old[a:b], new[c:d]) for step, a, b, c, d in steps if step != "equal"]
    moved = {line for gone, _ in cut for line in gone} & {line for _, added in cut for line in added}
    found: list[CopyChange] = []
    for gone, added in cut:
        found += _pairs([line for line in gone if line not in moved], [line for line in added if line not in moved])
    return tuple(found)


def _pairs(gone: Sequence[str], added: Sequence[str]) -> Iterator[CopyChange]:
    """Sentence by sentence where as many went as came; else as a whole."""
    if len(gone) == len(added):
        yield from (CopyChange((was,), (now,)) for was, now in zip(gone, added, strict=True))
    elif gone or added:
        yield CopyChange(tuple(gone), tuple(added))


def with_reasons(
    changes: Sequence[CopyChange],
    pages: tuple[PageRow, PageRow],
    messages: Sequence[MessageDrift],
    findings: tuple[Sequence[FindingRow], Sequence[FindingRow]],
) -> tuple[CopyChange, ...]:
    """The changes of a page, each with what rests on its words: changed messages, category nouns, and findings.

    `pages` are the page before and now, `findings` what is new on it and what is fixed.
    """
    old, new = pages
    refiled = old.noun.lower() != new.noun.lower()
    return tuple(
        replace(
            change,
            messages=tuple(item for item in messages if _rests_on(item, change)),
            noun_before=old.noun if refiled and _said(old.noun, change.gone) else "",
            noun_after=new.noun if refiled and _said(new.noun, change.new) else "",
            found=tuple(row for row in findings[0] if _said(row.quote, change.new)),
            mended=tuple(row for row in findings[1] if _said(row.quote, change.gone)),
        )
        for change in changes
    )


def _rests_on(message: MessageDrift, change: CopyChange) -> bool:
    """Whether the message was said in the words that went, or is in those that came."""
    was = message.before in _SAYS and _said(message.quote, change.gone)
    return was or (message.after in _SAYS and _said(message.now, change.new))


def _said(quote: str, lines: Sequence[str]) -> bool:
    """Whether words stand in these sentences, or one of these sentences in the words."""
    wanted, said = words(quote), words(" ".join(lines))
    return _holds(said, wanted) or any(_holds(wanted, words(line)) for line in lines)


def _holds(text: str, part: str) -> bool:
    """Whether a text of `words` holds another one; none holds nothing."""
    return bool(part) and f" {part} " in f" {text} "


def words(text: str) -> str:
    """The words alone, in small letters, for comparing."""
    return " ".join(re.findall(r"\w+", text.lower()))
