"""The dated plan: tasks in the hours there are, nothing lost."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook import i18n, texts
from playbook.display import Table
from playbook.errors import InvalidInput
from playbook.given import written
from playbook.questions.thirty_days import ThirtyDays

MONDAY = date(2026, 11, 23)
SCENARIOS = ("local", "ecommerce", "saas", "b2b")
ITEMS = tuple(texts.load("maturity.toml", "en")["items"])
CRITERIA = tuple(item["id"] for item in texts.load("maturity.toml", "en")["criteria"])
LOOP = ("offer", "main_channel", "landing", "analytics", "crm", "lead_rule")


def plan(hours: float = 12, scenario: str = "local", start: date = MONDAY, **more: Any) -> ThirtyDays:
    return ThirtyDays.read({"start": start.isoformat(), "scenario": scenario, "hours_per_week": hours, **more})


def minutes_by(answer: Any, key: Any) -> Counter[Any]:
    """Minutes of work by whatever a day is counted by."""
    load: Counter[Any] = Counter()
    for day in answer.days:
        load[key(day)] += day.minutes
    return load


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_twelve_hours_hold_every_plan(scenario: str) -> None:
    """Every scenario's tasks fit into twelve hours a week, each on a day of the thirty."""
    answer = plan(scenario=scenario).solve()
    assert answer.overload == ()
    assert len(answer.days) > 40
    assert {day.week for day in answer.days} == {1, 2, 3, 4}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_three_hours_hold_what_must_be_done(scenario: str) -> None:
    """The few tasks that the plan is no plan without all have a day at three hours a week."""
    bank = texts.load("thirty_days.toml", "en")["tasks"]
    must = {task["id"] for task in bank if task["must"] and {"all", scenario} & set(task["scenarios"])}
    assert must <= {day.id for day in plan(3, scenario).solve().days}


def test_json_names_are_those_of_the_contract() -> None:
    """The answer holds days [{date, week, task, minutes, pillar}], four pillars, overload."""
    data = plan(4).solve().to_json()
    assert {"date", "week", "task", "minutes", "pillar"} <= set(data["days"][0])
    assert len(data["pillars"]) == 4
    assert {day["pillar"] for day in data["days"]} <= set(data["pillars"])
    assert data["overload"]
    assert data["days"][0]["date"] == "2026-11-23"


def test_weeks_begin_with_their_pillar() -> None:
    """Records and goals first, the control cycle last; without overload no task leaves its week."""
    answer = plan(20).solve()
    assert answer.carried == ()
    assert [answer.pillars.index(day.pillar) + 1 for day in answer.days] == [day.week for day in answer.days]


def test_thirty_days_count_the_first_one() -> None:
    """From 23 November the last day is 22 December."""
    assert plan().last_day() == date(2026, 12, 22)


def test_weekends_and_holidays_are_free() -> None:
    """No task on a Saturday, a Sunday or a day off."""
    off = [MONDAY, date(2026, 12, 1), date(2026, 12, 22)]
    days = {day.date for day in plan(holidays=[day.isoformat() for day in off]).solve().days}
    assert not days & set(off)
    assert all(day.weekday() < 5 for day in days)


def test_growth_points_come_first_in_their_week() -> None:
    """The tasks for segments open the second week, before the order of the bank."""
    answer = plan(growth_points=["segments_exists"]).solve()
    second = [day for day in answer.days if day.week == 2]
    growth = [day.growth for day in second]
    assert any(growth)
    assert growth.index(False) == sum(growth)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_is_taken_over_is_called_by_its_name(language: str) -> None:
    """Growth points and parts of the loop are words of the reader on the form, and no keys of ours."""
    with i18n.speaking(language):
        spec = {each.name: each for each in ThirtyDays.fields()}
        points = written(["offer_works", "records_exists"], spec["growth_points"])
        parts = written(["landing", "crm"], spec["missing_loop"])
        assert written([], spec["missing_loop"]) == {"en": "none", "ru": "нет"}[language]
    told = {
        "en": ("The offer is not tested; Leads are not recorded in one place", "landing page; records of leads"),
        "ru": ("Предложение не проверено; Заявки не собраны в одном месте", "посадочная страница; учёт заявок"),
    }
    assert (points, parts) == told[language]


