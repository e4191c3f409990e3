"""A git repository in which the site of the demo company became over a year what it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from git_repos import commit, repository

DEMO = Path(__file__).parents[1] / "corpora" / "demo"
#: What stands in the demo's pages, and what stood there before somebody found it too plain.
_PLAINER = {
    "index.html": {
        "Gatewren is the intelligent access platform that decides who gets in, and keeps everyone else out.": (
            "Gatewren is visitor sign-in software: visitors and contractors sign in on a tablet in under a minute."
        ),
        "Our seamless, end-to-end experience empowers teams to get more from every interaction.": (
            "Hosts get a text message when their visitor has signed in."
        ),
        "A frictionless welcome": "A message to the host",
    },
    "product.html": {"Arrivals, reimagined": "Visitor sign-in software for sites with a gate"},
}


def build(top: Path) -> Path:
    """Six versions between April 2025 and March 2026: four pages at first, and those of the demo at last. The calls lie
    beside the repository."""
    repository(top)
    shutil.copytree(DEMO / "site", top / "site")
    shutil.copytree(DEMO / "calls", top.parent / "calls")
    shutil.copy(DEMO / "positioning.yaml", top)
    (top / "msgcheck.toml").write_text(
        'positioning = "positioning.yaml"\n[pages]\ninclude = ["site"]\n[calls]\npaths = ["../calls"]\n',
        encoding="utf-8",
    )
    later = {name: (top / "site" / name).read_bytes() for name in ("blog", "customers") for name in _below(top, name)}
    for name in later:
        (top / "site" / name).unlink()
    for page, words in _PLAINER.items():
        _reword(top / "site" / page, words)
    commit(top, "The first site", "2025-04-15T10:00:00Z")
    _restore(top, later, "customers/pellworth-foods.html")
    commit(top, "A customer's story", "2025-06-10T10:00:00Z")
    _reword(top / "site" / "product.html", {then: now for now, then in _PLAINER["product.html"].items()})
    commit(top, "A bolder product page", "2025-08-19T10:00:00Z")
    hero, *cards = _PLAINER["index.html"].items()
    _reword(top / "site" / "index.html", {then: now for now, then in cards})
    commit(top, "Friendlier cards", "2025-10-14T10:00:00Z")
    _restore(top, later, "blog/count-everyone-after-an-evacuation.html")
    commit(top, "A blog", "2025-12-30T10:00:00Z")
    _reword(top / "site" / "index.html", {hero[1]: hero[0]})
    commit(top, "A new category", "2026-03-03T10:00:00Z")
    return top


def _below(top: Path, folder: str) -> list[str]:
    return [path.relative_to(top / "site").as_posix() for path in (top / "site" / folder).rglob("*.html")]


def _restore(top: Path, texts: dict[str, bytes], name: str) -> None:
    path = top / "site" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(texts[name])


def _reword(page: Path, words: dict[str, str]) -> None:
    text = page.read_text(encoding="utf-8")
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    page.write_text(text, encoding="utf-8")
