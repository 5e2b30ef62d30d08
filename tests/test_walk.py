"""One look along the path: where values come from, and that a change is right everywhere after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from playbook import i18n, samples
from playbook.steps import PATH
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring
from tests.goal import answer_goal


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample shop."""
    return samples.create(tmp_path_factory.mktemp("shop") / "shop", "ecommerce", "en", today=date(2026, 11, 23))


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
