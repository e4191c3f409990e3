"""Path globs as website teams write them: `/product/**`, `blog/*.html`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=512)
def _pattern(glob: str) -> re.Pattern[str]:
    out = []
    for part in re.split(r"(\*\*/?|\*|\?)", glob):
        match part:
            case "**" | "**/":
                out.append(".*")
            case "*":
                out.append("[^/]*")
            case "?":
                out.append("[^/]")
            case _:
                out.append(re.escape(part))
    return re.compile("".join(out))


@lru_cache(maxsize=4096)
def web_path(key: str) -> str:
    """The path under which a page is served: `index.html` -> `/`, `a/index.html` -> `/a/`, `b.md` -> `/b.md`."""
    path = re.sub(r"^https?://[^/]+", "", key).split("?", 1)[0].split("#", 1)[0]
    path = "/" + path.lstrip("/")
    return re.sub(r"(^|/)index\.(html?|mdx?|txt)$", r"\1", path)


def matches(key: str, glob: str) -> bool:
    """Whether a page key matches a glob, as a file path or as the path it is served under, with or without suffix."""
    served = web_path(key)
    bare = re.sub(r"\.(html?|mdx?|txt)$", "", served)
    wanted = _pattern(glob if glob.startswith("/") else "/" + glob)
    stem = _pattern(re.sub(r"\.(html?|mdx?|txt)$", "", "/" + glob.lstrip("/")))
    return any(wanted.fullmatch(path) for path in ("/" + key.lstrip("/"), served, bare, bare.rstrip("/") or "/")) or (
        stem.fullmatch(bare) is not None
    )


def matches_any(key: str, globs: Iterable[str]) -> bool:
    return any(matches(key, glob) for glob in globs)
