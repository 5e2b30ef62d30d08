"""Hypotheses in order by three methods, and the limits of the backlog."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n
from playbook.errors import InvalidInput
from playbook.model import NonAnswer
from playbook.questions.ideas import Ideas, pxl_questions

KINDS = ("creative", "segment", "offer", "landing", "message", "script")
ICE = {"impact": 8, "confidence": 7, "ease": 6}


def idea(name: str = "H", **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "landing", **more}


def ideas(method: str, *rows: dict[str, Any]) -> Ideas:
    return Ideas.read({"method": method, "ideas": list(rows)})


def stock(backlog: int, running: int) -> Ideas:
    """A backlog over all six kinds with so many waiting and so many in work."""
    kinds = islice(cycle(KINDS), backlog + running)
    rows = [
        idea(f"H{n}", **ICE) | {"kind": kind, "state": "backlog" if n < backlog else "running"}
        for n, kind in enumerate(kinds)
    ]
    return ideas("ice", *rows)


def test_rice_is_reach_impact_confidence_by_effort() -> None:
    """1000 × 2 × 0.8 ÷ 4 = 400."""
    answer = ideas("rice", idea(reach=1000, impact=2, confidence=0.8, effort=4)).solve()
    assert answer.ranked[0].score == 400


def test_ice_is_the_product_and_names_the_average() -> None:
    """8 × 7 × 6 = 336, and the mean of the three is 7."""
    answer = ideas("ice", idea(**ICE)).solve()
    assert answer.ranked[0].score == 336
    assert "the average variant gives 7" in answer.face().sections[0].items[0].blurb


def test_pxl_weighs_its_answers() -> None:
    """Seen at once (1) + noticed (2) + easy (3) = 6; a no and silence give nothing."""
    answers = {"above_fold": True, "noticeable": True, "analytics": False, "ease": 3}
    assert ideas("pxl", idea(answers=answers)).solve().ranked[0].score == 6


def test_all_of_pxl_is_fourteen_points() -> None:
    """CXL's sheet, as public copies of it have it: seven single questions, two double ones, and ease up to three."""
    every = {name: True for name, *_ in pxl_questions()}
    assert len(every) == 10
    assert ideas("pxl", idea(answers=every)).solve().ranked[0].score == 14


def test_the_highest_score_comes_first() -> None:
    """And the verdict names it with the runner-up."""
    answer = ideas("ice", idea("low", **ICE), idea("high", **{**ICE, "ease": 9})).solve()
    assert [place.name for place in answer.ranked] == ["high", "low"]
    verdict = answer.face().verdict
    assert (verdict.kind, verdict.say) == ("yes", "Test “high” next: 504 by ICE.")
    assert verdict.flip == "Next in line: “low” with 336."


def test_ties_keep_the_order_given_and_are_said() -> None:
    """Two of 336 share the first place; the third has place three."""
    answer = ideas("ice", idea("a", **ICE), idea("b", **ICE), idea("c", **{**ICE, "ease": 1})).solve()
    assert [(place.name, place.place, place.tied) for place in answer.ranked] == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 3, False),
    ]
    assert answer.face().verdict.say == "Level at 336: “a” and “b”."


def test_json_names_are_those_of_the_contract() -> None:
    """The answer holds ranked [{name, score}] and warnings, and beside them the tests."""
    data = ideas("ice", idea(**ICE)).solve().to_json()
    assert set(data) == {"ranked", "tests", "warnings"}
    assert {"name", "score"} <= set(data["ranked"][0])


def test_effort_of_zero_is_refused() -> None:
    """With what, saw and hint, before anything is divided."""
    with pytest.raises(InvalidInput) as caught:
        ideas("rice", idea(reach=1, impact=1, confidence=1, effort=0))
    assert caught.value.to_json()["error"] == "'ideas.0.effort' cannot be 0: the score is divided by it."
    assert (caught.value.saw, caught.value.hint) == (
        "ideas.0.effort=0",
        "any work takes something: write half a day as 0.1 of a week",
    )


def test_effort_of_zero_is_no_matter_to_ice() -> None:
    """A field of another method is not read."""
    assert ideas("ice", idea(**ICE, effort=0)).solve().ranked[0].score == 336


def test_confidence_in_per_cent_is_refused_by_rice() -> None:
    """80 would make one hypothesis a hundred times the others."""
    with pytest.raises(InvalidInput, match="is a share in RICE"):
        ideas("rice", idea(reach=1, impact=1, confidence=80, effort=1))


def test_scores_off_the_ice_scale_are_warned_about() -> None:
    """1 and 10 are on the scale; 11 is not."""
    assert not any(
        "ICE is scored" in text for text in ideas("ice", idea(impact=1, confidence=10, ease=10)).solve().warnings
    )
    assert (
        "ICE is scored from 1 to 10; outside it: H."
        in ideas("ice", idea(impact=11, confidence=7, ease=6)).solve().warnings
    )


