"""A crawl of a site on loopback: pages a second against Scrapy's in one run, and the peak memory of a long one.

    python tests/bench/crawl.py                                  peak memory of 10,000 pages, and our rate
    python tests/bench/crawl.py --scrapy PYTHON [--pages 1000]   the ratio; PYTHON has Scrapy installed

Both read robots.txt, follow every link once, hash each page, write it to a file and a line to a manifest; neither
waits between requests. The site is served by a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

ROUNDS = 5
LINKS = 40
SCRAPY = """
import hashlib, json, pathlib, sys, tempfile, time
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

url, connections = sys.argv[1], int(sys.argv[2])
folder = pathlib.Path(tempfile.mkdtemp())
manifest = open(folder / "manifest.jsonl", "w")
links = LinkExtractor()

class Site(scrapy.Spider):
    name = "site"
    pages = 0

    async def start(self):
        yield scrapy.Request(url)

    def parse(self, response):
        digest = hashlib.sha256(response.body).hexdigest()
        (folder / f"{digest}.html").write_bytes(response.body)
        manifest.write(json.dumps({"url": response.url, "status": response.status, "hash": digest}) + "\\n")
        Site.pages += 1
        for link in links.extract_links(response):
            yield scrapy.Request(link.url)

process = CrawlerProcess({
    "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": connections, "CONCURRENT_REQUESTS_PER_DOMAIN": connections,
})
process.crawl(Site)
started = time.monotonic()
process.start()
print(json.dumps({"pages": Site.pages, "seconds": time.monotonic() - started, "cpu": time.process_time()}))
"""
OURS = """
import json, pathlib, resource, sys, tempfile, time
from msgcheck.config import Config, Crawl
from msgcheck.sources import WebOptions
from msgcheck.sources.crawl.run import crawl

url, connections, pages = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
folder = pathlib.Path(tempfile.mkdtemp())
settings = Crawl(delay=0, concurrency=connections, max_pages=pages + 1, max_depth=100_000)
started = time.monotonic()
found = crawl(url, folder / "snapshot", Config(crawl=settings), WebOptions(cache=folder / "cache"))
seconds = time.monotonic() - started
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"pages": found.tally.pages, "seconds": seconds, "cpu": time.process_time(), "memory_mb": memory}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scrapy", default="", metavar="PYTHON")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.serve, options.pages))
    elif options.scrapy:
        compare(options.scrapy, options.pages, options.connections)
    else:
        with served(10_000) as url:
            found = run(sys.executable, OURS, url, options.connections, 10_000)
            assert found["pages"] == 10_000, found
            print(f"{found['memory_mb']:.0f} MB at most, {found['pages'] / found['seconds']:.0f} pages/s")


def compare(scrapy: str, pages: int, connections: int) -> None:
    rates: dict[str, list[float]] = {"msgcheck": [], "scrapy": []}
    with served(pages) as url:
        for _ in range(ROUNDS):
            for name, python, program in (("msgcheck", sys.executable, OURS), ("scrapy", scrapy, SCRAPY)):
                found = run(python, program, url, connections, pages)
                assert found["pages"] == pages, found
                rates[name].append(found["pages"] / found["seconds"])
                print(name, f"{rates[name][-1]:.0f} pages/s, {1000 * found['cpu'] / pages:.2f} ms of CPU a page")
    ratios = [ours / theirs for ours, theirs in zip(rates["msgcheck"], rates["scrapy"], strict=True)]
    print(
        f"msgcheck / Scrapy: {statistics.median(ratios):.2f} (rounds: {', '.join(f'{ratio:.2f}' for ratio in ratios)})"
    )


def run(python: str, program: str, url: str, connections: int, pages: int) -> dict[str, float]:
    command = [python, "-c", program, url, str(connections), str(pages)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return found


@contextmanager
def served(pages: int) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, __file__, "--serve", str(port), "--pages", str(pages)])
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/p/0"
    finally:
        server.terminate()
        server.wait()


def body(number: int, pages: int) -> bytes:
    """About 20 kB, as a plain landing page has; forty links in the menu and the text of a few paragraphs."""
    targets = [(number * 7 + step) % pages for step in range(LINKS)] + [(number + 1) % pages]
    links = "".join(f'<li class="menu-item"><a href="/p/{target}">Page {target}</a></li>' for target in targets)
    text = "".join(
        f'<div class="section"><h2>Part {part}</h2><p>Page {number} says in part {part} what visitors do at the door,'
        f" how long it takes them, and what the people at the desk see of it.</p></div>"
        for part in range(80)
    )
    return (
        f"<!doctype html><html><head><title>{number}</title></head><body><ul>{links}</ul>{text}</body></html>".encode()
    )


async def serve(port: int, pages: int) -> None:
    class Connection(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            self.transport, self.pending = transport, b""

        def data_received(self, data: bytes) -> None:
            self.pending += data
            while b"\r\n\r\n" in self.pending:
                request, self.pending = self.pending.split(b"\r\n\r\n", 1)
                path = request.split(b" ", 2)[1]
                known = path.startswith(b"/p/")
                content = body(int(path[3:]), pages) if known else b"Not found"
                status = b"200 OK" if known else b"404 Not Found"
                head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
                self.transport.write(head % (status, len(content)) + content)

    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    main()
