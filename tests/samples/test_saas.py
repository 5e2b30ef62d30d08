"""The sample service: its exports hold what was planted, the product finds it again, and the answers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pytest

from playbook import samples
from playbook.data.commands import list_imports
from playbook.data.facts import Fact, Facts
from playbook.questions.deal_cycle import DealCycle
from playbook.questions.unit_economics import UnitEconomics
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.samples import firms, service
from tests.samples.imported import ask
from tests.samples.weekly import FIRST_DAY, limits, signals

FOLDER = firms.SAMPLES / "saas"
TRUTHS = firms.truths("saas")
ANSWERS = firms.answers("saas")
MEASURED = TRUTHS["measured"]
TRUTH = {truth["id"]: truth for truth in TRUTHS["truths"]}
SPENT = "SELECT campaign, SUM(amount), SUM(clicks) FROM spend GROUP BY campaign ORDER BY campaign"
BY_CAMPAIGN = """
    SELECT utm_campaign, COUNT(*), SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END)
    FROM leads WHERE utm_source = 'google' GROUP BY utm_campaign
"""


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The service as a person gets it, filled on the day after the half-year."""
    made = samples.create(tmp_path_factory.mktemp("saas") / "firm", "saas", "en", today=date(2026, 11, 23))
    yield made
    made.close()


def fact(firm: Workspace, name: str) -> Any:
    """A number that the product takes from the files."""
    found = Facts(firm).get(name)
    assert isinstance(found, Fact), name
    return found.value


# What the systems' own files look like


def test_exports_hold_no_person() -> None:
    """Every e-mail is of example.com, and a deal is named by its number."""
    paid = service.rows(FOLDER / "stripe_payments.csv")
    assert all(row["Customer Email"].endswith("@example.com") for row in paid)
    assert {row["Deal Name"].split()[0] for row in service.rows(FOLDER / "hubspot_deals.csv")} == {"Trial"}


def test_closed_deals_have_a_day_and_open_ones_none() -> None:
    """A close date stands on won and lost deals only, after the first engagement and within the half-year."""
    trials = service.deals(FOLDER)
    assert {one.stage for one in trials} == {"Trial started", "Activated", "Closed Won", "Closed Lost"}
    for one in trials:
        assert bool(one.closed) == one.stage.startswith("Closed")
        assert not one.closed or (one.engaged and one.engaged < one.closed and one.closed.date() <= service.LAST_DAY)
        assert not one.reason or one.stage == "Closed Lost"


def test_each_client_pays_once_a_month() -> None:
    """No client has two payments that went through in one calendar month."""
    seen = Counter((one.customer, one.month) for one in service.payments(FOLDER))
    assert set(seen.values()) == {1}


def test_won_trials_are_first_payments_of_the_same_day() -> None:
    """Every won deal of the half-year has its first payment on the day it was closed."""
    closed = Counter(str(one.closed.date()) for one in service.deals(FOLDER) if one.won and one.closed)
    first = Counter(one.day for one in service.first_payments(FOLDER) if service.within(one))
    assert closed - first == Counter()
    assert sum(closed.values()) == MEASURED["trials_won"]


def test_failed_charges_took_no_money() -> None:
    """A failed charge has a reason and no fee; it is retried, or the client is gone."""
    failed = [row for row in service.rows(FOLDER / "stripe_payments.csv") if row["Status"] == "Failed"]
    assert len(failed) > 20
    assert all(row["Decline Reason"] and row["Captured"] == "false" and float(row["Fee"]) == 0 for row in failed)


def test_google_counts_every_trial_of_its_campaigns() -> None:
    """Conversions of a campaign are its trials: by their tags, or those without a source."""
    counted: Counter[str] = Counter()
    for row in service.ad_rows(FOLDER)[0]:
        counted[row["Campaign"]] += int(float(row["Conversions"]))
    trials = Counter(one.campaign if one.source else service.UNTAGGED for one in service.deals(FOLDER))
    assert {name: trials[name] for name in counted} == counted


# What the product takes in


