"""A website on loopback for tests: pages by path, and a record of every request."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


#: Decides from the request's headers.
Responder = Callable[[Mapping[str, str]], Answer]


def page(*links: str, head: str = "", text: str = "We sell bread.") -> Answer:
    """A page with links; its text tells it from the others."""
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    html = f"<!doctype html><html lang=en><head>{head}</head><body><h1>{text}</h1>{anchors}</body></html>"
    return Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def moved(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers={"Location": to})


def xml(text: str) -> Answer:
    return Answer(text.encode(), headers={"Content-Type": "application/xml"})


class _Server(ThreadingHTTPServer):
    """Says nothing about clients that hang up: they do when they have seen enough of an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Site:
    """Serves `pages`; what is not there is 404. A query belongs to the path. What is sent to it is in `posted`."""

    def __init__(self, pages: Mapping[str, Answer | Responder], address: str = "127.0.0.1") -> None:
        self.pages = dict(pages)
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.posted: list[bytes] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.requests.append((self.path, headers))
                found = site.pages.get(self.path, Answer(status=404))
                try:
                    answer = found if isinstance(found, Answer) else found(headers)
                except ConnectionError:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def do_POST(self) -> None:
                site.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.do_GET()

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = _Server((address, 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://{address}:{self.port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, without those that every crawl tries."""
        return [path for path, _ in self.requests if path not in ("/robots.txt", "/sitemap.xml")]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
