"""What was planted in the sample firms, found again by the answers that a person gets on the pages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from playbook import i18n
from playbook.data.behind import Behind
from tests.samples import firms
from tests.samples.conftest import Look


def truth(firm: str, name: str) -> dict[str, Any]:
    """One planted truth."""
    return next(one for one in firms.truths(firm)["truths"] if one["id"] == name)


CHEAP = [
    ("saas", "cheap_trials_never_pay"),
    ("local", "cheap_requests_never_pay"),
    ("b2b", "cheap_requests_never_pay"),
]


@pytest.mark.parametrize(("firm", "name"), CHEAP)
def test_cheap_source_earns_least(look: Look, firm: str, name: str) -> None:
    """The calculator of lead sources, filled by the exports alone, has it last and in loss."""
    with i18n.speaking("en"):
        answer: Any = look(firm).answer("lead-sources")
    earned = {source.name: source.profit_per_spend for source in answer.sources}
    worst = min(earned, key=lambda source: earned[source])
    assert worst == truth(firm, name)["campaign"]
    assert earned[worst] < 0


LOST = [("saas", "a_source_without_tags"), ("b2b", "campaign_without_requests")]


@pytest.mark.parametrize(("firm", "name"), LOST)
def test_campaign_whose_tags_are_lost_is_named(look: Look, firm: str, name: str) -> None:
    """Beside the lead sources stands for which campaign money goes out and no lead names it."""
    with i18n.speaking("en"):
        told = look(firm).given("lead-sources", "sources").fact.note
    assert f"no lead names {truth(firm, name)['campaign']}: look whether the tags are lost" in told


NAMELESS = [
    ("saas", "a_source_without_tags", "trials_without_source"),
    ("local", "requests_from_nowhere", "without_source"),
]


@pytest.mark.parametrize(("firm", "name", "count"), NAMELESS)
def test_leads_without_a_source_are_told_apart(look: Look, firm: str, name: str, count: str) -> None:
    """The channel check counts them as what nobody knows."""
    with i18n.speaking("en"):
        answer: Any = look(firm).answer("channel-dependence")
    assert [part.value for part in answer.shares if part.unknown] == [truth(firm, name)[count]]


def test_week_of_the_fair_is_the_only_signal(look: Look) -> None:
    """2026-W42 is the 21st week of the exports; the control chart of leads marks it and no other."""
    with i18n.speaking("en"):
        answer: Any = look("b2b").answer("xmr")
    first, week = firms.truths("b2b")["period"][0], truth("b2b", "one_real_change")["week"]
    found = [signal.index for signal in answer.signals]
    day = date.fromisoformat(first).toordinal()
    assert [f"{date.fromordinal(day + 7 * index):%G-W%V}" for index in found] == [week]


def test_leads_of_the_service_are_noise_throughout(look: Look) -> None:
    """Nothing happened to the number of trials, and the control chart says so."""
    with i18n.speaking("en"):
        answer: Any = look("saas").answer("xmr")
    assert answer.signals == ()


def test_cycle_counts_lost_and_open_trials_too(look: Look) -> None:
    """Half of the trials are settled in 17 days, not in the 11 of those who pay."""
    with i18n.speaking("en"):
        assert look("saas").outcome("deal-cycle", "median_days") == truth("saas", "won_deals_look_quick")["median_days"]


def test_shift_of_the_shop_is_a_run_and_no_odd_week(look: Look) -> None:
    """From 2026-W38 on, the 17th week, sales lie on the other side: eight weeks below are told, and eight above."""
    with i18n.speaking("en"):
        answer: Any = look("ecommerce").answer("xmr")
    first = date.fromisoformat(firms.truths("ecommerce")["period"][0])
    shift = (date.fromisocalendar(2026, 38, 1) - first).days // 7
    runs = [signal.index for signal in answer.signals if signal.rule == "eight_on_one_side"]
    assert any(index < shift for index in runs)
    assert any(index >= shift for index in runs)


def test_stale_trials_of_weekends_are_found(look: Look) -> None:
    """188 trials nobody answered for a week, 164 of them of weekends: said by the speed of answering."""
    planted = truth("saas", "stale_at_weekends")
    with i18n.speaking("en"):
        answer: Any = look("saas").answer("speed-to-lead")
        advice = [point for section in answer.face().sections for point in getattr(section, "items", ())]
    assert (answer.stale, answer.stale_from_weekends) == (planted["stale"], planted["weekend_stale"])
    assert any(f"{planted['weekend_stale']} of them came at a weekend" in point.text for point in advice)


MAKERS = [
    ("saas", "segments", "Clinics"),
    ("local", "segments", "Лечение"),
    ("ecommerce", "products", "Table linen"),
    ("b2b", "products", "Запчасти и сервис"),
    ("b2b", "channels", "Действующий клиент"),
]


@pytest.mark.parametrize(("firm", "by", "name"), MAKERS)
def test_who_makes_the_profit_comes_first(look: Look, firm: str, by: str, name: str) -> None:
    """Its share of profit is the planted one, to a hundredth: returned goods are counted otherwise there."""
    planted = truth(firm, "who_makes_the_profit")
    with i18n.speaking("en"):
        answer: Any = look(firm).answer("profitability")
    cut = getattr(answer, by)
    line = cut.lines[0]
    assert (cut.most, line.name) == (name, name)
    assert line.share_of_profit == pytest.approx(planted["profit_share"], abs=0.01)
    if "client_share" in planted:
        assert line.share_of_clients == pytest.approx(planted["client_share"], abs=0.001)


EMPTY = [("local", "segments", "Элайнеры"), ("ecommerce", "products", "Down"), ("b2b", "products", "Конвейеры")]


@pytest.mark.parametrize(("firm", "by", "name"), EMPTY)
def test_turnover_without_margin_is_told(look: Look, firm: str, by: str, name: str) -> None:
    """A quarter of the turnover, next to nothing of the profit, and a note that says so."""
    planted = truth(firm, "turnover_without_margin")
    with i18n.speaking("en"):
        answer: Any = look(firm).answer("profitability")
        notes = answer.face().notes
    line = next(line for line in getattr(answer, by).lines if line.name == name)
    assert line.share_of_profit == pytest.approx(planted["profit_share"], abs=0.02)
    assert any(note.startswith(f"“{name}”: ") for note in notes)


UNPAID = [
    ("local", "cheap_requests_never_pay"),
    ("b2b", "cheap_requests_never_pay"),
    ("ecommerce", "cheap_clicks_never_pay"),
]


@pytest.mark.parametrize(("firm", "name"), UNPAID)
def test_cheap_channel_that_never_pays_is_in_loss(look: Look, firm: str, name: str) -> None:
    """Of all channels it loses most."""
    with i18n.speaking("en"):
        answer: Any = look(firm).answer("profitability")
    assert answer.channels.losing[0] == truth(firm, name)["campaign"]


def test_refusals_without_a_reason_keep_the_first_one_from_being_believed(look: Look) -> None:
    """61% of 345 refusals of the clinic have none; the first known one is 27 of 345, and no verdict is built on it."""
    planted = truth("local", "refusals_without_reason")
    with i18n.speaking("en"):
        answer: Any = look("local").answer("refusal-reasons")
    assert (answer.lost, round(answer.without_reason / answer.lost, 3)) == (planted["refusals"], planted["share"])
    assert (answer.top, answer.reasons[0].leads) == (planted["first_reason"], planted["first_reason_count"])
    assert answer.verdict == "wait"


FOUND = {
    ("local", "refusals_without_reason", "refusal-reasons"),
    ("saas", "stale_at_weekends", "speed-to-lead"),
    *((firm, "who_makes_the_profit", "profitability") for firm, _, _ in MAKERS),
    *((firm, "turnover_without_margin", "profitability") for firm, _, _ in EMPTY),
    *((firm, name, "profitability") for firm, name in UNPAID),
    *((firm, name, "lead-sources") for firm, name in (*CHEAP, *LOST)),
    *((firm, name, "channel-dependence") for firm, name, _ in NAMELESS),
    ("b2b", "one_real_change", "xmr"),
    ("ecommerce", "one_real_change", "xmr"),
    ("saas", "won_deals_look_quick", "deal-cycle"),
}
"""Every truth that is looked for here, and the question whose answer shows it."""


@pytest.mark.parametrize("readme", ["README.md", "README.ru.md"])
def test_trainers_are_told_where_each_truth_is_found(readme: str) -> None:
    """The table names what these tests find and where, no more and no less."""
    lines = (firms.SAMPLES / readme).read_text("utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.count("|") == 5]
    told = {
        (row[1].strip(), row[2].strip(" `"), question) for row in rows for question in re.findall("`([a-z-]+)`", row[4])
    }
    assert told == FOUND


@pytest.mark.parametrize(("firm", "name"), sorted({(firm, name) for firm, name, _ in FOUND}))
def test_truth_of_the_table_was_planted(firm: str, name: str) -> None:
    """A name in the table is one of the firm's truths."""
    assert truth(firm, name)


