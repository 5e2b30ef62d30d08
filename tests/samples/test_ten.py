"""The ten questions of every sample firm, against what the csv module reads out of its own exports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from statistics import median
from typing import Any

import pytest

from playbook import i18n, ten_from_data
from playbook.questions.ten import questions
from playbook.steps import STEPS
from tests.samples import clinic, direct, firms, service, shop, works
from tests.samples.conftest import Look

LAST_DAY, WEEK_BEGINS = date(2026, 11, 22), date(2026, 11, 16)
STALE_AFTER = 7
LOCAL, SHOP, SAAS, B2B = (firms.SAMPLES / name for name in ("local", "ecommerce", "saas", "b2b"))
NO_LEADS = "No leads are imported. Import the leads or deals of your CRM."


@pytest.fixture(scope="module")
def told(look: Look) -> Callable[[str], dict[str, dict[str, Any]]]:
    """What `playbook ten --json` prints of a firm, by question."""

    def answered(firm: str) -> dict[str, dict[str, Any]]:
        with i18n.speaking("en"):
            return {one.id: one.to_json() for one in ten_from_data.answers(look(firm))}

    return answered


def answer(told: Any, firm: str, *names: str) -> Any:
    """The answers to some of the questions, in that order."""
    found = told(firm)
    return [found[name]["answer"] for name in names]


def counted(rows: list[dict[str, Any]], name: str) -> dict[str, int]:
    """Leads by name, whoever says none under an empty one."""
    return {"" if row.get("unknown") else row[name]: row["leads"] for row in rows}


def first(reasons: Iterable[str], many: int = 3) -> list[tuple[str, int]]:
    """The most frequent reasons of those that are named; equal ones by their letters."""
    return sorted(Counter(filter(None, reasons)).items(), key=lambda one: (-one[1], one[0]))[:many]


def stale(touched: Iterable[date]) -> int:
    """How many of the open leads lay untouched for more than a week on the last day."""
    return sum((LAST_DAY - day).days > STALE_AFTER for day in touched)


FIGURES = ("cost_per_lead", "lead_to_payment", "average_check", "margin", "handling_time", "stale_leads")


def test_clinic_in_figures(told: Any) -> None:
    """Spend over requests, paid of the decided, payment, margin, wait and stale requests of amoCRM and Direct."""
    every, whole = clinic.deals(LOCAL), clinic.part(LOCAL, lambda _: True)
    spend = sum(one.cost for one in clinic.campaigns(LOCAL).values())
    opened = [
        clinic.time_of(deal.row["Дата редактирования"]).date() for deal in every if not deal.won and not deal.lost
    ]
    expected = [
        spend / whole.leads,
        clinic.win_rate(every),
        whole.revenue / whole.sales,
        whole.profit / whole.revenue,
        median(deal.wait for deal in every if deal.wait is not None),
        stale(opened),
    ]
    assert answer(told, "local", *FIGURES) == pytest.approx(expected, rel=1e-3)


def test_clinic_in_lists(told: Any) -> None:
    """Sources of the last week, the three main reasons, the three segments with the most gross profit."""
    every, costs = clinic.deals(LOCAL), clinic.unit_costs(LOCAL)
    week = [deal.row for deal in every if deal.created.date() >= WEEK_BEGINS]
    profit: dict[str, float] = defaultdict(float)
    for deal in (deal for deal in every if deal.won):
        profit[deal.row["Сегмент"]] += deal.amount - costs[deal.row["Товар"]]
    sources, reasons, segments = answer(told, "local", "lead_sources", "refusal_reasons", "profitable_segments")
    marks = {"yandex": "Yandex"}
    said = (row["Источник"] or marks.get(row["utm_source"], row["utm_source"]) for row in week)
    assert counted(sources, "name") == Counter(said)
    assert list(counted(reasons, "reason").items()) == first(deal.row["Причина отказа"] for deal in every if deal.lost)
    assert [(one["name"], one["gross_profit"]) for one in segments] == most(profit)


def most(profit: dict[str, float]) -> list[tuple[str, Any]]:
    """The three largest, to the cent."""
    ranked = sorted(((value, name) for name, value in profit.items() if name), reverse=True)[:3]
    return [(name, pytest.approx(value, abs=0.01)) for value, name in ranked]


def test_service_in_figures(told: Any) -> None:
    """The same of HubSpot, Stripe and Google Ads; a trial nobody contacted is touched by nobody."""
    trials, paid, costs = service.deals(SAAS), service.payments(SAAS), service.plan_costs(SAAS)
    decided = [one for one in trials if one.closed]
    kept = sum(one.amount - one.refund for one in paid)
    expected = [
        sum(service.weekly(SAAS)["spend"]) / len(trials),
        sum(one.won for one in decided) / len(decided),
        sum(one.amount for one in paid) / len(paid),
        1 - service.cost_kept(paid, costs) / kept,
        median(service.minutes_to_contact(trials)),
        sum(one.stale for one in trials),
    ]
    assert answer(told, "saas", *FIGURES) == pytest.approx(expected, rel=1e-3)


def test_service_in_lists(told: Any) -> None:
    """Sources, reasons and segments of the service; a plan that was paid back costs nothing."""
    trials = service.deals(SAAS)
    week = [one.source for one in trials if one.created.date() >= WEEK_BEGINS]
    costs = service.plan_costs(SAAS)
    profit: dict[str, float] = defaultdict(float)
    for one in service.payments(SAAS):
        profit[one.segment] += (one.amount - costs[one.plan]) * (1 - one.refund / one.amount)
    sources, reasons, segments = answer(told, "saas", "lead_sources", "refusal_reasons", "profitable_segments")
    assert counted(sources, "name") == Counter(week)
    assert list(counted(reasons, "reason").items()) == first(one.reason for one in trials if one.stage == "Closed Lost")
    assert [(one["name"], one["gross_profit"]) for one in segments] == most(profit)


def test_works_in_figures(told: Any) -> None:
    """The same of Bitrix24 and Direct, which say nothing of first contacts: that one is refused with the remedy."""
    every, whole = works.deals(B2B), works.part(B2B, lambda _: True)
    spend = sum(one.cost for one in works.campaigns(B2B).values())
    opened = [works.time_of(deal.row["Дата изменения"]).date() for deal in every if not deal.won and not deal.lost]
    expected = [
        spend / whole.leads,
        works.win_rate(every),
        whole.revenue / whole.sales,
        whole.profit / whole.revenue,
        stale(opened),
    ]
    cost, rate, deal, margin, wait, cold = answer(told, "b2b", *FIGURES)
    assert [cost, rate, deal, margin, cold] == pytest.approx(expected, rel=1e-3)
    assert wait is None
    assert told("b2b")["handling_time"]["because"].startswith("No lead has the time of its first contact. Export")


def test_works_in_lists(told: Any) -> None:
    """Sources, reasons, and product groups as no deal names a segment."""
    every, costs = works.deals(B2B), works.unit_costs(B2B)
    week = [deal.row["Источник"] for deal in every if deal.created.date() >= WEEK_BEGINS]
    groups = {row["Товар"]: row["Группа"] for row in firms.rows("b2b", "costs.csv", delimiter=";")}
    profit: dict[str, float] = defaultdict(float)
    for deal in (deal for deal in every if deal.won):
        for product, price, quantity in deal.items:
            profit[groups[product]] += (price - costs[product]) * quantity
    sources, reasons, segments = answer(told, "b2b", "lead_sources", "refusal_reasons", "profitable_segments")
    assert counted(sources, "name") == Counter(week)
    assert list(counted(reasons, "reason").items()) == first(deal.row["Причина отказа"] for deal in every if deal.lost)
    assert [(one["name"], one["gross_profit"]) for one in segments] == most(profit)
    assert "product groups" in told("b2b")["profitable_segments"]["because"]


def test_shop_answers_what_orders_can(told: Any) -> None:
    """Order value, margin and product groups of Shopify; whatever needs leads is refused in one and the same words."""
    orders, groups = shop.paid_orders(SHOP), shop.groups(SHOP)
    named = {row["sku"][:3]: row["group"] for row in firms.rows("ecommerce", "costs.csv")}
    check, segments = answer(told, "ecommerce", "average_check", "profitable_segments")
    assert check == pytest.approx(sum(order.total for order in orders) / len(orders), abs=0.01)
    assert [one["name"] for one in segments] == [name for name, _ in most(profits(groups, named))]
    refused = ("lead_sources", "cost_per_lead", "lead_to_payment", "handling_time", "stale_leads", "refusal_reasons")
    assert [told("ecommerce")[name]["because"] for name in refused] == [NO_LEADS] * len(refused)


def profits(groups: dict[str, shop.Group], named: dict[str, str]) -> dict[str, float]:
    """Gross profit by the name of the group in the table of costs."""
    found: dict[str, float] = defaultdict(float)
    for sku, group in groups.items():
        found[named[sku]] += group.profit
    return found


@pytest.mark.parametrize("firm", firms.NAMES)
def test_hypotheses_in_work_are_those_of_step_7(told: Any, firm: str) -> None:
    """No export knows them; the firm's own answers do."""
    ideas = firms.said(firms.answers(firm)["ideas"]["ideas"], "en")
    running = [{"name": one["name"]} for one in ideas if one.get("state") == "running"]
    assert answer(told, firm, "running_tests") == [running]


