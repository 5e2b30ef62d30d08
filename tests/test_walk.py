"""One look along the path: where values come from, and that a change is right everywhere after it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from playbook import i18n, presets, samples
from playbook import workspace as workspace_module
from playbook.steps import PATH
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.create(tmp_path / "firm")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample shop."""
    return samples.create(tmp_path_factory.mktemp("shop") / "shop", "ecommerce", "en", today=date(2026, 11, 23))


def answer_goal(workspace: Workspace, **changes: object) -> None:
    """A goal of 40 clients: 134 leads, 2,680 visits."""
    known = {
        "objective": "sales_now",
        "horizon_days": 60,
        "target_customers": 40,
        "average_order_value": 100,
        "gross_margin": 0.5,
        "visit_to_lead": 0.05,
        "lead_to_sale": 0.3,
        "cost_per_visit": 1,
        **changes,
    }
    for name, value in known.items():
        workspace.save("goal", name, value)


def test_goal_reaches_the_later_steps(workspace: Workspace) -> None:
    """A client costs there what step 1 plans: 134 leads at 20 each for 40 clients."""
    answer_goal(workspace)
    assert Walk(workspace).value("unit-economics", "cac") == 67


def test_change_in_step_one_moves_everything_after_it(workspace: Workspace) -> None:
    """At half the conversion 267 leads are bought for 40 clients."""
    answer_goal(workspace)
    workspace.save("goal", "lead_to_sale", 0.15)
    assert Walk(workspace).value("unit-economics", "cac") == 133.5


def test_cycle_of_step_two_closes_leads_earlier(workspace: Workspace) -> None:
    """Twenty days of cycle leave 40 of 60 days for leads."""
    answer_goal(workspace)
    workspace.save("deal-cycle", "cycle_days", 20)
    assert Walk(workspace).outcome("goal", "last_lead_day") == 40


def test_admissible_cac_reaches_the_core(workspace: Workspace) -> None:
    """50 a month over 3 months with 80% kept is 122."""
    answer_goal(workspace)
    for name, value in {"cogs": 50, "monthly_retention": 0.8, "payback_target_months": 3}.items():
        workspace.save("unit-economics", name, value)
    assert Walk(workspace).value("core", "admissible_cac") == pytest.approx(122)


def test_margin_of_step_one_is_the_direct_costs_of_step_three(workspace: Workspace) -> None:
    """Of 12,000 at a margin of 40% a payment leaves 4,800, so what it costs is 7,200 until it is typed."""
    answer_goal(workspace, average_order_value=12_000, gross_margin=0.4)
    for name, value in {"monthly_retention": 0, "payback_target_months": 3}.items():
        workspace.save("unit-economics", name, value)
    look = Walk(workspace)
    cogs = look.given("unit-economics", "cogs")
    assert (cogs.kind, cogs.value, cogs.source_step) == ("taken", pytest.approx(7200), "goal")
    assert "order value" in cogs.source_text
    assert look.outcome("unit-economics", "contribution") == pytest.approx(4800)
    workspace.save("unit-economics", "cogs", 5000)
    assert Walk(workspace).outcome("unit-economics", "contribution") == pytest.approx(7000)


def test_typed_costs_are_part_of_the_margin_and_not_on_top_of_it(workspace: Workspace) -> None:
    """Delivery at 1,000 and a commission of 5% of 12,000 leave 7,200 - 1,000 - 600 = 5,600 for goods."""
    answer_goal(workspace, average_order_value=12_000, gross_margin=0.4)
    workspace.save("unit-economics", "logistics", 1000)
    workspace.save("unit-economics", "commission_rate", 0.05)
    assert Walk(workspace).value("unit-economics", "cogs") == pytest.approx(5600)


def test_costs_above_what_the_margin_leaves_are_no_free_goods(workspace: Workspace) -> None:
    """Of 12,000 at a margin of 40% are 7,200 left, and delivery alone is 9,000: what goods cost has to be told."""
    answer_goal(workspace, average_order_value=12_000, gross_margin=0.4)
    workspace.save("unit-economics", "logistics", 9000)
    assert Walk(workspace).given("unit-economics", "cogs").kind == "empty"