def test_leads_go_stale_while_the_desk_rests(look: Look) -> None:
    """A quarter of the leads come from Friday evening to Sunday, and nearly all that nobody touched."""
    planted = truth("local", "stale_at_rest")
    with i18n.speaking("en"):
        answer: Any = look("local").answer("speed-to-lead")
    assert planted["stale"] <= answer.stale
    assert answer.stale_from_weekends / answer.stale > 3 * planted["share_at_rest"]


def test_buyers_of_the_first_months_look_new(look: Look) -> None:
    """Said beside the cohorts, and those months are left out of the means."""
    with i18n.speaking("en"):
        notes = look("ecommerce").face("cohorts").notes
    assert truth("ecommerce", "everyone_is_new_at_first")["id"]
    assert notes[0].startswith("At the beginning of the data everyone looks new: May")


def test_offers_gone_quiet_open_one_by_one(look: Look) -> None:
    """The rows behind the stale deals: those of a month without a touch, all at one stage, with their money."""
    planted = truth("b2b", "offers_gone_quiet")
    found = Behind(look("b2b").workspace, "stale_leads").look(most=1000)
    quiet = [
        one
        for row in found.rows
        if (one := dict(zip(found.columns, row, strict=True)))["untouched_days"] >= planted["days"]
    ]
    assert len(quiet) == planted["stale"]
    assert {one["status"] for one in quiet} == {planted["stage"]}
    assert sum(one["deal_amount"] for one in quiet) == planted["amount"]


def test_open_deals_make_the_cycle_longer(look: Look) -> None:
    """Closed deals alone are over in 20 days; with the open ones half of the deals take far longer."""
    with i18n.speaking("en"):
        fact = look("b2b").given("deal-cycle", "cycle_days").fact
    assert fact.value > 1.5 * truth("b2b", "open_deals_count_too")["closed_only"]


def test_every_planted_truth_is_looked_for() -> None:
    """Each of them is named in a test of this folder; one that is planted later needs a test too."""
    tests = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    planted = {one["id"] for firm in ("local", "ecommerce", "saas", "b2b") for one in firms.truths(firm)["truths"]}
    assert len(planted) > 20
    assert {name for name in planted if f'"{name}"' not in tests} == set()