def test_growth_points_win_the_hours_from_other_tasks() -> None:
    """At six hours a week more of the funnel's tasks fit when it is a growth point."""
    wanted = {task["id"] for task in texts.load("thirty_days.toml", "en")["tasks"] if "funnel" in task["helps"]}
    without = wanted & {day.id for day in plan(6).solve().days}
    with_point = wanted & {day.id for day in plan(6, growth_points=["funnel_works"]).solve().days}
    assert without < with_point


def test_growth_points_of_the_diagnosis_are_taken_whole() -> None:
    """[{criterion, reason, step}] as `maturity` answers, an item's id, or a criterion's id."""
    whole = plan(growth_points=[{"criterion": "offer_exists", "reason": "", "step": ""}]).solve()
    assert whole.days == plan(growth_points=["offer_exists"]).solve().days == plan(growth_points=["offer"]).solve().days


def test_an_unknown_growth_point_is_said() -> None:
    """It changes nothing and is not swallowed."""
    assert plan(growth_points=["luck"]).solve().warnings == ("No task answers to: luck.",)


def test_tasks_for_parts_that_stand_are_left_out() -> None:
    """Five of six parts stand: their five tasks are left out by name, the sixth stays."""
    answer = plan(missing_loop=["crm"]).solve()
    assert len(answer.left_out) == 5
    assert "one_list" in {day.id for day in answer.days}
    assert "Left out" in answer.warnings[0]
    assert len(plan(missing_loop=list(LOOP)).solve().days) == len(answer.days) + 5
    assert plan().solve().left_out == ()


def test_what_is_done_already_is_left_out_unless_it_is_ticked() -> None:
    """A task whose outcome stands is named and takes no hours; one that was ticked in the plan keeps its day."""
    answer = plan(standing=["one_goal", "core"]).solve()
    assert set(answer.left_out) == {"one_goal", "core"}
    ticked = plan(standing=["one_goal", "core"], done={"core": "2026-12-07"}).solve()
    assert ticked.left_out == ("one_goal",)


def test_what_does_not_fit_is_carried_and_then_said() -> None:
    """At five hours some tasks move to a later week and some leave the thirty days; the two never mix."""
    answer = plan(5).solve()
    assert answer.carried
    assert answer.overload
    assert all(task.week > task.planned for task in answer.carried)
    assert not {task.id for task in answer.carried} & {task.id for task in answer.overload}


def test_no_hours_leave_everything_over() -> None:
    """Zero hours plan nothing, lose nothing and say what would be enough."""
    answer = plan(0).solve()
    assert answer.days == ()
    assert answer.warnings == ("With no hours a week nothing can be planned.",)
    verdict = answer.face().verdict
    assert (verdict.kind, verdict.because) == ("no", "With no hours a week nothing can be planned.")
    assert verdict.flip.startswith("Everything fits when there are")


def test_a_month_of_holidays_is_said() -> None:
    """No working day is left, and no number of hours would help."""
    off = [(MONDAY + timedelta(days=number)).isoformat() for number in range(30)]
    answer = plan(holidays=off).solve()
    assert answer.days == ()
    assert answer.warnings == ("The days off leave no working day in the plan.",)
    assert answer.face().verdict.flip == ""


def test_the_hours_named_are_the_fewest_that_fit() -> None:
    """One hour less leaves something over."""
    needed = plan().hours_needed
    assert needed is not None
    assert plan(needed).solve().overload == ()
    assert plan(needed - 1).solve().overload


def test_a_plan_that_began_earlier_is_allowed() -> None:
    """It says so when it is told today's date, and only then."""
    assert plan(today="2026-12-01").solve().warnings == (
        "The plan began on 23\u00a0November 2026: check which of its tasks are done.",
    )
    assert plan(today="2026-11-23").solve().warnings == ()
    assert plan(start=date(2020, 1, 1)).solve().warnings == ()


