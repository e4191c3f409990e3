"""Readers of pages that say who they are, die or take their time, for the tests of what shares pages out."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgcheck.errors import ModelError
from msgcheck.model import RawDocument, Skipped
from msgcheck.reading import Batch, KeptPage, Made


class Echo:
    """Says of each page who read it, and does what the page says."""

    def make(self, batch: Batch) -> Made:
        for raw in batch.values():
            order, _, path = raw.content.decode().partition(" ")
            if order == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            elif order == "die-once" and not Path(path).exists():
                Path(path).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            elif order == "wait":
                Path(f"{path}.new").write_text(str(os.getpid()))
                Path(f"{path}.new").rename(path)
                time.sleep(600)
            elif order == "fail":
                raise ModelError("The model is not here.", "Install it.")
        return Made({key: KeptPage(None, (Skipped(raw.key, str(os.getpid())),)) for key, raw in batch.items()})

    def __call__(self, batches: Iterator[Batch]) -> Iterator[Made]:
        return map(self.make, batches)


@dataclass(frozen=True)
class EchoOrder:
    cache: Path | None = None

    def maker(self) -> Echo:
        return Echo()


def batches(count: int, size: int = 4, **orders: str) -> list[dict[bytes, RawDocument]]:
    """So many batches of pages; `p5="die"` says what stands on the page of that key."""

    def page(number: int) -> RawDocument:
        return RawDocument(f"p{number}", f"p{number}", "p.md", orders.get(f"p{number}", "echo").encode())

    return [{b"%d" % number: page(number) for number in range(n * size, (n + 1) * size)} for n in range(count)]


def readers(made: list[Made]) -> set[str]:
    return {page.skipped[0].reason for item in made for page in item.pages.values()}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
