"""Passwords, the users file, and the command that makes its lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from msgcheck.cli.main import LazyGroup
from msgcheck.cli.serve import command
from msgcheck.errors import ConfigError
from msgcheck.web.security.passwords import hash_password, is_hash, verify
from msgcheck.web.security.rates import Attempts, Rate
from msgcheck.web.security.users import User, read_users


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_password_fits_its_own_hash_alone() -> None:
    hashed = hash_password("flour and water")
    assert (verify("flour and water", hashed), verify("flour and Water", hashed)) == (True, False)


def test_two_hashes_of_a_password_differ() -> None:
    assert hash_password("flour and water") != hash_password("flour and water")


@pytest.mark.parametrize("text", ["", "plain", "$2b$12$abc", "scrypt$31$8$1$c2FsdHNhbHQ=$AAAA", "scrypt$15$8$3$!!$!!"])
def test_what_is_no_hash_of_ours_is_known_as_such(text: str) -> None:
    assert not is_hash(text)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "names nobody"),
        ("ada", ":1: is not `name:role:hash`"),
        ("# who\n\nada:admin:x", ":3: is not `name:role:hash`"),
        ("ada:editor:flour", ":1: the password is not a scrypt hash"),
    ],
)
def test_a_wrong_line_is_named_and_never_shown(tmp_path: Path, lines: str, said: str) -> None:
    path = tmp_path / "users"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        read_users(path)
    assert (said in str(raised.value), "flour" in str(raised.value)) == (True, False)


def test_a_line_that_the_command_makes_lets_its_user_in(tmp_path: Path) -> None:
    given = "ada\neditor\nflour and water\nflour and water\n"
    made = CliRunner().invoke(command, ["--hash-password"], input=given)
    (tmp_path / "users").write_text(made.stdout.splitlines()[-1] + "\n", encoding="utf-8")
    users = read_users(tmp_path / "users")
    assert users.authenticate("ada", "flour and water") == User("ada", "editor")
    assert (users.authenticate("ada", "flour"), users.authenticate("bo", "flour and water")) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "0.0.0.0 can be reached from other machines"),
        (["--host", "192.168.1.2"], "192.168.1.2 can be reached from other machines"),
        (["--host", "example.com"], "example.com can be reached from other machines"),
        (["--host", "0.0.0.0", "--token", "short"], "The token is shorter than 16 characters"),
        (["--users", "nowhere"], "nowhere: cannot be read"),
    ],
)
def test_it_does_not_start_unguarded(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(command, arguments)
    assert said in str(result.exception)


def test_the_command_is_in_the_list() -> None:
    assert "serve" in LazyGroup().list_commands(None)  # type: ignore[arg-type]


def test_a_bucket_refills_with_time() -> None:
    clock = Clock()
    rate = Rate(2, clock)
    taken = [rate.wait("a"), rate.wait("a"), rate.wait("a"), rate.wait("b")]
    clock.now += 30
    assert (taken, rate.wait("a"), rate.wait("a")) == ([0.0, 0.0, 30.0, 0.0], 0.0, 30.0)


def test_failures_make_the_next_try_wait_longer_until_one_succeeds() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _ in range(6):
        attempts.failed("a")
        waits.append(attempts.wait("a"))
    longest = attempts.wait("b", "a")
    attempts.passed("a")
    assert (waits, longest, attempts.wait("a")) == ([0.0, 0.0, 1.0, 2.0, 4.0, 8.0], 8.0, 0.0)
