"""What monsters are made of."""

from __future__ import annotations

import io
import struct
import zipfile

DEEP = 10_000
MEGABYTE = 1_000_000
#: Each entity stands for ten of the one before: a billion words in the end.
LAUGHS = b"<!DOCTYPE svg [<!ENTITY a0 'ha '>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
)
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ALIASES = b"a: &a [x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (now, now, b", ".join([b"*%c" % (now - 1)] * 9)) for now in b"bcdefghi"
)


def zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return written.getvalue()


def lying(archive: bytes) -> bytes:
    """The same archive, whose directory says that each file unpacks to ten bytes."""
    place = archive.rfind(b"PK\x01\x02")
    return archive[: place + 24] + struct.pack("<I", 10) + archive[place + 28 :]


def nested_mail(depth: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\nFrom: a\nTo: b\n\n--b%d\n" % (level, level)
        for level in range(depth)
    )
