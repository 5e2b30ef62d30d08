"""A hypothesis as one object: its plan by the traffic, its verdict before a p-value, and what was learned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n
from playbook.errors import InvalidInput
from playbook.i18n import NBSP
from playbook.questions.ideas import Ideas

ICE = {"impact": 8, "confidence": 7, "ease": 6}
COUNTS = ("control_people", "control_wins", "variant_people", "variant_wins")


def ideas(*rows: dict[str, Any], **more: Any) -> Ideas:
    """A backlog of some hypotheses on landing pages, scored by ICE."""
    return Ideas.read({"method": "ice", "ideas": [{"name": "H", "kind": "landing", **row} for row in rows], **more})


def counted(*numbers: int) -> dict[str, int]:
    return dict(zip(COUNTS, numbers, strict=True))


def running(**more: Any) -> dict[str, Any]:
    return {"state": "running", "metric": "lead_to_sale", "started": "2026-11-02", **more}


PLAN = {"lead_to_sale": 0.2, "leads_per_week": 547, "today": "2026-11-10"}
ENOUGH = counted(2000, 200, 2000, 260)


def test_weeks_follow_from_the_traffic() -> None:
    """20% against 25% takes 1,094 a side; 547 a week bring 2,188 in four weeks, so the end is 28 days later."""
    (found,) = ideas(running(hoped=0.25), **PLAN).solve().tests
    assert (found.weeks, found.answerable, found.ends, found.due) == (4, True, date(2026, 11, 30), "runs")


def test_hopeless_traffic_is_said_plainly() -> None:
    """55 leads a week need 40 weeks (2,188 ÷ 55 = 39.8), and eight are the most: no end is proposed."""
    answer = ideas(running(hoped=0.25), **{**PLAN, "leads_per_week": 55}).solve()
    (found,) = answer.tests
    assert (found.weeks, found.answerable, found.ends) == (40, False, None)
    assert "“H”: your traffic can never answer it." in answer.warnings
    said = answer.face().sections[0].items[0].text
    assert said.startswith(f"55 people a week never tell 20% from 25%: it takes 40{NBSP}weeks.")
    assert "ask ten clients" in said


def test_a_test_without_a_hope_learns_what_it_can_see() -> None:
    """547 a week for eight weeks are 2,188 a side, which tell 20% from 23.5% or more."""
    (found,) = ideas(running(), **PLAN).solve().tests
    assert found.detectable == pytest.approx(0.2349, abs=0.0005)
    assert found.weeks is None


def test_step_of_ones_own_brings_its_own_traffic() -> None:
    """Another step is counted with the share and the people that stand in its row."""
    row = running(metric="other", baseline=0.5, hoped=0.75, per_week=39)
    assert ideas(row, **PLAN).solve().tests[0].weeks == 3  # 57.67 a side by R's formula, so 58; 116 people at 39 a week


def test_better_variant_is_shipped_before_any_p_value() -> None:
    """260 of 2,000 against 200 of 2,000: p is 0.003, the verdict comes first and the p-value last."""
    answer = ideas(running(ends="2026-11-09", **ENOUGH), **PLAN).solve()
    verdict = answer.face().verdict
    assert (verdict.kind, verdict.word) == ("yes", "Ship it")
    assert verdict.say == "“H”: The variant brings 13%, the control 10%."
    assert verdict.because.startswith("The true difference lies between +1 and +5 points (95% interval).")
    assert verdict.because.endswith("By chance alone as much or more comes in 0.29% of tests (p-value).")
    assert answer.tests[0].p_value == pytest.approx(0.0030, abs=0.0001)


def test_worth_is_counted_in_the_firms_own_money() -> None:
    """Three points more of 547 leads are 16.41 sales a week; at 1,000 of gross profit each, 16,410."""
    (found,) = ideas(running(ends="2026-11-09", **ENOUGH), profit_per_sale=1000, **PLAN).solve().tests
    assert found.worth == pytest.approx(16_410)


def test_hope_is_told_in_the_firms_own_money() -> None:
    """From 20% to 25% of 547 leads a week are 27.35 sales; at 1,000 of gross profit each, 27,350."""
    answer = ideas(running(hoped=0.25), profit_per_sale=1000, **PLAN).solve()
    assert answer.tests[0].promise == pytest.approx(27_350)
    said = answer.face().sections[0].items[0].text
    assert said.endswith("If the share rises so, it is worth about $27,350 of gross profit a week.")
    assert ideas(running(hoped=0.1), profit_per_sale=1000, **PLAN).solve().tests[0].promise is None


def test_visits_are_worth_what_their_leads_are() -> None:
    """Three points more of 1,000 visits are 30 leads, of which 20% pay 100 each: 600 a week."""
    row = running(ends="2026-11-09", **ENOUGH) | {"metric": "visit_to_lead"}
    (found,) = ideas(row, visit_to_lead=0.1, visits_per_week=1000, profit_per_sale=100, **PLAN).solve().tests
    assert found.worth == pytest.approx(600)


def test_worse_variant_keeps_what_there_is() -> None:
    """The same counts the other way round."""
    answer = ideas(running(ends="2026-11-09", **counted(2000, 260, 2000, 200)), **PLAN).solve()
    assert (answer.tests[0].verdict, answer.face().verdict.word) == ("keep", "Keep what you have")


def test_few_people_are_tested_exactly() -> None:
    """3 of 4 against 1 of 4: of 70 tables 34 are as unlikely or more, 0.4857 (Fisher's exact test, two-sided)."""
    (found,) = ideas(running(ends="2026-11-09", **counted(4, 1, 4, 3)), **PLAN).solve().tests
    assert (found.verdict, found.p_value) == ("cannot_tell", pytest.approx(0.4857, abs=0.0001))


def test_uneven_split_is_not_read() -> None:
    """821,588 against 815,482 people (Kohavi, Tang, Xu 2020, ch. 21) is broken, whatever the shares say."""
    row = running(ends="2026-11-09", **counted(821_588, 80_000, 815_482, 90_000))
    answer = ideas(row, **PLAN).solve()
    assert (answer.tests[0].broken, answer.tests[0].verdict) == (True, "cannot_tell")
    assert answer.face().verdict.word == "Do not read it"


def test_looking_early_asks_for_more() -> None:
    """260 against 200 of 2,000 is p = 0.003 at the end; on the way, where any look is allowed, it is not told yet."""
    (early,) = ideas(running(ends="2026-12-07", **ENOUGH), **PLAN).solve().tests
    (late,) = ideas(running(ends="2026-11-09", **ENOUGH), **PLAN).solve().tests
    assert (early.early, early.verdict, early.p_value) == (True, "cannot_tell", None)
    assert early.high - early.low > late.high - late.low  # type: ignore[operator]


def test_unknown_end_is_read_like_one_on_the_way() -> None:
    """Whoever may stop on any day sees p = 0.003 far more often than in 3 of 1,000 tests: it is not told yet."""
    (found,) = ideas(running(**ENOUGH)).solve().tests
    assert (found.ends, found.early, found.verdict, found.p_value) == (None, True, "cannot_tell", None)


@pytest.mark.parametrize(
    ("days", "early", "verdict"),
    [
        ({"ends": "2026-11-30", "finished": "2026-11-30"}, False, "ship"),
        ({"ends": "2026-11-30", "finished": "2026-11-29"}, True, "cannot_tell"),
        ({"ends": "2026-11-30"}, True, "cannot_tell"),
        ({"finished": "2026-11-30"}, True, "cannot_tell"),
        ({}, True, "cannot_tell"),
    ],
)
def test_only_a_test_that_reached_its_planned_end_is_final(days: dict[str, str], early: bool, verdict: str) -> None:
    """Set to finished on a good day before the planned one, the same counts settle nothing."""
    (found,) = ideas({"state": "done", **days, **ENOUGH}, today="2026-12-24").solve().tests
    assert (found.early, found.verdict) == (early, verdict)


def test_far_more_people_settle_it_even_on_the_way() -> None:
    """13% against 10% of 100,000 each is 21 standard errors: no number of looks gives as much by chance."""
    row = {"state": "done", **counted(100_000, 10_000, 100_000, 13_000)}
    assert ideas(row).solve().tests[0].verdict == "ship"


def test_any_uneven_split_is_broken() -> None:
    """4,000 people against 1,000 were not meant to be halves, however far from halves they are."""
    row = running(ends="2026-11-09", **counted(4000, 400, 1000, 160))
    assert ideas(row, **PLAN).solve().tests[0].broken


def test_numbers_of_ones_own_are_those_of_another_step() -> None:
    """What was typed for another step and is no longer asked does not move the plan of a known one."""
    row = running(hoped=0.25, baseline=0.5, per_week=10)
    (found,) = ideas(row, **PLAN).solve().tests
    assert (found.baseline, found.per_week) == (0.2, 547)


def test_people_are_whole() -> None:
    """37.5 leads a week are said as 38."""
    said = ideas(running(hoped=0.25), **{**PLAN, "leads_per_week": 37.5}).solve().face().sections[0].items[0].text
    assert said.startswith("38 people a week")


def test_end_without_counts_asks_for_them() -> None:
    """The day of the planned end has come."""
    answer = ideas(running(ends="2026-11-10"), **PLAN).solve()
    assert answer.tests[0].due == "over"
    assert answer.face().verdict.say == f"The end of “H” came on 10{NBSP}November: its counts are missing."


def test_end_before_its_time_is_warned_about() -> None:
    """Four weeks are needed and one was planned."""
    warnings = ideas(running(hoped=0.25, ends="2026-11-09", **ENOUGH), **PLAN).solve().warnings
    assert f"“H” ends before the 4{NBSP}weeks that it takes: it will hardly tell." in warnings


def test_last_week_of_a_test_is_told() -> None:
    """Six days are left."""
    assert ideas(running(ends="2026-11-16"), **PLAN).solve().tests[0].due == "ends"


def test_shipped_against_the_counts_is_warned_about() -> None:
    """The person decides; the counts are not bent."""
    row = {"state": "done", "outcome": "shipped", "learned": "A film is liked", **counted(500, 50, 500, 52)}
    answer = ideas(row).solve()
    assert "“H” was shipped, though its counts do not say that it is better." in answer.warnings
    row = answer.face().sections[0].rows[0]
    assert (row[1], row[3:5]) == ("10% → 10.4%", ("not to be told", "shipped"))


def test_what_was_learned_is_asked_for() -> None:
    """A finished test with counts and without a lesson."""
    assert "Write what “H” taught." in ideas({"state": "done", **ENOUGH}).solve().warnings


def test_finished_tests_stand_with_the_newest_first() -> None:
    """A result that nobody decided is the one of the counts; a stopped one says so."""
    old = {"name": "old", "state": "done", "ends": "2026-10-05", "finished": "2026-10-05", **ENOUGH}
    new = {"name": "new", "state": "stopped", "finished": "2026-11-01", "learned": "No traffic"}
    table = ideas(old, new).solve().face().sections[0]
    assert [(row[0], *row[3:5]) for row in table.rows] == [
        ("new", "—", "stopped early"),
        ("old", "better", "not taken"),
    ]


def test_history_holds_every_day_from_the_idea_to_the_decision() -> None:
    """Written down, begun, ended, decided; the planned end counts only until the test has ended."""
    days = {"added": "2026-10-01", "started": "2026-11-02", "ends": "2026-11-30"}
    waiting = {**days, "state": "running"}
    over = {**days, "state": "done", "finished": "2026-12-01", "decided": "2026-12-03", **ENOUGH, "learned": "Ok"}
    first, second = ideas(waiting, over).solve().tests
    assert [event.what for event in first.history] == ["written", "began", "planned_end"]
    assert [(event.what, event.day.day) for event in second.history] == [
        ("written", 1),
        ("began", 2),
        ("ended", 1),
        ("decided", 3),
    ]
    (told,) = ideas(over).solve().face().sections[1].items
    assert (told.title, told.text) == ("H", "Ok")
    assert told.tag.replace(NBSP, " ") == (
        "written down 1 October 2026 · began 2 November 2026 · ended 1 December 2026 · decided 3 December 2026"
    )


def test_result_without_a_decision_is_asked_for_one() -> None:
    """Once the decision is written down, nothing is asked any more."""
    row = {"state": "done", "learned": "Ok", "ends": "2026-11-30", "finished": "2026-11-30", **ENOUGH}
    asked = "“H” has its result: take it into the week’s decisions."
    assert asked in ideas(row).solve().warnings
    assert asked not in ideas({**row, "decided": "2026-11-30"}).solve().warnings


def test_ranking_holds_only_what_waits() -> None:
    """What is in work or behind no longer competes; the bar says its share of the first."""
    rows = ({"name": "a", **ICE}, {"name": "b", **ICE, "impact": 2}, {"name": "c", "state": "running", **ICE})
    sections = ideas(*rows).solve().face().sections
    assert [item.name for item in sections[1].items] == ["a", "b"]
    assert [(item.score, item.share_text) for item in sections[1].items] == [
        ("336 points", ""),
        ("84 points", "25% of the first"),
    ]


def test_small_score_is_not_nothing_of_the_first() -> None:
    """8 × 7 × 6 beside 1 × 1 × 1 is 0.3%."""
    rows = ({"name": "a", **ICE}, {"name": "b", "impact": 1, "confidence": 1, "ease": 1})
    assert ideas(*rows).solve().face().sections[0].items[1].share_text == "less than 1% of the first"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({**ENOUGH, "variant_wins": 2001}, "more successes than people"),
        ({"started": "2026-11-02", "ends": "2026-11-01"}, "cannot end before it starts"),
        ({"started": "2026-11-02", "finished": "2026-11-01"}, "cannot end before it starts"),
        ({"finished": "2026-11-02", "decided": "2026-11-01"}, "cannot come before its end"),
    ],
)
def test_impossible_counts_and_days_are_refused(row: dict[str, Any], what: str) -> None:
    """With the field that is wrong."""
    with pytest.raises(InvalidInput, match=what) as caught:
        ideas({"state": "running", **row})
    assert caught.value.problems[0].field.startswith("ideas.0.")


