"""Pages a second over a folder: extraction alone, a cold check, a warm one."""

from __future__ import annotations

import os
import sys
import tempfile
import time

from msgcheck.config import Config
from msgcheck.engine import Inputs, Settings, check
from msgcheck.extract.pages import extract_page
from msgcheck.sources import collect


def main(folder: str) -> None:
    documents = collect([folder], Config(), None).documents
    started = time.perf_counter()
    for raw in documents:
        extract_page(raw)
    extraction = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as cache:
        os.environ["MSGCHECK_CACHE_DIR"] = cache
        from msgcheck.language.core import load_language

        times = []
        for _ in range(2):
            started = time.perf_counter()
            check(Inputs(pages=documents), Settings(), load_language())
            times.append(time.perf_counter() - started)
    cold, warm = times
    print(f"{len(documents)} pages: extraction {len(documents) / extraction:.1f} pages a second")
    print(f"cold check / extraction: {cold / extraction:.1f}   cold / warm: {cold / warm:.1f}")
    print(f"warm: {len(documents) / warm:.1f} pages a second; peak memory {peak_megabytes():.0f} MB")


def peak_megabytes() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