def test_the_verdict_counts_hours() -> None:
    """The work in all, and whether the hours of a week hold it."""
    answer = plan(5).solve()
    work = sum(day.minutes for day in answer.days) + sum(task.minutes for task in answer.overload)
    assert answer.face().verdict.say.startswith(i18n.quantity(work / 60, "hour") + " of work; 30 days hold")
    assert plan(12).solve().face().verdict.kind == "yes"


def test_a_bad_date_is_refused() -> None:
    """Nobody's plan begins on 31 February."""
    with pytest.raises(InvalidInput) as caught:
        ThirtyDays.read({"start": "2027-02-31", "scenario": "local", "hours_per_week": 5})
    assert (caught.value.field, caught.value.hint) == ("start", "write a date as 2026-12-31")


def test_russian_tasks_are_those_of_the_english_plan() -> None:
    """The same days and tasks, in Russian words; an English answer is shown in Russian."""
    english = plan().solve()
    with i18n.speaking("ru"):
        russian = plan().solve()
        table = next(one for one in english.face().sections if isinstance(one, Table))
    assert [(day.date, day.id) for day in russian.days] == [(day.date, day.id) for day in english.days]
    assert russian.pillars[0] == "Учёт и цели"
    assert table.title.startswith("Неделя 1 · Учёт и цели · ")
    assert table.rows[0][1] == russian.days[0].task


# --- whose the tasks are, what is done, and the days there are


def named(answer: Any, ident: str) -> Any:
    """The task of the plan with this id."""
    return next(task for task in (*answer.days, *answer.overload) if task.id == ident)


def test_every_task_has_an_owner_why_and_an_end() -> None:
    """One name serves all; a task handed over by its id or its words has its own."""
    title = named(plan().solve(), "own_request").task
    handed = [{"task": "one_list", "owner": "Boris"}, {"task": f" {title.upper()} ", "owner": "Vera"}]
    days = plan(owner="Anna", handed=handed).solve().days
    assert {day.owner for day in days} == {"Anna", "Boris", "Vera"}
    assert [day.owner for day in days if day.id in ("one_list", "own_request")] == ["Boris", "Vera"]
    assert all(day.why and day.done_when and day.step for day in days)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_tasks_take_a_quarter_to_one_and_a_half_hours(scenario: str) -> None:
    """No task of the bank is shorter than 15 minutes or longer than 90."""
    assert all(15 <= day.minutes <= 90 for day in plan(scenario=scenario).solve().days)


@pytest.mark.parametrize(
    "handed",
    [
        [{"task": "one_list", "owner": "Anna"}, {"task": "one_list", "owner": "Boris"}],
        [{"task": "one_list", "owner": "Anna, Boris"}],
        [{"task": "one_list", "owner": "Anna and Boris"}],
    ],
)
def test_two_owners_of_one_task_are_named(handed: list[dict[str, str]]) -> None:
    """Both names are said, and the task still has an owner."""
    answer = plan(handed=handed).solve()
    assert "has several owners: Anna, Boris." in answer.warnings[0]
    assert named(answer, "one_list").owner.startswith("Anna")


def test_public_holidays_are_free() -> None:
    """The plan of a Russian firm over New Year has no task from 31 December 2026 to 8 January 2027."""
    days = {day.date for day in plan(start=date(2026, 12, 14), country="RU").solve().days}
    new_year = {date(2027, 1, 1) + timedelta(days=number) for number in range(8)}
    assert not days & (new_year | {date(2026, 12, 31)})
    assert {day.date for day in plan(start=date(2026, 12, 14)).solve().days} & new_year


