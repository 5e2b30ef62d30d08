"""The five lines."""

from dataclasses import replace

import pytest

from playbook import i18n
from playbook.display import Face, Verdict, wait
from playbook.model import NonAnswer
from playbook.report.summary import Line, five
from playbook.steps import PATH
from tests.report.firm import SimpleNamespace, given, path_with, spec, unanswered, walked


def test_first_line_says_where_we_stand() -> None:
    """The count of the ten questions and the total of the diagnosis stand beside what they are out of."""
    line = five(path_with())[0]
    assert line == Line(
        "Where we stand: 7/10 of the ten questions, diagnosis 23/40.", "The system holds in parts.", None
    )


def test_second_line_carries_the_goal() -> None:
    """The goal's own verdict, then why."""
    face = Face(Verdict("yes", "Do it", "40 new customers in 60 days.", "A client costs $54."))
    line = five(path_with(goal=walked("goal", face=face)))[1]
    assert line == Line("Goal: 40 new customers in 60 days.", "A client costs $54.", None)


def test_third_line_carries_the_economics() -> None:
    """The word of the verdict, then its sentence."""
    line = five(path_with())[2]
    assert line == Line("Unit economics: do it.", "A client costs $54; below $62 is admissible.", None)


def test_fourth_line_names_the_core() -> None:
    """The first place of the ranking is the core."""
    assert five(path_with())[3] == Line("Core: Performance.", "Start with performance.", None)


def test_own_core_is_the_one_that_is_named() -> None:
    """Who builds on another core than the first of the order reads their own in the report, as in the plan so far."""
    assert five(path_with(core=walked("core", own="Inbound")))[3].verdict == "Core: Inbound."


def test_level_cores_are_not_named() -> None:
    """Two cores that share the first place leave the line open, whichever the order writes first."""
    level = replace(walked("core").face, verdict=Verdict("wait", "Can't tell yet", "Two cores are level."))
    assert five(path_with(core=walked("core", face=level)))[3].verdict == "Core: can't tell yet."


def test_core_without_ranking_says_its_word() -> None:
    """A core that cannot be told yet is not named."""
    face = Face(Verdict("wait", "Can't tell yet", "Two cores are level."))
    line = five(path_with(core=walked("core", face=face)))[3]
    assert line == Line("Core: can't tell yet.", "Two cores are level.", None)


def test_fifth_line_counts_the_decisions() -> None:
    """What is missing in the loop, then the decisions of the week, the first two by name."""
    rows = [{"what": "Stop vk_ads2"}, {"what": "Shoot photos"}, {"what": "Call back"}, {"owner": "Anna"}]
    fields = (spec("what", "What", "text"),)
    week = walked("week", given=(given("Decisions", rows, name="decisions", kind="rows", rows=fields),))
    line = five(path_with(week=week))[4]
    assert line.verdict == "Next: 4 of 6 parts stand."
    assert line.sentence == "3 decisions for this week: Stop vk_ads2; Shoot photos."


def test_week_without_decisions_points_there() -> None:
    """Where nothing is decided, the line leads to the weekly review."""
    line = five(path_with())[4]
    assert line.sentence == "No decisions are written for this week yet."
    assert line.place
    assert line.place.href == "#week"


@pytest.mark.parametrize(
    ("key", "number"),
    [("ten", 0), ("maturity", 0), ("goal", 1), ("unit-economics", 2), ("core", 3), ("working-loop", 4)],
)
def test_unanswered_line_names_its_step(key: str, number: int) -> None:
    """A line without its answer says what nobody knows until then and leads to the step."""
    line = five(path_with(**{key.replace("-", "_"): unanswered(key)}))[number]
    assert line.sentence.endswith(" Still ahead:")
    assert line.place
    assert line.place.href == f"#{key}"
    assert len(five([unanswered(step.key) for step in PATH])) == 5


def test_begun_line_says_what_is_missing() -> None:
    """A step that was begun names what it still needs."""
    goal = unanswered("goal", state="part", face=wait("Still missing: horizon."))
    said = five(path_with(goal=goal))[1].sentence
    assert said.startswith("Still missing: horizon. Until it is, nobody can say how many leads")


def test_unfinished_diagnosis_has_no_total() -> None:
    """A total that does not exist yet is not written as 0/40."""
    total = NonAnswer(status="not_yet", reason="3 criteria are left")
    maturity = walked("maturity", answer=SimpleNamespace(total=total), face=wait("3 criteria are left."))
    line = five(path_with(maturity=maturity))[0]
    assert "/40" not in line.verdict
    assert line.sentence.startswith("3 criteria are left. Until it is,")


def test_lines_speak_russian() -> None:
    """The reader's language carries over to the lines."""
    with i18n.speaking("ru"):
        lines = five([unanswered(step.key) for step in PATH])
    assert lines[1].verdict == "Цель: пока не поставлена."
    assert lines[4].verdict == "Дальше: минимальный рабочий контур ещё не проверен."
