"""Small valid inputs of our own making for each target: what fuzzing and the property tests begin with."""

from __future__ import annotations

from collections.abc import Mapping

_HTML = b"""<!doctype html><html lang=en><head><meta charset=utf-8><title>Kiln booking | Fern</title>
<meta name=description content="Book a kiln &amp; pay."><script type="application/ld+json">{"@type": "Organization",
"name": "Fern", "@graph": [{"@type": ["Product"], "name": "Fern Kiln"}]}</script></head><body><nav><a href=/a>Plans</a>
</nav><main><h1>Kiln booking for potters</h1><p>We leverage <b>best-in-class</b> kilns.<br><br>Up to 40% faster.</p>
<img alt="A kiln" src=k.png><ul><li>Book<li>Pay</ul><a class=btn href="/start">Start</a><svg><p>x</svg><table><tr><td>9
</table><details><summary>Why?</summary>Because.</details><!-- msgcheck-disable-next-line jargon -- ours -->
<select><option>1</select></main><footer>&copy; 2026</footer></body></html>"""
_MARKDOWN = b"""---
title: Kiln booking
hero: {headline: Fire on time, cta: "Start \\u0041 now"}
---
# Kiln *booking* for [potters](https://example.com "x")

We leverage `seamless` synergies. {{ site.name }} ![A kiln](k.png)

- Book
- Pay 1. twice

> Ada says <b>hi</b>

| a | b |
|---|---|
| 1 | 2 |

<!-- msgcheck-disable vague -->

~~~python
x = 1
~~~
"""
_MDX = b"""import A from './a'
export const meta = {title: 'Kilns', text: `For ${x} potters`}

# Kilns for potters

<Hero title="Fire on time" cta={"Start now"} items={["Book a kiln", 'Pay later']}>
  Some **bold** words {props.x} {/* msgcheck-disable jargon */}
</Hero>
"""
_JSX = b"""import React from "react";
// msgcheck-disable-next-line jargon -- ours
export default function Page({ a }) {
  const copy = { title: "Kilns for potters", points: ["Book \\u{1F600} now", 'Pay'] };
  return (<><Card title="Fire on time">{a > 1 && <p>We fire {a} pots &amp; more.</p>}</Card></>);
}
"""
_YAML = b"""hero: &h
  title: "Fire \\x41 on time"
  text: >
    Kilns for potters,
    booked by phone.
features:
  - {title: 'It''s easy', text: Book a kiln in a minute}
  - *h
# msgcheck-disable jargon
"""
_JSON = (
    b'{"hero": {"title": "Fire \\u0041 on time", "text": "Kilns \\ud83d\\ude00 for potters"}, "n": [1, 2.5e3, null]}'
)
_EML = b"""From: Ada <ada@example.com>
To: bo@example.org
Subject: =?utf-8?q?Kilns_for_potters?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Fire on time.
--x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<h1>Fire on time=20</h1><p>We leverage kilns=
 daily.</p>
--x--
"""
_DOCX = b"""<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Kilns</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p>
<w:r><w:t>Ada Byron   0:03</w:t><w:br/><w:t>Is it a shop?</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:hyperlink><w:r>
<w:t>Start</w:t></w:r></w:hyperlink></w:p>"""
_VTT = b"""WEBVTT

NOTE made by us

1
00:00:01.000 --> 00:00:04.500
<v Ada Byron>So are you a shop?</v>

00:00:05.000 --> 00:00:07.000
Bo Lee: No, we book kilns.
"""
_SRT = b"1\n00:00:01,000 --> 00:00:04,500\nAda: So are you a shop?\n\n2\n00:00:05,000 --> 00:00:07,000\nBo: No.\n"
_TALK = b"""Call on Mar 9, 2026
[0:01] Ada Byron: So are you a shop?
[0:05] Bo Lee: No, we book kilns.
Ada Byron  0:09
Ah, fine.
"""
_GONG = b"""{"callTranscripts": [{"callId": "1", "transcript": [{"speakerId": "a", "sentences": [{"start": 100,
"end": 900, "text": "So are you a shop?"}]}]}], "calls": [{"metaData": {"id": "1", "title": "Fern", "started":
"2026-03-09T10:00:00Z"}, "parties": [{"speakerId": "a", "name": "Ada", "affiliation": "External"}]}]}"""
_CHORUS = b"""{"data": {"id": "1", "attributes": {"name": "Fern", "recording": {"start_time": "2026-03-09T10:00:00Z",
"utterances": [{"speaker_name": "Ada", "speaker_type": "cust", "snippet": "A shop?", "snippet_time": 1.5}]}}}}"""
_FIREFLIES = b"""{"data": {"transcript": {"title": "Fern", "date": 1770000000000, "sentences": [{"index": 0,
"speaker_name": "Ada", "text": "A shop?", "start_time": 1.5, "end_time": 2.5}]}}}"""
_CSV = b"""Activity date,Call notes,Activity assigned to,Associated contact
2026-03-09 10:00,"<p>Thought we're a shop.</p>She said ""no"".",Bo Lee,Ada Byron (ada@example.com)
"""
_NOTES = b'# 2026-03-09 Call with Ada Byron, Fern\n\nBy: Bo Lee\n\n- Thought we are a shop\n- asked "what is RTO?"\n'
_AGREED = b"""version: 1
product: Fern
aliases: [Fern Kilns]
category: kiln booking software
not: [pottery shop]
audiences: [{id: a, name: potters, needs: fire on time}]
messages:
  - {id: m, kind: value, text: Kilns are booked by phone., required_on: ["/", "/p/**"]}
facts: [{id: p, text: Plans start at $49.}]
vocabulary: {prefer: {kiln: [oven]}, avoid: [seamless], known: [QR]}
statement: "For potters who fire, Fern is a kiln planner that books kilns. Unlike paper, it is fast."
"""
_STATEMENT = b"For potters who fire, Fern is a kiln planner that books kilns. Unlike paper, it is fast.\n"
_CONFIG = b"""positioning = "p.yaml"
select = ["jargon"]
[pages]
include = ["site"]
map = [{url = "https://example.com/*", path = "c/*.md"}]
[web]
timeout = 20.0
[crawl]
max_pages = 10
[budget]
findings = {error = 0}
[rules."vague.weasel"]
severity = "note"
[[overrides]]
paths = ["blog/**"]
ignore = ["jargon"]
"""
_BASELINE = b"""{"page": "a.md", "source": "a.md", "confusion": 0.2, "vague_share": 0.1, "jargon_per_100_words": 1.0}
{"fingerprint": "ab", "rule": "jargon.buzzword", "page": "a.md", "quote": "leverage"}
"""
_SNAPSHOT = b"""{"url": "https://example.com/", "status": 200, "file": "pages/index-0123456789abcdef.html", "hash": "0"}
{"url": "https://example.com/b", "skipped": "is a copy", "found": ["https://example.com/c"]}
{"end": {"time": "2026-03-09T10:00:00+00:00", "left_out": [["https://example.com/d", "too deep"]]}}
"""
_SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.com/a
</loc></url></urlset>"""
_ROBOTS = b"""User-agent: *
Disallow: /a*$
Allow: /a/b
Crawl-delay: 2
Request-rate: 1/5
Visit-time: 0100-0200
Sitemap: https://example.com/s.xml
"""
_LINKS = b"""<base href=/x><link rel=canonical href=/c><link rel=alternate hreflang=en href=/e><meta name=robots
content="noindex"><meta http-equiv=refresh content="0; url=/r">
<a href="/a?utm_x=1&b=2" rel=nofollow>a</a><area href=b>"""

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "page-html": (_HTML,),
    "page-md": (_MARKDOWN, b'+++\ntitle = \'Kilns\'\n[a.b]\nx = """y"""\n+++\n# Fire\n'),
    "page-mdx": (_MDX,),
    "page-jsx": (_JSX,),
    "page-yaml": (_YAML,),
    "page-json": (_JSON,),
    "page-txt": (b"Kilns for potters\n=====\n\n* Book\n* Pay\n\nCall {{ name }} now.\n",),
    "page-eml": (_EML,),
    "page-docx": (_DOCX,),
    "call-vtt": (_VTT,),
    "call-srt": (_SRT,),
    "call-txt": (_TALK,),
    "call-json": (_GONG, _CHORUS, _FIREFLIES),
    "call-csv": (_CSV,),
    "call-md": (_NOTES,),
    "call-docx": (_DOCX,),
    "page-charset": (b"latin1\n" + _HTML,),
    "positioning-yaml": (_AGREED,),
    "positioning-txt": (_STATEMENT,),
    "config": (_CONFIG,),
    "project": (b"[tool.msgcheck]\nfail_on = 'error'\n",),
    "baseline": (_BASELINE,),
    "snapshot": (_SNAPSHOT,),
    "sitemap": (_SITEMAP,),
    "robots": (_ROBOTS,),
    "links": (_LINKS,),
    "url": (b"HTTP://u:p@EXAMPLE.com:80/a/../b;jsessionid=1?sid=1&utm_x=2&b=#c", b"//[::1]/%zz", b"?b=\xc3\xa9"),
    "intake": (b"../a.html\n" + _HTML, b"b.json\n" + _GONG),
    "cache": (b"\x94\xc0\x90\x92\xc4\x00\x00\x92\xc4\x00\x00",),
    "editor": (_MARKDOWN,),
    "check": (_HTML, _TALK),
}