def test_costs_that_nobody_told_are_not_taken_for_none(workspace: Workspace) -> None:
    """Without margin and costs step 3 and all after it cannot tell, even where delivery is typed; a 0 is known."""
    for name, value in {"price": 12_000, "cac": 4000, "monthly_retention": 0, "payback_target_months": 3}.items():
        workspace.save("unit-economics", name, value)
    look = Walk(workspace)
    assert (look.state("unit-economics"), look.value("core", "admissible_cac")) == ("part", None)
    assert look.given("unit-economics", "cogs").kind == "empty"
    assert "Goods or materials" in look.face("unit-economics").verdict.say
    assert "0" in look.face("unit-economics").verdict.because
    workspace.save("unit-economics", "logistics", 2000)
    assert Walk(workspace).outcome("unit-economics", "contribution") is None
    workspace.save("unit-economics", "cogs", 0)
    assert Walk(workspace).outcome("unit-economics", "contribution") == 10_000


def test_other_goal_leaves_the_sales_fields_out(workspace: Workspace) -> None:
    """Awareness asks for one metric; the numbers typed for sales stay saved."""
    answer_goal(workspace)
    workspace.save("goal", "objective", "awareness")
    workspace.save("goal", "target/metric", "direct visits")
    workspace.save("goal", "target/value", 500)
    look = Walk(workspace)
    assert look.answer("goal") is not None
    assert workspace.values("goal")["target_customers"] == 40


def test_what_a_change_does_not_reach_is_not_solved_again(workspace: Workspace) -> None:
    """Another look finds the very answer and its words; a changed step and those it reaches are solved anew."""
    answer_goal(workspace)
    workspace.save("deal-cycle", "cycle_days", 10)
    before, again = Walk(workspace), Walk(Workspace.open(workspace.path))
    assert again.answer("goal") is before.answer("goal")
    assert again.face("goal").sections == before.face("goal").sections
    workspace.save("goal", "lead_to_sale", 0.5)
    after = Walk(workspace)
    assert after.answer("deal-cycle") is before.answer("deal-cycle")
    assert after.outcome("goal", "leads") != before.outcome("goal", "leads")


def test_words_of_an_answer_are_those_of_the_reader(workspace: Workspace) -> None:
    """Whoever looked before in another language or currency."""
    answer_goal(workspace)
    said = []
    for language, currency in (("en", "USD"), ("ru", "RUB"), ("en", "EUR")):
        with i18n.speaking(language, currency):
            said.append(str(Walk(workspace).face("goal")))
    assert len(set(said)) == len(said)


def test_data_takes_the_place_of_older_typing(shop: Workspace) -> None:
    """Order value, cost of a visit and CAC come from the exports, with the source."""
    look = Walk(shop)
    price = look.given("unit-economics", "price")
    assert (price.kind, price.value) == ("data", 139.73)
    assert "Shopify" in price.source_text


def test_newer_typing_takes_the_place_of_data(shop: Workspace) -> None:
    """A number typed after the import stands until it is emptied."""
    shop.save("unit-economics", "price", 150)
    assert Walk(shop).value("unit-economics", "price") == 150
    shop.save("unit-economics", "price", None)
    assert Walk(shop).value("unit-economics", "price") == 139.73


def test_undone_import_gives_the_typed_numbers_back(tmp_path: Path) -> None:
    """Without the shop's orders step 3 falls back on what was typed."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    from playbook import data

    for batch in firm.batches():
        data.undo(firm, batch.id)
    assert Walk(firm).given("unit-economics", "price").kind == "typed"


def test_money_of_another_currency_is_not_taken(tmp_path: Path) -> None:
    """Dollars never stand in for roubles."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    firm.set_setting("currency", "RUB")
    assert Walk(firm).given("unit-economics", "price").kind == "typed"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_step_of_the_sample_firm_is_answered(shop: Workspace, language: str) -> None:
    """All eleven, with a verdict in words."""
    with i18n.speaking(language, "USD"):
        steps = Walk(shop).path()
    assert len(steps) == len(PATH) == 11
    assert all(step.state == "done" and step.face.verdict.say for step in steps)


