"""The positioning as a form: flat fields and rows, what is wrong with each, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.datastructures import FormData

from msgcheck.extract.positioning import PositioningFields
from msgcheck.extract.statement import Slots

#: Fields with one item a line, by the key that they stand under in the file.
_LINES = ("aliases", "category_aliases", "not", "alternatives", "avoid", "known", "prefer")
_WORDS = ("product", "category", "statement")
#: The fields of a row, the one first without which it is no row.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "audiences": ("name", "needs"),
    "messages": ("text", "kind", "required_on"),
    "facts": ("text",),
}
KINDS = ("value", "differentiator", "problem", "proof")
_BLANK = 2
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the form. `problems` by the name of a field, and `audiences.0` for the first audience."""

    words: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys((*_WORDS, *_LINES), ""))
    rows: Mapping[str, list[Row]] = field(default_factory=lambda: {name: [] for name in _ROWS})
    problems: Mapping[str, str] = field(default_factory=dict)

    def open_rows(self, name: str) -> list[Row]:
        """The rows, and empty ones to add to them."""
        empty = dict.fromkeys(("id", *_ROWS[name]), "")
        return [*self.rows[name], *(dict(empty) for _ in range(_BLANK))]


def to_sheet(fields: PositioningFields) -> Sheet:
    """The form for what a file says."""
    said: dict[str, Any] = fields.model_dump(by_alias=True)
    vocabulary = said["vocabulary"]
    prefer = [f"{term}: {', '.join(variants)}" for term, variants in vocabulary["prefer"].items()]
    lines = {**said, "avoid": vocabulary["avoid"], "known": vocabulary["known"], "prefer": prefer}
    words = {name: said[name] for name in _WORDS} | {name: "\n".join(lines[name]) for name in _LINES}
    rows = {
        name: [{key: _shown(item[key]) for key in ("id", *keys)} for item in said[name]] for name, keys in _ROWS.items()
    }
    return Sheet(words, rows)


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def from_form(form: FormData) -> Sheet:
    """What was sent; rows without anything in them are left out."""
    words = {name: _text(form.get(name)) for name in (*_WORDS, *_LINES)}
    rows: dict[str, list[Row]] = {}
    for name, keys in _ROWS.items():
        columns = {key: [_text(value) for value in form.getlist(f"{name}-{key}")] for key in ("id", *keys)}
        found = [dict(zip(columns, values, strict=False)) for values in zip(*columns.values(), strict=False)]
        rows[name] = [row for row in found if any(row[key] for key in keys if key != "kind")]
    return Sheet(words, rows)


def _text(value: object) -> str:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def checked(sheet: Sheet) -> Sheet:
    """The same with its problems."""
    problems: dict[str, str] = {}
    if not sheet.words["product"]:
        problems["product"] = "Say what the product is called, written as it must be written."
    if not (sheet.words["category"] or sheet.words["statement"] or sheet.rows["messages"]):
        problems["category"] = "Say what kind of product it is, or give a message or a statement."
    for name, keys in _ROWS.items():
        for number, row in enumerate(sheet.rows[name]):
            if not row[keys[0]]:
                problems[f"{name}.{number}"] = "This line has no words yet. Write them, or empty the line."
    for line in sheet.words["prefer"].splitlines():
        if line.strip() and not re.fullmatch(r"\s*[^:\s][^:]*:\s*\S.*", line):
            problems["prefer"] = f"“{line.strip()}” needs a colon: the term to use, then what it replaces."
    return replace(sheet, problems=problems)


def filled(sheet: Sheet) -> PositioningFields:
    """The keys of the file. New rows get an id from their words; those there keep theirs."""
    said: dict[str, Any] = {name: sheet.words[name] for name in _WORDS if sheet.words[name]}
    lists = {name: _items(sheet.words[name]) for name in _LINES if name != "prefer"}
    said |= {name: items for name, items in lists.items() if items and name not in ("avoid", "known")}
    said["vocabulary"] = {"avoid": lists["avoid"], "known": lists["known"], "prefer": _prefer(sheet.words["prefer"])}
    for name, keys in _ROWS.items():
        said[name] = list(_with_ids(sheet.rows[name], keys[0]))
    for message in said["messages"]:
        message["kind"] = message["kind"] or KINDS[0]
        message["required_on"] = [part.strip() for part in message["required_on"].split(",") if part.strip()]
    return PositioningFields.model_validate(said)


def _items(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _prefer(text: str) -> dict[str, list[str]]:
    pairs = (line.split(":", 1) for line in _items(text))
    return {term.strip(): [part.strip() for part in rest.split(",") if part.strip()] for term, rest in pairs}


def _with_ids(rows: Iterable[Row], words: str) -> Iterable[dict[str, Any]]:
    rows = list(rows)
    taken = {row["id"] for row in rows}
    for row in rows:
        id = row["id"]
        if not id:
            base = "-".join(re.findall(r"[a-z0-9]+", row[words].lower())[:4]) or "item"
            id = next(one for one in (base, *(f"{base}-{n}" for n in range(2, 1000))) if one not in taken)
            taken.add(id)
        yield {**row, "id": id}


def with_slots(sheet: Sheet, slots: Slots, statement: str) -> Sheet:
    """The form with what a statement says, where it says nothing itself yet."""
    words = dict(sheet.words) | {"statement": statement}
    words["product"] = words["product"] or slots.product
    words["category"] = words["category"] or slots.category
    words["alternatives"] = words["alternatives"] or "\n".join(slots.alternatives)
    rows = {name: [*found] for name, found in sheet.rows.items()}
    if slots.audience and not rows["audiences"]:
        rows["audiences"].append({"id": "", "name": slots.audience, "needs": slots.need})
    known = {row["text"].casefold() for row in rows["messages"]}
    for kind, text in (("value", slots.value), ("differentiator", slots.difference)):
        if text and _sentence(text).casefold() not in known:
            rows["messages"].append({"id": "", "text": _sentence(text), "kind": kind, "required_on": ""})
    return Sheet(words, rows)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
