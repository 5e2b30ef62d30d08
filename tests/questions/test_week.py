"""The weekly review: metrics, decisions, and what was not done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n
from playbook.errors import InvalidInput
from playbook.questions.week import Week

HELD = {"what": "Stop vk_ads2", "why": "34% off target", "owner": "Sergey", "due": "2026-11-24"}
METRICS = (
    "leads",
    "cost_per_lead",
    "lead_to_sale",
    "cac",
    "gross_profit",
    "nps",
    "ctr",
    "churn",
    "ltv",
    "romi",
    "roi",
    "revenue",
    "nrr",
)


def week(metrics: int = 5, decisions: int = 3, **more: Any) -> Week:
    """A review with so many metrics and so many decisions that are held."""
    return Week.read({"metrics": list(METRICS[:metrics]), "decisions": [HELD] * decisions, **more})


@pytest.mark.parametrize(("metrics", "decisions", "minutes"), [(5, 3, 30), (12, 7, 60), (8, 5, None)])
def test_a_week_in_its_limits_is_set(metrics: int, decisions: int, minutes: float | None) -> None:
    """5-12 metrics, 3-7 decisions, 30-60 minutes: both ends belong."""
    answer = week(metrics, decisions, meeting_minutes=minutes).solve()
    assert answer.to_json() == {"warnings": [], "carried_over": []}
    assert answer.face().verdict.kind == "yes"


@pytest.mark.parametrize(
    ("metrics", "decisions", "minutes", "words"),
    [
        (4, 3, 30, "4 metrics: below 5–12"),
        (13, 3, 30, "13 metrics: above 5–12"),
        (5, 2, 30, "2 decisions a week: below 3–7"),
        (5, 8, 30, "8 decisions a week: above 3–7"),
        (5, 3, 29, "29 minutes of the meeting: below 30–60"),
        (5, 3, 61, "61 minutes of the meeting: above 30–60"),
    ],
)
def test_a_week_out_of_its_limits_is_warned_about(metrics: int, decisions: int, minutes: float, words: str) -> None:
    """One beyond either end is said in words and stops nothing."""
    (warning,) = week(metrics, decisions, meeting_minutes=minutes).solve().warnings
    assert warning.startswith(words)


@pytest.mark.parametrize(("gone", "lacks"), [("owner", "owner"), ("due", "date"), ("why", "reason")])
def test_a_decision_that_nobody_holds_is_named(gone: str, lacks: str) -> None:
    """Without owner, date or reason it is a wish, and the warning names it."""
    loose = {key: value for key, value in HELD.items() if key != gone}
    answer = Week.read({"metrics": list(METRICS[:5]), "decisions": [HELD, HELD, loose]}).solve()
    assert answer.warnings == (f"“Stop vk_ads2” lacks: {lacks}.",)
    assert answer.face().verdict.kind == "wait"


def test_what_was_not_done_is_carried_over() -> None:
    """Only that; what did not work was done and is over."""
    previous = [
        {"what": "Page", "outcome": "not_done"},
        {"what": "Ads", "outcome": "did_not_work"},
        {"what": "Rule", "outcome": "worked"},
    ]
    answer = week(previous=previous).solve()
    assert answer.carried_over == ("Page",)
    face = answer.face()
    assert face.verdict.flip == "1 decision of last week is not done and is said again."
    assert face.sections[0].items[0].text == "Decide again: do it, hand it over or drop it."
    assert face.numbers[-1].value + " " + face.numbers[-1].small == "2 of 3"


def test_what_is_decided_again_is_recognised() -> None:
    """The same words with other capitals are the same decision."""
    point = week(previous=[{"what": "stop  VK_ads2", "outcome": "not_done"}]).solve().face().sections[0].items[0]
    assert point.text == "It stands among the decisions of the new week."


def test_a_week_without_decisions_is_not_set() -> None:
    """Metrics alone only make charts."""
    verdict = week(decisions=0).solve().face().verdict
    assert (verdict.kind, verdict.say) == ("no", "No decision yet; 3–7 a week are usual.")


def test_an_empty_week_is_no_verdict() -> None:
    """Nothing typed is no fault yet."""
    assert Week.read({"metrics": []}).solve().face().verdict.kind == "wait"


def test_the_first_review_is_a_table_of_decisions() -> None:
    """What, why, who, by when, and the day to look at the result."""
    face = week(decisions=3).solve().face()
    table = next(section for section in face.sections if section.title == "Decisions for the next week")
    assert table.rows[0] == ("Stop vk_ads2", "34% off target", "Sergey", i18n.day_month(date(2026, 11, 24)), "—")


def test_metrics_stand_against_their_plan() -> None:
    """More leads are better, a dearer client is worse, equal keeps the plan, an own metric is not judged."""
    rows = [
        {"metric": "leads", "value": 38, "plan": 40, "previous": [22, 46, 30]},
        {"name": "cac", "value": 5490, "plan": 6230},
        {"metric": "lead_to_sale", "value": 0.31, "plan": 0.31},
        {"metric": "Calls", "value": 3, "plan": 5},
        {"metric": "nps", "value": 40},
    ]
    face = Week.read({"metrics": rows, "decisions": [HELD] * 3}).solve().face()
    table = next(section for section in face.sections if section.title == "Metrics of the week")
    assert [row[3] for row in table.rows] == ["not kept", "kept", "kept", "—", "—"]
    assert table.rows[0][4] == "22 – 46"
    assert face.verdict.because == "Off plan: Leads 38 (plan 40)."


def test_dates_are_read_as_russians_write_them() -> None:
    """07.12.2026 is the seventh of December."""
    assert Week.read({"metrics": [], "decisions": [{"what": "x", "due": "07.12.2026"}]}).decisions[0].due == date(
        2026, 12, 7
    )


def test_a_date_that_is_none_is_refused() -> None:
    """With the way to write one."""
    with pytest.raises(InvalidInput) as caught:
        Week.read({"metrics": [], "decisions": [{"what": "x", "due": "Friday"}]})
    assert (caught.value.field, caught.value.hint) == ("decisions.0.due", "write a date as 2026-12-07")


def test_russian_declines_the_decisions() -> None:
    """2 решения, 5 решений, and the outcome of last week."""
    with i18n.speaking("ru"):
        face = (
            week(decisions=5, previous=[{"what": "А", "outcome": "not_done"}, {"what": "Б", "outcome": "not_done"}])
            .solve()
            .face()
        )
    assert face.verdict.say == "5 решений за неделю: в пределах нормы 3–7, у каждого есть ответственный и срок."
    assert face.verdict.flip == "2 решения прошлой недели не сделаны и перенесены на эту."


TEXT = st.text(max_size=12)
DAY = st.dates(date(1990, 1, 1), date(2200, 12, 31))
NUMBER = st.floats(-1e15, 1e15)
WEEK = st.fixed_dictionaries(
    {
        "metrics": st.lists(
            st.fixed_dictionaries(
                {"metric": st.sampled_from((*METRICS, "x", ""))},
                optional={"value": NUMBER, "plan": NUMBER, "previous": st.lists(NUMBER, max_size=4)},
            ),
            max_size=14,
        ),
        "decisions": st.lists(
            st.fixed_dictionaries({"what": TEXT}, optional={"why": TEXT, "owner": TEXT, "due": DAY, "review": DAY}),
            max_size=9,
        ),
    },
    optional={
        "meeting_minutes": st.floats(0, 1000),
        "previous": st.lists(
            st.fixed_dictionaries({"what": TEXT, "outcome": st.sampled_from(("worked", "did_not_work", "not_done"))}),
            max_size=5,
        ),
    },
)


@given(data=WEEK, lang=st.sampled_from(i18n.LANGUAGES))
def test_every_week_has_an_answer(data: dict[str, Any], lang: str) -> None:
    """Nothing raises, and what was not done is never lost."""
    with i18n.speaking(lang):
        answer = Week.read(data).solve()
        assert len(answer.carried_over) == sum(item["outcome"] == "not_done" for item in data.get("previous", []))
        assert answer.rows()
