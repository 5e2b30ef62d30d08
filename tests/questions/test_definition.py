"""System or set of activities: six marks that are all needed, three anti-marks of which one is enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import rules, steps
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.questions.definition import AGAINST, MARKS, STEPS, Defined, Definition
from tests.questions.spoken import face, unspoken


def defined(*ticked: str) -> Defined:
    return Definition(**dict.fromkeys(ticked, True)).solve()


def test_six_marks_and_no_anti_mark_are_a_system() -> None:
    """The only way to a yes."""
    found = defined(*MARKS)
    assert found.system
    assert found.to_json() == {
        "system": True,
        "verdict": "It is a system: marks 6 of 6, and no anti-mark. "
        "When one campaign, channel or contractor fails, the rest goes on working.",
        "against": [],
        "missing": [],
    }
    assert (found.face().verdict.kind, found.face().sections) == ("yes", ())


@pytest.mark.parametrize("gone", MARKS)
def test_five_marks_are_a_set_of_activities(gone: str) -> None:
    """Whichever mark is missing, it is named with the step that builds it."""
    found = defined(*(mark for mark in MARKS if mark != gone))
    assert not found.system
    assert [(item.mark, item.step) for item in found.missing] == [(gone, STEPS[gone])]
    verdict = found.face().verdict
    assert verdict.say == "It is a set of activities: marks of a system 5 of 6."
    assert verdict.flip == "It is a system when 1 more mark is there."


@pytest.mark.parametrize(
    ("prop", "because"),
    [
        ("random_promotions", "Sales hang on: random promotions."),
        ("one_channel", "Sales hang on: one traffic channel."),
        ("contractor_inspiration", "Sales hang on: a contractor's inspiration."),
    ],
)
def test_one_anti_mark_outweighs_all_six_marks(prop: str, because: str) -> None:
    """All marks are there, and still it is no system until the anti-mark is gone."""
    found = defined(prop, *MARKS)
    assert not found.system
    verdict = found.face().verdict
    assert verdict.say == "It is a set of activities, though all 6 marks of a system are there."
    assert (verdict.because, verdict.flip) == (because, "It is a system as soon as no anti-mark is left.")


def test_sentence_names_what_is_leaned_on_and_what_is_missing() -> None:
    """Both, each in the order of the list, with what would make it a system."""
    found = defined("contractor_inspiration", "random_promotions", "goal", "funnel", "rules", "data")
    assert found.verdict == (
        "It is a set of activities: marks of a system 4 of 6. Sales hang on: random promotions, "
        "a contractor's inspiration. Missing: quality control, growth by experiments."
    )
    assert found.face().verdict.flip == "It is a system when 2 more marks are there and no anti-mark is left."


def test_every_missing_mark_says_what_to_do() -> None:
    """A point a mark, in the order of building, with its text and its step."""
    points = defined("one_channel").face().sections
    assert [section.title for section in points] == ["What to stop leaning on", "What to build, in this order"]
    titles = [point.title for point in points[1].items]
    assert titles == ["Goal", "Funnel", "Rules", "Data", "Quality control", "Growth by experiments"]
    assert points[1].items[3].text == "Choose 5–12 numbers with owners, and money among them."
    assert all(point.text for section in points for point in section.items)


def test_steps_that_build_the_marks_are_on_the_path() -> None:
    """Each of the nine leads to a step that exists."""
    assert set(STEPS) == {*AGAINST, *MARKS}
    assert set(STEPS.values()) <= set(steps.STEPS)


def test_marks_are_as_many_as_the_rule_says() -> None:
    """Six marks and three anti-marks of the rules of thumb."""
    assert (len(MARKS), len(AGAINST)) == (rules.get("system_marks").number, rules.get("system_anti_marks").number)
    (check,) = defined("goal").face().rules
    assert (check.id, check.value, check.met) == ("system_marks", 1, False)


def test_nothing_ticked_is_no_verdict() -> None:
    """An untouched page is not told that it is no system."""
    face = defined().face()
    assert (face.verdict.kind, face.verdict.say) == ("wait", "Nothing is ticked yet.")
    assert len(face.sections[0].items) == 6


def test_an_answer_that_is_neither_yes_nor_no_is_refused() -> None:
    """The fault names the mark."""
    with pytest.raises(InvalidInput) as caught:
        Definition.read({"goal": "perhaps"})
    assert caught.value.field == "goal"


def test_russian_sentence_is_russian() -> None:
    """Anti-marks stand in the case that the sentence asks for; the marks decline."""
    with speaking("ru"):
        verdict = defined("one_channel", "goal", "funnel", "rules", "data").face().verdict
    assert verdict.say == "Это набор активностей: признаков системы 4 из 6."
    assert verdict.because == (
        "Продажи держатся на одном канале трафика. Недостающие признаки: контроль качества, рост через эксперименты."
    )
    assert verdict.flip == "Это станет системой, когда появятся ещё 2 признака и не останется антипризнаков."


@pytest.mark.parametrize("ticked", [(), MARKS, (*MARKS, "one_channel"), ("goal",), ("random_promotions",)])
def test_russian_face_is_russian(ticked: tuple[str, ...]) -> None:
    """Every sentence, whatever the verdict."""
    assert unspoken(face("definition", dict.fromkeys(ticked, True), "ru")[1]) == []


@given(st.sets(st.sampled_from((*AGAINST, *MARKS))), st.sampled_from(LANGUAGES))
def test_every_set_of_ticks_is_judged_by_the_definition(ticked: set[str], language: str) -> None:
    """A system exactly when all marks and no anti-mark are ticked; what is missing and what is there make nine."""
    with speaking(language):
        found = defined(*ticked)
        assert found.system == (ticked == set(MARKS))
        assert {item.mark for item in found.missing} == set(MARKS) - ticked
        assert {item.mark for item in found.against} == set(AGAINST) & ticked
        assert found.verdict
        assert found.rows()