def test_own_days_off_are_free_whichever_end_comes_first() -> None:
    """From the second to the fourth, written either way round."""
    off = {date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4)}
    for first, last in (("2026-12-02", "2026-12-04"), ("2026-12-04", "2026-12-02")):
        assert not {day.date for day in plan(away=[{"first": first, "last": last}]).solve().days} & off
    assert date(2026, 12, 2) not in {day.date for day in plan(away=[{"first": "2026-12-02"}]).solve().days}
    assert plan(away=[{}]).solve().days == plan().solve().days


def test_what_does_not_fit_has_a_day_after_the_thirty() -> None:
    """At five hours a week every task left over comes on a working day, at most five hours in seven days."""
    answer = plan(5).solve()
    days = [task.date for task in answer.overload]
    assert all(day is not None and day > answer.asked.last_day() and day.weekday() < 5 for day in days)
    load: Counter[int] = Counter()
    for task in answer.overload:
        load[(task.date - answer.asked.last_day()).days // 7] += task.minutes  # type: ignore[operator]
    assert max(load.values()) <= 300 + 90


def test_no_hours_name_no_day_after_the_plan() -> None:
    """With nothing to work in there is no day, and every task is still named."""
    assert {task.date for task in plan(0).solve().overload} == {None}


def test_a_month_off_moves_everything_behind_it() -> None:
    """The tasks come once the days off are over."""
    answer = plan(away=[{"first": MONDAY.isoformat(), "last": "2026-12-31"}]).solve()
    assert answer.days == ()
    assert min(task.date for task in answer.overload if task.date) > date(2026, 12, 31)


def test_own_task_longer_than_a_day_has_one_of_its_own() -> None:
    """Four hours where a day of the plan holds three: placed whole, and said."""
    answer = plan(20, own=[{"task": "Shoot the video", "minutes": 240, "week": "2"}]).solve()
    day = next(day for day in answer.days if day.task == "Shoot the video")
    assert [other.id for other in answer.days if other.date == day.date] == [day.id]
    assert day.week == 2
    assert "“Shoot the video” takes 240\xa0minutes; a day of the plan holds 180\xa0minutes" in answer.warnings[0]


def test_own_task_longer_than_its_week_is_said_and_comes_later() -> None:
    """Two hours a week never hold four at once: the minutes are saved up after the thirty days."""
    answer = plan(2, own=[{"task": "Shoot the video", "minutes": 240}]).solve()
    assert next(task for task in answer.overload if task.task == "Shoot the video").date is not None


def test_a_new_start_moves_every_day() -> None:
    """A week later every task stands seven days later."""
    later = plan(start=MONDAY + timedelta(days=7)).solve()
    assert [day.date - timedelta(days=7) for day in later.days] == [day.date for day in plan().solve().days]


def test_what_waits_is_said_and_planned_anew() -> None:
    """In the second week the undone tasks of the first wait; planned anew they stand from today on, done ones stay."""
    asked = {"today": "2026-12-01", "done": {"one_goal": "2026-11-24"}}
    answer = plan(8, **asked).solve()
    waiting = {day.id for day in answer.waiting()}
    assert waiting
    assert "one_goal" not in waiting
    assert answer.face().numbers[0].value == "1"
    again = plan(8, **asked, carry_from="2026-12-01").solve()
    assert again.waiting() == ()
    assert named(again, "one_goal") == named(answer, "one_goal")
    assert all(day.date >= date(2026, 12, 1) for day in again.days if not day.done)
    assert sorted(task.id for task in (*again.days, *again.overload)) == sorted(
        task.id for task in (*answer.days, *answer.overload)
    )


PLAN = st.fixed_dictionaries(
    {
        "start": st.dates(date(1990, 1, 1), date(2200, 11, 30)),
        "scenario": st.sampled_from(SCENARIOS),
        "hours_per_week": st.floats(0, 168),
    },
    optional={
        "growth_points": st.lists(st.sampled_from((*CRITERIA, *ITEMS, "?")), max_size=4),
        "missing_loop": st.lists(st.sampled_from(LOOP), max_size=6),
        "done": st.dictionaries(
            st.sampled_from(("one_goal", "owner", "launch", "?")), st.dates(MONDAY, date(2027, 3, 1)), max_size=3
        ),
        "carry_from": st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        "country": st.sampled_from(("RU", "DE")),
        "away": st.lists(st.fixed_dictionaries({"first": st.dates(MONDAY, date(2027, 3, 1))}), max_size=3),
        "holidays": st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=10),
    },
)