def test_imports_accept_every_row(firm: Workspace) -> None:
    """Of four files only the line of totals is left out, and nothing is rejected."""
    taken = {one.batch.payload["file"]: one.batch.payload for one in list_imports(firm)}
    assert set(taken) == {"google_ads.csv", "hubspot_deals.csv", "stripe_payments.csv", "plan_costs.csv"}
    assert [one["rejected"] for one in taken.values()] == [0] * 4
    assert {name: one["skipped"] for name, one in taken.items() if one["skipped"]} == {"google_ads.csv": 1}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("spend", "spend"),
        ("clicks", "clicks"),
        ("cost_per_visit", "cost_per_click"),
        ("leads", "trials"),
        ("cost_per_lead", "cost_per_trial"),
        ("paid_orders", "payments"),
        ("revenue", "revenue"),
        ("average_order_value", "average_payment"),
        ("cogs_per_order", "cost_per_payment"),
        ("cac", "spend_per_new_client"),
    ],
)
def test_facts_are_the_measured_figures(firm: Workspace, name: str, key: str) -> None:
    """The product's figure is the one counted by the csv module."""
    assert fact(firm, name) == pytest.approx(MEASURED[key], abs=0.005)


@pytest.mark.parametrize(
    ("name", "key"), [("refund_rate", "refund_share"), ("gross_margin", "gross_margin"), ("lead_to_sale", "win_rate")]
)
def test_shares_are_the_measured_figures(firm: Workspace, name: str, key: str) -> None:
    """The product's share is the one counted by the csv module, to the tenth of a per cent."""
    assert fact(firm, name) == pytest.approx(MEASURED[key], abs=0.0005)


def test_every_plan_has_a_cost(firm: Workspace) -> None:
    """Each payment's plan is found in the table of costs."""
    assert fact(firm, "items_costed") == 1


# What was planted, found again


def admissible() -> float:
    """What a client may cost by the firm's own answers to step 3."""
    limit = UnitEconomics(**ANSWERS["unit-economics"]).solve().admissible_cac
    assert isinstance(limit, float)
    return limit


def test_cheapest_trials_never_pay(firm: Workspace) -> None:
    """The campaign with the cheapest trial has clients dearer than is admissible; no other one has."""
    truth = TRUTH["cheap_trials_never_pay"]
    spent = {name: float(amount) for name, amount, _ in ask(firm, SPENT)}
    found = {name: (trials, won) for name, trials, won in ask(firm, BY_CAMPAIGN)}
    trials, won = found[truth["campaign"]]
    assert (trials, won) == (truth["trials"], truth["sales"])
    assert round(spent[truth["campaign"]] / trials, 2) == truth["cost_per_trial"]
    assert round(spent[truth["campaign"]] / won, 2) == truth["cost_per_sale"] > 4 * admissible()
    assert round(trials / MEASURED["trials"], 3) == truth["trial_share"]
    assert round(won / MEASURED["trials_won"], 3) == truth["sale_share"]
    others = {name: spent[name] / won for name, (_, won) in found.items() if name != truth["campaign"]}
    assert min(spent[name] / found[name][0] for name in others) > truth["cost_per_trial"]
    assert max(others.values()) < admissible()


def test_cheapest_trials_are_counted_so_by_the_csv_module() -> None:
    """Trials and sales of the planted campaign, and its spend, straight from the files."""
    truth = TRUTH["cheap_trials_never_pay"]
    begun = [one for one in service.deals(FOLDER) if one.campaign == truth["campaign"]]
    spent = sum(
        service.amount(row["Cost"]) for row in service.ad_rows(FOLDER)[0] if row["Campaign"] == truth["campaign"]
    )
    assert len(begun) == truth["trials"]
    assert sum(one.won for one in begun) == truth["sales"]
    assert round(round(spent, 2) / truth["sales"], 2) == truth["cost_per_sale"]


