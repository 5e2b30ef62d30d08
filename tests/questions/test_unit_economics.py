"""Step 3: what a client brings and may cost."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Waterfall
from playbook.errors import InvalidInput
from playbook.i18n import speaking
from playbook.model import NonAnswer, Provisional, known
from playbook.questions.unit_economics import Economics, UnitEconomics, costs, payback, stress


def solve(**changed: Any) -> Economics:
    """100 of margin a month, 90% stay, three months to wait, unless said otherwise."""
    base: dict[str, Any] = {"price": 100, "monthly_retention": 0.9, "payback_target_months": 3}
    return UnitEconomics(**{**base, **changed}).solve()


def test_contribution_takes_all_five_deductions() -> None:
    """1,000 less 10% is 900; less 5% refunds 855; goods 200 × 0.95 = 190; 30 + 50; 2% of 855 = 17.1: 567.9, twice."""
    found = solve(
        price=1000,
        price_discount=0.1,
        refund_rate=0.05,
        cogs=200,
        logistics=30,
        service=50,
        commission_rate=0.02,
        purchases_per_month=2,
    )
    assert found.contribution == pytest.approx(1135.8)


def test_lost_goods_cost_their_full_price() -> None:
    """When refunded goods do not come back, their 10 of 200 are lost too: 557.9 instead of 567.9."""
    changed = {
        "price": 1000,
        "price_discount": 0.1,
        "refund_rate": 0.05,
        "cogs": 200,
        "logistics": 80,
        "commission_rate": 0.02,
    }
    assert solve(**changed).contribution - solve(**changed, refunded_goods_return=False).contribution == pytest.approx(
        10
    )


def test_admissible_cac_counts_churn() -> None:
    """100 + 90 + 81 = 271 in three months, not 300."""
    assert solve().admissible_cac == pytest.approx(271)


def test_without_churn_months_multiply() -> None:
    """When all stay, three months bring 300."""
    assert solve(monthly_retention=1).admissible_cac == 300


def test_single_purchase_brings_its_margin_once() -> None:
    """When nobody stays, only the first 100 come, however long one waits."""
    assert solve(monthly_retention=0, payback_target_months=12).admissible_cac == 100


def test_limit_of_clients_who_do_not_come_back_is_told_as_such() -> None:
    """Nobody is said to stay in months that bring nothing."""
    limit = solve(monthly_retention=0).face().numbers[0]
    assert limit.definition.startswith("Margin of a client’s first month: nobody buys again.")


def test_margin_after_renewal_is_smaller() -> None:
    """The first margin after the first renewal: 271 × 0.9 = 243.9."""
    assert solve(first_margin="after_renewal").admissible_cac == pytest.approx(243.9)


@pytest.mark.parametrize(("cac", "verdict"), [(299.99, "yes"), (300, "no"), (300.01, "no")])
def test_equal_cac_is_not_admissible(cac: float, verdict: str) -> None:
    """Below 300 is admissible; 300 itself is not (mission row A42)."""
    assert solve(monthly_retention=1, cac=cac).verdict == verdict


def test_unknown_cac_waits() -> None:
    """Without the present CAC there is a limit and no verdict."""
    assert (solve().verdict, solve().face().verdict.kind) == ("wait", "wait")


def test_no_margin_makes_any_cac_inadmissible() -> None:
    """Goods at the price leave 0: the limit is undefined, payback never, the verdict no."""
    found = solve(cogs=100, cac=50)
    assert isinstance(found.admissible_cac, NonAnswer)
    assert isinstance(found.payback_months, NonAnswer)
    assert (found.admissible_cac.status, found.payback_months.status, found.verdict) == ("undefined", "never", "no")
    assert found.face().verdict.kind == "no"


def test_no_margin_names_the_price_that_helps() -> None:
    """At goods of 100 and everyone staying three months, 50 are back from a price of 100 + 50/3 on."""
    flips = {flip.field: flip.at for flip in solve(cogs=100, cac=50, monthly_retention=1).flips}
    assert flips == pytest.approx({"price": 100 + 50 / 3})


def test_renewal_that_never_comes_is_undefined() -> None:
    """The first margin after a renewal, and nobody renews: nothing ever comes."""
    found = solve(monthly_retention=0, first_margin="after_renewal", cac=10, lead_to_sale=0.3)
    assert isinstance(found.admissible_cac, NonAnswer)
    assert found.verdict == "no"


def test_top_prices_follow_the_conversions() -> None:
    """271 × 0.3 = 81.3 a lead, and × 0.05 = 4.065 a visit."""
    found = solve(lead_to_sale=0.3, visit_to_lead=0.05)
    assert (found.max_cost_per_lead, found.max_cost_per_visit) == (pytest.approx(81.3), pytest.approx(4.065))


@pytest.mark.parametrize(
    ("cac", "m", "r", "first", "months"),
    [
        (400, 50, 0.9, "at_purchase", 15.28),  # ln(1 - 0.8) / ln 0.9
        (300, 40, 1, "at_purchase", 7.5),
        (100, 100, 0, "at_purchase", 1),
        (200, 50, 0.9, "after_renewal", 5.58),  # ln(1 - 200 × 0.1 / 45) / ln 0.9
        (0, 50, 0.9, "at_purchase", 0),
    ],
)
def test_payback_counts_payments_with_churn(cac: float, m: float, r: float, first: str, months: float) -> None:
    """A CAC of 400 at 50 a month and 10% churn is back in 15.3 months, not 8."""
    assert payback(cac, m, r, first) == pytest.approx(months, abs=0.01)


@pytest.mark.parametrize(("cac", "m", "r"), [(500, 50, 0.9), (501, 50, 0.9), (101, 100, 0), (1, 0, 0.9), (1, -5, 1)])
def test_payback_beyond_lifetime_is_never(cac: float, m: float, r: float) -> None:
    """50 a month at 10% churn is 500 in all, so 500 and more never come back; nor does anything without margin."""
    found = payback(cac, m, r)
    assert isinstance(found, NonAnswer)
    assert (found.status, found.hint != "") == ("never", True)


def test_flips_turn_the_verdict_over() -> None:
    """Each value of `flips`, put in, makes the CAC meet its limit."""
    asked: dict[str, Any] = {"cac": 200, "lead_to_sale": 0.3, "cogs": 10, "commission_rate": 0.1, "refund_rate": 0.2}
    flips = {flip.field: flip.at for flip in solve(**asked).flips}
    assert set(flips) == {"cac", "lead_to_sale", "price"}
    assert solve(**{**asked, "price": flips["price"]}).admissible_cac == pytest.approx(200)
    assert flips["cac"] == solve(**asked).admissible_cac
    assert flips["lead_to_sale"] == pytest.approx(0.3 * 200 / flips["cac"])


def test_chart_title_agrees_with_payback() -> None:
    """A CAC of 100 at 100 a month is back with the first payment."""
    with speaking("en"):
        chart = solve(cac=100).face().chart
    assert chart is not None
    assert chart.title == "The money is back in month 1"


def purchase_chart(**changed: Any) -> Waterfall | None:
    """The second chart: where the price of one purchase goes."""
    with speaking("en"):
        charts = solve(**changed).face().charts
    return next((chart for chart in charts if isinstance(chart, Waterfall)), None)


def test_second_chart_takes_the_price_apart() -> None:
    """1,000 less 10% and 5% of 900, goods 190, delivery 30, pay 50, 2% of 855: 567.9 is left; steps add up to it."""
    chart = purchase_chart(
        price=1000, price_discount=0.1, refund_rate=0.05, cogs=200, logistics=30, service=50, commission_rate=0.02
    )
    assert chart is not None
    assert chart.title == "Of a price of $1,000, $568 is left"
    assert chart.values == pytest.approx((1000, -100, -45, -190, -30, -50, -17.1))
    assert chart.bars()[-1].end == pytest.approx(567.9)


def test_second_chart_shows_only_what_is_filled_in() -> None:
    """Price, goods and the rest; without any deduction there is nothing to draw."""
    chart = purchase_chart(cogs=40)
    assert chart is not None
    assert chart.labels == ("Price", "Goods or materials", "Left from a purchase")
    assert purchase_chart() is None


def test_purchase_at_a_loss_is_drawn_as_one() -> None:
    """Goods of 130 at a price of 100: the last bar lies 30 below 0, and no chart of months is drawn."""
    face = solve(cogs=130).face()
    assert face.chart is None
    (chart,) = face.charts
    assert chart.title == "A purchase costs $30 more than it brings"
    assert isinstance(chart, Waterfall)
    assert (chart.bars()[-1].end, chart.bars()[-1].text) == (-30, "−$30")


def test_margin_of_eighty_per_cent_is_explained() -> None:
    """80 for a share is refused, with the way to write it."""
    with pytest.raises(InvalidInput) as caught:
        solve(monthly_retention=80)
    assert (caught.value.saw, caught.value.hint) == ("monthly_retention=80", "write 80% as 0.8")


def test_json_names_are_those_of_the_contract() -> None:
    """What was not asked is left out; the rest bears the contract's names."""
    assert set(solve().to_json()) == {"contribution", "admissible_cac", "ltv", "flips", "verdict"}
    full = solve(cac=200, lead_to_sale=0.3, visit_to_lead=0.05).to_json()
    assert set(full) - set(solve().to_json()) == {
        "max_cost_per_lead",
        "max_cost_per_visit",
        "payback_months",
        "naive_payback",
        "ltv_to_cac",
    }


