"""What strangers, other sites and hostile input may not do with the browser app; a real server on loopback."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from reports import document, finding
from web_server import LIMITS, REPORT, Browser, Serving, StandIn, cheap_hash

from msgcheck.model import Report
from msgcheck.web.security.headers import POLICY
from msgcheck.web.security.users import read_users
from msgcheck.web.task import Task

TOKEN = "a-long-random-token-of-the-tests"
ELSEWHERE = {"Origin": "https://elsewhere.example"}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with Serving(tmp_path_factory.mktemp("open")) as served:
        yield served


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("guarded")
    lines = [
        f"{name}:{role}:{cheap_hash(f'{name} is my name')}" for name, role in (("ada", "editor"), ("bo", "viewer"))
    ]
    (folder / "users").write_text("# who may\n" + "\n".join(lines) + "\n", encoding="utf-8")
    with Serving(folder, users=read_users(folder / "users"), token=TOKEN) as served:
        yield served


def logged_in(serving: Serving, name: str) -> Browser:
    browser = serving.browser()
    data = {"name": name, "password": f"{name} is my name"}
    browser.post(f"{serving.url}/login", data=data, headers={"Origin": serving.url})
    return browser


@pytest.mark.parametrize(
    "path", ["/check", "/api/v1/rules", "/static/app.js", "/static/report.css", "/nowhere", "/healthz"]
)
def test_every_answer_says_what_a_browser_may_load(serving: Serving, path: str) -> None:
    headers = requests.get(serving.url + path).headers
    names = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
    assert [headers[name] for name in names] == [POLICY, "nosniff", "DENY", "same-origin"]


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert ("unsafe" in POLICY, "http" in POLICY, "default-src 'none'" in POLICY) == (False, False, True)


def test_refusals_carry_the_headers_too(serving: Serving) -> None:
    answer = requests.get(f"{serving.url}/check", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.headers["Content-Security-Policy"]) == (421, POLICY)


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost.elsewhere.example:80", ""]
)
def test_a_name_that_leads_here_by_dns_gets_nothing(serving: Serving, host: str) -> None:
    assert requests.get(f"{serving.url}/check", headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8765", "msgcheck.example.com"])
def test_names_and_addresses_of_its_own_are_answered(tmp_path: Path, host: str) -> None:
    with Serving(tmp_path, names=("msgcheck.example.com",)) as serving:
        assert requests.get(f"{serving.url}/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        ELSEWHERE,
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_cannot_make_a_browser_change_anything(serving: Serving, headers: dict[str, str]) -> None:
    sent = [
        requests.post(f"{serving.url}/check", data={"text": "We bake."}, headers=headers),
        requests.post(f"{serving.url}/api/v1/check", json={"text": "We bake."}, headers=headers),
        requests.put(f"{serving.url}/api/v1/positioning", json={"fields": {}}, headers=headers),
    ]
    assert [answer.status_code for answer in sent] == [403, 403, 403]


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_form_without_our_token_is_refused(serving: Serving, token: str | None) -> None:
    browser = serving.browser()
    browser.token()
    data = {"text": "We bake."} | ({} if token is None else {"csrf": token})
    assert browser.post(f"{serving.url}/check", data=data, headers={"Origin": serving.url}).status_code == 403


def test_a_session_needs_the_token_for_the_api_too(serving: Serving) -> None:
    browser = serving.browser()
    token = browser.token()
    codes = [
        browser.post(f"{serving.url}/api/v1/check", json={"text": "We bake."}, headers=headers).status_code
        for headers in ({}, {"X-CSRF-Token": token})
    ]
    assert codes == [403, 200]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(serving: Serving) -> None:
    cookie = requests.get(f"{serving.url}/check").headers["Set-Cookie"].lower()
    assert ("httponly" in cookie, "samesite=lax" in cookie) == (True, True)


def test_a_body_that_says_it_is_too_large_is_refused(serving: Serving) -> None:
    answer = requests.post(f"{serving.url}/api/v1/check", json={"text": "x" * (LIMITS.body_bytes + 1)})
    assert (answer.status_code, answer.json()["error"]["message"]) == (413, "That is more than 0.2 MB.")


def test_a_body_that_does_not_say_how_large_it_is_is_counted(serving: Serving) -> None:
    json_type = {"Content-Type": "application/json"}
    chunks = (b"x" * 10_000 for _ in range(25))
    assert requests.post(f"{serving.url}/api/v1/check", data=chunks, headers=json_type).status_code == 413


def conversation(serving: Serving, *parts: bytes, pause: float = 0.0) -> bytes:
    """What the server says to these parts, sent with pauses."""
    with socket.create_connection(("127.0.0.1", serving.port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


@pytest.fixture
def impatient(tmp_path: Path) -> Iterator[Serving]:
    with Serving(tmp_path, limits=replace(LIMITS, body_seconds=0.3, header_seconds=0.5)) as served:
        yield served


def test_a_body_that_never_ends_is_not_waited_for(impatient: Serving) -> None:
    head = b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n"
    answer = conversation(impatient, head + b'{"text"', pause=0.1)
    assert (answer.split(b"\r\n")[0], b"took too long" in answer) == (b"HTTP/1.1 408 Request Timeout", True)


def test_headers_that_never_end_are_not_waited_for(impatient: Serving) -> None:
    assert conversation(impatient, b"GET /check HTTP/1.1\r\n", b"Host: 127.0.0.1\r\n", pause=0.1) == b""


def test_who_asks_too_often_is_told_to_wait(tmp_path: Path) -> None:
    with Serving(tmp_path, limits=replace(LIMITS, requests_per_minute=5)) as serving:
        answers = [requests.get(f"{serving.url}/healthz") for _ in range(7)]
    assert ([answer.status_code for answer in answers], int(answers[-1].headers["Retry-After"]) > 0) == (
        [200] * 5 + [429] * 2,
        True,
    )


def test_who_checks_too_often_is_told_to_wait(tmp_path: Path) -> None:
    with Serving(tmp_path, limits=replace(LIMITS, checks_per_minute=2)) as serving:
        codes = [
            requests.post(f"{serving.url}/api/v1/check", json={"text": f"We bake {n}."}).status_code for n in range(3)
        ]
    assert codes == [200, 200, 429]


def test_strangers_get_the_login_page_and_nothing_else(guarded: Serving) -> None:
    pages = [requests.get(guarded.url + path, allow_redirects=False) for path in ("/", "/check", "/rules", "/check/x")]
    assert {answer.headers["Location"].partition("?")[0] for answer in pages} == {"/login"}
    for path in ("/api/v1/rules", "/api/v1/openapi.json", "/api/v1/jobs/x", "/metrics", "/api/v1/positioning"):
        assert requests.get(guarded.url + path).status_code == 401
    assert requests.post(f"{guarded.url}/api/v1/check", json={"text": "We bake."}).status_code == 401
    assert requests.get(f"{guarded.url}/login").status_code == 200


def test_a_program_shows_the_token(guarded: Serving) -> None:
    given = {"Authorization": f"Bearer {TOKEN}"}
    answer = requests.post(f"{guarded.url}/api/v1/check", json={"text": "We bake."}, headers=given)
    assert answer.status_code == 200


def test_a_user_logs_in_and_out(guarded: Serving) -> None:
    browser = logged_in(guarded, "ada")
    inside = browser.get(f"{guarded.url}/check")
    browser.submit("/logout", {})
    outside = browser.get(f"{guarded.url}/check")
    assert (inside.status_code, "Paste" in inside.text, outside.url) == (200, True, f"{guarded.url}/login?next=/check")


def test_a_viewer_checks_but_does_not_change_the_positioning(guarded: Serving) -> None:
    browser = logged_in(guarded, "bo")
    token = {"X-CSRF-Token": browser.token(), "Origin": guarded.url}
    change = {"fields": {"product": "Kiln", "category": "bakery software"}}
    checked = browser.post(f"{guarded.url}/api/v1/check", json={"text": "We bake."}, headers=token)
    changed = browser.put(f"{guarded.url}/api/v1/positioning", json=change, headers=token)
    assert (checked.status_code, changed.status_code) == (200, 403)


def test_login_leads_to_no_other_site(guarded: Serving) -> None:
    for there in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example"):
        data = {"name": "ada", "password": "ada is my name", "next": there}
        answer = requests.post(f"{guarded.url}/login", data=data, allow_redirects=False)
        assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_guessing_passwords_gets_slower(tmp_path: Path, name: str) -> None:
    (tmp_path / "users").write_text(f"ada:editor:{cheap_hash('ada is my name')}\n", encoding="utf-8")
    with Serving(tmp_path, users=read_users(tmp_path / "users")) as serving:
        tries = [requests.post(f"{serving.url}/login", data={"name": name, "password": f"{n}"}) for n in range(5)]
        right = requests.post(f"{serving.url}/login", data={"name": name, "password": "ada is my name"})
    assert [answer.status_code for answer in (*tries, right)] == [401, 401, 401, 429, 429, 429]


def test_guessing_many_passwords_at_once_gains_nothing(tmp_path: Path) -> None:
    (tmp_path / "users").write_text(f"ada:editor:{cheap_hash('ada is my name')}\n", encoding="utf-8")
    with Serving(tmp_path, users=read_users(tmp_path / "users")) as serving, ThreadPoolExecutor(10) as crowd:

        def guess(number: int) -> int:
            return requests.post(f"{serving.url}/login", data={"name": "ada", "password": f"{number}"}).status_code

        codes = list(crowd.map(guess, range(20)))
    assert (codes.count(401) <= 5, set(codes)) == (True, {401, 429})


def test_guessing_tokens_gets_slower(tmp_path: Path) -> None:
    with Serving(tmp_path, token=TOKEN) as serving:
        codes = [
            requests.get(f"{serving.url}/api/v1/rules", headers={"Authorization": f"Bearer {n}"}).status_code
            for n in range(5)
        ]
    assert codes == [401, 401, 401, 429, 429]


HOSTILE = "<script>alert(1)</script><svg onload=alert(2)><img src=x onerror=alert(3)>"


def hostile_report(task: Task) -> Report:
    """A report whose page, name and findings are all hostile."""
    key = task.pages[0].key
    page = replace(REPORT.pages[0], document=document(key, (("body", HOSTILE),), title=HOSTILE))
    found = finding("jargon.buzzword", "warning", page.document, 0, HOSTILE[8:20], HOSTILE)
    return replace(REPORT, pages=(page,), findings=(found,))


def test_hostile_copy_and_file_names_are_shown_as_text(tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(4)>.html"
    with Serving(tmp_path, StandIn(hostile_report)) as serving:
        browser = serving.browser()
        shown = browser.submit("/check", {}, files={"file": (name, HOSTILE, "text/html")}).text
    assert (shown.count("&lt;script&gt;") > 0, "&lt;img src=x onerror=alert(4)&gt;.html" in shown) == (True, True)
    assert [mark for mark in ("<script>", "<svg onload", "<img") if mark in shown] == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("..\\..\\boot.md", "boot.md"),
        ("/etc/hosts.txt", "hosts.txt"),
        ("a\x1b[31m\u202egnp.md", "a[31mgnp.md"),
        ("x" * 500 + ".md", "x" * 117 + ".md"),
    ],
)
def test_file_names_are_labels_and_no_paths(tmp_path: Path, name: str, key: str) -> None:
    worker = StandIn()
    with Serving(tmp_path, worker) as serving:
        requests.post(f"{serving.url}/api/v1/check/files", files={"files": (name, b"We bake.")})
    assert [raw.key for task in worker.tasks for raw in task.pages] == [key]


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_static_files_lead_nowhere_else(serving: Serving, path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    assert conversation(serving, head).startswith(b"HTTP/1.1 404")


def test_an_export_is_a_download_that_runs_nothing(serving: Serving) -> None:
    job = requests.post(f"{serving.url}/api/v1/check", json={"text": "We bake."}).headers["X-Msgcheck-Job"]
    answer = requests.get(f"{serving.url}/api/v1/jobs/{job}/report?format=html")
    assert (answer.headers["Content-Disposition"], answer.headers["Content-Security-Policy"]) == (
        'attachment; filename="msgcheck.html"',
        "sandbox",
    )


def test_the_audit_log_tells_who_did_what_but_no_secret(tmp_path: Path) -> None:
    (tmp_path / "users").write_text(f"ada:editor:{cheap_hash('ada is my name')}\n", encoding="utf-8")
    with Serving(tmp_path, users=read_users(tmp_path / "users"), token=TOKEN) as serving:
        requests.post(f"{serving.url}/login", data={"name": "ada", "password": "wrong-secret"})
        browser = logged_in(serving, "ada")
        browser.submit("/check", {"text": "A confidential draft."})
        requests.post(
            f"{serving.url}/api/v1/jobs",
            json={"url": "https://example.com/?key=confidential"},
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
    kept = tmp_path / ".msgcheck" / "audit.jsonl"
    text = kept.read_text(encoding="utf-8")
    done = [(entry["action"], entry["who"]) for entry in map(json.loads, text.splitlines())]
    assert done == [("login-failed", ""), ("login", "ada"), ("check", "ada"), ("check", "token")]
    assert [word for word in ("confidential", "secret", TOKEN, "my name", "scrypt") if word in text] == []
    assert kept.stat().st_mode & 0o077 == 0
