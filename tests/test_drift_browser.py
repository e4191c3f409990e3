"""The drift report as a CMO meets it: in a real browser, wide and narrow, light and dark, and on paper."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import needs_chromium
from click.testing import CliRunner
from histories import Site, configured, recorded
from playwright.sync_api import Browser, Page
from test_report_browser import opened

from msgcheck.cli.main import cli
from msgcheck.errors import UsageError

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working folder with a history of many pages."""
    place = tmp_path_factory.mktemp("drift")
    recorded(place, Site(pages=14, runs=4, calls=6))
    configured(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.delenv("MSGCHECK_DATABASE_URL", raising=False)
        yield place


@pytest.fixture(scope="module")
def file(folder: Path) -> str:
    ran("--from", "1", "-o", "drift.html")
    return (folder / "drift.html").as_uri()


def ran(*arguments: str) -> str:
    return CliRunner().invoke(cli, ["drift", *arguments], catch_exceptions=False).output


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_opens_quietly_and_fits_the_window(browser: Browser, file: str, width: int, scheme: str) -> None:
    page, noise = opened(browser, file, width=width, scheme=scheme)
    assert (noise, page.evaluate("document.documentElement.scrollWidth")) == ([], width)
    page.close()


OVERLAPS = """[...document.querySelectorAll('.drawing svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const labels = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim());
  const boxes = labels.map(text => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], n) => boxes.slice(n + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                       && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
    .map(([other]) => name + ' / ' + other));
})"""
CUT = """[...document.querySelectorAll('.drawing svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const frame = svg.closest('figure').getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left || box.right > frame.right);
  }).map(text => text.textContent);
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_no_label_of_a_picture_is_cut_or_covers_another(browser: Browser, file: str, width: int) -> None:
    page, _ = opened(browser, file, width=width)
    assert (page.evaluate(OVERLAPS), page.evaluate(CUT)) == ([], [])
    page.close()


def test_a_picture_has_one_drawing_a_window_with_a_name_and_a_description(browser: Browser, file: str) -> None:
    for width in (390, 1280):
        page, _ = opened(browser, file, width=width)
        images = page.get_by_role("img").all()
        assert len(images) == 5
        for image in images:
            title, description = image.get_attribute("aria-labelledby").split()  # type: ignore[union-attr]
            assert page.locator(f"#{title}").text_content()
            assert page.locator(f"#{description}").text_content()
        page.close()


CONTRAST = """pairs => {
  const light = name => {
    const box = document.createElement('i');
    box.style.color = `var(--${name})`;
    document.body.append(box);
    const parts = getComputedStyle(box).color.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255);
    box.remove();
    const [r, g, b] = parts.map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  return pairs.filter(([a, b, least]) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + .05) / (low + .05) < least;
  });
}"""
#: Words need 4.5, lines and bars 3, against what they stand on.
WORDS = ["ink", "dim", "same", "worst", "fine", "worse-ink", "better-ink", "jargon", "vague", "mismatch", "accent"]
PAIRS = [
    *([name, "paper", 4.5] for name in WORDS),
    *([name, "ground", 4.5] for name in ("ink", "dim", "worse-ink", "better-ink")),
    *(["ink", name, 4.5] for name in ("said", "part", "gone", "shade")),
    *([name, "shade", 3] for name in ("worst", "fine", "same")),
    ["middle", "paper", 3],
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_lines_stand_out_from_what_they_stand_on(browser: Browser, file: str, scheme: str) -> None:
    page = browser.new_context(bypass_csp=True, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    page.goto(file)
    assert page.evaluate(CONTRAST, PAIRS) == []
    page.context.close()


def test_on_paper_the_wide_pictures_stand_without_their_tables(browser: Browser, file: str) -> None:
    page, _ = opened(browser, file, width=390)
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('.drawing')].filter(d => d.checkVisibility()).map(d => d.className)"
    )
    assert shown == ["drawing wide"] * 5
    assert page.locator("figure details").first.is_hidden()
    page.close()


def test_the_keyboard_reaches_the_numbers_behind_each_picture(browser: Browser, file: str) -> None:
    page, _ = opened(browser, file)
    page.locator("#confusion summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#confusion table").is_visible()
    assert headed(page) == 14
    page.close()


def headed(page: Page) -> int:
    return page.locator("#confusion tbody th[scope=row]").count()


def test_it_is_printed_to_pdf(folder: Path) -> None:
    command = [sys.executable, "-m", "msgcheck", "drift", "--from", "1", "-o", "drift.pdf"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    printed = (folder / "drift.pdf").read_bytes()
    assert (printed[:5], b"/StructTreeRoot" in printed, len(printed) > 50_000) == (b"%PDF-", True, True)


def test_a_missing_browser_gets_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSGCHECK_CHROMIUM", "no-such-browser")
    with pytest.raises(UsageError, match="MSGCHECK_CHROMIUM names no program"):
        ran("--from", "1", "-o", "drift.pdf")