def test_stale_trials_are_those_of_weekends(firm: Workspace) -> None:
    """Open, never answered and older than a week: most began on a Saturday or Sunday."""
    truth = TRUTH["stale_at_weekends"]
    stale = [one for one in service.deals(FOLDER) if one.stale]
    assert len(stale) == truth["stale"]
    assert sum(one.created.weekday() >= 5 for one in stale) == truth["weekend_stale"]
    assert sum(one.created.weekday() >= 5 for one in service.deals(FOLDER)) == truth["weekend_trials"]
    found = ask(
        firm,
        "SELECT DAYOFWEEK(created_day) IN (0, 6), COUNT(*) FROM leads WHERE stage = 'open' AND first_contact_at IS NULL"
        " AND created_day < DATE '2026-11-15' GROUP BY 1 ORDER BY 1",
    )
    assert found == [(False, truth["stale"] - truth["weekend_stale"]), (True, truth["weekend_stale"])]
    assert round(truth["stale"] / fact(firm, "leads"), 3) == truth["stale_share"]


def test_campaign_without_tags_is_the_trials_without_a_source(firm: Workspace) -> None:
    """HubSpot knows no trial of the campaign; week by week Google counts as many as have no source."""
    truth = TRUTH["a_source_without_tags"]
    assert [one for one in ask(firm, BY_CAMPAIGN) if one[0] == truth["campaign"]] == []
    without = ask(firm, "SELECT COUNT(*), COUNT(*) FILTER (stage = 'won') FROM leads WHERE source IS NULL")
    assert without == [(truth["trials_without_source"], truth["sales"])]
    by_google, by_hubspot = Counter[int](), Counter[int]()
    for row in service.ad_rows(FOLDER)[0]:
        if row["Campaign"] == truth["campaign"]:
            by_google[service.week_of(row["Day"])] += int(float(row["Conversions"]))
    for one in service.deals(FOLDER):
        by_hubspot[one.week] += not one.source
    assert by_google == by_hubspot
    assert by_google.total() == truth["trials_by_google"]


def test_campaign_without_tags_sells_best(firm: Workspace) -> None:
    """Its trials pay more often than those of any source but none costs more to begin."""
    truth = TRUTH["a_source_without_tags"]
    spent = {name: float(amount) for name, amount, _ in ask(firm, SPENT)}
    assert round(spent[truth["campaign"]] / truth["sales"], 2) == truth["cost_per_sale"] < admissible()
    assert round(truth["sales"] / MEASURED["trials_won"], 3) == truth["sale_share"]
    paid = {name: won / trials for name, trials, won in ask(firm, BY_CAMPAIGN)}
    assert truth["sales"] / truth["trials_without_source"] > max(paid.values())


def test_clinics_make_the_profit(firm: Workspace) -> None:
    """Shares of clients, of what was paid and of gross profit, from payments, plans and their costs."""
    truth, by_csv = TRUTH["who_makes_the_profit"], service.segments(FOLDER)
    rows = ask(
        firm,
        """
        SELECT orders.segment, SUM(revenue), SUM(revenue - COALESCE(refund, 0) - unit_cost), COUNT(DISTINCT customer)
        FROM orders JOIN items ON items.order_id = orders.id JOIN costs ON costs.product = items.product
        WHERE stage = 'paid' GROUP BY orders.segment
        """,
    )
    found = {name: (float(paid), float(profit), clients) for name, paid, profit, clients in rows}
    assert found == by_csv
    shares = [
        mine / sum(all_) for mine, all_ in zip(found[truth["segment"]], zip(*found.values(), strict=True), strict=True)
    ]
    assert [round(share, 3) for share in shares] == [
        truth["revenue_share"],
        truth["profit_share"],
        truth["client_share"],
    ]


@pytest.mark.parametrize("name", ["leads", "clicks", "spend"])
def test_what_did_not_change_gives_no_signal(name: str) -> None:
    """Trials begun, clicks and spend run on as before through all 26 weeks."""
    assert signals(service.weekly(FOLDER)[name]) == []


@pytest.mark.parametrize("name", ["won", "lead_to_sale", "activation_share"])
def test_only_the_onboarding_changed_anything(name: str) -> None:
    """Every ripe week from 2026-W34 on lies above the limits of the weeks before; on either side there is noise."""
    values = service.weekly(FOLDER)[name][: service.RIPE]
    before, after = values[: service.CHANGE], values[service.CHANGE :]
    assert signals(before) == signals(after) == []
    assert min(after) > limits(before)[1]
    assert f"{FIRST_DAY + timedelta(weeks=service.CHANGE):%G-W%V}" == TRUTH["one_real_change"]["week"]


