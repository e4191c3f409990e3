"""Marketing mails (`.eml`) as blocks: the subject, then the HTML part, or the plain one where there is no HTML."""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from msgcheck.errors import InputError
from msgcheck.extract.decode import decoded
from msgcheck.extract.templates import mask_templates
from msgcheck.model import Anchor, Block, Document, RawDocument, Skipped

_SUBJECT = re.compile(rb"^subject:[ \t]*", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(
    rb"^(?:from|to|subject|date|mime-version|content-type|received|return-path|message-id):", re.I | re.M
)
#: Fields that are read, folded lines and all. Python's reading of their parameters is quadratic in their number.
_FIELD = re.compile(rb"^(?:content-[a-z-]+|subject)[ \t]*:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE)
_LONGEST_FIELD = 4000
_HINT = "Save the mail as .eml again, or its text as a page."
#: From an anchor in the decoded part, and how many characters follow it there, to anchors in the file.
_Place = Callable[[Anchor, int], list[Anchor]]


def looks_like_mail(content: bytes) -> bool:
    """Whether the first lines are those of a mail."""
    head = content[:4000].lstrip().split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    return len(_HEADER.findall(head)) >= 3 and b"<html" not in head.lower()


def extract_mail(raw: RawDocument) -> Document:
    """Read a mail. Raises InputError for one that is broken beyond reading.

    Places are exact where the part stands in the file as it is; in a quoted-printable part the line is exact and the
    column counts decoded characters; in a base64 part both are those of the part's first line.
    """
    if any(len(found[0]) > _LONGEST_FIELD for found in _FIELD.finditer(raw.content)):
        raise InputError(f"{raw.source}: has a field of more than {_LONGEST_FIELD} characters.", _HINT)
    try:
        mail = _opened(raw)
        place = _places(raw, mail.part) if mail.part is not None else None
    except (MessageError, RecursionError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise InputError(f"{raw.source}: is not a mail that can be read.", _HINT) from error
    subject = _subject(raw, mail.subject)
    if mail.part is None or place is None:
        return _nothing(raw, subject)
    inner = _extract(raw, mask_templates(mail.text), html=mail.part.get_content_subtype() == "html")
    blocks = tuple(replace(block, anchors=tuple(_placed(block, place))) for block in inner.blocks)
    kept = [block for block in blocks if block.role != "title"] if subject else list(blocks)
    return replace(
        inner,
        kind="email",
        title=subject[0].text if subject else inner.title,
        blocks=(*subject, *kept),
        skipped=(*inner.skipped, *(Skipped(raw.key, f"attachment {name} is not read") for name in mail.attached)),
    )


@dataclass(frozen=True, slots=True)
class _Mail:
    """What is read of a mail: the part that a reader sees, its text, and the names of what is attached."""

    subject: str
    part: EmailMessage | None
    text: str
    attached: tuple[str, ...]


def _opened(raw: RawDocument) -> _Mail:
    """All that is left to Python's reading of mails, which raises whatever it happens to stumble over."""
    message = BytesParser(policy=default).parsebytes(raw.content)
    part = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
    files = (item for item in message.walk() if item.get_content_disposition() == "attachment")
    return _Mail(
        str(message.get("subject") or ""),
        part if isinstance(part, EmailMessage) else None,
        _content(part) if isinstance(part, EmailMessage) else "",
        tuple(item.get_filename() or "(no name)" for item in files),
    )


def _subject(raw: RawDocument, text: str) -> list[Block]:
    folded = " ".join(text.encode("utf-8", "replace").decode().split())
    found = _SUBJECT.search(raw.content)
    if not folded or found is None:
        return []
    line = raw.content.count(b"\n", 0, found.end()) + 1
    column = found.end() - raw.content.rfind(b"\n", 0, found.end())
    return [Block("title", folded, (Anchor(0, line, column),), "subject")]


def _content(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    for name in (charset, "utf-8"):
        if (text := decoded(content, name)) is not None:
            return text
    return content.decode("cp1252", errors="replace")


def _extract(raw: RawDocument, text: str, *, html: bool) -> Document:
    if html:
        from msgcheck.extract.html.page import extract_html

        return extract_html(raw, text)
    from msgcheck.extract.text import extract_text

    return extract_text(raw, text)


def _nothing(raw: RawDocument, subject: Sequence[Block]) -> Document:
    return Document(
        raw.key,
        raw.source,
        "email",
        subject[0].text if subject else "",
        "",
        (),
        0,
        (Skipped(raw.key, "holds no copy"),),
    )


def _placed(block: Block, place: _Place) -> Iterator[Anchor]:
    ends = [*(anchor.offset for anchor in block.anchors[1:]), len(block.text)]
    for anchor, end in zip(block.anchors, ends, strict=True):
        yield from place(anchor, end - anchor.offset)


def _places(raw: RawDocument, part: EmailMessage) -> _Place:
    """From places in the decoded part to places in the file."""
    encoding = str(part.get("content-transfer-encoding") or "7bit").strip().lower()
    encoded = encoding in ("quoted-printable", "base64")
    payload = part.get_payload() if encoded else part.get_payload(decode=True)
    written = payload.encode("utf-8", "replace") if isinstance(payload, str) else payload
    body = written.replace(b"\r\n", b"\n") if isinstance(written, bytes) else b""
    whole = raw.content.replace(b"\r\n", b"\n")
    start = whole.find(body) if body else -1
    first = whole.count(b"\n", 0, start) if start >= 0 else 0
    match encoding:
        case "quoted-printable":
            return _quoted_places(body, first)
        case "base64":
            return lambda anchor, length: [Anchor(anchor.offset, first + 1, 1)]
    return lambda anchor, length: [Anchor(anchor.offset, first + anchor.line, anchor.column)]


def _quoted_places(body: bytes, first: int) -> _Place:
    """A decoded line may stand on several lines of the file, each but the last ending in `=`."""
    starts: list[list[tuple[int, int]]] = [[(1, first + 1)]]
    for number, line in enumerate(body.splitlines(), first + 1):
        if not line.rstrip().endswith(b"="):
            starts.append([(1, number + 1)])
            continue
        length = len(quopri.decodestring(line.rstrip()[:-1]).decode("utf-8", errors="ignore"))
        starts[-1].append((starts[-1][-1][0] + length, number + 1))

    def place(anchor: Anchor, length: int) -> list[Anchor]:
        parts = starts[min(anchor.line, len(starts)) - 1]
        column, line = max((item for item in parts if item[0] <= anchor.column), default=parts[0])
        later = [(start, line) for start, line in parts if anchor.column < start < anchor.column + length]
        return [
            Anchor(anchor.offset, line, anchor.column - column + 1),
            *(Anchor(anchor.offset + start - anchor.column, line, 1) for start, line in later),
        ]

    return place
