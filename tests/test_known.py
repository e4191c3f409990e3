"""Which findings are taken for ones that were known: what survives an edit, and what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gate_reports import RULE, document, new, report

from msgcheck.gate.compare import Changed, Scope, compared, match
from msgcheck.gate.known import Known, known_of, likeness, sketch
from msgcheck.model import Comparison, Gone, Report, Suppression

PAGE = (
    "Fernlight takes flower orders from every marketplace.",
    "Our seamless checkout takes two minutes to learn.",
    "You leverage one list for all florists in town.",
    "Each order says when it is due and who delivers it.",
)


def compare(
    now: Report,
    known: Known,
    *,
    rules: Sequence[str] = (RULE,),
    absent: Sequence[str] = (),
    changed: Changed | None = None,
) -> Report:
    return compared(now, match(now, known, Scope(rules, (), absent)), Comparison("before"), changed)


def gone(report: Report) -> tuple[Gone, ...]:
    return report.comparisons[0].gone


def test_what_was_known_does_not_count_and_what_is_new_does() -> None:
    before = known_of(report({"a.md": PAGE}))
    after = compare(report({"a.md": (*PAGE, "We call it synergy.")}), before)
    assert new(after) == [("a.md", 9, "synergy")]
    assert (after.summary.findings["warning"], after.summary.baselined) == (1, 2)
    assert after.comparisons == (Comparison("before", known=2),)


def test_moved_paragraphs_and_lines_stay_known() -> None:
    before = known_of(report({"a.md": PAGE}))
    after = compare(report({"a.md": ("A new first line of the page.", *reversed(PAGE))}), before)
    assert (new(after), gone(after)) == ([], ())


def test_rewording_the_neighbours_keeps_a_finding_known() -> None:
    before = known_of(report({"a.md": PAGE}))
    reworded = (PAGE[0], "With a seamless till you are done in two minutes.", *PAGE[2:])
    assert new(compare(report({"a.md": reworded}), before)) == []


def test_more_of_the_same_words_is_new() -> None:
    before = known_of(report({"a.md": PAGE}))
    after = compare(report({"a.md": (*PAGE, "A seamless start for florists.")}), before)
    assert new(after) == [("a.md", 9, "seamless")]


def test_a_fixed_finding_does_not_pay_for_another_word() -> None:
    before = known_of(report({"a.md": PAGE}))
    after = compare(report({"a.md": (PAGE[0], "Our synergy takes two minutes to learn.", *PAGE[2:])}), before)
    assert new(after) == [("a.md", 3, "synergy")]
    assert gone(after) == (Gone(RULE, "a.md", "seamless"),)


def test_mending_some_words_of_a_finding_leaves_it_known() -> None:
    before = known_of(report({"a.md": ("We leverage seamless synergy here.",)}))
    after = compare(report({"a.md": ("We use seamless synergy here.",)}), before)
    assert (new(after), gone(after)) == ([], ())


def test_splitting_the_sentence_of_a_finding_gives_no_new_one() -> None:
    before = known_of(report({"a.md": ("We leverage seamless synergy here.",)}))
    after = compare(report({"a.md": ("We leverage it.", "It is seamless here.")}), before)
    assert (new(after), gone(after)) == ([], ())


def test_another_word_in_the_sentence_of_a_known_finding_is_new() -> None:
    before = known_of(report({"a.md": ("We leverage seamless checkouts here.",)}))
    after = compare(report({"a.md": ("We leverage seamless synergy here.",)}), before)
    assert (new(after), gone(after)) == ([("a.md", 1, "leverage")], ())


def test_of_several_with_the_same_words_the_likest_neighbours_are_taken_for_the_known_one() -> None:
    before = known_of(report({"a.md": ("Our seamless checkout takes two minutes.",)}))
    now = report({"a.md": ("Every seamless parcel arrives.", "Our seamless checkout is done in a minute.")})
    assert new(compare(now, before)) == [("a.md", 1, "seamless")]


def test_of_identical_sentences_those_on_changed_lines_are_the_new_ones() -> None:
    line = "Our seamless checkout takes two minutes."
    before = known_of(report({"a.md": (line,)}))
    now = report({"a.md": (line, line)})
    first_changed = compare(now, before, changed=lambda index: now.findings[index].primary.line == 1)
    last_changed = compare(now, before, changed=lambda index: now.findings[index].primary.line == 3)
    assert new(first_changed) == [("a.md", 1, "seamless")]
    assert new(last_changed) == [("a.md", 3, "seamless")]


def test_a_renamed_page_keeps_what_is_known_of_it_even_when_it_was_edited() -> None:
    before = known_of(report({"a.md": PAGE, "b.md": ("Prices start at nine euros a month.",)}))
    edited = (PAGE[0], PAGE[1], "You leverage one calendar for all shops.", PAGE[3])
    after = compare(report({"blog/a.md": edited, "b.md": ("Prices start at nine euros a month.",)}), before)
    assert (new(after), gone(after)) == ([], ())


def test_another_page_in_the_place_of_a_removed_one_is_new() -> None:
    before = known_of(report({"a.md": PAGE}))
    other = ("Wholesalers see stock by the hour.", "A seamless view of the cold store.", "Ask for a price list today.")
    after = compare(report({"b.md": other}), before, absent=["a.md"])
    assert new(after) == [("b.md", 3, "seamless")]
    assert gone(after) == (Gone(RULE, "a.md", "seamless"), Gone(RULE, "a.md", "leverage"))


def test_findings_of_pages_that_were_not_read_are_neither_known_nor_gone() -> None:
    before = known_of(report({"a.md": PAGE, "b.md": PAGE}))
    after = compare(report({"b.md": PAGE}), before)
    assert after.comparisons == (Comparison("before", known=2, unread=2),)


def test_findings_of_rules_that_did_not_run_are_not_gone() -> None:
    before = known_of(report({"a.md": PAGE}))
    after = compare(report({"a.md": PAGE[:1]}), before, rules=["vague.weasel"])
    assert after.comparisons == (Comparison("before", unread=2),)


def test_a_known_finding_that_is_suppressed_counts_once() -> None:
    before = known_of(report({"a.md": PAGE}))
    after = compare(report({"a.md": PAGE}, (Suppression((), 3, 3, 2),)), before)
    assert (after.summary.suppressed, after.summary.baselined) == (1, 1)
    assert gone(after) == ()


def test_a_suppressed_finding_is_not_remembered() -> None:
    silenced = known_of(report({"a.md": PAGE}, (Suppression((), 3, 3, 2),)))
    assert [item.quote for item in silenced.findings] == ["leverage"]


def test_words_of_a_call_are_not_remembered_only_the_fingerprint() -> None:
    spoken = report({"a.md": PAGE})
    on_call = replace(spoken.findings[0], locations=(replace(spoken.findings[0].primary, document="call.vtt"),))
    (known,) = known_of(replace(spoken, findings=(on_call,))).findings
    assert (known.document, known.quote, known.near) == ("call.vtt", "", "")


def test_the_likeness_of_pages_is_the_share_of_blocks_in_common() -> None:
    whole, half = (
        document("a.md", PAGE),
        document("b.md", (*PAGE[:2], "Florists see it at once.", "Nobody types it in.")),
    )
    assert likeness(sketch(whole), sketch(whole)) == 1.0
    assert likeness(sketch(whole), sketch(half)) == 2 / 6
    assert likeness("", "") == 0.0
