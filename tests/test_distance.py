"""How far pages and talk stand from what was agreed, and pages from one another."""

from __future__ import annotations

from fakes import FakeLanguage

from msgcheck.extract.pages import extract_page
from msgcheck.measure.annotate import annotate_calls, annotate_pages, annotate_positioning
from msgcheck.measure.category import chief_noun, embed_frame
from msgcheck.measure.distance import page_meaning, site_meaning, talk_distance
from msgcheck.measure.page import measure_page
from msgcheck.measure.values import AnnotatedPositioning, CategoryUse, PageMeasures
from msgcheck.model import Call, Message, Positioning, RawDocument, Speaker, Turn

LANGUAGE = FakeLanguage()
SAID = "Bakers order flour by phone."
AGREED = annotate_positioning(Positioning("p.yaml", "Millrow", messages=(Message("m", SAID),)), LANGUAGE)


def page(text: str, positioning: AnnotatedPositioning | None = AGREED) -> PageMeasures:
    document = extract_page(RawDocument("a.md", "a.md", "a.md", text.encode()))
    return measure_page(annotate_pages([document], LANGUAGE)[0], positioning, embed_frame(LANGUAGE))


def test_a_page_that_says_what_was_agreed_is_near_and_another_one_far() -> None:
    near, far = page(SAID).meaning.distance, page("Rockets burn kerosene loudly.").meaning.distance
    assert near is not None
    assert far is not None
    assert (round(near, 3), far > 0.5) == (0.0, True)


def test_what_a_reader_sees_first_weighs_more() -> None:
    above = page(f"# {SAID}\n\nRockets burn kerosene loudly.").meaning.distance
    below = page(f"# Rockets burn kerosene loudly.\n\n{SAID}").meaning.distance
    assert above is not None
    assert below is not None
    assert above < below


def test_what_customers_say_is_not_counted() -> None:
    alone = page(f"{SAID}\n").meaning
    quoted = page(f"{SAID}\n\n> Rockets burn kerosene loudly.\n").meaning
    assert quoted == alone


def test_pages_that_say_the_same_do_not_spread() -> None:
    same, apart = [page(SAID), page(SAID)], [page(SAID), page("Rockets burn kerosene loudly.")]
    spreads = [site_meaning(pages, AGREED).spread for pages in (same, apart)]
    assert spreads[0] is not None
    assert spreads[1] is not None
    assert (round(spreads[0], 3), spreads[1] > 0.5) == (0.0, True)


def test_without_a_positioning_there_is_spread_but_no_distance() -> None:
    pages = [page(SAID, None), page(SAID, None)]
    site = site_meaning(pages, None)
    assert (site.distance, site.spread is None, pages[0].meaning.distance) == (None, False, None)


def test_one_page_has_no_spread_and_no_page_no_distance() -> None:
    assert site_meaning([page(SAID)], AGREED).spread is None
    assert site_meaning([], AGREED).distance is None
    assert page_meaning((), AGREED).distance is None


def test_only_the_turns_that_are_named_count_as_talk() -> None:
    turns = (Turn(0, "Rep", SAID), Turn(1, "Prospect", "Rockets burn kerosene loudly."))
    call = annotate_calls([Call("c", "c", "plain", "", (Speaker("Rep", "rep"),), turns)], LANGUAGE)[0]
    near, both = talk_distance([(call, [0])], AGREED), talk_distance([(call, [0, 1])], AGREED)
    assert near is not None
    assert both is not None
    assert round(near, 3) < round(both, 3)
    assert talk_distance([(call, [])], AGREED) is None


def test_notes_about_a_call_are_no_talk() -> None:
    note = Turn(0, "Rep", SAID, note=True)
    call = annotate_calls([Call("c", "c", "notes", "", (Speaker("Rep", "rep"),), (note,))], LANGUAGE)[0]
    assert talk_distance([(call, [0])], AGREED) is None


def test_the_noun_of_a_definition_is_plainer_than_that_of_the_title() -> None:
    title, definition, whole = (
        CategoryUse(block, 0, 3, text, where, "other", 0.5)
        for block, text, where in ((0, "tool", "title"), (1, "app", "definition"), (-1, "x", "page"))
    )
    assert chief_noun((title, definition, whole)) == definition
    assert chief_noun((whole,)) is None