def test_worth_of_who_never_leaves_says_how_long_was_counted() -> None:
    """36 months are counted: a capped number is no plain one, and the note of the page says so."""
    found = solve(monthly_retention=1, cac=200)
    assert isinstance(found.ltv, Provisional)
    assert isinstance(found.ltv_to_cac, Provisional)
    assert found.ltv.value == pytest.approx(36 * found.contribution)
    assert any("so 36 months are counted" in note for note in found.face().notes)


share = st.floats(0, 1, allow_subnormal=False)
amount = st.floats(0, 1e15, allow_subnormal=False)


@given(
    price=amount,
    costs=st.tuples(amount, amount, amount),
    shares=st.tuples(share, share, share, share),
    purchases=st.floats(1e-3, 1000),
    months=st.floats(1e-3, 120),
    cac=st.none() | amount,
    first=st.sampled_from(["at_purchase", "after_renewal"]),
    rates=st.none() | st.floats(1e-6, 1),
)
def test_every_valid_economics_has_answer(
    price: float,
    costs: tuple[float, float, float],
    shares: tuple[float, float, float, float],
    purchases: float,
    months: float,
    cac: float | None,
    first: str,
    rates: float | None,
) -> None:
    """Within the bounds nothing raises, and no number is infinite."""
    discount, refund, commission, retention = shares
    cogs, logistics, service = costs
    found = UnitEconomics(
        price=price,
        price_discount=discount,
        refund_rate=refund,
        commission_rate=commission,
        cogs=cogs,
        logistics=logistics,
        service=service,
        purchases_per_month=purchases,
        monthly_retention=retention,
        payback_target_months=months,
        cac=cac,
        first_margin=first,
        lead_to_sale=rates,
        visit_to_lead=rates,
    ).solve()
    face = found.face()
    assert face.verdict.say
    assert all("nan" not in chart.svg() and "inf" not in chart.svg() for chart in face.charts)
    assert all(math.isfinite(value) for value in found.to_json().values() if isinstance(value, float))


