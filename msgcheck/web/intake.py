"""What somebody pasted, uploaded or named, as a task; names of files are only ever labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import PurePosixPath
from typing import Literal

from msgcheck.model import RawDocument
from msgcheck.sources.files import CALL_SUFFIXES, PAGE_SUFFIXES
from msgcheck.web.errors import AnswerError
from msgcheck.web.task import Task

PastedKind = Literal["text", "markdown", "html"]
UploadKind = Literal["auto", "page", "call"]
_SUFFIX: dict[PastedKind, str] = {"text": ".txt", "markdown": ".md", "html": ".html"}
_ONLY_CALLS = CALL_SUFFIXES - PAGE_SUFFIXES
_LONGEST_NAME = 120
_LONGEST_URL = 2000


def pasted(content: str, kind: PastedKind, name: str = "") -> Task:
    """Copy as a page. `name` may be the path that it will have on the site, such as `/pricing`."""
    _refuse_empty(content.encode("utf-8", "replace"))
    suffix = _SUFFIX[kind]
    key = safe_name(name) or f"pasted{suffix}"
    file = key if PurePosixPath(key).suffix == suffix else f"{PurePosixPath(key).name or 'page'}{suffix}"
    return Task(pages=(RawDocument(key, key, file, content.encode("utf-8", "replace"), charset="utf-8"),))


def at_url(url: str) -> Task:
    """A page to be fetched."""
    url = url.strip()
    if len(url) > _LONGEST_URL or not url.isprintable() or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        raise AnswerError(422, "That is no address of a web page.", "It begins with https:// or http://.")
    if "@" in url.split("/")[2]:
        raise AnswerError(422, "The address holds a name or password.", "Save the page from a browser and upload it.")
    return Task(url=url)


def uploaded(files: Sequence[tuple[str, bytes]], kind: UploadKind = "auto") -> Task:
    """Files by name and content: pages, or calls."""
    if not files:
        raise AnswerError(422, "No file came along.", "Choose a file.")
    pages: list[RawDocument] = []
    calls: list[RawDocument] = []
    for name, content in files:
        _refuse_empty(content)
        file = safe_name(PurePosixPath(name.replace("\\", "/")).name) or "upload.txt"
        taken = {raw.key for raw in (*pages, *calls)}
        key = next(option for option in _options(file) if option not in taken)
        is_call = kind == "call" or (kind == "auto" and _is_call(file, content))
        (calls if is_call else pages).append(RawDocument(key, key, file, content))
    return Task(pages=tuple(pages), calls=tuple(calls))


def _options(name: str) -> Iterator[str]:
    """Keys for a file of this name, should another have it already."""
    yield name
    path = PurePosixPath(name)
    yield from (f"{path.stem} ({number}){path.suffix}" for number in count(2))


def safe_name(name: str) -> str:
    """A name on one line without control characters, cut to a sensible length at its front."""
    shown = "".join(letter for letter in " ".join(name.split()) if letter.isprintable())
    return shown[-_LONGEST_NAME:].strip()


def _is_call(name: str, content: bytes) -> bool:
    """Whether a file can only be a call: by its type, or as the JSON of a call recorder."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _ONLY_CALLS:
        return True
    if suffix != ".json":
        return False
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, list) or (isinstance(found, dict) and bool(_RECORDERS & set(found)))


#: Keys at the top of what Gong, Chorus and Fireflies write.
_RECORDERS = frozenset({"callTranscripts", "data", "sentences"})


def _refuse_empty(content: bytes) -> None:
    if not content.strip():
        raise AnswerError(422, "There is nothing to check.", "Paste some copy, or choose a file that holds some.")
