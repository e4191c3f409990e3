"""Who sells and who buys: stated, configured, or heard from how they talk."""

from __future__ import annotations

from msgcheck.config import Calls
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.measure.calls.roles import infer_all
from msgcheck.model import Call, RawDocument

TALK = """
Wenna: Thanks so much for making the time. What brought you to us?
Ottoline: We're on spreadsheets and my boss wants out. How much does it cost?
Wenna: Plans start at forty a month. Let me share my screen and show you.
Ottoline: Does it work with our till? And do you have a trial?
Wenna: We do, I'll send you the link. Any other questions?
"""
GOSSIP = """
Wenna: My pipeline is full of leads that marketing sends and nobody wants.
Perran: Same. Prospects ask me what our website even means.
Wenna: Discovery calls are half an hour of clearing that up.
Perran: The CMO says it is my quota.
"""


def call(text: str, settings: Calls | None = None) -> Call:
    (found,) = infer_all(read_calls(RawDocument("c.txt", "c.txt", "c.txt", text.encode())), settings or Calls(), None)
    return found


def test_the_one_who_shows_and_prices_sells() -> None:
    found = call(TALK)
    assert (found.role_of("Wenna"), found.role_of("Ottoline")) == ("rep", "prospect")
    assert all(0.5 < speaker.confidence < 1.0 for speaker in found.speakers)


def test_names_in_the_configuration_are_certain() -> None:
    found = call(TALK, Calls(rep_names=["Ottoline"]))
    roles = {speaker.name: (speaker.role, speaker.confidence) for speaker in found.speakers}
    assert roles["Ottoline"] == ("rep", 1.0)


def test_colleagues_talking_about_prospects_all_sell() -> None:
    assert {speaker.role for speaker in call(GOSSIP).speakers} == {"rep"}


def test_people_called_by_what_they_are() -> None:
    found = call("Rep: Right.\nProspect: Right.\nRep: Bye.\nProspect: Bye.\n")
    assert (found.role_of("Rep"), found.role_of("Prospect")) == ("rep", "prospect")


def test_beside_one_of_ours_the_other_buys_until_heard_otherwise() -> None:
    found = call("Wenna: Right.\nOttoline: And when would that be?\nWenna: Friday.\n", Calls(rep_names=["Wenna"]))
    assert found.role_of("Ottoline") == "prospect"
