"""The weekly review: metrics, decisions, and what was not done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n, rules
from playbook.display import Table
from playbook.errors import InvalidInput
from playbook.questions.week import Review, Week
from playbook.questions.week.laid import laid
from playbook.questions.xmr import Xmr

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
    assert answer.to_json() == {"warnings": [], "remarks": [], "carried_over": [], "swings": []}
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
    weeks = next(section for section in face.sections if section.title == "Week by week")
    assert weeks.columns[1:] == ("3 weeks back", "2 weeks back", "1 week back", "This week")
    assert weeks.rows[0][1:] == ("22", "46", "30", "38")
    assert face.verdict.because == "Off plan: Leads 38 (plan 40)."


def swings(*rows: tuple[str, tuple[float, ...], float | None]) -> Review:
    """A review of these metrics with their weeks before and this week's value."""
    metrics = [{"metric": name, "previous": before, "value": value} for name, before, value in rows]
    return Week.read({"metrics": metrics, "decisions": [HELD] * 3}).solve()


SWAYING = (10, 12, 10, 12, 10, 12, 10)


def test_usual_swing_is_routine() -> None:
    """10 and 12 in turn: mean 11, steps of 2, so that 11 ± 5.32 is usual."""
    answer = swings(("leads", SWAYING, 12))
    (found,) = answer.swings
    assert (found.metric, found.change, found.weeks, found.rules) == ("leads", "routine", 8, ())
    assert (found.mean, found.lower, found.upper) == pytest.approx((11, 5.68, 16.32))
    assert _metric_table(answer)[0][4] == "routine; usual 5.7 – 16.3"
    assert answer.face().verdict.because == ""


def test_a_value_out_of_the_limits_is_a_signal() -> None:
    """30 after them: mean 13.25, average step 32 / 7, upper limit 13.25 + 2.66 · 4.571 = 25.41."""
    answer = swings(("leads", SWAYING, 30), ("cac", SWAYING, 12))
    found = answer.swings[0]
    assert (found.change, found.rules) == ("signal", ("beyond_limit",))
    assert found.upper == pytest.approx(25.41, abs=0.005)
    face = answer.face()
    assert face.verdict.because == "Not the usual swing: Leads 30, above the mean 13.3."
    points = next(section for section in face.sections if section.title == "What really changed")
    assert [(point.title, point.text) for point in points.items] == [
        ("Leads: 30", "Outside the usual 1.1 – 25.4: find out what was different.")
    ]
    assert _metric_table(answer)[0][4] == "signal; usual 1.1 – 25.4"


def test_a_level_that_has_moved_is_a_signal() -> None:
    """Nine weeks of 10 to 12 after a swing of 5 and 11 lie above the mean of 9.5, each of them within the limits."""
    answer = swings(("leads", (5, 11, 5, 11, 5, 11, 5, 11, 12, 10, 12, 10, 12, 10, 12), 10))
    assert answer.swings[0].rules == ("eight_on_one_side",)
    points = next(section for section in answer.face().sections if section.title == "What really changed")
    assert points.items[0].text == (
        "Higher than chance explains for 9 weeks: all above the mean 9.5. The level has moved."
    )


def test_mean_beside_a_value_is_told_from_it() -> None:
    """37.85 lies below a mean of 38.11: written as 38 and 38, it would not."""
    answer = swings(("cac", (*(37.9, 38.9) * 4, *(37.9, 37.8) * 4), 37.85))
    assert answer.swings[0].rules == ("eight_on_one_side",)
    because = answer.face().verdict.because
    assert because == "Not the usual swing: CAC $37.85, below the mean $38.11."


@pytest.mark.parametrize(("before", "change"), [(4, "too_short"), (5, "routine")])
def test_a_short_row_is_not_judged(before: int, change: str) -> None:
    """Six weeks, this one included, are the least of the rule of thumb."""
    assert rules.get("xmr_points").low == 6
    answer = swings(("leads", SWAYING[:before], 11))
    assert answer.swings[0].change == change
    if change == "too_short":
        assert answer.to_json()["swings"][0]["upper"] is None
        assert _metric_table(answer)[0][4] == "too short: 5 of 6 weeks"


def test_without_a_value_or_a_past_there_is_nothing_to_judge() -> None:
    """A dash, not a word."""
    answer = swings(("leads", SWAYING, None), ("cac", (), 5), (" ", SWAYING, 30))
    assert answer.swings == ()
    assert [row[4] for row in _metric_table(answer)] == ["—", "—"]


def test_a_value_is_written_apart_from_the_limit_it_passes() -> None:
    """Weeks of 200 and one of 201: upper limit 200.125 + 2.66 / 7 = 200.505; in whole numbers 201 would pass 201."""
    answer = swings(("leads", (200,) * 7, 201))
    text = answer.face().sections[1].items[0].text
    assert text == "Outside the usual 200 – 200.5: find out what was different."


