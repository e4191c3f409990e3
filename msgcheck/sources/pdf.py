"""Print an HTML document of ours to PDF in the Chromium that is installed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgcheck.errors import UsageError
from msgcheck.sources.render import ARGUMENTS, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import PdfMargins

_PURPOSE = "A PDF"
_MARGINS: PdfMargins = {"top": "14mm", "right": "14mm", "bottom": "14mm", "left": "14mm"}


def print_pdf(html: str) -> bytes:
    """A4 pages. The document runs no script and reaches no network. Raises UsageError where Chromium is missing."""
    executable = find_chromium(_PURPOSE)
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise UsageError(f"{_PURPOSE} needs Playwright.", "Install it: pip install 'msgcheck[browser]'.") from error
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            page = browser.new_context(java_script_enabled=False, offline=True).new_page()
            page.set_content(html, wait_until="load")
            return page.pdf(format="A4", margin=_MARGINS, tagged=True, outline=True)
    except Error as error:
        message = f"{executable}: cannot print the report ({error.message.splitlines()[0]})."
        raise UsageError(message, "Name another Chromium in MSGCHECK_CHROMIUM.") from error
