"""Call notes exported from HubSpot or Salesforce as CSV: one call a row, written by its owner."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Mapping
from dataclasses import replace

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.common import KNOWN, Utterance, date_in, make_call
from msgcheck.extract.transcripts.names import name_from
from msgcheck.extract.transcripts.plain import mostly_named, named_talk
from msgcheck.model import Call, RawDocument, Speaker, SpeakerRole

#: Column labels and API names, folded to letters and digits, by what they hold; the first that is there wins.
_COLUMNS = {
    "notes": ("callnotes", "hscallbody", "comments", "description", "fullcomments", "body", "notes"),
    "date": ("activitydate", "hstimestamp", "duedate", "date", "createdate", "createddate"),
    "owner": ("owner", "activityassignedto", "hubspotownerid", "assigned", "assignedto", "ownername", "activityowner"),
    "contact": ("contact", "associatedcontact", "name", "who", "whoname", "contactname", "associatedcontacts"),
    "title": ("calltitle", "hscalltitle", "subject", "title"),
}
_BREAK = re.compile(r"<(?:br\s*/?|/p|/li|/div|/h\d)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,200}>")
_SLASHED = re.compile(r"^\s*(\d{1,2})/(\d{1,2})/(20\d\d)")
#: `Ada Byron (Head of Data)`, `Ada + 2`, `Ada & Bo (founders)`: the names, without roles and head counts.
_ROLE = re.compile(r"\s*\([^)]*\)|,.*$")
_SEVERAL = re.compile(r"\s*(?:\+|&|/|;|\band\b)\s*")
_BETWEEN = re.compile(r"\s*;\s*")
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,190}\w")
#: A cell of more lines that names head is a transcript that somebody pasted.
_TRANSCRIPT_LINES = 3
#: Brackets that held an address and nothing else.
_EMPTY = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")


def looks_like_crm(text: str) -> bool:
    """Whether the first line is a header with a column of notes beside one that says when or by whom."""
    return _delimiter(text) != ""


def _delimiter(text: str) -> str:
    """What parts the columns: a comma, or what spreadsheets write in other countries; '' where it is no export."""
    header = text.lstrip("\ufeff").split("\n", 1)[0]
    for delimiter in (",", ";", "\t"):
        try:
            columns = _columns(next(csv.reader([header], delimiter=delimiter)))
        except csv.Error:
            continue
        if "notes" in columns and columns.keys() & {"date", "owner", "contact"}:
            return delimiter
    return ""


def _columns(header: list[str]) -> dict[str, int]:
    folded = [re.sub(r"[^a-z0-9]", "", name.lower()) for name in header]
    return {
        what: folded.index(label)
        for what, labels in _COLUMNS.items()
        if (label := next((label for label in labels if label in folded), "")) != ""
    }


def read_crm(raw: RawDocument, text: str) -> tuple[Call, ...]:
    """One call a row that has notes. Raises InputError when no row has any."""
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text))
    try:
        columns = _columns(next(rows))
        cells = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(f"{raw.key}: is not valid CSV ({error}).", "Export the notes again.") from error
    calls = []
    for number, (line, row) in enumerate(cells, 1):
        values = {what: row[place].strip() if place < len(row) else "" for what, place in columns.items()}
        if notes := _plain(values["notes"]):
            calls.append(_call(raw, values | {"notes": notes}, number, line))
    if not calls:
        raise InputError(f"{raw.key}: no row has call notes.", f"Formats read: {KNOWN}.")
    return tuple(calls)


def _plain(notes: str) -> str:
    """Notes without their HTML; its paragraphs and line breaks stay apart."""
    return html.unescape(_TAG.sub(" ", _BREAK.sub("\n", notes))).strip()


def _call(raw: RawDocument, values: Mapping[str, str], number: int, line: int) -> Call:
    owner, *_ = _people(values.get("owner", ""), "rep", 1.0) or [Speaker("Notes", "rep", 1.0)]
    met = [person for person in _people(values.get("contact", ""), "prospect", 0.9) if person.name != owner.name]
    speakers = [owner, *met]
    if values["notes"].count("\n") >= _TRANSCRIPT_LINES and mostly_named(values["notes"]):
        said = [replace(item, line=line) for item in named_talk(values["notes"])]
    else:
        said = [Utterance(owner.name, piece, line=line, note=True) for piece in split_notes(values["notes"])]
    date, title = _date(values.get("date", "")), values.get("title", "")
    return make_call(raw, "crm-csv", said, date=date, speakers=speakers, title=title, part=str(number))


def _people(text: str, role: SpeakerRole, confidence: float) -> list[Speaker]:
    """`Ada Byron (ada@firm.example); Bo Lee`: names, each with the address beside it."""
    people = []
    for part in _BETWEEN.split(text):
        address = _EMAIL.search(part)
        email = address[0] if address else ""
        bare = _EMPTY.sub("", part.replace(email, "")) if email else part
        names = _SEVERAL.split(_ROLE.sub("", bare).strip()) if _ROLE.sub("", bare).strip() else [name_from(email)]
        people += [Speaker(name, role, confidence, email) for name in names if name and not name.isdigit()]
    return people


def _date(text: str) -> str:
    if (match := _SLASHED.match(text)) is not None:
        return f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}"
    return date_in(text)


_STOP = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n\s*(?=[-*•“\"(A-Z\d])|\n\s*\n")


def split_notes(text: str) -> list[str]:
    """Notes by sentence; a quotation stays with the words that introduce it."""
    pieces, buffer = [], ""
    start = 0
    for match in _STOP.finditer(text):
        buffer = text[start : match.end()].rstrip()
        if buffer.count('"') % 2 == 0 and buffer.count("“") == buffer.count("”"):
            pieces.append(buffer)
            start = match.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece.strip()]
