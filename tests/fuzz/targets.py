"""Every place where bytes from outside are read, as a function that may raise nothing but MsgcheckError.

Each target takes any bytes. `TARGETS` names them; fuzzing, the property tests and the kept inputs share them.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from pygls.workspace import PositionCodec

from msgcheck.cache import Cache
from msgcheck.config import find_config, load_config
from msgcheck.editor.actions import actions
from msgcheck.editor.checker import Buffer
from msgcheck.editor.comments import Silencer
from msgcheck.editor.places import Places
from msgcheck.engine import Inputs, Settings, check
from msgcheck.errors import MsgcheckError
from msgcheck.extract.pages import extract_page
from msgcheck.extract.positioning import read_fields, read_positioning
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.gate.baseline import read_baseline
from msgcheck.kept import Shelf
from msgcheck.model import RawDocument, Report
from msgcheck.reading import KeptPage
from msgcheck.report.formats import FORMATS
from msgcheck.report.view import View
from msgcheck.sources.client import Fetched
from msgcheck.sources.crawl.links import read_links
from msgcheck.sources.crawl.robots import Robots
from msgcheck.sources.crawl.snapshot import JOURNAL, read_snapshot
from msgcheck.sources.sitemap import is_sitemap, read_sitemap
from msgcheck.sources.urls import resolve
from msgcheck.web.errors import AnswerError
from msgcheck.web.intake import pasted, uploaded
from tests.fakes import FakeLanguage

Target = Callable[[bytes], None]

_URL = "https://example.com/"
_PAGES = ("html", "md", "mdx", "jsx", "yaml", "json", "txt", "eml", "docx")
_CALLS = ("vtt", "srt", "txt", "json", "csv", "md", "docx")
_PART = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
Target="word/document.xml"/></Relationships>"""
_AGREED = b"product: Fern\ncategory: moss software\nmessages: [{id: m, text: Fern finds moss.}]\n"


def raw(name: str, content: bytes) -> RawDocument:
    return RawDocument(name, name, name, content)


def page(suffix: str, content: bytes) -> None:
    document = extract_page(raw(f"x.{suffix}", packed(content) if suffix == "docx" else content))
    assert all(block.line >= 1 for block in document.blocks)


def call(suffix: str, content: bytes) -> None:
    for found in read_calls(raw(f"x.{suffix}", packed(content) if suffix == "docx" else content)):
        assert {turn.speaker for turn in found.turns} <= {"", *(speaker.name for speaker in found.speakers)}


def encoded_page(content: bytes) -> None:
    """The first line is the charset that a server names."""
    charset, _, rest = content.partition(b"\n")
    extract_page(RawDocument(_URL, _URL, "x", rest, "text/html", charset.decode("latin-1")))


def positioning(suffix: str, content: bytes) -> None:
    read_positioning(raw(f"p.{suffix}", content))
    read_fields(raw(f"p.{suffix}", content))


def config(content: bytes) -> None:
    path = _scratch("config") / "msgcheck.toml"
    path.write_bytes(content)
    found = load_config(path)
    found.severity_of("jargon.buzzword", "warning", "index.html")


def project(content: bytes) -> None:
    path = _scratch("project") / "pyproject.toml"
    path.write_bytes(content)
    load_config(find_config(path.parent))


def baseline(content: bytes) -> None:
    path = _scratch("baseline") / "known.jsonl"
    path.write_bytes(b'{"msgcheck_baseline": 1}\n' + content)
    read_baseline(path)
    path.write_bytes(content)
    read_baseline(path)


def snapshot(content: bytes) -> None:
    path = _scratch("snapshot") / JOURNAL
    path.write_bytes(b'{"msgcheck_snapshot": 1, "start": "https://example.com/"}\n' + content)
    list(read_snapshot(path.parent).documents)


def sitemap(content: bytes) -> None:
    is_sitemap(content)
    read_sitemap(content, _URL)