def test_what_a_row_lacks_is_named_with_its_number(workspace: Workspace) -> None:
    """Of two hypotheses the second has no name: the list alone would say nothing."""
    workspace.add_row("ideas", "ideas", {"name": "Price on the first screen", "kind": "landing"})
    workspace.add_row("ideas", "ideas", {"kind": "offer"})
    say = Walk(workspace).face("ideas").verdict.say
    assert say.startswith("Still missing: ")
    assert " · 2 · " in say


def test_empty_workspace_has_no_step_done(workspace: Workspace) -> None:
    """Defaults alone answer nothing."""
    assert {step.state for step in Walk(workspace).path()} == {"todo"}


def test_scenario_brings_its_metrics_with_targets(tmp_path: Path) -> None:
    """A client is to cost what step 1 plans, and less than step 3 admits."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    for row in firm.rows("kpi", "chosen"):
        firm.drop_row("kpi", "chosen", row)
    added = presets.add_scenario_metrics(firm)
    rows = [{name: field.value for name, field in row.items()} for row in firm.rows("kpi", "chosen").values()]
    assert added == len(rows) >= 5
    cac = next(row for row in rows if row["metric"] == "cac")
    walk = Walk(firm)
    planned = next(kpi.target for kpi in walk.outcome("goal", "kpis") if kpi.metric == "cac")
    assert cac["target"] == pytest.approx(min(planned, walk.outcome("unit-economics", "admissible_cac")), abs=0.01)


def test_plan_of_a_weekly_count_is_a_week_of_the_goal(workspace: Workspace) -> None:
    """134 leads in 60 days are 15.6 a week, said beside; the cost of a client, 67 in step 1, is not divided."""
    answer_goal(workspace)
    workspace.set_setting("scenario", "local")
    for name, value in {"cogs": 50, "monthly_retention": 0.8, "payback_target_months": 3}.items():
        workspace.save("unit-economics", name, value)
    presets.add_scenario_metrics(workspace)
    rows = workspace.rows("kpi", "chosen")
    plans = {row["metric"].value: row["target"].value for row in rows.values() if "target" in row}
    assert plans["leads"] == 15.6
    assert plans["cac"] == pytest.approx(67)
    hints = {field.name: field.spec.hint for group in Page(workspace, "kpi", "en").sets() for field in group.fields}
    leads = next(row for row, fields in rows.items() if fields["metric"].value == "leads")
    said = hints[f"chosen/{leads}/target"].replace(i18n.NBSP, " ")
    assert said == "For one week. Step 1 asks for 134 in 60 days, so for 15.6 a week."


def test_closed_week_stands_before_the_next_review(tmp_path: Path) -> None:
    """Its decisions wait for their outcome and its figures become the past."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    row = next(iter(firm.rows("kpi", "chosen")))
    firm.save("week", f"values/{row}", 11_500)
    assert presets.close_week(firm, date(2026, 11, 23)) == 4
    look = Walk(firm)
    assert len(look.value("week", "previous")) == 4
    assert look.value("week", "metrics")[0]["previous"][-1] == 11_500
    assert look.value("week", "metrics")[0]["value"] is None


def test_second_press_does_not_close_the_week_again(tmp_path: Path) -> None:
    """The decisions still wait for their outcome, and one week is in the archive."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    before = len(firm.records("week"))
    presets.close_week(firm, date(2026, 11, 23))
    assert presets.close_week(firm, date(2026, 11, 23)) == 0
    assert len(Walk(firm).value("week", "previous")) == 4
    assert len(firm.records("week")) == before + 1


def test_closed_week_is_opened_again_by_one_undo(tmp_path: Path) -> None:
    """Decisions, figures and archive are as before; closed anew it is one week and not two."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    fields, archive, asked = firm.values("week"), len(firm.records("week")), Walk(firm).value("week", "decisions")
    assert presets.close_week(firm, date(2026, 11, 23)) == 4
    Page(firm, "week", "en").undo()
    assert (firm.values("week"), len(firm.records("week"))) == (fields, archive)
    assert Walk(firm).value("week", "decisions") == asked
    assert presets.close_week(firm, date(2026, 11, 30)) == 4
    assert len(firm.records("week")) == archive + 1