def test_a_share_is_usual_up_to_the_whole() -> None:
    """The upper limit of 0.9 and 1.0 in turn is 0.95 + 0.266 = 1.216, which no share can be."""
    answer = swings(("lead_to_sale", (0.9, 1.0, 0.9, 1.0, 0.9, 1.0, 0.9), 1.0))
    assert answer.swings[0].upper == 1
    assert _metric_table(answer)[0][4] == "routine; usual 68% – 100%"


def test_signals_are_said_in_russian() -> None:
    """The column, the point and the reason."""
    with i18n.speaking("ru"):
        answer = swings(("leads", SWAYING, 30), ("cac", SWAYING[:2], 12))
        face, rows = answer.face(), _metric_table(answer)
    assert face.verdict.because == "Это не обычные колебания: Заявки 30, выше среднего 13,3."
    assert [row[4] for row in rows] == ["сигнал; обычно 1,1 – 25,4", "ряд короткий: недель 3 из 6"]


VALUES = st.lists(st.one_of(st.integers(-50, 50).map(float), st.floats(-1e15, 1e15)), min_size=6, max_size=30)


@given(VALUES)
def test_the_week_and_the_calculator_say_the_same(values: list[float]) -> None:
    """The last value is a signal here exactly when `xmr` calls it one, by the same rules."""
    signals = Xmr(values=values).solve().signals
    (found,) = swings(("leads", tuple(values[:-1]), values[-1])).swings
    assert found.rules == tuple(signal.rule for signal in signals if signal.index == len(values) - 1)
    assert found.change == ("signal" if found.rules else "routine")


def _metric_table(answer: Review) -> tuple[tuple[str, ...], ...]:
    """The rows of the metrics, whatever the language: the table with a column for signals."""
    return next(
        section.rows
        for section in answer.face().sections
        if isinstance(section, Table) and {"Signal or routine", "Сигнал или шум"} & set(section.columns)
    )


def test_dates_are_read_as_russians_write_them() -> None:
    """07.12.2026 is the seventh of December."""
    assert Week.read({"metrics": [], "decisions": [{"what": "x", "due": "07.12.2026"}]}).decisions[0].due == date(
        2026, 12, 7
    )


def test_a_date_that_is_none_is_refused() -> None:
    """With the way to write one."""
    with pytest.raises(InvalidInput) as caught:
        Week.read({"metrics": [], "decisions": [{"what": "x", "due": "Friday"}]})
    assert (caught.value.field, caught.value.hint) == ("decisions.0.due", "write a date as 2026-12-31")


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
                optional={"value": NUMBER, "plan": NUMBER, "previous": st.lists(NUMBER, max_size=9)},
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


# --- weeks gone by


@pytest.mark.parametrize(
    ("last", "today", "words"),
    [
        ("2026-11-02", "2026-11-30", "3 weeks went"),
        ("2026-11-16", "2026-11-30", "1 week went"),
        ("2026-11-24", "2026-11-30", ""),
    ],
)
def test_skipped_reviews_are_counted(last: str, today: str, words: str) -> None:
    """Whole weeks between the week of the last review and this one."""
    asked = week(last_review=last, today=today)
    said = [remark for remark in asked.remarks() if "without a review" in remark]
    assert said[0].startswith(words) if words else not said
    assert asked.solve().face().verdict.kind == "yes"


def test_incomplete_week_is_marked() -> None:
    """The Monday from which the data are not whole."""
    assert "from 23\xa0November is not over" in week(begun="2026-11-23").solve().face().notes[0]


def test_metric_of_an_earlier_decision_is_shown_then_and_now() -> None:
    """Found by its name as by its id; without a value now there is a dash."""
    previous = [
        {"what": "Stop ads", "outcome": "worked", "metric": "Leads", "was": 40},
        {"what": "Call at once", "outcome": "not_done", "metric": "cac", "was": 100},
        {"what": "Rest", "outcome": "not_done"},
    ]
    answer = Week.read({"metrics": [{"metric": "leads", "value": 52}], "previous": previous}).solve()
    table = next(
        one for one in answer.face().sections if isinstance(one, Table) and one.title == "Decisions of last week"
    )
    assert [row[2] for row in table.rows] == ["Leads: 40 → 52", "CAC: $100 → —", "—"]


def test_changed_number_of_a_past_week_is_explained() -> None:
    """What it was, what it is, and which import changed it."""
    revised = {
        "metric": "leads",
        "week": "2026-11-09",
        "was": 34,
        "now": 36,
        "source": "amoCRM",
        "imported": "2026-11-24",
    }
    answer = week(revised=[revised]).solve()
    table = next(one for one in answer.face().sections if isinstance(one, Table) and "changed" in one.title)
    assert table.rows == (("Leads", "9\xa0November", "34", "36", "a newer import: amoCRM, 24\xa0November"),)


@pytest.mark.parametrize("minutes", [30, 40, 45, 60, 7])
def test_agenda_fills_the_meeting(minutes: int) -> None:
    """Its four parts are the whole meeting, decisions not the least of them."""
    answer = week(meeting_minutes=minutes).solve()
    table = next(one for one in answer.face().sections if isinstance(one, Table) and one.title == "Agenda")
    parts = [int(row[1]) for row in table.rows]
    assert (len(parts), sum(parts)) == (4, minutes)
    assert parts[-1] == max(parts)