def test_young_trials_have_not_had_the_time() -> None:
    """The last two weeks convert worse than any after the change, though nothing happened: none is two weeks old."""
    truth, series = TRUTH["young_trials_look_like_a_fall"], service.weekly(FOLDER)["lead_to_sale"]
    assert [round(share, 3) for share in series[-2:]] == [truth["last_but_one"], truth["last"]]
    assert max(series[-2:]) < min(series[service.CHANGE : service.RIPE])
    waited = [(one.closed.date() - one.created.date()).days for one in service.deals(FOLDER) if one.won and one.closed]
    assert (min(waited), max(waited)) == (9, 13)


def test_deal_cycle_counts_open_and_lost_trials(firm: Workspace) -> None:
    """Won trials take 11 days in the middle; with lost and open ones half are settled in 17."""
    truth = TRUTH["won_deals_look_quick"]
    rows = ask(
        firm,
        "SELECT DATE_DIFF('day', created_day, COALESCE(closed_day, DATE '2026-11-22')), stage FROM leads",
    )
    solved = DealCycle(deals=[{"days": days, "closed": stage != "open"} for days, stage in rows]).solve()
    assert solved.median_days == truth["median_days"] == ANSWERS["deal-cycle"]["cycle_days"]
    assert median(days for days, stage in rows if stage == "won") == truth["won_median_days"]


def pooled(segment: str = "") -> service.Movement:
    """The monthly money of June to September, and what became of it a month later."""
    months = [service.movement(FOLDER, month, segment) for month in service.MONTHS[:-1]]
    return service.Movement(
        *(sum(getattr(one, part) for one in months) for part in ("start", "expansion", "contraction", "churn"))
    )


def test_growth_hides_that_old_clients_pay_less(firm: Workspace) -> None:
    """What a month's clients pay falls by the next, most of all at agencies, while the sum of all doubles."""
    truth = TRUTH["growth_hides_a_leak"]
    assert round(pooled().nrr, 3) == truth["nrr"]
    assert round(pooled().grr, 3) == truth["grr"]
    assert {name: round(pooled(name).nrr, 3) for name in truth["nrr_by_segment"]} == truth["nrr_by_segment"]
    rows = ask(
        firm,
        "SELECT MONTH(created_day), SUM(revenue - COALESCE(refund, 0)) FROM orders WHERE stage = 'paid' GROUP BY 1",
    )
    months = {f"2026-{month:02}": float(paid) for month, paid in rows}
    assert round(months[truth["to"]] / months[truth["from"]], 2) == truth["growth"]


# What is told about it


def test_measured_figures_are_counted_on_the_files() -> None:
    """Every figure under [measured] comes out of the exports again."""
    assert service.measured(FOLDER) == MEASURED


def test_answers_agree_with_the_measured_figures() -> None:
    """The founder's numbers are those of the exports, rounded."""
    told, economics, ten = ANSWERS["goal"], ANSWERS["unit-economics"], ANSWERS["ten"]["answers"]
    assert (
        told["average_order_value"] == economics["price"] == ten["average_check"] == round(MEASURED["average_payment"])
    )
    assert told["cost_per_visit"] == MEASURED["cost_per_click"]
    assert told["gross_margin"] == ten["margin"] == round(MEASURED["gross_margin"], 2)
    assert told["visit_to_lead"] == MEASURED["paid_trials_per_click"]
    assert told["lead_to_sale"] == ten["lead_to_payment"] == pytest.approx(MEASURED["trial_to_payment_after"], abs=0.01)
    assert economics["refund_rate"] == MEASURED["refund_share"]
    assert economics["cogs"] == round(MEASURED["cost_per_payment"])
    assert economics["commission_rate"] == MEASURED["fee_share"]
    assert economics["monthly_retention"] == MEASURED["monthly_retention"]
    assert economics["cac"] == round((MEASURED["spend"] + 6 * 2800) / MEASURED["new_clients"])
    assert ten["cost_per_lead"] == round(MEASURED["cost_per_trial"])
    assert ten["handling_time"] == pytest.approx(60 * MEASURED["hours_to_first_contact"], abs=5)


