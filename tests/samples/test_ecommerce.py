"""The sample shop: its exports hold what was planted and agree with its answers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from playbook import texts
from tests.samples import firms, shop
from tests.samples.weekly import FIRST_DAY, limits, signals

FOLDER = firms.SAMPLES / "ecommerce"
STEADY = ("spend", "clicks", "average_order")
CHANGED = ("conversions", "orders", "click_to_order")


TRUTHS = firms.truths("ecommerce")
ANSWERS = firms.answers("ecommerce")
TRUTH = {truth["id"]: truth for truth in TRUTHS["truths"]}


def test_exports_hold_no_person() -> None:
    """Every e-mail is of example.com, and names, phones and addresses are blank."""
    rows = shop.order_rows(FOLDER)
    assert all(row["Email"].startswith("customer") and row["Email"].endswith("@example.com") for row in rows)
    personal = [name for name in rows[0] if name.startswith(("Billing", "Shipping ", "Phone", "Notes"))]
    personal.remove("Shipping Method")
    assert len(personal) > 20
    assert not [row for row in rows if any(row[name] for name in personal)]


# What the systems' own files look like


def test_ads_report_covers_every_day_of_26_weeks() -> None:
    """Five campaigns on each of 182 days, and the period on the second line."""
    lines = (FOLDER / "google_ads.csv").read_text(encoding="utf-8").splitlines()
    days, _ = shop.ad_rows(FOLDER)
    assert lines[1] == "25 May 2026 - 22 November 2026"
    assert len(days) == 5 * 182
    assert {row["Day"] for row in days} == {str(FIRST_DAY + timedelta(days=n)) for n in range(182)}
    assert date(2026, 11, 22).isocalendar().weekday == 7


def test_ads_footer_is_the_sum_of_its_days() -> None:
    """The row of totals agrees with the days to the cent, the click and the half conversion."""
    days, last = shop.ad_rows(FOLDER)
    assert last["Campaign type"] == "Total: Account"
    for column in ("Cost", "Clicks", "Impr.", "Conversions", "Conv. value"):
        assert round(sum(shop.amount(row[column]) for row in days), 2) == shop.amount(last[column]), column


def test_ads_thousands_are_quoted() -> None:
    """A number from a thousand up has its comma, as Google Ads writes it."""
    assert any("," in row["Impr."] for row in shop.ad_rows(FOLDER)[0])


def test_order_cells_stand_on_the_first_line_only() -> None:
    """Continuation lines name the order and its item, and nothing of the order's money."""
    seen: set[str] = set()
    later = 0
    for row in shop.order_rows(FOLDER):
        if row["Name"] in seen:
            later += 1
            assert not any(row[name] for name in ("Total", "Financial Status", "Currency", "Refunded Amount"))
        else:
            assert all(row[name] for name in ("Total", "Financial Status"))
        assert all(row[name] for name in ("Lineitem name", "Lineitem sku", "Created at"))
        seen.add(row["Name"])
    assert later > 300


def test_order_money_adds_up() -> None:
    """Goods less discount are the subtotal, with delivery they are the total, and nobody gets back more."""
    firsts = [row for row in shop.order_rows(FOLDER) if row["Total"]]
    goods: dict[str, float] = defaultdict(float)
    for row in shop.order_rows(FOLDER):
        goods[row["Name"]] += int(row["Lineitem quantity"]) * float(row["Lineitem price"])
    for row in firsts:
        subtotal, total = float(row["Subtotal"]), float(row["Total"])
        assert round(goods[row["Name"]] - float(row["Discount Amount"]), 2) == subtotal
        assert round(subtotal + float(row["Shipping"]) + float(row["Taxes"]), 2) == total
        assert 0 <= float(row["Refunded Amount"]) <= total


def test_order_statuses_agree_with_their_money() -> None:
    """All four kinds occur; voided ones were never paid, refunded ones gave everything back."""
    firsts = [row for row in shop.order_rows(FOLDER) if row["Total"]]
    assert {row["Financial Status"] for row in firsts} == {"paid", "refunded", "partially_refunded", "voided"}
    for row in firsts:
        voided = row["Financial Status"] == "voided"
        assert bool(row["Paid at"]) != voided
        assert bool(row["Cancelled at"]) == voided
        refunded = float(row["Refunded Amount"])
        assert (refunded == float(row["Total"])) == (row["Financial Status"] == "refunded")
        assert (refunded > 0) == ("refunded" in row["Financial Status"])


def test_clocks_go_back_in_november() -> None:
    """Both offsets of the shop's zone occur, each on its side of 1 November."""
    times = [row["Created at"] for row in shop.order_rows(FOLDER)]
    assert all((time[:10] < "2026-11-01") == time.endswith("-0400") for time in times)
    assert len({time[-5:] for time in times}) == 2


def test_every_sold_article_has_a_cost() -> None:
    """No item of an order is missing from the costs."""
    assert {row["Lineitem sku"] for row in shop.order_rows(FOLDER)} == set(shop.unit_costs(FOLDER))


# What was planted


@pytest.mark.parametrize("name", [*STEADY, *CHANGED, "revenue"])
def test_weeks_on_either_side_of_the_change_are_noise(name: str) -> None:
    """Neither the 16 weeks before 2026-W38 nor the 10 from it on give a signal of their own."""
    values = shop.series(FOLDER)[name]
    assert signals(values[: shop.CHANGE]) == []
    assert signals(values[shop.CHANGE :]) == []


@pytest.mark.parametrize("name", STEADY)
def test_what_did_not_change_gives_no_signal(name: str) -> None:
    """Spend, clicks and the order value run on as before through all 26 weeks."""
    assert signals(shop.series(FOLDER)[name]) == []