@pytest.mark.parametrize("firm", firms.NAMES)
def test_every_answer_names_its_source_and_days(told: Any, firm: str) -> None:
    """Ten objects in the order of the questions, each with a reason and a step that exists."""
    found = told(firm)
    assert list(found) == [question["id"] for question in questions()]
    assert all(one["because"] and one["step"] in STEPS for one in found.values())
    counted_on = [
        one["because"] for name, one in found.items() if one["answer"] is not None and name != "running_tests"
    ]
    assert all("22 November 2026" in because.replace(i18n.NBSP, " ") for because in counted_on)


def day_of(text: str) -> date:
    """A day as Direct writes it."""
    day, month, year = map(int, text.split("."))
    return date(year, month, day)


def test_clinic_has_its_four_numbers_and_their_gaps(look: Look) -> None:
    """What advertising leaves from the first payment on; requests with a source and a reason: all by the csv module."""
    every, whole = clinic.deals(LOCAL), clinic.part(LOCAL, lambda _: True)
    lost = [deal for deal in every if deal.lost]
    with i18n.speaking("en"):
        answer: Any = look("local").answer("data-minimum")
    begun = min(clinic.time_of(deal.row["Дата закрытия"]).date() for deal in every if deal.won)
    report = direct.report_rows(LOCAL / "yandex_direct.csv", "cp1251")[0]
    spend = sum(direct.number(row["Расход (руб.)"]) for row in report if day_of(row["Дата"]) >= begun)
    assert answer.profit == pytest.approx(whole.profit - spend, abs=1)
    assert answer.asked.with_source == pytest.approx(1 - sum(deal.sourceless for deal in every) / len(every), abs=1e-6)
    reasons = sum(bool(deal.row["Причина отказа"]) for deal in lost)
    assert answer.asked.lost_with_reason == pytest.approx(reasons / len(lost), abs=1e-6)
    assert (answer.verdict, answer.holes) == ("wait", ("with_source", "lost_with_reason"))


@pytest.mark.parametrize(("firm", "verdict"), [("saas", "yes"), ("b2b", "yes"), ("ecommerce", None)])
def test_four_numbers_of_the_other_firms(look: Look, firm: str, verdict: str | None) -> None:
    """Two have them whole; a shop without leads has none of the sort, and is told so."""
    with i18n.speaking("en"):
        answer: Any = look(firm).answer("data-minimum")
    assert (answer and answer.verdict) == verdict
