"""The ten questions: what counts as an answer, and where each missing one leads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import texts
from playbook.errors import InvalidInput
from playbook.questions.ten import Tally, Ten
from playbook.steps import STEPS

IDS = [question["id"] for question in texts.load("ten.toml", "en")["questions"]]
FULL: dict[str, Any] = dict.fromkeys(IDS, 1)


def solve(answers: dict[str, Any], **more: Any) -> Tally:
    return Ten(answers=answers, **more).solve()


def test_ten_answers_are_built() -> None:
    """All ten answered: built, nothing missing."""
    found = solve(FULL)
    assert found.to_json() == {"answered": 10, "missing": [], "built": True, "thin": []}
    assert found.face().verdict.kind == "yes"


def test_one_missing_answer_is_not_built() -> None:
    """Nine of ten are not enough (mission row A02)."""
    found = solve({**FULL, "margin": None})
    assert (found.answered, found.built) == (9, False)
    assert found.to_json()["missing"] == [{"id": "margin", "step": "unit-economics"}]
    assert found.face().verdict.kind == "no"


def test_nothing_answered_lists_all_ten() -> None:
    """An empty object leaves ten missing, each with a step of the path."""
    found = solve({})
    assert [gap.id for gap in found.missing] == IDS
    assert all(gap.step in STEPS for gap in found.missing)


@pytest.mark.parametrize("empty", [None, "", "  ", "—", "?", [], ["", " "], {}, [{"name": ""}], float("nan")])
def test_empty_value_is_no_answer(empty: Any) -> None:
    """An empty text, list or mark says nothing."""
    assert solve({**FULL, "lead_sources": empty}).answered == 9


@pytest.mark.parametrize("answer", [0, 8400, "1 680 ₽", ["Директ 19"], [{"name": "ads", "leads": 19}], {"ads": 19}])
def test_number_or_list_is_an_answer(answer: Any) -> None:
    """A number, zero included, a text with a figure, a list or a mapping."""
    assert solve({"lead_sources": answer}).answered == 1


def test_yes_is_no_answer_and_is_refused() -> None:
    """A question wants a number, so `true` is sent back with a hint."""
    with pytest.raises(InvalidInput) as caught:
        solve({"margin": True})
    assert (caught.value.field, caught.value.saw) == ("answers.margin", "answers.margin=True")
    assert caught.value.what == "A question is answered by a number or a list, not by yes or no."


def test_unknown_question_is_refused_with_names() -> None:
    """The hint lists the ten ids."""
    with pytest.raises(InvalidInput) as caught:
        solve({"profit": 3})
    assert (caught.value.saw, caught.value.hint) == ("answers.profit", f"the questions are: {', '.join(IDS)}")


def test_too_long_answer_is_refused() -> None:
    """10,000 characters are taken, one more is not."""
    assert solve({"margin": "9" * 10_000}).answered == 1
    with pytest.raises(InvalidInput):
        solve({"margin": "9" * 10_001})


def test_list_instead_of_mapping_is_refused() -> None:
    """The answers are named, not counted off."""
    with pytest.raises(InvalidInput):
        Ten(answers=[1, 2])  # type: ignore[arg-type]


@pytest.mark.parametrize(("seconds", "met"), [(600, True), (601, False)])
def test_time_is_checked_against_ten_minutes(seconds: float, met: bool) -> None:
    """Exactly ten minutes are within the rule."""
    timed = next(check for check in solve(FULL, seconds=seconds).face().rules if check.id == "ten_questions_minutes")
    assert timed.met is met


def test_missing_answers_say_how_to_build_them() -> None:
    """Each gap has its short name, what to do, and the step to open."""
    point = solve({**FULL, "stale_leads": ""}).face().sections[0].items[0]  # type: ignore[union-attr]
    facts = next(question for question in texts.load("ten.toml")["questions"] if question["id"] == "stale_leads")
    assert (point.title, point.text, point.step) == (facts["short"], facts["fix"], facts["step"])  # type: ignore[union-attr]


JSON = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(IDS), JSON))
def test_any_json_values_are_counted(answers: dict[str, Any]) -> None:
    """Whatever is typed, answered and missing make ten, and the face speaks."""
    found = solve(answers)
    assert found.answered + len(found.missing) == 10
    assert found.built == (found.answered == 10)
    assert found.face().verdict.say


@pytest.mark.parametrize("said", ["не знаю", "Don’t know.", "  Нет данных "])
def test_not_knowing_is_no_number_and_no_fault(said: str) -> None:
    """It is an answer to the clock, and the number is still missing."""
    assert solve({"margin": said}).answered == 0


def test_answer_that_says_too_little_counts_and_is_named() -> None:
    """One reason of three, a source without a number, “fast” for minutes; a range and three names are enough."""
    thin = {"refusal_reasons": "expensive", "lead_sources": "everywhere", "handling_time": "fast"}
    found = solve({**thin, "margin": "30-40", "running_tests": "page, price; letter"})
    assert (found.answered, set(found.thin)) == (5, set(thin))
    assert found.face().sections[1].title == "Taken, but worth completing"