def test_week_closed_in_two_windows_at_once_is_closed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second finds nothing to close: four decisions wait, and one week is in the archive."""
    monkeypatch.setattr(workspace_module, "WAIT_SECONDS", 60)
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    before = len(firm.records("week"))
    with ThreadPoolExecutor(2) as windows:
        closed = list(windows.map(lambda _: presets.close_week(firm, date(2026, 11, 23)), range(2)))
    assert sorted(closed) == [0, 4]
    assert len(firm.records("week")) == before + 1
    assert len(Walk(firm).value("week", "previous")) == 4


def test_metrics_of_the_scenario_go_with_one_undo(tmp_path: Path) -> None:
    """The metric chosen before them stays."""
    firm = Workspace.create(tmp_path / "firm")
    own = firm.add_row("kpi", "chosen", {"metric": "nps", "owner": "Ann"})
    assert presets.add_scenario_metrics(firm) > 1
    Page(firm, "kpi", "en").undo()
    assert list(firm.rows("kpi", "chosen")) == [own]


def test_conversion_of_nothing_leaves_step_three_its_answer(workspace: Workspace) -> None:
    """No lead paid in step 1: step 3 still counts the admissible CAC, and asks for a conversion of its own."""
    answer_goal(workspace, lead_to_sale=0)
    for name, value in {"cogs": 50, "monthly_retention": 0.8, "payback_target_months": 3}.items():
        workspace.save("unit-economics", name, value)
    look = Walk(workspace)
    assert look.outcome("unit-economics", "admissible_cac") == pytest.approx(122)
    assert look.given("unit-economics", "lead_to_sale").open


@pytest.mark.parametrize("typed", ["2026-12-31", "31.12.2026"])
def test_review_day_is_read_in_both_writings(workspace: Workspace, typed: str) -> None:
    """A Russian date comes back on its day too."""
    workspace.save("goal", "decision", "Two channels")
    workspace.save("goal", "decision_review", typed)
    decision = Walk(workspace).decision("goal")
    assert decision is not None
    assert decision.review == date(2026, 12, 31)


@pytest.mark.parametrize(("metric", "plan"), [("lead_to_sale", 0.3), ("cac", 30)])
def test_target_typed_before_its_metric_takes_the_metric_s_unit(workspace: Workspace, metric: str, plan: float) -> None:
    """30 of a conversion is 30%."""
    workspace.add_row("kpi", "chosen", {"target": "30", "metric": metric})
    assert (Walk(workspace).kpi_rows() or [])[0]["plan"] == plan


@pytest.mark.parametrize(("days", "early"), [(-1, False), (0, True), (58, True), (59, False)])
def test_week_says_when_it_is_too_early_to_judge_channels(workspace: Workspace, days: int, early: bool) -> None:
    """From day 1 to day 59 of the work, and not before it begins; the plan's own start counts before the settings'."""
    workspace.set_setting("start", "2020-01-01")
    workspace.save("thirty-days", "start", (datetime.now().astimezone().date() - timedelta(days=days)).isoformat())
    notes = " ".join(Walk(workspace).face("week").notes)
    assert ("Too early to judge channels. Channels may be judged from" in notes) == early
    assert bool(Walk(workspace).early()) == early


def test_nothing_is_early_before_the_start_is_known(workspace: Workspace) -> None:
    """No start, no note and no answer of the clock."""
    assert Walk(workspace).early() == ""
    assert Walk(workspace).answer("timeline") is None


def test_plan_and_week_are_blocked_until_an_owner_is_named(tmp_path: Path) -> None:
    """Two owners, or a contractor, are none; one inside the firm frees both."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en")
    for owner, place, blocked in (
        ("Ann and Boris", "inside", True),
        ("Ann", "outside", True),
        ("Ann", "inside", False),
    ):
        firm.save("order", "owner", owner)
        firm.save("order", "place", place)
        words = [Walk(firm).face(key).verdict.word for key in ("thirty-days", "week")]
        assert [word == "Blocked" for word in words] == [blocked, blocked]


