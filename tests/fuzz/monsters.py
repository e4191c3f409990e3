"""Inputs made to break readers, by target: bombs, endless nesting, endless lines, broken text, broken fields.

All are made here; none is longer than a file that somebody might really send.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

from tests.fuzz.monster_pages import PAGES
from tests.fuzz.parts import ALIASES, DEEP, LAUGHS, MEGABYTE, W, lying, zipped
from tests.fuzz.seeds import SEEDS

Monster = tuple[str, str, bytes]

#: What the seeds speak of.
_WORDS = re.compile(rb"shop|kilns|[Kk]iln|example|leverage|error")
#: Of a text that goes through all measures and rules.
_LONGEST_CHECKED = 50_000
#: Text as files hold it that no reader should have to see.
_TEXTS = {
    "nul": b"We sell\0 kilns.",
    "control codes": b"We \x1b]0;owned\x07 sell \x08\x7f\xc2\x9b kilns.",
    "overrides": "We \u202esell\u202c \u2066kilns\u2069 \u200f now.".encode(),
    "half characters": b"We sell \xed\xa0\x80 kilns \xed\xb0\x80.",
    "two encodings": "We sell kilns — caf\xe9.".encode() + "Na\xefve “kilns”.".encode("cp1252"),
    "utf-16 without a mark": "We sell kilns.".encode("utf-16-le"),
    "utf-16 cut short": "We sell kilns.".encode("utf-16")[:-1],
    "utf-32": "We sell kilns.".encode("utf-32"),
    "no characters": "\ufffe\uffff \U0010ffff kilns".encode(),
    "marks without a letter": ("a" + "\u0301" * 20_000).encode(),
    "one long line": b"kilns " * (MEGABYTE // 6),
    "one long word": b"k" * MEGABYTE,
    "empty lines": b"\n" * MEGABYTE,
    "line ends": b"We\rsell\r\nkilns\n\rnow\x0b\x0c\xe2\x80\xa8.",
    "formula": b"=cmd|' /C calc'!A0",
    "only a mark": b"\xef\xbb\xbf",
}


def monsters() -> Iterator[Monster]:
    """Each as (target, what it is, content)."""
    for target in SEEDS:
        longest = _LONGEST_CHECKED if target in ("check", "editor") else MEGABYTE
        for what, content in _TEXTS.items():
            yield target, what, content[:longest]
            yield target, f"{what} in a file", _inside(target, content[:longest])
    for target, made in (PAGES | _MADE).items():
        yield from ((target, what, content) for what, content in made.items())
    for target in ("page-docx", "call-docx"):
        yield from ((target, what, content) for what, content in _word_files())


def _inside(target: str, content: bytes) -> bytes:
    """A valid file, with the words that it holds exchanged."""
    return _WORDS.sub(lambda match: content, SEEDS[target][0], count=1)


def _word_files() -> Iterator[tuple[str, bytes]]:
    part = b"<w:p><w:r><w:t>Kilns</w:t></w:r></w:p>"
    yield "a billion laughs", LAUGHS + b"<w:document %s><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body>" % W
    yield "with its head, a billion laughs", (
        b"<?xml version='1.0'?>" + LAUGHS.replace(b"svg", b"w:document")
        + b"<w:document %s><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>" % W
    )  # fmt: skip
    yield "an outer file", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
    yield "deep", b"<w:tbl><w:tr><w:tc>" * DEEP + part
    yield "less deep", b"<w:tbl><w:tr><w:tc>" * 60 + part * 100 + b"</w:tc></w:tr></w:tbl>" * 60
    yield "paragraphs in paragraphs", b"<w:p><w:r>" * 100 + b"<w:t>Kilns</w:t>" * 2000 + b"</w:r></w:p>" * 100
    yield "many paragraphs", part * 20_000
    yield "other root", b"<?xml version='1.0'?><x/>"
    yield "no body", b"<?xml version='1.0'?><w:document %s/>" % W
    yield "a bomb", zipped({"word/document.xml": b"<w:p/>" * 5_000_000})
    yield "a larger bomb", zipped({"word/document.xml": b" " * 61_000_000})
    yield "a bomb that lies about its size", lying(zipped({"word/document.xml": b" " * 61_000_000}))
    yield "many entries", zipped({f"word/{number}.xml": b"" for number in range(5000)})
    yield "no document", zipped({"hello.txt": b"hello"})
    yield "names that lead out", zipped({"../../x": b"x", "/etc/passwd": b"x", "C:\\x": b"x"})
    yield "cut short", zipped({"word/document.xml": part})[:-30]
    yield "garbage inside", zipped({"word/document.xml": part * 99}).replace(b"\x04\x00", b"\xff\xff", 1)
    yield "only a beginning", b"PK\x03\x04"


_MADE: dict[str, dict[str, bytes]] = {
    "call-vtt": {
        "huge times": b"WEBVTT\n\n99999999999999999999:99:99.999 --> 9999:9999:9999.999999999\nAda: A shop?\n"
        b"\n9999:9999:9999.999 --> -1:0\nBo: No.\n",
        "cues": b"WEBVTT\n\n" + b"00:00:01.000 --> 00:00:02.000\n<v Ada>A shop?</v>\n\n" * 2_000,
        "voices": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + b"<v Ada>A shop?</v>" * 10_000,
        "open voices": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + b"<v " * 10_000,
        "arrows": b"WEBVTT\n\n" + b"-->\n" * 10_000,
        "an endless arrow": b"WEBVTT\n\n" + b"1" * MEGABYTE + b" --> 2",
        "notes": b"WEBVTT\n\n" + b"NOTE a\n\n" * 5_000,
    },
    "call-srt": {
        "cues": b"".join(b"%d\n00:00:01,000 --> 00:00:02,000\nAda: A shop?\n\n" % level for level in range(2_000)),
        "numbers": b"1\n00:00:01,000 --> 00:00:02,000\n" + b"1\n" * 10_000,
    },
    "call-txt": {
        "turns": b"Ada: A shop?\nBo: No, kilns.\n" * 2_000,
        "names": b"".join(b"Ada%d Byron: A shop?\n" % level for level in range(2_000)),
        "one speaker": b"Ada: A shop?\nAda: Kilns?\n" * 10_000,
        "a long turn": b"Ada: A shop?\nBo: No.\nAda: " + b"kilns and " * 5_000,
        "lines that go on": b"Ada: A shop?\nBo: No.\nAda: yes\n" + b"kilns and\n" * 2_000,
        "colons": b":" * MEGABYTE,
        "spaces": b"Ada: A shop?\nBo: No.\n" + b" " * MEGABYTE + b":",
        "times": b"[0:01]" * 2_000 + b"\nAda: A shop?\nBo: No.",
        "a listener": b"Ada: so we\nBo: mm-hm\n" * 10_000,
        "huge times": b"[99:99:99] Ada: A shop?\n[9999999:00] Bo: No.\nAda: Yes.\n",
    },
    "call-json": {
        "deep": b'{"callTranscripts": ' + b"[" * 200_000,
        "deep and closed": b'{"callTranscripts": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        "one key twice": b'{"callTranscripts": 1, "callTranscripts": []}',
        "no keys": b'{"callTranscripts": [{}]}',
        "nothing said": b'{"callTranscripts": [{"transcript": null}], "calls": null}',
        "parties of other types": b'{"callTranscripts": [{"callId": 1, "transcript": [{"speakerId": [], "sentences": '
        b'[{"start": {}, "text": 1}]}]}], "calls": [{"metaData": {"id": {}, "started": 7}, "parties": [1, null]}]}',
        "unhashable": b'{"callTranscripts": [{"callId": {}, "transcript": [{"speakerId": {}, "sentences": [{"text": '
        b'"A shop?"}]}]}], "calls": [{"metaData": {"id": {}}, "parties": [{"speakerId": {}, "name": []}]}]}',
        "times": b'{"sentences": [{"text": "A shop?", "speaker_name": "Ada", "start_time": 1e999, "end_time": NaN}]}',
        "longer times": b'{"sentences": [{"text": "A shop?", "speaker_name": "Ada", "start_time": 1'
        + b"0" * 400 + b', "end_time": "x"}]}',
        "a huge number": b'{"sentences": ' + b"9" * 5000 + b"}",
        "a date": b'{"data": {"transcript": {"date": 1e300, "sentences": [{"text": "A shop?", "speaker_name": 7}]}}}',
        "another date": b'{"data": {"transcript": {"date": -9e15, "sentences": [{"text": "A shop?"}]}}}',
        "half characters": b'{"sentences": [{"text": "A \\ud800 shop?", "speaker_name": "\\udc00"}]}',
        "utterances of other types": b'{"data": {"attributes": {"recording": {"utterances": [1, {"snippet": []}, '
        b'{"snippet_time": "x", "snippet": "A shop?", "speaker_name": {}, "speaker_type": []}], "start_time": 5}}}}',
        "many": b'{"sentences": [' + b'{"text": "A shop?", "speaker_name": "Ada"},' * 2_000 + b"{}]}",
    },
    "call-csv": {
        "formulas": b"date,call notes,owner,contact\n=1+1,\"=cmd|'/C calc'!A0\",SUM(1),+1\n",
        "an open quote": b'date,call notes,owner\n2026-01-01,"' + b"A shop?\n" * 5_000,
        "a long cell": b"date,call notes,owner\n2026-01-01," + b"a shop " * 5_000,
        "rows": b"date,call notes,owner\n" + b"2026-01-01,Thought we are a shop.,Bo\n" * 10_000,
        "columns": b"date,call notes,owner" + b",x" * 5_000 + b"\n2026-01-01,A shop?,Bo\n",
        "people": b"date,call notes,owner,contact\n1,A shop?,Bo," + b"Ada & " * 5000 + b"\n",
        "markup": b"date,call notes,owner\n1," + b"<p" * 5_000 + b",Bo\n",
        "brackets": b"date,call notes,owner,contact\n1,A shop?,Bo," + b"(" * 5_000 + b"\n",
        "missing cells": b"date,call notes,owner\n\n,\n1\n,A shop?\n",
    },
    "call-md": {
        "headings": b"# Call with Ada\n" * 2_000,
        "notes": b"# Call with Ada\n\n" + b"- Thought we are a shop\n" * 2_000,
        "a long heading": b"# Call with " + b"Ada " * 5_000 + b"\n\n- A shop?\n- Why?\n",
        "quotes": b"# Call with Ada\n\n- " + b'"' * 5_000 + b"\n- b\n",
    },
    "positioning-yaml": {
        "aliases": ALIASES,
        "itself": b"product: &a [*a]\n",
        "deep": b"product: " + b"[" * 2_000,
        "deep maps": b"".join(b" " * level + b"a:\n" for level in range(500)),
        "one key twice": b"product: a\nproduct: b\n",
        "an empty number": b"product: !!int ''\n",
        "an empty fraction": b"product: !!float ''\n",
        "a doubtful truth": b"product: !!bool maybe\n",
        "no time": b"product: !!timestamp x\n",
        "no day": b"product: 2001-99-99\n",
        "code": b"product: !!python/object/apply:os.system [x]\n",
        "pairs": b"product: !!pairs [a]\nb: !!omap [c]\nd: !!set {e, f}\n",
        "bytes": b"product: !!binary 'a'\n",
        "numbers": b"product: " + b"9" * 5000 + b"\n",
        "a fraction": b"product: 1e999\ncategory: .nan\n",
        "keys of all kinds": b"? [a]\n: b\n? {a: b}\n: c\nnull: a\n1: b\n",
        "merges": b"<<: [1, 2]\nproduct: a\n",
        "half characters": b'product: "\\ud800"\ncategory: moss\n',
        "too large": b"product: Fern\n# " + b"x" * MEGABYTE,
        "many messages": b"product: Fern\nmessages:\n" + b"".join(b"- {id: m%d, text: a}\n" % n for n in range(2000)),
    },
    "positioning-txt": {
        "for": b"For " * 5_000,
        "commas": b"For a, b who c, Fern is a d that " + b"e, " * 5_000 + b".",
        "unlike": b"Fern is a kiln planner. " + b"Unlike paper, " * 2_000,
    },
    "config": {
        "a huge number": b"[crawl]\nmax_pages = " + b"9" * 5000,
        "a large number": b"[crawl]\nmax_pages = 99999999999999999999999\nmax_bytes = 18446744073709551616\n",
        "not a number": b"[web]\ntimeout = nan\n",
        "without end": b"[crawl]\ndelay = inf\nmax_seconds = inf\n",
        "deep lists": b"select = " + b"[" * 2_000,
        "deep lists, closed": b"select = " + b"[" * 5000 + b"]" * 5000,
        "deep tables": b"a = " + b"{b = " * 5000,
        "long keys": b"[" + b".".join([b"a"] * 5000) + b"]\n",
        "one key twice": b"fail_on = 'error'\nfail_on = 'note'\n",
        "dates": b"select = [1979-05-27T07:32:00Z, 99:99:99]\n",
        "names": b"[rules.\"\xe2\x80\xaea\"]\nseverity = 'note'\n[\"a\\u0000b\"]\n",
        "patterns": b"[[overrides]]\npaths = ['" + b"**/*[" * 2000 + b"']\nignore = ['jargon']\n",
        "stars": b"[[overrides]]\npaths = ['" + b"*a" * 30 + b"']\nrules.\"jargon.buzzword\".severity = 'off'\n",
        "comments": b"#" * MEGABYTE,
    },
    "project": {
        "no table": b"tool = 1\n",
        "another table": b"[tool]\nmsgcheck = 1\n",
        "a list": b"[[tool]]\nmsgcheck = 1\n",
        "a huge number": b"[tool.msgcheck]\na = " + b"9" * 5000,
        "deep lists": b"[tool.msgcheck]\na = " + b"[" * 5000 + b"]" * 5000,
    },
    "baseline": {
        "deep": b"[" * 200_000,
        "a version without end": b'{"msgcheck_baseline": 1e999}',
        "no number as version": b'{"msgcheck_baseline": NaN}',
        "a newer version": b'{"msgcheck_baseline": 99}',
        "a list": b"[]\n[]\n1\nnull\n\"page\"\n",
        "wrong types": b'{"page": 1, "source": [], "confusion": "x"}\n',
        "no numbers": b'{"page": "a", "source": "a", "confusion": NaN, "vague_share": 1e999}\n',
        "a huge number": b'{"page": "a", "source": "a", "confusion": ' + b"9" * 5000 + b"}\n",
        "half characters": b'{"page": "\\ud800", "source": "\\udc00"}\n',
        "a conflict": b"<<<<<<< ours\n=======\n>>>>>>> theirs\n",
        "lines": b"\n" * 5_000,
    },
    "snapshot": {
        "deep": b"[" * 200_000 + b"\n",
        "a list": b"[]\n",
        "a number": b"1\n",
        "nothing": b"null\n",
        "an end of another type": b'{"end": 1}\n',
        "an end of other pairs": b'{"end": {"left_out": [1, [2], [1, 2, 3]]}}\n',
        "an end without a list": b'{"end": {"left_out": 1}}\n',
        "a huge number": b'{"url": "a", "status": ' + b"9" * 5000 + b"}\n",
        "names that lead out": b'{"url": "https://example.com/", "file": "../../../etc/passwd", "hash": "x"}\n',
        "wrong types": b'{"url": [], "status": "x"}\n{"url": "a", "found": [1, {}]}\n',
        "half characters": b'{"url": "\\ud800", "skipped": "\\udc00"}\n',
        "an address without a host": b'{"url": "http://[", "file": "pages/a-0123456789abcdef.html"}\n',
    },
    "sitemap": {
        "a billion laughs": LAUGHS.replace(b"svg", b"urlset") + b"<urlset><url><loc>&a9;</loc></url></urlset>",
        "an outer file": b"<!DOCTYPE urlset [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&e;</loc></url>",
        "a bomb": gzip.compress(b"<urlset>" + b" " * 60_000_000),
        "deep": b"<urlset>" + b"<url>" * DEEP,
        "many": b"<urlset>" + b"<url><loc>https://example.com/a</loc></url>" * 60_000,
        "a space that is no name": b"<urlset xmlns='<a>'><url><loc>https://example.com/a</loc></url></urlset>",
        "a broken archive": b"\x1f\x8b\x08\x00garbage",
        "addresses": b"<urlset><url><loc>http://[</loc></url><url><loc>\xff</loc></url><url><loc>//a:99999999</loc></url>",
    },
    "robots": {
        "stars": b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"$\n",
        "many stars": b"User-agent: *\nDisallow: /" + b"*" * 5000 + b"b$\n",
        "rules": b"User-agent: *\n" + b"Disallow: /a\n" * 10_000,
        "a delay without end": b"User-agent: *\nCrawl-delay: inf\n",
        "no delay": b"User-agent: *\nCrawl-delay: nan\nRequest-rate: 1/0\nVisit-time: 99-1\n",
        "a long delay": b"User-agent: *\nCrawl-delay: " + b"9" * 5000 + b"\n",
        "an odd delay": "User-agent: *\nCrawl-delay: ²\nRequest-rate: ²/³\n".encode(),
        "sitemaps": b"Sitemap: http://[\nSitemap: \xff\n" + b"Sitemap: /s\n" * 10_000,
        "escapes": b"User-agent: *\nDisallow: /%%zz%ff\n",
    },
    "links": {
        "deep": b"<div>" * DEEP + b"<a href=a>",
        "many": b"<a href=/kilns?b=%d>" * 10_000,
        "addresses": b"<a href='http://['><a href='//a:99999999999'><a href='http://\xff'><a href='http://a]b/'>",
        "a base": b"<base href='http://['><a href=a><base href='javascript:x'>",
        "a refresh": b"<meta http-equiv=refresh content='0;url=http://['>",
        "a billion laughs": LAUGHS + b"<svg><a href='&a9;'>",
    },
    "url": {
        "a port": b"http://a:99999999999/",
        "no port": b"http://a:b/",
        "brackets": b"http://[",
        "an address": b"http://[::1%25eth0]/",
        "a long name": b"http://" + b"a." * 900,
        "dots": b"http://a/" + b"../" * 600,
        "parts": b"http://a/?" + b"a=b&" * 400,
        "signs": "http://\u2100.example/\u202e?\ud7ff".encode(),
        "names": "http://xn--a/\xdf".encode() + b"xn--" * 100,
    },
    "intake": {
        "deep": b"x.json\n" + b"[" * 200_000,
        "a huge number": b"x.json\n" + b"9" * 5000,
        "a name": b"../../\x1b[31m" + b"x" * 9999 + b".html\n<p>Kilns",
    },
    "cache": {
        "deep": b"\x91" * 20_000,
        "long": b"\xdd\xff\xff\xff\xff",
        "bytes": b"\xc6\xff\xff\xff\xff",
        "nothing": b"",
    },
    "check": {
        "a table of claims": b"<p>We are the leading best-in-class kiln, up to 40% faster.</p>" * 200,
        "talk": b"Ada: I thought you were a shop?\nBo: No, we book kilns.\n" * 100,
        "formulas": b"=Ada: I thought you were a =shop?\nBo: No.\nAda: =SUM(1)?\n",
        "numbers": b"<p>" + b"9" * 5000 + b" kilns from $" + b"9" * 400 + b".99 a month, 1e999% faster, 0/0.</p>",
        "dates": b"<p>Founded in 99999. On February 31, 2026 and 0000-00-00 we fire.</p>",
    },
}  # fmt: skip