def test_payback_stands_beside_the_naive_one() -> None:
    """400 at 50 a month: 8 months if nobody left, 15.3 with a tenth leaving each month (ln 0.2 / ln 0.9)."""
    found = UnitEconomics(price=50, monthly_retention=0.9, payback_target_months=12, cac=400).solve()
    assert (found.naive_payback, found.payback_months) == (8, pytest.approx(15.2755, abs=1e-4))
    shown = next(one for one in found.face().numbers if one.label == "Pays back in")
    assert (shown.value, shown.small) == ("15.3", "months of payments; 8 if nobody left")
    with speaking("ru", "RUB"):
        said = next(one for one in found.face().numbers if one.label == "Окупаемость")
    assert (said.value, said.small) == ("15,3", "месяца оплат; 8, если бы никто не уходил")


def test_one_number_is_not_said_twice() -> None:
    """54 at 50 a month: 1.08 months if nobody left, 1.09 with a tenth leaving; both are written 1.1."""
    shown = UnitEconomics(price=50, monthly_retention=0.9, payback_target_months=12, cac=54).solve().face().numbers
    assert next(one.small for one in shown if one.label == "Pays back in") == "months of payments"


@pytest.mark.parametrize("retention", [0, 0.5])
def test_first_payment_that_brings_all_back_is_said_so(retention: float) -> None:
    """4,000 of a margin of 12,000: those who leave later change nothing, and no part of a payment is told."""
    found = solve(price=12_000, monthly_retention=retention, cac=4000)
    shown = next(one for one in found.face().numbers if one.label == "Pays back in")
    assert (shown.value, shown.small, found.naive_payback) == ("the first payment", "", None)


