"""How soon an editor has its answer after a burst of keys, on a page of a thousand words.

    python tests/bench/lsp.py [--bursts N]

A real client over stdin and stdout, warm: the page was checked before. A burst is five versions of the page, 40 ms
apart; the time runs from the last of them to the diagnostics for it. In the same run, for the ratio: the first answer
on the page with nothing cached, models already loaded.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from msgcheck.extract.pages import extract_page
from msgcheck.model import RawDocument
from tests.editors import Editor, editor

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
_WORDS = 1000
_KEYS, _APART = 5, 0.04


def page() -> list[str]:
    """Paragraphs of Markdown from the demo company's pages, a thousand words together."""
    parts: list[str] = []
    words = 0
    for path in sorted((DEMO / "site").rglob("*.html")):
        document = extract_page(RawDocument(path.name, str(path), path.name, path.read_bytes()))
        for _, block in document.copy():
            if words < _WORDS and block.role not in ("title", "description", "alt"):
                mark = f"{'#' * int(block.role[-1])} " if block.role.startswith("heading") else ""
                parts.append(mark + block.text)
                words += len(block.text.split())
    return parts


def burst(client: Editor, path: Path, parts: list[str], place: int, text: str) -> float:
    """Seconds from the last key of a new sentence at a paragraph's end to the answer."""
    for key in range(_KEYS):
        shown = text[: (key + 1) * len(text) // _KEYS]
        client.type(path, "\n\n".join((*parts[:place], f"{parts[place]} {shown}", *parts[place + 1 :])))
        last = time.perf_counter()
        time.sleep(_APART if key < _KEYS - 1 else 0)
    client.diagnostics(path)
    return time.perf_counter() - last


def sentences(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"On day {number} of the trial the shift lead counted {number + 7} visitors at the south gate."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bursts", type=int, default=20)
    bursts = parser.parse_args().bursts
    parts = page()
    opening = next(place for place, part in enumerate(parts) if len(part.split()) > 15)
    with tempfile.TemporaryDirectory() as name:
        os.environ["MSGCHECK_CACHE_DIR"] = str(Path(name) / "cache")
        for file in ("msgcheck.toml", "positioning.yaml"):
            (Path(name) / file).write_bytes((DEMO / file).read_bytes())
        (Path(name) / "calls").symlink_to(DEMO / "calls")
        (Path(name) / "site").mkdir()
        path = Path(name) / "site" / "page.md"
        with editor(Path(name)) as client:
            client.open(path.with_name("other.md"), "# Bread\n\nWe bake it at four.\n")
            started = time.perf_counter()
            client.open(path, "\n\n".join(parts))
            first = time.perf_counter() - started
            print(f"{sum(len(part.split()) for part in parts)} words, first answer {first * 1000:.0f} ms")
            for what, place in (("in the opening", opening), ("further down", len(parts) - 1)):
                times = [burst(client, path, parts, place, text) for text in sentences(bursts)]
                median, worst = statistics.median(times), max(times)
                print(
                    f"burst {what}: median {median * 1000:.0f} ms, longest {worst * 1000:.0f} ms, "
                    f"first answer / median {first / median:.1f}"
                )


if __name__ == "__main__":
    main()