@pytest.mark.parametrize(
    ("answers", "what"),
    [({"fold": True}, "no question 'fold'"), ({"ease": 4}, "up to 3"), ({"above_fold": -1}, "up to 1")],
)
def test_answers_outside_pxl_are_refused(answers: dict[str, Any], what: str) -> None:
    """An unknown question and a level that does not exist."""
    with pytest.raises(InvalidInput, match=what):
        ideas("pxl", idea(answers=answers))


def test_a_hypothesis_without_numbers_waits_at_the_end() -> None:
    """It is not zero and it does not stop the others."""
    answer = ideas("rice", idea("raw", reach=5), idea("ready", reach=1, impact=1, confidence=1, effort=1)).solve()
    assert [place.name for place in answer.ranked] == ["ready", "raw"]
    score = answer.ranked[1].score
    assert isinstance(score, NonAnswer)
    assert (score.status, score.reason) == ("not_yet", "not filled in: impact, confidence, effort")


@pytest.mark.parametrize(("backlog", "running"), [(10, 1), (30, 3), (20, 2)])
def test_a_backlog_in_its_limits_is_not_warned_about(backlog: int, running: int) -> None:
    """10 and 30 waiting, 1 and 3 in work, six kinds: both ends belong."""
    assert stock(backlog, running).solve().warnings == ()


@pytest.mark.parametrize(
    ("backlog", "running", "words"),
    [
        (9, 1, "9 hypotheses: below 10–30"),
        (31, 1, "31 hypotheses: above 10–30"),
        (10, 0, "0 tests in work: below 1–3"),
        (10, 4, "4 tests in work: above 1–3"),
    ],
)
def test_a_backlog_out_of_its_limits_is_warned_about(backlog: int, running: int, words: str) -> None:
    """One beyond either end is said in words."""
    (warning,) = stock(backlog, running).solve().warnings
    assert warning.startswith(words)


def test_kinds_that_nobody_tests_are_named() -> None:
    """Variety over the six kinds."""
    warnings = ideas("ice", *(idea(kind=kind, **ICE) for kind in KINDS[:4])).solve().warnings
    assert "4 kinds of test: less than 6. Nothing tests: message, script of handling leads." in warnings


def test_three_in_work_leave_no_room() -> None:
    """The limit belongs to the range, and yet the next one has to wait."""
    verdict = stock(10, 3).solve().face().verdict
    assert (verdict.kind, verdict.flip) == ("wait", "The next one may start when 1 test is finished.")


def test_four_in_work_are_too_many() -> None:
    """Two have to end before the next one begins."""
    verdict = stock(10, 4).solve().face().verdict
    assert (verdict.kind, verdict.flip) == ("no", "The next one may start when 2 tests are finished.")


def test_nothing_to_choose_from_is_no_verdict() -> None:
    """An empty list answers calmly."""
    assert ideas("ice").solve().face().verdict.kind == "wait"


def test_russian_scores_and_declines() -> None:
    """Plurals and decimals in Russian."""
    with i18n.speaking("ru"):
        face = ideas("pxl", idea("Цена", answers={"ease": 1}), idea("Отзывы", answers={"ease": 2})).solve().face()
    assert face.verdict.say == "Следующий тест — «Отзывы»: 2 по PXL."
    assert face.verdict.because == "Самая высокая оценка бэклога: 2 балла из 14."


NUMBER = st.floats(0, 1e15)
ROW = st.fixed_dictionaries(
    {"name": st.text(max_size=80), "kind": st.sampled_from(KINDS)},
    optional={
        "state": st.sampled_from(("backlog", "running", "done")),
        "reach": NUMBER,
        "impact": NUMBER,
        "confidence": st.floats(0, 1),
        "effort": st.floats(0.001, 1e15),
        "ease": NUMBER,
        "answers": st.dictionaries(
            st.sampled_from([name for name, *_ in pxl_questions()]), st.booleans() | st.floats(0, 1)
        ),
    },
)


@given(
    rows=st.lists(ROW, max_size=12),
    method=st.sampled_from(("rice", "ice", "pxl")),
    lang=st.sampled_from(i18n.LANGUAGES),
)
def test_every_list_is_ranked_whole(rows: list[dict[str, Any]], method: str, lang: str) -> None:
    """Nothing raises, nothing is lost, scores fall, and equal ones keep their order."""
    with i18n.speaking(lang):
        answer = ideas(method, *rows).solve()
        assert sorted(place.index for place in answer.ranked) == list(range(len(rows)))
        keys = [(-place.score, place.index) for place in answer.ranked if isinstance(place.score, float)]
        assert keys == sorted(keys)
        assert answer.rows()
