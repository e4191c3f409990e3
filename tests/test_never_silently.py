"""Nothing passes silently: what was not read or judged is an error, or told with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from msgcheck.engine import Inputs, Settings, check
from msgcheck.errors import ModelError, UsageError
from msgcheck.language.values import Passage
from msgcheck.model import RawDocument, Report
from tests.fakes import FakeLanguage

PAGE = "# Pumps for fire stations\n\nEach is tested in our own basin before it leaves us.\n"
SHELL = "<html><head><title>App</title></head><body><div id='root'></div><script src='x.js'></script></body></html>"


def raw(name: str, text: str) -> RawDocument:
    return RawDocument(name, name, name, text.encode())


def checked(*pages: RawDocument, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Report:
    return check(Inputs(pages=pages), Settings(select=select, ignore=ignore), FakeLanguage())


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (raw("shell.html", SHELL), "shell.html: the page is drawn by JavaScript"),
        (raw("menu.html", "<nav><a href='/a'>Pumps</a></nav>"), "menu.html: has no copy that a reader sees."),
        (raw("comment.md", "<!-- nothing yet -->"), "comment.md: has no copy that a reader sees."),
        (raw("page.rst", PAGE), "page.rst: files of type .rst are not read. Pages are .docx, .eml,"),
        (raw("talk.vtt", PAGE), "calls go to --calls."),
    ],
)
def test_a_page_without_copy_or_of_another_type_alone_is_an_error_with_the_reason(
    page: RawDocument, reason: str
) -> None:
    with pytest.raises(UsageError) as raised:
        checked(page)
    assert str(raised.value).startswith("Nothing was checked. ")
    assert reason in str(raised.value)


def test_beside_another_page_it_is_counted_with_its_reason() -> None:
    report = checked(raw("a.md", PAGE), raw("b.html", SHELL), raw("c.rst", PAGE))
    assert [page.document.key for page in report.pages] == ["a.md"]
    assert "b.html" in [skip.what for skip in report.skipped]
    assert [fault.document for fault in report.faults] == ["c.rst"]


@pytest.mark.parametrize("name", ["notes", "page.php"])
def test_what_is_plainly_a_page_is_read_whatever_its_name(name: str) -> None:
    text = PAGE if name == "notes" else f"<!doctype html><h1>{PAGE}</h1>"
    assert checked(raw(name, text)).summary.pages == 1


def test_rules_that_all_lack_what_they_need_are_an_error() -> None:
    with pytest.raises(UsageError) as raised:
        checked(raw("a.md", PAGE), select=("mismatch",))
    assert (
        "mismatch.audience, mismatch.category, mismatch.category-inconsistent and 4 more: no positioning given"
        in str(raised.value)
    )


def test_rules_that_are_all_ignored_are_an_error() -> None:
    with pytest.raises(UsageError) as raised:
        checked(raw("a.md", PAGE), select=("jargon",), ignore=("jargon",))
    assert str(raised.value).startswith("All selected rules are ignored.")


class Choking(FakeLanguage):
    """Cannot read a text that holds a certain word; without its model it can read none."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def annotate(self, texts: Sequence[str]) -> list[Passage]:
        if any("poison" in text for text in texts):
            raise self.error
        return super().annotate(texts)


def poisoned() -> tuple[RawDocument, ...]:
    copies = {"a.md": b"We sell bread.", "b.md": b"We sell poison.", "c.md": b"We sell cake."}
    return tuple(RawDocument(name, name, name, copy) for name, copy in copies.items())


def test_a_page_whose_words_cannot_be_read_takes_no_other_with_it() -> None:
    report = check(Inputs(pages=poisoned()), Settings(), Choking(ValueError("too odd")))
    assert sorted(page.document.key for page in report.pages) == ["a.md", "c.md"]
    assert [(fault.document, fault.error) for fault in report.faults] == [("b.md", "unexpected ValueError: too odd")]


def test_a_model_that_is_missing_ends_the_run() -> None:
    with pytest.raises(ModelError):
        check(Inputs(pages=poisoned()), Settings(), Choking(ModelError("The model is missing.")))
