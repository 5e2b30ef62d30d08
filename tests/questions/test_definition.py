"""System or set of activities: three marks against, six marks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.questions.definition import AGAINST, MARKS, Definition
from playbook.steps import STEPS
from tests.questions.spoken import face, unspoken

ALL = dict.fromkeys(MARKS, True)


def test_six_marks_and_no_prop_are_a_system() -> None:
    """Nothing missing, nothing against."""
    answer = Definition(**ALL).solve()
    assert (answer.system, answer.against, answer.missing) == (True, (), ())


@pytest.mark.parametrize("prop", AGAINST)
def test_one_prop_is_enough_against(prop: str) -> None:
    """However complete the rest is."""
    answer = Definition(**ALL, **{prop: True}).solve()
    assert not answer.system
    assert answer.face().verdict.kind == "no"


@given(st.sets(st.sampled_from(MARKS)), st.sets(st.sampled_from(AGAINST)))
def test_system_only_when_whole(marks: set[str], props: set[str]) -> None:
    """Every missing mark and every prop is named with a step that exists."""
    answer = Definition(**dict.fromkeys(marks | props, True)).solve()
    assert answer.system == (len(marks) == len(MARKS) and not props)
    assert {item.mark for item in answer.missing} == set(MARKS) - marks
    assert all(item.step in STEPS for item in (*answer.missing, *answer.against))


@pytest.mark.parametrize("ticked", [{}, ALL, {**ALL, "one_channel": True}, {"goal": True}, {"random_promotions": True}])
def test_russian_face_is_russian(ticked: dict[str, bool]) -> None:
    """Every sentence, whatever the verdict."""
    assert unspoken(face("definition", ticked, "ru")[1]) == []