@given(data=PLAN)
@settings(max_examples=150, deadline=None)
def test_no_task_is_ever_lost(data: dict[str, Any]) -> None:
    """Scheduled and left over together are the tasks chosen; days, weeks and hours keep their bounds."""
    asked = ThirtyDays.read(data)
    answer = asked.solve()
    seen = [day.id for day in answer.days] + [task.id for task in answer.overload]
    assert sorted(seen) == sorted(task.id for task in asked.chosen())
    assert all(asked.start <= day.date <= asked.last_day() for day in answer.days)
    assert all(day.date.weekday() < 5 and day.date not in asked.holidays for day in answer.days)
    assert max(minutes_by(answer, lambda day: day.week).values(), default=0) <= asked.hours_per_week * 60
    assert (
        max(minutes_by(answer, lambda day: day.date.isocalendar()[:2]).values(), default=0) <= asked.hours_per_week * 60
    )
    assert max(minutes_by(answer, lambda day: day.date).values(), default=0) <= 180


@given(data=PLAN, lang=st.sampled_from(i18n.LANGUAGES))
@settings(max_examples=30, deadline=None)
def test_every_plan_has_a_face(data: dict[str, Any], lang: str) -> None:
    """Nothing raises, in either language, and the verdict agrees with what is left over."""
    with i18n.speaking(lang):
        answer = ThirtyDays.read(data).solve()
        assert (answer.face().verdict.kind == "yes") == (not answer.overload)
        assert answer.rows()


def test_plan_without_an_owner_is_blocked() -> None:
    """However well it fits; its days stand all the same."""
    answer = plan(owned=False).solve()
    verdict = answer.face().verdict
    assert (verdict.kind, verdict.word) == ("no", "Blocked")
    assert verdict.because.endswith("of work in 30 days fit: there are 12\xa0hours a week.")
    assert answer.warnings[0] == verdict.say
    assert len(answer.days) == len(plan().solve().days)
    assert plan(owned=True).solve().face().verdict.kind == "yes"


def test_next_month_leaves_out_what_the_last_one_did() -> None:
    """From a new first day on, what was ticked before it takes no hours and is named; the rest stands in four weeks."""
    first = plan().solve()
    done = {day.id: "2026-12-01" for day in first.days[:10]}
    own = [{"task": "Second page", "minutes": 60}]
    following = plan(start=date(2026, 12, 23), done=done, own=own).solve()
    names = {day.id for day in following.days} | {task.id for task in following.overload}
    assert not names & done.keys()
    assert set(following.left_out) >= done.keys()
    assert "Second page" in [day.task for day in following.days]
    assert len(names) == len(first.days) + len(first.overload) - 10 + 1


def test_thirty_days_that_are_over_are_told_and_not_planned() -> None:
    """On the 31st day the plan says how much is done; with every tick it is done."""
    asked = {"start": "2026-11-23", "scenario": "saas", "hours_per_week": 12, "owned": True}
    last = ThirtyDays.read({**asked, "today": "2026-12-22"}).solve()
    assert last.face().verdict.kind == "yes"
    over = ThirtyDays.read({**asked, "today": "2026-12-23", "done": {last.days[0].id: "2026-12-01"}}).solve()
    said, ended = over.face().verdict, i18n.date(date(2026, 12, 22))
    assert (said.kind, said.word) == ("wait", "The month is over")
    assert said.say == f"The 30 days ended on {ended}: 1 of {len(last.days)} tasks are done."
    ticks = {day.id: "2026-12-01" for day in last.days}
    whole = ThirtyDays.read({**asked, "today": "2027-01-10", "done": ticks}).solve()
    assert whole.face().verdict.kind == "yes"
