"""Which company a call was with is told from titles, file names and addresses, and never guessed from stock words."""

from __future__ import annotations

import pytest

from msgcheck.measure.calls.accounts import with_accounts
from msgcheck.model import Call, Positioning, Speaker, Turn

AGREED = Positioning("positioning.yaml", "Gatewren", aliases=("Gatewren Sign-in",))


def accounts(*, title: str = "", key: str = "call.txt", said: str = "", speaker: Speaker | None = None) -> list[str]:
    speakers = (
        speaker or Speaker("Dana Whitfield", "prospect"),
        Speaker("Ines Okafor", "rep", email="i@gatewren.example"),
    )
    call = Call(key, key, "plain", "", speakers, (Turn(0, speakers[0].name, said),), title=title)
    return list(with_accounts([call], AGREED)[0].accounts)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Intro - Kestrel Packaging", ["Kestrel Packaging", "Kestrel"]),
        ("Gatewren <> Larch Ridge Dental, second call", ["Larch Ridge Dental", "Larch Ridge", "Larch"]),
        ("Gatewren Sign-in x Umberfell", ["Umberfell"]),
        ("Pricing follow-up with Dana Whitfield, Oxholm & Sons - Mon 4/14, 25 min", ["Oxholm Sons", "Oxholm"]),
        ("Second pricing call (Q3)", []),
        ("Call with Dana Whitfield", []),
        ("talk about the rollout to stores", []),
        ("", []),
    ],
)
def test_titles(title: str, expected: list[str]) -> None:
    assert accounts(title=title) == expected


@pytest.mark.parametrize(
    ("key", "said", "expected"),
    [
        ("calls/umberfell-foods_2026-03-01.txt", "", ["umberfell foods", "umberfell"]),
        ("calls/copper-basin-terms.txt", "It is cold at Copper Basin today.", ["copper basin"]),
        ("calls/copper-basin-terms.txt", "It is cold.", []),
        ("calls/GMT20260301-100000_Recording.transcript.vtt", "", []),
        ("calls/dana-whitfield.txt", "", []),
        ("calls/crm-call-notes-q1.csv#4", "", []),
    ],
)
def test_file_names_count_where_they_are_rare_or_spoken(key: str, said: str, expected: list[str]) -> None:
    assert accounts(key=key, said=said) == expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        (Speaker("Dana Whitfield (Umberfell Foods)", "prospect"), ["Umberfell Foods", "Umberfell"]),
        (Speaker("Dana Whitfield", "prospect", email="d@mail.umberfell.co.uk"), ["umberfell"]),
        (Speaker("Dana Whitfield", "prospect", email="d@gmail.com"), []),
        (Speaker("Dana Whitfield (Sales)", "prospect"), []),
    ],
)
def test_names_and_addresses(speaker: Speaker, expected: list[str]) -> None:
    assert accounts(speaker=speaker) == expected
