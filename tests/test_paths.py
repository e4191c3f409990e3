"""Path globs: pages are named as files and as the paths they are served under."""

import pytest

from msgcheck.paths import matches, web_path


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("index.html", "/"),
        ("product/index.html", "/product/"),
        ("pricing.md", "/pricing.md"),
        ("https://a.example/pricing?x=1#y", "/pricing"),
        ("https://a.example", "/"),
    ],
)
def test_a_key_is_served_under(key: str, path: str) -> None:
    assert web_path(key) == path


@pytest.mark.parametrize(
    ("key", "glob"),
    [
        ("index.html", "/"),
        ("https://a.example/", "/"),
        ("pricing.html", "/pricing.html"),
        ("pricing.html", "/pricing"),
        ("https://a.example/pricing", "/pricing.html"),
        ("product/cloud/a.html", "/product/**"),
        ("blog/a.md", "blog/*.md"),
    ],
)
def test_a_glob_matches(key: str, glob: str) -> None:
    assert matches(key, glob)


@pytest.mark.parametrize(("key", "glob"), [("blog/a/b.md", "blog/*.md"), ("pricing.html", "/"), ("a.html", "/b.html")])
def test_a_glob_does_not_match(key: str, glob: str) -> None:
    assert not matches(key, glob)