@given(
    cac=st.floats(1, 1e4),
    m=st.floats(1, 1e4),
    r=st.floats(0, 1),
    first=st.sampled_from(["at_purchase", "after_renewal"]),
)
def test_payback_without_churn_is_never_the_longer_one(cac: float, m: float, r: float, first: str) -> None:
    """Churn cannot bring money back sooner."""
    found = solve(price=m, monthly_retention=r, cac=cac, first_margin=first)
    months = known(found.payback_months)
    assert found.naive_payback is None or months is None or found.naive_payback <= months * (1 + 1e-9)


def test_blows_are_shown_one_by_one_and_together() -> None:
    """100 a month for three months at 100%: 300; less a tenth 270, less refunds 285; 200 becomes 250 and still fits."""
    asked = UnitEconomics(price=100, monthly_retention=1, payback_target_months=3, cac=200)
    after = [blow.after for blow in stress.blows(asked)]
    assert [one.cac for one in after] == [200, 250, 200, 250]
    assert [one.solve().admissible_cac for one in after] == pytest.approx([270, 300, 285, 256.5])
    table = next(one for one in asked.solve().face().sections if one.title == "If it gets worse")
    assert [row[-1] for row in table.rows] == ["Do it"] * 4  # type: ignore[union-attr]


def test_blow_flips_a_narrow_answer() -> None:
    """At 280 of 300 a price lower by a tenth is one blow too many."""
    asked = UnitEconomics(price=100, monthly_retention=1, payback_target_months=3, cac=280)
    assert [blow.after.solve().verdict for blow in stress.blows(asked)] == ["no", "no", "yes", "no"]


def test_largest_channel_gone_stands_among_the_blows() -> None:
    """The others take 350 for a client, of which 300 are admissible: what was sound at 200 no longer is."""
    base = {"price": 100, "monthly_retention": 1, "payback_target_months": 3, "cac": 200}
    gone = {"largest_channel": "search", "sales_without_largest": 0.4}
    known, unknown = (
        next(one for one in UnitEconomics(**asked).solve().face().sections if one.title == "If it gets worse")
        for asked in ({**base, **gone, "cac_without_largest": 350}, {**base, **gone})
    )
    name = "“search”, the largest channel, is gone: at most 40% of sales stay"
    assert known.rows[-1] == (name, "$350", "below $300", "Don't")  # type: ignore[union-attr]
    assert unknown.rows[-1] == (name, "—", "below $300", "Can't tell yet")  # type: ignore[union-attr]


def test_costs_of_a_client_stand_side_by_side() -> None:
    """20 by the plan and 300 by the data around the 28 that were typed: below 271 it is admissible, above it is not."""
    shown = costs.table(solve(cac=28, planned_cac=20, measured_cac=300))
    assert shown is not None
    assert [(row[0], row[1], row[3]) for row in shown.rows] == [
        ("the plan of step 1", "$20", "Do it"),
        ("your data", "$300", "Don't"),
        ("your own figure here", "$28", "Do it"),
    ]
    assert shown.note == "The answer above is counted by $28."


def test_one_cost_of_a_client_is_compared_with_nothing() -> None:
    """The plan's cost taken over as it is says nothing new."""
    assert costs.table(solve(cac=20, planned_cac=20)) is None