@pytest.mark.parametrize("name", CHANGED)
def test_each_week_after_the_change_is_a_signal(name: str) -> None:
    """From 2026-W38 on every week lies above the limits of the weeks before."""
    values = shop.series(FOLDER)[name]
    upper = limits(values[: shop.CHANGE])[1]
    assert min(values[shop.CHANGE :]) > upper
    first = FIRST_DAY + timedelta(weeks=shop.CHANGE)
    assert f"{first:%G-W%V}" == TRUTH["one_real_change"]["week"]


def test_cheapest_clicks_never_pay() -> None:
    """The campaign with the cheapest click has a sale dearer than what an order leaves."""
    truth, found = TRUTH["cheap_clicks_never_pay"], shop.campaigns(FOLDER)
    planted = found[truth["campaign"]]
    assert planted.cost / planted.clicks == min(campaign.cost / campaign.clicks for campaign in found.values())
    assert round(planted.cost / planted.clicks, 2) == truth["cost_per_click"]
    assert round(planted.cost / planted.conversions, 2) == truth["cost_per_sale"]
    assert round(planted.value / planted.cost, 2) == truth["return_on_spend"]
    assert round(planted.clicks / sum(one.clicks for one in found.values()), 3) == truth["click_share"]
    assert round(planted.conversions / sum(one.conversions for one in found.values()), 3) == truth["sale_share"]
    profit = TRUTHS["measured"]["gross_profit"] / TRUTHS["measured"]["paid_orders"]
    assert round(profit, 2) == truth["profit_per_order"] < truth["cost_per_sale"]


@pytest.mark.parametrize("truth_id", ["turnover_without_margin", "who_makes_the_profit", "refunds_of_one_group"])
def test_planted_groups_measure_as_told(truth_id: str) -> None:
    """Turnover, profit and refunds of the planted groups are those of the truths."""
    truth, found = TRUTH[truth_id], shop.groups(FOLDER)
    group = found[truth["group"]]
    measured = {
        "turnover_share": group.turnover / sum(one.turnover for one in found.values()),
        "profit_share": group.profit / sum(one.profit for one in found.values()),
        "refund_share": group.refunds / sum(one.refunds for one in found.values()),
        "margin": group.margin,
        "refund_rate": group.refund_rate,
    }
    told = {name: truth[name] for name in measured if name in truth}
    assert len(told) >= 3
    assert {name: round(measured[name], 3) for name in told} == told


def test_down_loses_money_after_delivery() -> None:
    """What down leaves is less than 11 an order, the delivery of the answers."""
    orders = [order for order in shop.paid_orders(FOLDER) if order.lines[0][0].startswith("DUV")]
    delivery: float = ANSWERS["unit-economics"]["logistics"]
    assert shop.groups(FOLDER)["DUV"].profit < delivery * len(orders)


def test_only_curtains_are_sent_back_often() -> None:
    """Every other group has 2-4% of its turnover refunded."""
    rates = {name: group.refund_rate for name, group in shop.groups(FOLDER).items() if name != "CUR"}
    assert len(rates) == 4
    assert all(0.015 < rate < 0.045 for rate in rates.values())


def test_buyers_of_table_linen_come_back_most() -> None:
    """Of those whose first order was table linen, the largest part ordered again."""
    visits: dict[str, list[str]] = defaultdict(list)
    for order in shop.paid_orders(FOLDER):
        visits[order.customer].append(order.lines[0][0][:3])
    again: dict[str, list[bool]] = defaultdict(list)
    for groups in visits.values():
        again[groups[0]].append(len(groups) > 1)
    shares = {group: sum(back) / len(back) for group, back in again.items()}
    assert max(shares, key=lambda group: shares[group]) == "TBL"


def test_first_month_takes_everyone_for_new() -> None:
    """In the first week every buyer is new; from the fifth week on some are not."""
    weekly = shop.series(FOLDER)
    assert weekly["new_customers"][0] == weekly["orders"][0]
    assert all(new < orders for new, orders in zip(weekly["new_customers"][4:], weekly["orders"][4:], strict=True))


# What is told about it


def test_measured_figures_are_counted_on_the_files() -> None:
    """Every figure under [measured] comes out of the exports again."""
    assert shop.measured(FOLDER) == TRUTHS["measured"]


def test_answers_agree_with_the_measured_figures() -> None:
    """The founder's numbers are those of the exports, rounded."""
    told, economics, measured = ANSWERS["goal"], ANSWERS["unit-economics"], TRUTHS["measured"]
    contractor = 6 * 1500 / measured["customers"]
    assert told["average_order_value"] == economics["price"] == round(measured["average_order_before_discount"])
    assert told["cost_per_visit"] == measured["cost_per_click"]
    assert told["gross_margin"] == round(measured["gross_margin"], 2)
    assert economics["price_discount"] == measured["discount_share"]
    assert economics["refund_rate"] == measured["refund_share"]
    assert economics["cogs"] == round(measured["cost_of_goods_per_order"])
    assert economics["cac"] == round(measured["spend_per_customer"] + contractor)
    assert 1 / (1 - economics["monthly_retention"]) == pytest.approx(measured["orders_per_customer"], abs=0.02)


def test_diagnosis_of_the_shop_is_below_twenty() -> None:
    """13 of 40 over 20 criteria: records and the offer come first."""
    answers = ANSWERS["maturity"]["answers"]
    assert len(answers) == 20
    assert sum(answers) == 13


def test_shop_answers_six_of_ten_questions() -> None:
    """Six known ids are answered, the other four are left open."""
    ids = [question["id"] for question in texts.load("ten.toml")["questions"]]
    assert len(ids) == 10
    assert len(set(ANSWERS["ten"]["answers"]) & set(ids)) == len(ANSWERS["ten"]["answers"]) == 6
