"""What targets give: documents with stable keys, and one clear line for what cannot be read."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from msgcheck.config import Calls, Config, Pages, Web
from msgcheck.errors import FetchError, InputError
from msgcheck.sources import StdinInput, collect, collect_calls
from msgcheck.sources.web import fetch

PAGES = {
    "/": (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, b"<p>Bread</p>"),
    "/moved": (302, {"Location": "/"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/inside": (302, {"Location": "http://127.0.0.2:1/"}, b""),
    "/scheme": (302, {"Location": "file:///etc/passwd"}, b""),
    "/logo": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/large": (200, {"Content-Type": "text/html"}, b"x" * 3000),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_a_folder_gives_its_pages_in_order_with_keys_from_there(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "b.html": b"<p>b</p>",
            "a/index.md": b"a",
            "a/logo.png": b"\x89PNG",
            "empty.txt": b"",
            "zero.txt": b"a\0b",
            ".git/x.md": b"x",
            "node_modules/x.md": b"x",
            "draft.md": b"x",
            "out/x.md": b"x",
            "img/1.png": b"x",
            "img/2.png": b"x",
            "img/3.png": b"x",
            "img/4.png": b"x",
            "Card.test.tsx": b"x",
            ".gitignore": b"draft.md\nout/\n",
            ".vuepress/x.md": b"x",
        },
    )
    found = collect([str(tmp_path)], Config())
    assert [document.key for document in found.documents] == ["a/index.md", "b.html"]
    assert [(skip.what, skip.reason) for skip in found.skipped] == [
        (".vuepress", "is hidden"),
        ("Card.test.tsx", "is code or configuration, not a page"),
        ("a/logo.png", "files of type .png are not read"),
        ("draft.md", "is ignored by .gitignore"),
        ("img/*.png (4 files)", "files of type .png are not read"),
        ("node_modules", "holds installed or compiled code"),
        ("out", "is ignored by .gitignore"),
        ("empty.txt", "is empty"),
        ("zero.txt", "is a binary file, not text"),
    ]


def test_a_gitignore_further_down_holds_for_its_folder_only(tmp_path: Path) -> None:
    fill(tmp_path, {"a/x.md": b"x", "a/.gitignore": b"x.md\n", "b/x.md": b"x"})
    assert [document.key for document in collect([str(tmp_path)], Config()).documents] == ["b/x.md"]


def test_a_gitignore_above_the_folder_holds_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    files = {".gitignore": b"*.md", "repo/.git/HEAD": b"", "repo/.gitignore": b"drafts/\n", "repo/.x": b""}
    fill(tmp_path, {**files, "repo/site/a.md": b"a", "repo/site/drafts/b.md": b"b"})
    site = tmp_path / "repo/site"
    assert [document.key for document in collect([str(site)], Config()).documents] == ["a.md"]
    globbed = collect([f"{site}/**/*.md"], Config())
    assert [document.name for document in globbed.documents] == ["a.md"]
    assert [skip.reason for skip in globbed.skipped] == ["is ignored by .gitignore"]


def test_an_ignored_folder_is_read_when_it_is_named(tmp_path: Path) -> None:
    fill(tmp_path, {".git/HEAD": b"", ".gitignore": b"out/\n", "out/a.md": b"a"})
    assert [document.key for document in collect([f"{tmp_path}/out"], Config()).documents] == ["a.md"]


def test_a_deeper_gitignore_takes_back_what_an_outer_one_left_out(tmp_path: Path) -> None:
    fill(tmp_path, {".gitignore": b"*.md\n", "kept/.gitignore": b"!*.md\n", "kept/a.md": b"a", "b.md": b"b"})
    assert [document.key for document in collect([str(tmp_path)], Config()).documents] == ["kept/a.md"]


def test_calls_and_positioning_of_the_configuration_are_no_pages(tmp_path: Path) -> None:
    fill(tmp_path, {"a.md": b"a", "calls/a.txt": b"Ada: Hi.", "positioning.yaml": b"product: X", "legal/b.md": b"b"})
    config = Config(
        calls=Calls(paths=["calls"]), pages=Pages(exclude=["legal/**"]), positioning="positioning.yaml", folder=tmp_path
    )
    found = collect([str(tmp_path)], config)
    assert [document.key for document in found.documents] == ["a.md"]
    assert [(skip.what, skip.reason) for skip in found.skipped] == [
        ("calls/a.txt", "is among `calls.paths`"),
        ("legal/b.md", "is among `pages.exclude`"),
        ("positioning.yaml", "is the positioning"),
    ]


def test_exclude_globs_start_where_the_configuration_lies(tmp_path: Path) -> None:
    fill(tmp_path, {"site/a.md": b"a", "site/legal/b.md": b"b"})
    config = Config(pages=Pages(exclude=["site/legal/**"]), folder=tmp_path)
    assert [document.key for document in collect([f"{tmp_path}/site"], config).documents] == ["a.md"]


def test_pages_that_the_configuration_leaves_out_are_skipped(tmp_path: Path) -> None:
    fill(tmp_path, {"a.md": b"a", "old/b.md": b"b"})
    found = collect([str(tmp_path)], Config(pages=Pages(exclude=["old/**"])))
    assert [document.key for document in found.documents] == ["a.md"]
    assert [(skip.what, skip.reason) for skip in found.skipped] == [("old/b.md", "is among `pages.exclude`")]


def test_two_folders_with_the_same_file_give_two_keys(tmp_path: Path) -> None:
    fill(tmp_path, {"one/a.md": b"a", "two/a.md": b"b"})
    found = collect([str(tmp_path / "one"), str(tmp_path / "two")], Config())
    assert [document.key for document in found.documents] == ["a.md", (tmp_path / "two/a.md").as_posix()]


def test_a_glob_gives_the_files_it_matches(tmp_path: Path) -> None:
    fill(tmp_path, {"a.md": b"a", "b.txt": b"b"})
    assert [document.name for document in collect([f"{tmp_path}/*.md"], Config()).documents] == ["a.md"]


def test_standard_input_is_a_page_with_the_name_given() -> None:
    found = collect(["-"], Config(), StdinInput("home.md", io.BytesIO(b"# Bread")))
    assert [(document.key, document.content) for document in found.documents] == [("home.md", b"# Bread")]


@pytest.mark.parametrize(
    ("files", "target", "message", "hint"),
    [
        ({"pricing.md": b"x"}, "pricng.md", "pricng.md: no such file or folder.", "Did you mean "),
        ({"a.md": b""}, "a.md", "a.md: is empty.", "nothing to check"),
        ({"a.md": b"\0\1"}, "a.md", "a.md: is a binary file, not text.", "Name an HTML"),
        ({}, "*.md", "*.md: matches no file.", "Quote the pattern"),
    ],
)
def test_a_path_that_cannot_be_read_says_so_in_one_line(
    tmp_path: Path, files: dict[str, bytes], target: str, message: str, hint: str
) -> None:
    fill(tmp_path, files)
    with pytest.raises(InputError) as caught:
        collect([f"{tmp_path}/{target}"], Config())
    assert (caught.value.message, hint in caught.value.hint) == (f"{tmp_path}/{message}", True)


def test_calls_are_found_by_their_own_suffixes(tmp_path: Path) -> None:
    fill(tmp_path, {"a.vtt": b"WEBVTT", "b.docx": b"PK\0\0", "c.html": b"x", "deep/d.json": b"{}"})
    found = collect_calls([str(tmp_path)])
    assert [document.key for document in found.documents] == ["a.vtt", "b.docx", "deep/d.json"]


@pytest.mark.parametrize("path", ["/", "/moved"])
def test_a_page_is_fetched_with_what_the_server_says_of_it(site: str, path: str) -> None:
    (document,) = collect([site + path], Config()).documents
    assert (document.key, document.content, document.media_type, document.charset) == (
        site + path,
        b"<p>Bread</p>",
        "text/html",
        "iso-8859-1",
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "the server answered 404 Not Found."),
        ("/loop", "redirects more than 8 times."),
        ("/logo", "is image/png, not a page."),
        ("/large", "is larger than 2,000 bytes."),
        ("/inside", "a redirect leads into a private network."),
        ("/scheme", "a redirect leads to no web page."),
    ],
)
def test_what_cannot_be_fetched_says_why_in_one_line(site: str, path: str, message: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(site + path, Web(max_bytes=2000))
    assert caught.value.message.endswith(message)
    assert "\n" not in caught.value.message


def test_a_failed_fetch_beside_other_targets_is_a_fault(site: str, tmp_path: Path) -> None:
    fill(tmp_path, {"a.md": b"a"})
    found = collect([f"{tmp_path}/a.md", f"{site}/gone"], Config())
    assert (len(found.documents), [fault.document for fault in found.faults]) == (1, [f"{site}/gone"])


def test_a_server_that_is_not_there_is_a_fetch_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/", Web(timeout=2.0))


def test_a_file_is_read_when_it_is_asked_for_and_may_have_gone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(b"# Bread")
    documents = collect([str(tmp_path)], Config()).documents
    page.write_bytes(b"# Rolls")
    assert [document.content for document in documents] == [b"# Rolls"]
    page.unlink()
    with pytest.raises(InputError, match=r"page\.md: cannot be read"):
        documents[0]
