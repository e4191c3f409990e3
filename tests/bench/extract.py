"""Pages a second of extraction alone on one core, against trafilatura on the same pages in the same run.

    python tests/bench/extract.py FOLDER [ROUNDS]

FOLDER holds HTML files (`.html` or `.html.gz`). trafilatura is installed for this measurement only
(`pip install trafilatura lxml_html_clean`).
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgcheck.extract.pages import extract_page
from msgcheck.model import RawDocument


def pages(folder: Path) -> list[RawDocument]:
    found = []
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")]):
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        found.append(RawDocument(path.name, str(path), path.name.removesuffix(".gz"), content))
    return found


def seconds(read: Callable[[RawDocument], object], documents: Sequence[RawDocument]) -> float:
    """Processor time, so that what else the machine does counts for neither."""
    started = time.process_time()
    for raw in documents:
        read(raw)
    return time.process_time() - started


def main(folder: str, rounds: int = 3) -> None:
    import trafilatura

    documents = pages(Path(folder))
    readers: dict[str, Callable[[RawDocument], object]] = {
        "msgcheck": extract_page,
        "trafilatura": lambda raw: trafilatura.extract(raw.content),
    }
    for read in readers.values():
        read(documents[0])
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(rounds):
        for name, read in readers.items():
            best[name] = min(best[name], seconds(read, documents))
    megabytes = sum(len(raw.content) for raw in documents) / 1e6
    print(f"{len(documents)} pages, {megabytes:.1f} MB, best of {rounds} rounds, one core")
    for name, taken in best.items():
        print(f"{name:12s} {len(documents) / taken:6.1f} pages a second")
    print(f"ratio {best['trafilatura'] / best['msgcheck']:.2f}")


if __name__ == "__main__":
    main(sys.argv[1], *(int(number) for number in sys.argv[2:3]))
