"""Draw a page in a Chromium that is installed here, for copy that scripts write.

The browser itself never reaches the network: it knows no names and its proxy leads nowhere. Every request that it
makes is caught, and the few that a page's text needs are sent by the same client as any other, under the same rules
for addresses, certificates and sizes.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import threading
import time
from collections.abc import Coroutine
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urljoin

from msgcheck.config import Web
from msgcheck.errors import FetchError, UsageError
from msgcheck.sources.client import USER_AGENT, Client, Fetched
from msgcheck.sources.urls import site_of

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Playwright, Request, Route

T = TypeVar("T")

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
]
#: What a page's text can depend on. Images, media, fonts and sockets are not asked for.
_NEEDED = frozenset({"document", "script", "stylesheet", "xhr", "fetch", "other"})
_MOST_REDIRECTS = 5
#: Text that has not changed for so long is taken to be all there is.
_STILL_MS = 400
_LONGEST_S = 15.0
_CLOSING_S = 1.0
#: Times the wait for a page that rests: a busy machine is slow too, and only scripts that never end are to be cut off.
_PATIENCE = 4
_STILL = """still => {
  const length = document.body ? document.body.innerText.length : 0;
  const seen = window.__msgcheck;
  if (!seen || seen.length !== length) { window.__msgcheck = {length, since: Date.now()}; return false; }
  return Date.now() - seen.since >= still;
}"""
_HOP = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})


class Renderer:
    """One browser, driven by an event loop in a thread of its own; `draw` may be called from any thread."""

    def __init__(self, client: Client, settings: Web) -> None:
        self._client = client
        self._longest = min(settings.timeout, _LONGEST_S)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="msgcheck-browser", daemon=True)
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._starting = asyncio.Lock()

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._run(self._start())
        except BaseException:
            self._halt()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._run(self._stop())
        self._halt()

    def draw(self, answer: Fetched) -> Fetched:
        """The page as it stands when its scripts are done. Raises FetchError when the browser cannot draw it."""
        return self._run(self._draw(answer))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _halt(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _start(self) -> None:
        executable = find_chromium()
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError as error:
            raise UsageError("--render needs Playwright.", "Install it: pip install 'msgcheck[browser]'.") from error
        self._playwright = await async_playwright().start()
        try:
            self._browser = await self._launched(executable)
        except Error as error:
            await self._playwright.stop()
            message = f"{executable}: cannot be started ({error.message.splitlines()[0]})."
            raise UsageError(message, "Name another Chromium in MSGCHECK_CHROMIUM.") from error

    async def _launched(self, executable: str) -> Browser:
        assert self._playwright is not None
        return await self._playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)

    async def _context(self) -> BrowserContext:
        """A window without a past; in a new browser, where a page has crashed the last one."""
        assert self._browser is not None
        async with self._starting:
            if not self._browser.is_connected():
                self._browser = await self._launched(find_chromium())
        return await self._browser.new_context(
            service_workers="block", accept_downloads=False, bypass_csp=True, user_agent=USER_AGENT
        )

    async def _stop(self) -> None:
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()

    async def _draw(self, answer: Fetched) -> Fetched:
        """Every step is bounded: a script that never ends blocks its page, not us."""
        from playwright.async_api import Error

        try:
            content = await self._drawn(answer)
        except (Error, TimeoutError) as error:
            reason = error.message.splitlines()[0] if isinstance(error, Error) else "its scripts never end"
            message = f"{answer.url}: cannot be drawn ({reason})."
            raise FetchError(message, "Check it without --render, or save it from a browser.") from error
        headers = {**answer.headers, "content-type": f"{answer.media_type or 'text/html'}; charset=utf-8"}
        return replace(answer, headers=headers, content=content.encode("utf-8", "replace"))

    async def _drawn(self, answer: Fetched) -> str:
        from playwright.async_api import Error

        context = await self._context()
        try:
            async with asyncio.timeout(_PATIENCE * self._longest):
                return await self._shown(context, answer)
        finally:
            with contextlib.suppress(Error, TimeoutError):
                await asyncio.wait_for(context.close(), _CLOSING_S)

    async def _shown(self, context: BrowserContext, answer: Fetched) -> str:
        page = await context.new_page()
        await context.route_web_socket("**/*", lambda socket: socket.close())
        await context.route("**/*", _Catch(self._client, answer).handle)
        deadline = time.monotonic() + self._longest
        # Once it is there, a page may try to lead elsewhere; to wait for more here would fail with that attempt.
        await page.goto(answer.url, wait_until="commit", timeout=self._longest * 1000)
        await _until_still(page, deadline)
        return await page.content()


class _Catch:
    """Answers the requests of one page."""

    def __init__(self, client: Client, answer: Fetched) -> None:
        self._client = client
        self._answer: Fetched | None = answer
        self._site = site_of(answer.url)

    async def handle(self, route: Route) -> None:
        answer = await self._for(route.request)
        if answer is None and route.request.is_navigation_request():
            await route.fulfill(status=204)  # the page stays; an abort would put an error page in its place
            return
        if answer is None:
            await route.abort()
            return
        headers = {name: value for name, value in answer.headers.items() if name not in _HOP}
        await route.fulfill(status=answer.status, headers=headers, body=answer.content)

    async def _for(self, request: Request) -> Fetched | None:
        if request.is_navigation_request():
            # The page itself, once; neither its frames nor wherever its scripts would go.
            first, self._answer = self._answer, None
            return first
        if request.method != "GET" or request.resource_type not in _NEEDED:
            return None
        return await asyncio.to_thread(self._followed, request.url)

    def _followed(self, url: str) -> Fetched | None:
        for _ in range(_MOST_REDIRECTS):
            if not self._own(url):
                return None
            try:
                answer = self._client.get(url)
            except FetchError:
                return None
            if not answer.redirect:
                return answer
            url = urljoin(url, answer.redirect)
        return None

    def _own(self, url: str) -> bool:
        """Of the page's own site, or of a host below it."""
        site = site_of(url)
        return url.startswith(("http://", "https://")) and (site == self._site or site.endswith(f".{self._site}"))


async def _until_still(page: Page, deadline: float) -> None:
    """Until no request is under way and the text no longer grows; a page that never rests is taken as it stands."""
    from playwright.async_api import TimeoutError as LateError

    try:
        await page.wait_for_load_state("domcontentloaded", timeout=_left(deadline))
        await page.wait_for_load_state("networkidle", timeout=_left(deadline))
        await page.wait_for_function(_STILL, arg=_STILL_MS, polling=100, timeout=_left(deadline))
    except LateError:
        return


def _left(deadline: float) -> float:
    """Milliseconds, as Playwright counts; nought would mean for ever."""
    return max(1.0, (deadline - time.monotonic()) * 1000)


def find_chromium(purpose: str = "--render") -> str:
    """`MSGCHECK_CHROMIUM`, else a Chromium on PATH. Raises UsageError, naming what needs it, where there is none."""
    named = os.environ.get("MSGCHECK_CHROMIUM", "")
    if named and (found := shutil.which(named)):
        return found
    if named:
        raise UsageError(f"{named}: MSGCHECK_CHROMIUM names no program.", "Name the Chromium or Chrome to use.")
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    raise UsageError(f"{purpose} needs Chromium, and there is none.", "Install it, or name it in MSGCHECK_CHROMIUM.")
