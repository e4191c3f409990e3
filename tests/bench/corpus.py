"""Pages for measuring: those of a folder, multiplied into different texts."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path

#: What of a page is no text: scripts, styles, comments and tags.
_MARKUP = re.compile(r"(<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"(?<![\w&])[A-Za-z]{4,}(?![\w;])")
#: This share of the longer words of a copy are others than in the page.
_SHARE = 0.3


def html_files(folder: Path) -> dict[str, str]:
    """The HTML of `.html` and `.html.gz` files below, by name."""
    found = {}
    for path in sorted([*folder.rglob("*.htm*")]):
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        found[path.name.removesuffix(".gz")] = content.decode("utf-8", errors="replace")
    return found


def write_varied(pages: Sequence[str], target: Path, count: int, *, alike: bool = False) -> None:
    """So many files in `target`, each a page in which words are exchanged for others of all pages, by a fixed seed.

    So no two copies share a sentence of some length, while lengths, layout and what is common to pages (menus,
    buttons) stay as they are. With `alike`, copies differ in their last text alone.
    """
    split = [_MARKUP.split(page) for page in pages]
    words = sorted({word for parts in split for text in parts[::2] for word in _WORD.findall(text)})
    pools = {True: [word for word in words if word[0].isupper()], False: [word for word in words if word[0].islower()]}
    for number, parts in enumerate(islice(cycle(split), count)):
        chosen = random.Random(number)
        texts = _last_alone(parts[::2], number) if alike else _varied(parts[::2], chosen, pools)
        varied = [part for pair in zip(texts, [*parts[1::2], ""], strict=True) for part in pair]
        (target / f"{number:05}.html").write_text("".join(varied), encoding="utf-8", errors="replace")


def _varied(texts: Iterable[str], chosen: random.Random, pools: dict[bool, list[str]]) -> list[str]:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        return chosen.choice(pools[word[0].isupper()]) if chosen.random() < _SHARE else word

    return [_WORD.sub(other, text) for text in texts]


def _last_alone(texts: Sequence[str], number: int) -> list[str]:
    last = max((place for place, text in enumerate(texts) if _WORD.search(text)), default=0)
    return [f"{text} no {number}" if place == last else text for place, text in enumerate(texts)]