def robots(content: bytes) -> None:
    rules = Robots(lambda url: Fetched(url, 200, "OK", {}, content), obeyed=True)
    rules.allows(_URL + "a?b=c")
    rules.delay(_URL)
    [resolve(_URL, place) for place in rules.sitemaps(_URL)]


def links(content: bytes) -> None:
    read_links(content, _URL, header=content[:40].decode("latin-1"))


def url(content: bytes) -> None:
    resolve(_URL, content.decode("utf-8", "surrogateescape"))


def intake(content: bytes) -> None:
    """An upload in the browser app: the first line is its name."""
    name, _, rest = content.partition(b"\n")
    try:
        uploaded([(name.decode("utf-8", "replace"), rest)])
        pasted(rest.decode("utf-8", "replace"), "html", name.decode("utf-8", "replace"))
    except AnswerError:
        return


def kept(content: bytes) -> None:
    """A row of the cache that another hand wrote."""
    store = Cache(None)
    store.put([(b"key", content)])
    for found in Shelf[KeptPage](store, KeptPage).get([b"key"]).values():
        assert isinstance(found, KeptPage)
    store.close()


def editor(content: bytes) -> None:
    """A page that is open in an editor, and the fixes that it is offered."""
    text = content.decode("utf-8", "replace")
    buffer = Buffer(Path("/x.md"), text)
    report = checked(buffer.raw("x.md"))
    if report is None or not report.pages:
        return
    document, places = report.pages[0].document, Places(text, PositionCodec())
    silencer = Silencer(buffer, document, ())
    for finding in report.findings:
        if finding.primary.line:
            places.range_of(finding.primary)
            list(actions(finding, places, silencer))


def whole(content: bytes) -> None:
    """A page and a call of the same bytes, checked, and shown in every format."""
    report = checked(raw("x.html", content), raw("x.txt", content))
    for form in FORMATS.values() if report else ():
        shown = form.render(report, View(sentences=True, suppressed=True))
        shown.encode()
        if form.name in ("json", "sarif"):
            json.loads(shown)


def checked(page: RawDocument, call: RawDocument | None = None) -> Report | None:
    """The report, or nothing where there is nothing to report on. No fault in it is one that nobody foresaw."""
    calls = (call,) if call else ()
    agreed = read_positioning(raw("p.yaml", _AGREED))
    try:
        report = check(Inputs((page,), calls, agreed), Settings(), FakeLanguage(vagueness=0.9))
    except MsgcheckError as error:
        assert "unexpected" not in str(error), error
        return None
    assert [fault for fault in report.faults if fault.error.startswith("unexpected")] == []
    return report


TARGETS: Mapping[str, Target] = {
    **{f"page-{suffix}": partial(page, suffix) for suffix in _PAGES},
    **{f"call-{suffix}": partial(call, suffix) for suffix in _CALLS},
    "page-charset": encoded_page,
    "positioning-yaml": partial(positioning, "yaml"),
    "positioning-txt": partial(positioning, "txt"),
    "config": config,
    "project": project,
    "baseline": baseline,
    "snapshot": snapshot,
    "sitemap": sitemap,
    "robots": robots,
    "links": links,
    "url": url,
    "intake": intake,
    "cache": kept,
    "editor": editor,
    "check": whole,
}


def attempted(name: str, content: bytes) -> str:
    """What became of an input: empty where it was read, else the one line that says why not."""
    try:
        TARGETS[name](content)
    except MsgcheckError as error:
        assert error.message and error.hint, error
        return str(error)
    return ""


@cache
def _scratch(name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"msgcheck-fuzz-{name}-"))


def packed(content: bytes) -> bytes:
    """Bytes as the text of a Word document, unless they are a file of their own."""
    if content.startswith(b"PK\x03\x04"):
        return content
    text = content if content.startswith(b"<?xml") else _PART.encode() + content + b"</w:body></w:document>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", text)
    return written.getvalue()