def test_who_does_the_plan_owns_marketing_until_another_is_named(workspace: Workspace) -> None:
    """A name given in the plan is not asked for again, and one given on the owner's own page comes before it."""
    workspace.save("thirty-days", "owner", "Ann")
    assert Walk(workspace).value("order", "owner") == "Ann"
    assert Walk(workspace).value("thirty-days", "owned") is True
    workspace.save("order", "owner", "Boris")
    assert Walk(workspace).value("order", "owner") == "Boris"
    assert Walk(workspace).value("thirty-days", "owner") == "Ann"


def test_calculator_says_why_the_data_do_not_fill_it(shop: Workspace) -> None:
    """The shop has no leads: the reason stands in place of "answer to see", with what to import."""
    with i18n.speaking("en"):
        verdict = Walk(shop).face("speed-to-lead").verdict
    assert verdict.say == "Your data cannot tell: no leads are imported."
    assert verdict.flip == "Import the leads or deals of your CRM."


def test_without_data_nothing_is_said_of_it(workspace: Workspace) -> None:
    """An empty workspace is asked, and no file is blamed."""
    assert Walk(workspace).face("speed-to-lead").verdict.say == "Answer to see the result."


def test_hidden_fields_of_a_row_are_not_read(workspace: Workspace) -> None:
    """Days and counts typed before a hypothesis went back to the backlog block nothing, and stay saved."""
    values = {"started": "2026-11-09", "ends": "2026-11-02", "control_people": 3, "control_wins": 9, "baseline": 0.9}
    row = workspace.add_row("ideas", "ideas", {"name": "Price", "kind": "landing", "state": "backlog", **values})
    workspace.save("ideas", "method", "ice")
    look = Walk(workspace)
    assert look.problems("ideas") == ()
    assert look.value("ideas", "ideas") == [{"name": "Price", "kind": "landing", "state": "backlog"}]
    assert workspace.rows("ideas", "ideas")[row]["control_wins"].value == 9


def test_fields_of_another_method_are_not_read(workspace: Workspace) -> None:
    """An effort of 0 is a fault of RICE alone; ICE neither asks for it nor stumbles over it."""
    workspace.add_row("ideas", "ideas", {"name": "Price", "kind": "landing", "effort": 0, "ease": 4})
    workspace.save("ideas", "method", "rice")
    assert Walk(workspace).problems("ideas")
    workspace.save("ideas", "method", "ice")
    assert Walk(workspace).problems("ideas") == ()


def test_numbers_of_another_step_do_not_drive_a_known_one(workspace: Workspace) -> None:
    """5% of 400 visits is what the plan knows; 90% and 7 were typed while another step was counted."""
    answer_goal(workspace)
    own = {"metric": "visit_to_lead", "baseline": 0.9, "per_week": 7, "hoped": 0.08}
    workspace.add_row("ideas", "ideas", {"name": "Price", "kind": "landing", "state": "running", **own})
    workspace.save("ideas", "method", "ice")
    (test,) = Walk(workspace).outcome("ideas", "tests")
    assert test.baseline == 0.05
    assert test.per_week > 7


def hypothesis_in_work(workspace: Workspace, **more: object) -> str:
    """260 of 2,000 against 200 of 2,000 leads that pay, by the end of a test of four weeks; returns the row."""
    counts = {"control_people": 2000, "control_wins": 200, "variant_people": 2000, "variant_wins": 260}
    days = {"state": "running", "started": "2026-10-26", "ends": "2026-11-23"}
    workspace.save("ideas", "method", "ice")
    named = {"name": "Price first", "kind": "landing", "metric": "lead_to_sale"}
    return workspace.add_row("ideas", "ideas", {**named, **days, **counts, **more})