def test_decision_without_an_outcome_is_asked_about() -> None:
    """It neither counts as done nor keeps the review from being looked at."""
    answer = week(previous=[{"what": "Stop ads"}]).solve()
    assert answer.warnings == ("Say what came of: Stop ads.",)
    assert answer.carried_over == ()


def test_week_without_an_owner_is_blocked() -> None:
    """However whole it is; the verdict it had is its reason, and where nobody asked, nothing is said of owners."""
    answer = week(owned=False).solve()
    verdict = answer.face().verdict
    assert (verdict.kind, verdict.word) == ("no", "Blocked")
    assert verdict.say.startswith("Nobody inside the firm owns marketing")
    assert verdict.because == "3 decisions a week: within 3–7, each with an owner and a date."
    assert answer.warnings == (verdict.say,)
    assert answer.face().notes == ()
    for asked in (True, None):
        assert week(owned=asked).solve().face().verdict.kind == "yes"


def test_week_is_compared_with_the_weeks_since_a_known_change() -> None:
    """Six weeks of 10 and 12, then of 20 and 22 at a new price: routine since the change, a signal without it."""
    previous = (10, 12, 10, 12, 10, 12, 20, 22, 20, 22, 20)
    row = {"metric": "leads", "previous": previous, "value": 22}
    assert Week(metrics=[row], decisions=[]).solve().swings[0].change == "signal"
    known = Week(metrics=[{**row, "before_change": 6, "changed": "new price"}], decisions=[])
    swing = known.solve().swings[0]
    assert (swing.change, swing.weeks, swing.mean) == ("routine", 6, 21)
    assert known.remarks() == ("What is usual is counted anew since a known change: Leads (new price).",)


def test_a_closed_week_waits_for_the_next_monday() -> None:
    """Closed on a Wednesday its two decisions are in work till Monday the 30th; then they are asked for again."""
    left = {"previous": [{"what": "Call back"}, {"what": "Stop the campaign"}], "last_review": "2026-11-25"}
    closed = week(decisions=0, **left, today="2026-11-27").solve().face()
    assert (closed.verdict.kind, closed.verdict.say) == ("yes", "2 decisions of this week are in work.")
    assert "on 30\u00a0November" in closed.verdict.because
    assert not any("Say what came of" in note for note in closed.notes)
    assert week(decisions=0, **left, today="2026-11-30").solve().face().verdict.kind == "no"


def row_of(metric: str, monday: str, *values: float) -> dict[str, object]:
    """A metric with its weeks, the last of them under review and beginning on `monday`."""
    last = date.fromisoformat(monday)
    before = [last - timedelta(weeks=back) for back in range(len(values) - 1, 0, -1)]
    return {"metric": metric, "value": values[-1], "week": last, "previous": values[:-1], "mondays": before}


def test_the_last_four_weeks_stand_under_their_mondays() -> None:
    """A conversion that is a week behind stands in its own week, and says so where the others have this week's."""
    rows = [row_of("leads", "2026-11-16", 1, 2, 3, 4, 5, 6), row_of("lead_to_sale", "2026-11-09", 0.1, 0.2, 0.3)]
    review = Week.read({"metrics": rows, "decisions": [HELD] * 3}).solve()
    tables = {section.title: section for section in review.face().sections if isinstance(section, Table)}
    weeks, now = tables["Week by week"], tables["Metrics of the week"]
    days = (10, 19), (10, 26), (11, 2), (11, 9), (11, 16)
    assert weeks.columns[1:] == tuple(i18n.day_month(date(2026, *day)) for day in days)
    assert weeks.rows[0][1:] == ("2", "3", "4", "5", "6")
    assert weeks.rows[1][1:] == ("—", "10%", "20%", "30%", "—")
    assert now.rows[1][1] == f"30% ({i18n.day_month(date(2026, 11, 9))})"


def test_weeks_with_a_hole_are_named_by_how_long_ago_they_were() -> None:
    """A metric that was not counted for a week has no column of days that would read as whole."""
    holed = {"metric": "cac", "value": 3, "week": "2026-11-16", "previous": [1], "mondays": ["2026-11-02"]}
    found = laid(Week.read({"metrics": [row_of("leads", "2026-11-16", 4, 5, 6), holed]}).metrics)
    assert (found.mondays, found.heads()) == ((), ("2 weeks back", "1 week back", "This week"))
    assert found.rows == ((4, 5, 6), (None, 1, 3))


def test_tests_of_the_week_have_a_section() -> None:
    """Name, stage and what there is to say."""
    review = week(tests=[{"name": "Phone first", "stage": "runs until 30 November", "says": "Cannot tell yet."}])
    points = next(section for section in review.solve().face().sections if section.title == "Tests of the week")
    assert [(item.title, item.tag, item.text) for item in points.items] == [
        ("Phone first", "runs until 30 November", "Cannot tell yet.")
    ]
