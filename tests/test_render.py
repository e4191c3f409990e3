"""Pages that scripts draw, in a real Chromium: the text is seen, and nothing else is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sites_http import Answer, Site, moved, page

from msgcheck.config import Config, Crawl, Web
from msgcheck.errors import FetchError, UsageError
from msgcheck.sources import WebOptions
from msgcheck.sources.address import AddressGuard
from msgcheck.sources.client import Client
from msgcheck.sources.crawl.run import crawl
from msgcheck.sources.crawl.snapshot import read_snapshot
from msgcheck.sources.render import Renderer, find_chromium
from msgcheck.sources.web import fetch

HTML = {"Content-Type": "text/html; charset=utf-8"}
SCRIPT = {"Content-Type": "text/javascript"}
DRAWN = b"""setTimeout(async () => {
  const text = await (await fetch("/text")).text();
  document.body.innerHTML += "<h1>" + text + "</h1><a href='/more'>more</a>";
}, 200);"""


def drawn_site(other: Site) -> Site:
    html = f"""<!doctype html><body><img src="/image.png"><video src="/film.mp4"></video><iframe src="/frame"></iframe>
    <script src="/app.js"></script><script src="{other.url}/third.js"></script><script>
    new WebSocket("ws://127.0.0.1:{other.port}/socket"); navigator.sendBeacon("{other.url}/beacon", "x");
    fetch("http://[::ffff:127.0.0.2]:{other.port}/mapped").catch(() => 0);
    fetch("/post", {{method: "POST", body: "x"}}).catch(() => 0); fetch("/inside").catch(() => 0);
    new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{other.port}"}}]}}).createDataChannel("x");
    </script></body>"""
    return Site(
        {
            "/": Answer(html.encode(), headers=HTML),
            "/app.js": Answer(DRAWN, headers=SCRIPT),
            "/text": Answer("Brot für alle".encode(), headers={"Content-Type": "text/plain; charset=utf-8"}),
            "/inside": moved(f"{other.url}/secret"),
            "/more": page(text="more"),
        }
    )


def test_what_scripts_draw_is_read_and_only_what_the_text_needs_is_requested(tmp_path: Path) -> None:
    with Site({}, "127.0.0.2") as other, drawn_site(other) as site:
        crawl(site.url, tmp_path / "s", Config(crawl=Crawl(delay=0)), WebOptions(render=True))
        home, more = read_snapshot(tmp_path / "s").documents
        assert "<h1>Brot für alle</h1>" in home.content.decode("utf-8")
        assert (home.key, home.media_type, home.charset, more.key) == (
            f"{site.url}/",
            "text/html",
            "utf-8",
            f"{site.url}/more",
        )
        assert sorted(site.asked) == ["/", "/app.js", "/inside", "/more", "/text"]
        assert other.requests == []


def test_a_single_page_is_drawn_whatever_its_policy_for_scripts() -> None:
    policy = {**HTML, "Content-Security-Policy": "default-src 'self'"}
    pages = {"/": Answer(b'<p><script src="/app.js"></script>', headers=policy)}
    with Site({**pages, "/app.js": Answer(b"document.write('Hi')", headers=SCRIPT)}) as site:
        assert b"Hi" in fetch(f"{site.url}/", Web(), render=True).content


def test_scripts_that_never_end_are_cut_off() -> None:
    endless = Answer(b"<p>text</p><script>setTimeout(() => { for (;;); }, 50)</script>", headers=HTML)
    settings, guard = Web(timeout=1), AddressGuard(["127.0.0.1"])
    with (
        Site({"/endless": endless}) as site,
        Client(settings, guard) as client,
        Renderer(client, settings) as renderer,
        pytest.raises(FetchError, match="/endless: cannot be drawn"),
    ):
        renderer.draw(client.get(f"{site.url}/endless"))


def test_scripts_that_lead_away_keep_their_page_and_a_browser_that_is_gone_is_replaced() -> None:
    leaves = Answer(b"<p>text</p><script>location.href = 'http://127.0.0.2:1/'</script>", headers=HTML)
    with (
        Site({"/leaves": leaves}) as site,
        Client(Web(), AddressGuard(["127.0.0.1"])) as client,
        Renderer(client, Web()) as renderer,
    ):
        assert b"<p>text</p>" in renderer.draw(client.get(f"{site.url}/leaves")).content
        assert renderer._browser is not None
        renderer._run(renderer._browser.close())  # as after a crash
        assert b"<p>text</p>" in renderer.draw(client.get(f"{site.url}/leaves")).content


def test_chromium_is_found_on_the_path_or_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chromium = find_chromium()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="needs Chromium"):
        find_chromium()
    monkeypatch.setenv("MSGCHECK_CHROMIUM", chromium)
    assert find_chromium() == chromium
    monkeypatch.setenv("MSGCHECK_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(UsageError, match="names no program"):
        find_chromium()


def test_a_browser_that_does_not_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSGCHECK_CHROMIUM", shutil.which("false") or "")
    with Site({"/": page()}) as site, pytest.raises(UsageError, match="cannot be started") as caught:
        fetch(f"{site.url}/", Web(), render=True)
    assert "\n" not in caught.value.message