def test_verdict_becomes_a_decision_of_the_week_at_one_press(workspace: Workspace) -> None:
    """The better variant is shipped: what, why, the metric, the owner and the day stand in the review."""
    workspace.add_row("kpi", "chosen", {"metric": "lead_to_sale"})
    workspace.save("order", "owner", "Anna")
    hypothesis_in_work(workspace)
    assert presets.decide_tests(workspace, date(2026, 11, 24)) == 1
    (decision,) = Walk(workspace).value("week", "decisions")
    assert decision["what"] == "Ship “Price first” for everyone"
    assert "between +1 and +5 points (95% interval)" in decision["why"]
    assert (decision["owner"], decision["due"]) == ("Anna", "2026-12-01")
    assert decision["metric"] == "Lead to sale"


def test_decided_test_is_finished_with_its_days(workspace: Workspace) -> None:
    """The same hypothesis then carries its end, what was done with it and the day of the decision."""
    row = hypothesis_in_work(workspace)
    presets.decide_tests(workspace, date(2026, 11, 24))
    fields = {name: field.value for name, field in workspace.rows("ideas", "ideas")[row].items()}
    told = [fields[name] for name in ("state", "outcome", "ends", "finished", "decided")]
    assert told == ["done", "shipped", "2026-11-23", "2026-11-24", "2026-11-24"]
    (test,) = Walk(workspace).outcome("ideas", "tests")
    assert (test.early, test.verdict) == (False, "ship")


def test_test_is_decided_once(workspace: Workspace) -> None:
    """A second press, and a test that says nothing yet, write no decision."""
    hypothesis_in_work(workspace)
    hypothesis_in_work(workspace, ends="2099-12-07")
    assert presets.decide_tests(workspace, date(2026, 11, 24)) == 1
    assert presets.decide_tests(workspace, date(2026, 11, 24)) == 0
    assert len(workspace.rows("week", "decisions")) == 1


def test_own_choice_of_a_finished_test_goes_before_its_counts(workspace: Workspace) -> None:
    """The counts say better; the person keeps what there is, and so does the decision."""
    hypothesis_in_work(workspace, state="done", finished="2026-11-23", outcome="kept")
    presets.decide_tests(workspace, date(2026, 11, 24))
    (decision,) = Walk(workspace).value("week", "decisions")
    assert decision["what"] == "Keep what there is instead of “Price first”"


def test_undo_of_a_verdict_takes_its_decision_along(workspace: Workspace) -> None:
    """From step 7 as from the week: the test runs again, and nothing of it stands among the decisions."""
    hypothesis_in_work(workspace)
    for key in ("ideas", "week"):
        Page(workspace, "ideas", "en").act("decide")
        assert len(workspace.rows("week", "decisions")) == 1
        Page(workspace, key, "en").undo()
        assert Walk(workspace).value("ideas", "ideas")[0]["state"] == "running"
        assert workspace.rows("week", "decisions") == {}


def test_decision_that_somebody_went_on_with_stays(workspace: Workspace) -> None:
    """Its owner was written down; the undo sets the test back to work, and pressed again it is not written twice."""
    hypothesis_in_work(workspace)
    page = Page(workspace, "ideas", "en")
    page.act("decide")
    (row,) = workspace.rows("week", "decisions")
    workspace.save("week", f"decisions/{row}/owner", "Boris")
    page.undo()
    assert Walk(workspace).value("ideas", "ideas")[0]["state"] == "running"
    page.act("decide")
    assert [one["owner"].value for one in workspace.rows("week", "decisions").values()] == ["Boris"]


def test_closing_a_week_writes_down_when_a_test_is_to_end(workspace: Workspace) -> None:
    """2,188 people at 1,000 a week are three weeks; with half of them from then on the end stays where it was."""
    plan = {"metric": "other", "baseline": 0.2, "hoped": 0.25, "per_week": 1000, "ends": None}
    row = hypothesis_in_work(workspace, **plan)
    Page(workspace, "week", "en").act("close")
    workspace.save("ideas", f"ideas/{row}/per_week", 500)
    (test,) = Walk(workspace).outcome("ideas", "tests")
    assert (test.weeks, test.ends) == (5, date(2026, 11, 16))


