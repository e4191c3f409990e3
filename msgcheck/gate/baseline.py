"""The baseline file: what is known, one entry a line, sorted, so that it merges and reads well in a diff."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from pathlib import Path, PurePath

import msgspec

from msgcheck.errors import InputError
from msgcheck.gate.compare import Matching, Scope, measures_before
from msgcheck.gate.known import Known, KnownFinding, KnownPage, known_of
from msgcheck.gate.measures import Measures, better
from msgcheck.model import Report

#: Format history: 1, the first.
VERSION = 1
_HEADER = "msgcheck_baseline"
_FIRST = "`msgcheck check --write-baseline FILE` writes one."
_ANEW = "remove the file and write it anew with `msgcheck check --write-baseline FILE`."
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_WEB = ("http://", "https://")


def read_baseline(path: Path) -> Known:
    """Read a baseline file; the places of pages come back relative to the working folder.

    Raises InputError, in one line, for a file that is missing, damaged, written by a newer version, or left with the
    marks of a merge conflict.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such baseline.", _FIRST) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a baseline ({error}).", _FIRST) from error
    if conflict := next((number for number, line in enumerate(lines, 1) if line.startswith(_CONFLICT)), 0):
        hint = f"Keep the lines of both sides and take out the marks, or {_ANEW}"
        raise InputError(f"{path}, line {conflict}: a merge conflict is not resolved.", hint)
    pages: dict[str, KnownPage] = {}
    findings: dict[str, KnownFinding] = {}
    for number, line in enumerate(lines or [""], 1):
        entry = _entry(path, number, line)
        if isinstance(entry, KnownPage):
            pages[entry.page] = replace(entry, source=_from_folder(entry.source, path.parent))
        elif entry is not None:
            findings[entry.fingerprint] = entry
    return Known(tuple(pages.values()), tuple(findings.values()))


def _entry(path: Path, number: int, line: str) -> KnownPage | KnownFinding | None:
    """What a line holds; nothing for the header, wherever a merge has left it, and for an empty line."""
    if number > 1 and not line.strip():
        return None
    try:
        content = json.loads(line)
        if _HEADER not in content and number > 1:
            return msgspec.convert(content, KnownPage) if "page" in content else msgspec.convert(content, KnownFinding)
        version = int(content[_HEADER])
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        what = "is no msgcheck baseline" if number == 1 else f"line {number} is damaged ({error})"
        raise InputError(f"{path}: {what}.", _FIRST if number == 1 else f"Mend the line, or {_ANEW}") from error
    if version > VERSION:
        message = f"{path}: was written by a newer msgcheck (format {version})."
        raise InputError(message, f"Update msgcheck, or {_ANEW}")
    return None


def scope_of(report: Report, known: Known, rules: Collection[str]) -> Scope:
    """What a run with these rules looked for: a page that was not read is there or absent as its file is."""
    broken = {fault.rule for fault in report.faults} | {skip.what for skip in report.skipped}
    read = {page.document.key for page in report.pages}
    files = [page for page in known.pages if page.page not in read and not page.source.startswith(_WEB)]
    there = {page.page for page in files if Path(page.source).exists()}
    return Scope(set(rules) - broken, there, {page.page for page in files} - there)


def updated(report: Report, before: Known, matching: Matching, *, accept: bool) -> Known:
    """What is to be known from now on: with `accept` all that the report has, else what was known and is not gone.

    What was not looked for stays, with its pages.
    """
    now = known_of(report)
    if accept:
        return Known((*now.pages, *matching.unread_pages), (*now.findings, *matching.unread))
    kept = measures_before(before, matching)
    pages = [_no_worse(page, kept) for page in now.pages if page.page in kept]
    return Known((*pages, *matching.unread_pages), (*matching.still, *matching.unread))


def _no_worse(page: KnownPage, before: Mapping[str, Measures]) -> KnownPage:
    return replace(page, measures=better(page.measures, before[page.page])) if page.measures else page


def render(known: Known, folder: Path) -> str:
    """The file's text; places of pages are written relative to its folder."""
    pages = [asdict(replace(page, source=_in_folder(page.source, folder))) for page in known.pages]
    lines = [(page["page"], "", "", "", _line(page)) for page in pages]
    lines += [(item.document, item.rule, item.quote, item.fingerprint, _line(asdict(item))) for item in known.findings]
    return "\n".join([_line({_HEADER: VERSION}), *(line for *_, line in sorted(lines))]) + "\n"


def _line(entry: dict[str, object]) -> str:
    """Halves of characters, which a hostile page may hold, are written as escapes."""
    entry = {name: value for name, value in entry.items() if value}
    text = json.dumps(entry, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(entry)


def _in_folder(source: str, folder: Path) -> str:
    return source if source.startswith(_WEB) else PurePath(os.path.relpath(source, folder)).as_posix()


def _from_folder(source: str, folder: Path) -> str:
    return source if source.startswith(_WEB) else os.path.normpath(folder / source)