def test_clients_to_write_to_paid_within_the_last_month() -> None:
    """The base of step 4 are those who paid in the last 31 days."""
    recent = {one.customer for one in service.payments(FOLDER) if one.day >= "2026-10-23"}
    assert ANSWERS["core"]["client_base"] == len(recent)
    named = 1 - TRUTH["a_source_without_tags"]["trials_without_source"] / MEASURED["trials"]
    assert ANSWERS["core"]["records_ready"] == round(named, 2)


def test_sources_of_the_last_week_are_those_of_hubspot() -> None:
    """The first of the ten answers: 39, 10, 3, 3, 1 and 7 trials by source."""
    last = Counter(one.source for one in service.deals(FOLDER) if one.week == 25)
    order = ("Paid Search", "Organic Search", "Referrals", "Direct Traffic", "Email Marketing", "")
    said = ANSWERS["ten"]["answers"]["lead_sources"]
    assert [last[name] for name in order] == [39, 10, 3, 3, 1, 7]
    for text in said.values():
        assert [int(part.split()[-1]) for part in text.split(", ")] == [last[name] for name in order]


def week_values(index: int) -> dict[str, float]:
    """What the founder would write down on the Monday after a week, by the files."""
    series = service.weekly(FOLDER)
    trials = [one for one in service.deals(FOLDER) if one.week == index]
    marketer = 646
    return {
        "leads": series["leads"][index],
        "first_contact_time": round(median(service.minutes_to_contact(trials))),
        "activation_share": round(series["activation_share"][index - 1], 3),
        "lead_to_sale": round(series["lead_to_sale"][index - 2], 3),
        "cac": round((series["spend"][index] + marketer) / series["first_payments"][index], 2),
        "gross_profit": round(series["gross_profit"][index], 2),
    }


@pytest.mark.parametrize("back", range(12))
def test_past_weeks_are_those_of_the_files(back: int) -> None:
    """Eleven closed weeks and the present one, each metric as it is defined."""
    told = [*(week["values"] for week in ANSWERS["weeks"]), ANSWERS["this_week"]][-1 - back]
    counted = week_values(25 - back)
    assert {name: told[name] for name in counted} == counted


def test_monthly_metrics_stand_in_the_week_their_month_ended() -> None:
    """Clients and money of July, August and September, compared with the month after."""
    told = [week["values"] for week in ANSWERS["weeks"] if "nrr" in week["values"]]
    for values, (month, after) in zip(told, pairwise(("2026-07", "2026-08", "2026-09", "2026-10")), strict=True):
        of = {name: {one.customer for one in service.payments(FOLDER) if one.month == name} for name in (month, after)}
        assert values["retention"] == round(len(of[month] & of[after]) / len(of[month]), 3)
        assert round(values["retention"] + values["churn"], 3) == 1
        assert values["nrr"] == round(service.movement(FOLDER, month).nrr, 3)


# What a person gets


def test_the_review_has_the_weeks_before(firm: Workspace) -> None:
    """All 25 whole weeks of the exports stand before this week's leads, three months that were typed before NRR."""
    rows = {row["metric"]: row for row in Walk(firm).kpi_rows() or []}
    assert rows["leads"]["value"] == 63
    assert len(rows["leads"]["previous"]) == 25
    assert rows["nrr"]["previous"] == [0.954, 0.966, 0.94]


def test_the_owner_builds_on_another_core_than_counted(firm: Workspace) -> None:
    """Performance comes first by the count; the owner has chosen inbound and says why."""
    look = Walk(firm)
    assert look.outcome("core", "ranked")[0].core == "performance"
    assert look.core() == "inbound"


def test_diagnosis_of_the_service_is_above_twenty() -> None:
    """21 of 40 over 20 criteria: channels may grow."""
    assert len(ANSWERS["maturity"]["answers"]) == 20
    assert sum(ANSWERS["maturity"]["answers"]) == 21


def test_service_answers_seven_of_ten_questions() -> None:
    """Stale trials, refusal reasons and profitable segments are left open."""
    assert len(ANSWERS["ten"]["answers"]) == 7
    assert not {"stale_leads", "refusal_reasons", "profitable_segments"} & set(ANSWERS["ten"]["answers"])