def test_new_hypothesis_keeps_the_day_it_was_written_down(workspace: Workspace) -> None:
    """The day is not asked for; it begins the history."""
    page = Page(workspace, "ideas", "en")
    page.add_row("ideas")
    (row,) = workspace.rows("ideas", "ideas").values()
    assert date.fromisoformat(row["added"].value) <= date.today()  # noqa: DTZ011 - the person's own calendar day
    names = [field.name for group in page.sets() for field in group.fields]
    assert not any(name.endswith("/added") for name in names)


def test_the_weekly_review_brings_up_the_tests_in_work(workspace: Workspace) -> None:
    """What step 7 says of a running test stands in the week; one that waits or is behind does not."""
    hypothesis_in_work(workspace)
    for state in ("backlog", "stopped"):
        hypothesis_in_work(workspace, name="Video", state=state)
    (test,) = Walk(workspace).value("week", "tests")
    assert test["name"] == "Price first"
    assert test["says"].startswith("Ship it. The variant brings 13%, the control 10%.")


def test_the_weekly_page_shows_the_tests_in_work(shop: Workspace) -> None:
    """The shop tests two hypotheses, and the agenda's minutes for them have something to look at."""
    tests = next(section for section in Walk(shop).face("week").sections if section.title == "Tests of the week")
    assert [item.title.split(":")[0] for item in tests.items] == [
        "Delivery price on the product page",
        "Letter on the 20th day with what goes with the tablecloth",
    ]


def test_readiness_to_scale_counts_tests_by_their_week(tmp_path: Path) -> None:
    """One ended on Monday 26 October, the fifth of the eight weeks up to 22 November; without any nothing is said."""
    firm = samples.create(tmp_path / "shop", "ecommerce", "en", today=date(2026, 11, 23))
    weeks = Walk(firm).value("scale-readiness", "weeks")
    assert [week["tests_closed"] for week in weeks] == [0, 0, 0, 0, 1, 0, 0, 0]
    assert weeks[-1]["week"] == "2026-11-16"
    firm.save("ideas", "ideas/1/finished", None)
    assert all("tests_closed" not in week for week in Walk(firm).value("scale-readiness", "weeks"))


def test_largest_channel_goes_into_the_stress_of_step_three(workspace: Workspace) -> None:
    """Search sells 30 for 600, cards 10 for 400: 25 a sale in all, 40 without search, so a CAC of 50 becomes 80."""
    for row in ({"name": "search", "sales": 30, "spend": 600}, {"name": "cards", "sales": 10, "spend": 400}):
        workspace.add_row("channel-loss", "channels", row)
    workspace.save("unit-economics", "cac", 50)
    walk = Walk(workspace)
    names = ("largest_channel", "sales_without_largest", "cac_without_largest")
    assert [walk.value("unit-economics", name) for name in names] == ["search", 0.25, pytest.approx(80)]
    assert not {item.name for item in walk.inputs("unit-economics")} & set(names)


def test_lists_of_other_days_are_not_compared(tmp_path: Path) -> None:
    """Segments of sixty days and channels of the seven that leads cover stand on one page: it says so."""
    firm = Workspace.create(tmp_path / "firm")
    days = [date(2026, 6, 1) + timedelta(days=n) for n in range(60)]
    bring(
        firm, "orders.csv", "id,paid,amount,segment\n" + "".join(f"{n},{day},10,Cafes\n" for n, day in enumerate(days))
    )
    bring(firm, "leads.csv", "id,created,status,source\n1,2026-06-01,open,ads\n2,2026-06-07,open,ads\n")
    said = " ".join(Walk(firm).face("profitability").notes)
    assert "Channels are of 1–7 June 2026 alone, Customer segments of 1 June" in said.replace(i18n.NBSP, " ")
