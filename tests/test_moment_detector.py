"""The detector's own arithmetic, the written exchanges, and a call read with the shipped weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier

from msgcheck.language.core import load_language
from msgcheck.measure.annotate import annotate_calls, annotate_positioning
from msgcheck.measure.calls.detector import KINDS, Linear, load_detector, save, surroundings
from msgcheck.measure.calls.features import TurnFeatures
from msgcheck.measure.calls.measure import measure_calls
from msgcheck.measure.calls.phrasing import AGREED, PAGE, RIVAL, Phrasing, phrases, tokens
from msgcheck.measure.lexical import stem
from msgcheck.model import Call, Positioning, Speaker, Turn
from msgcheck.training.labelled_calls import load_exchanges
from msgcheck.training.moments import _fit_trees


def _features(turns: int) -> TurnFeatures:
    return TurnFeatures(
        cues=np.zeros((turns, 2), dtype=np.float32),
        closeness=np.full((turns, 1), np.nan, dtype=np.float32),
        meaning=np.zeros((turns, 7), dtype=np.float32),
        modes=[0] * turns,
        spoken=[()] * turns,
    )


def test_trees_add_up_to_what_they_were_trained_as() -> None:
    chance = np.random.default_rng(0)
    columns = chance.normal(size=(300, 4)).astype(np.float32)
    wanted = columns[:, 0] + columns[:, 1] * columns[:, 2] > 0.3
    settings = {"n_estimators": 20, "learning_rate": 0.1, "max_depth": 3}
    expected = GradientBoostingClassifier(random_state=0, **settings).fit(columns, wanted).decision_function(columns)
    (trees,) = _fit_trees(settings, columns, wanted, np.ones(300))
    assert np.allclose(trees.odds(columns), expected, atol=1e-5)


def test_the_scores_of_the_turns_around_stand_beside_a_turns_own() -> None:
    scores = np.zeros((4, 6), dtype=np.float32)
    scores[:, 0] = [1.0, 2.0, 3.0, 4.0]
    before, own, after = (surroundings(_features(4), scores)[1, column] for column in (3, 0, 4))
    assert (before, own, after) == (1.0, 2.0, 3.0)


def test_unknown_closeness_counts_as_average() -> None:
    linear = Linear(np.zeros(10, dtype=np.float32), np.ones((3, 10, 6), dtype=np.float32), np.zeros((3, 6)))
    assert linear.scores(_features(2)).tolist() == np.zeros((2, 6)).tolist()


def test_words_of_the_trade_give_way_to_what_they_stand_for() -> None:
    marks = (
        (RIVAL, frozenset({stem("hauliers")})),
        (AGREED, frozenset({stem("invoices")})),
        (PAGE, frozenset({stem("vans")})),
    )
    spoken = [tokens("How many vans do your hauliers have, 40?", 0, marks), tokens("Big old ones.", 1, marks)]
    known = frozenset(["how", "many", "do", "your", "have", ",", "?", "."])
    (own, after, before, _), _ = phrases(spoken, known)
    assert {"PROSPECT how many P", "your R have ,", "#", "? END"} <= own
    assert [after >= {"REP * . END"}, before] == [True, frozenset()]


def test_a_phrase_counts_in_the_turn_that_says_it_and_in_the_one_before() -> None:
    weights = np.ones((1, 6), dtype=np.float32)
    phrasing = Phrasing(
        known=frozenset({"afraid"}),
        places=({"afraid": 0}, {"afraid": 0}, {}, {}),
        rarity=(np.ones(1, dtype=np.float32),) * 4,
        weights=(weights, 2 * weights, weights, weights),
        bias=np.zeros(6, dtype=np.float32),
    )
    scores = phrasing.scores([tokens(text, 0, ()) for text in ("Two by Friday?", "No, afraid not.", "Right.")])
    assert scores[:, 0].tolist() == [2.0, 1.0, 0.0]


def test_weights_survive_being_written(tmp_path: Path) -> None:
    shipped = load_detector()
    backwards = tuple(dict(reversed(list(places.items()))) for places in shipped.phrasing.places)
    save(replace(shipped, phrasing=replace(shipped.phrasing, places=backwards)), tmp_path / "moments.npz")
    again = load_detector(tmp_path / "moments.npz")
    columns = np.zeros((1, 200), dtype=np.float32)
    assert again.moment.odds(columns).tolist() == shipped.moment.odds(columns).tolist()
    assert (again.blend.tolist(), again.intercept) == (shipped.blend.tolist(), shipped.intercept)
    spoken = [tokens("And how many vans would you send us?", 0, ()), tokens("None, we only count them.", 1, ())]
    assert again.phrasing.scores(spoken).tolist() == shipped.phrasing.scores(spoken).tolist()
    assert len(again.kinds) == len(KINDS)


POSITIONING = Positioning(
    source="",
    product="Larkfield",
    category="rota software for care homes",
    not_categories=("a staffing agency", "payroll"),
)


def _measured(*lines: str) -> list[tuple[int, str]]:
    """(turn, kind) of each moment; a line starts with R for the rep or P for the prospect."""
    speakers = {"R": "Rep", "P": "Prospect"}
    turns = tuple(Turn(index, speakers[line[0]], line[3:]) for index, line in enumerate(lines))
    people = (Speaker("Rep", "rep", 1.0), Speaker("Prospect", "prospect", 1.0))
    language = load_language()
    calls = annotate_calls([Call("call", "call", "plain", "", people, turns)], language)
    measured = measure_calls(calls, [], annotate_positioning(POSITIONING, language), language)
    return [(moment.turn, moment.kind) for moment in measured.calls[0].moments]


@pytest.mark.models
def test_a_use_that_the_product_does_not_have_is_heard_though_nobody_says_so() -> None:
    found = _measured(
        "R: What would help you most this winter?",
        "P: Nights. So if two of mine ring in sick on a Friday, how fast could you get two carers out to us?",
        "R: Oh, I should say, we don't send anyone. It's software, it shows which of your own people are free.",
        "P: Ah. So there are no carers.",
        "R: No, no carers. Just yours, on one page.",
    )
    assert (1, "misconception") in found


@pytest.mark.models
def test_a_call_in_which_all_is_clear_stays_silent() -> None:
    found = _measured(
        "R: Hello, can you hear me?",
        "P: Yes, but you were breaking up a little.",
        "R: How do you plan the week at the moment?",
        "P: On a sheet in the office, and I find out on the Monday that it was wrong.",
        "R: So this is the week, and the red ones are gaps.",
        "P: Good. What does it cost for forty people, and can I pay by the month?",
        "R: Three pounds a head, and yes, you can.",
        "P: And does it export to Excel?",
        "R: It does.",
    )
    assert found == []


@pytest.mark.models
def test_every_written_exchange_is_read() -> None:
    examples = list(load_exchanges(load_language()))
    assert len(examples) > 100
    assert {int(kind) for example in examples for kind in example.kinds} == {-1, *range(len(KINDS))}
