"""Reads a one-paragraph positioning statement into its slots by its sentence pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ARTICLE = r"(?:an?\s+|the\s+|our\s+)?"
_NAME = r"(?P<product>(?:[Tt]he\s+)?[A-Z0-9][^,;:]{0,59}?|[a-z]+[A-Z][^,;:\s]{0,40})"
_WHO = r"(?:\s+(?:who|that|which)\s+(?P<need>.+?)|\s+(?P<gerund>needing|wanting|looking|struggling)\s+(?P<need2>.+?))?"
_VALUE = r"(?:,?\s+(?:that|which)\s+(?P<value>.+))?"

#: 'For X who Y, P is a C that V.'
_FOR_FIRST = re.compile(
    rf"^(?:for|to)\s+(?P<audience>.+?){_WHO},\s*{_NAME}\s+(?:is|are|offers?|"
    rf"provides?)\s+{_ARTICLE}(?P<category>[^,;]+?){_VALUE}$"
)
#: 'P is a C for X who Y that V.' and 'P is a C that V for X who Y.'
_PRODUCT_FIRST = re.compile(
    rf"^{_NAME}\s+(?:is|are)\s+{_ARTICLE}(?P<category>[^,;]+?)"
    r"(?:\s+(?:built\s+|made\s+|designed\s+)?for\s+(?P<audience>.+?)"
    r"(?:\s+who\s+(?P<need>.+?))?)?"
    r"(?:,?\s+(?:that|which)\s+(?P<value>.+))?$"
)
#: 'P helps X to V.' names no category; without the 'to' nothing shows where X ends.
_HELPS = re.compile(rf"^{_NAME}\s+(?:helps|lets|enables)\s+(?P<audience>.+?)\s+(?P<value>to\s+.+)$")
_DOES = re.compile(rf"^{_NAME}\s+(?P<value>(?:helps|lets|enables|gives|shows|turns|makes)\s+.+)$")
_UNLIKE = re.compile(
    r"^(?i:unlike|in contrast to|as opposed to|instead of)\s+(?P<alternative>.+?)(?:,\s*|\s+(?=(?:it|we)\s))"
    r"(?:(?:it|we|they|(?:[Oo]ur|[Tt]he)\s+\w+|[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,3})\s+)?(?P<difference>.+)$"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_MARKUP = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?=[\s.,;:]|$)")


@dataclass(frozen=True, slots=True)
class Slots:
    """What a statement says, in its own words; an empty slot was not found."""

    product: str = ""
    audience: str = ""
    need: str = ""
    category: str = ""
    value: str = ""
    alternatives: tuple[str, ...] = ()
    difference: str = ""


def parse_statement(text: str, product: str = "") -> Slots:
    """Fill the slots that the statement's pattern shows; `product`, where known, settles where the name stands."""
    first: re.Match[str] | None = None
    second: re.Match[str] | None = None
    for sentence in _sentences(text):
        second = second or _UNLIKE.match(sentence)
        if first is None and not _UNLIKE.match(sentence):
            first = _match(sentence, product)
    found = first.groupdict() if first else {}
    return Slots(
        product=_clean(re.sub(r"^the\s+(?=\S)", "", found.get("product") or "")),
        audience=_clean(found.get("audience")),
        need=_need(found),
        category=_clean(found.get("category")),
        value=_clean(found.get("value")),
        alternatives=_alternatives(second["alternative"]) if second else (),
        difference=_clean(second["difference"]) if second else "",
    )


def _match(sentence: str, product: str) -> re.Match[str] | None:
    if product:
        sentence = re.sub(re.escape(product), product[:1].upper() + product[1:], sentence, flags=re.IGNORECASE)
    opened = sentence[:1].lower() + sentence[1:] if re.match(r"(?:For|To|FOR)\s", sentence) else sentence
    opened = re.sub(r"^fOR\s", "for ", opened)
    for pattern in (_FOR_FIRST, _PRODUCT_FIRST, _HELPS, _DOES):
        if (found := pattern.match(opened)) is not None:
            return found
    return None


def _sentences(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if not re.match(r"\s*(#{1,6}\s|---|===|<!--)", line)]
    folded = " ".join(_MARKUP.sub("", re.sub(r"^\s*[>*-]\s+", "", line)) for line in lines)
    folded = re.sub(r"\s+", " ", folded).strip()
    folded = re.sub(r"\bWho\b(?=\s+(?:need|want|are|have))", "who", folded)
    return [part.rstrip(".!? ") for part in _SENTENCE_END.split(folded) if part.strip()]


def _need(found: dict[str, str | None]) -> str:
    need = found.get("need") or found.get("need2") or ""
    return _clean(re.sub(r"^(?:need|want|have|wish|would like)s?\s+(?:to\s+)?", "", need))


def _alternatives(text: str) -> tuple[str, ...]:
    head = re.split(r",\s+(?:which|who|where|that)\b", text)[0]
    parts = re.split(r",\s*(?:or|and)?\s*|\s+or\s+", head)
    return tuple(part for part in (_clean(part) for part in parts) if part)


def _clean(text: str | None) -> str:
    return (text or "").strip(" ,;:.\"'“”")