PEOPLE = st.integers(0, 10**9)


@given(
    people=st.tuples(PEOPLE, PEOPLE),
    parts=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    hoped=st.none() | st.floats(0, 1),
    base=st.none() | st.floats(0, 1),
    per_week=st.none() | st.floats(0, 1e12),
    ends=st.none() | st.dates(date(2026, 11, 2), date(2200, 12, 31)),
    lang=st.sampled_from(i18n.LANGUAGES),
)
def test_any_test_is_told_without_a_made_up_number(
    people: tuple[int, int],
    parts: tuple[float, float],
    hoped: float | None,
    base: float | None,
    per_week: float | None,
    ends: date | None,
    lang: str,
) -> None:
    """No counts, traffic or days break it, and the interval holds the difference seen."""
    wins = [int(number * part) for number, part in zip(people, parts, strict=True)]
    row = running(hoped=hoped, ends=ends, **counted(people[0], wins[0], people[1], wins[1]))
    with i18n.speaking(lang):
        answer = ideas(row, lead_to_sale=base, leads_per_week=per_week, today="2026-11-10").solve()
        said = " ".join(answer.face().lines())
    (found,) = answer.tests
    assert found.counted == (min(people) > 0)
    if found.counted and found.difference is not None and found.low is not None and found.high is not None:
        assert found.low - 1e-9 <= found.difference <= found.high + 1e-9
    assert "nan" not in said.casefold().split()
