"""Cheap leads and dear ones, by what each unit of money brings back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.display import Face
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer
from playbook.questions.lead_sources import LeadSources
from tests.questions.spoken import face, unspoken

SALE = {"average_order_value": 30_000, "gross_margin": 0.4}
CHEAP: dict[str, Any] = {"name": "дешёвый", "leads": 100, "cost_per_lead": 500, "lead_to_sale": 0.03, **SALE}
DEAR: dict[str, Any] = {"name": "дорогой", "leads": 10, "cost_per_lead": 2_000, "lead_to_sale": 0.2, **SALE}


def test_hundred_cheap_leads_lose_against_ten_dear_ones() -> None:
    """Mission A26: 3 sales for 50,000 lose 14,000; 2 sales for 20,000 earn 4,000."""
    cheap, dear = LeadSources(sources=[CHEAP, DEAR]).solve().sources
    assert (cheap.sales, cheap.cost_per_sale, cheap.profit) == pytest.approx((3, 50_000 / 3, -14_000))
    assert (dear.sales, dear.cost_per_sale, dear.profit) == pytest.approx((2, 10_000, 4_000))
    assert (cheap.profit_per_spend, dear.profit_per_spend) == pytest.approx((-0.28, 0.2))


def test_four_times_the_price_needs_four_times_the_conversion() -> None:
    """At equal margin the dear lead draws level with 3% at exactly 12%."""
    answer = LeadSources(sources=[CHEAP, {**DEAR, "lead_to_sale": 0.12}]).solve()
    assert answer.sources[1].parity_lead_to_sale == pytest.approx(0.12)
    assert answer.sources[0].profit_per_spend == pytest.approx(answer.sources[1].profit_per_spend)
    assert len(answer.tied) == 2


def test_break_even_is_the_price_of_a_lead_by_the_margin_of_a_sale() -> None:
    """500 / 12,000 and 2,000 / 12,000."""
    cheap, dear = LeadSources(sources=[CHEAP, DEAR]).solve().sources
    assert (cheap.break_even_lead_to_sale, dear.break_even_lead_to_sale) == pytest.approx((1 / 24, 1 / 6))


def test_lead_dearer_than_a_sale_never_breaks_even() -> None:
    """A lead of 15,000 costs more than the 12,000 of margin: unreachable, at any conversion."""
    found = LeadSources(sources=[{**DEAR, "cost_per_lead": 15_000}]).solve().to_json()["sources"][0]
    assert found["break_even_lead_to_sale"]["status"] in ("unreachable", "never")


def test_free_leads_have_no_profit_per_spend() -> None:
    """Nothing is divided by a spend of 0."""
    found = LeadSources(sources=[{**DEAR, "cost_per_lead": 0}, CHEAP]).solve().to_json()["sources"][0]
    assert found["profit_per_spend"]["status"] == "undefined"
    assert found["profit"] == pytest.approx(24_000)


def test_source_without_sales_has_no_cost_of_one() -> None:
    """No payment, no price of a payment; the spend is lost."""
    found = LeadSources(sources=[{**CHEAP, "lead_to_sale": 0}]).solve().to_json()["sources"][0]
    assert found["cost_per_sale"]["status"] in ("undefined", "never")
    assert found["profit"] == -50_000


@given(st.floats(0.01, 1), st.floats(1, 1_000), st.floats(0.01, 1))
def test_parity_makes_the_two_equal(conversion: float, price: float, margin: float) -> None:
    """Put in place of the source's own conversion, it gives the other's profit per spend."""
    one = {**CHEAP, "cost_per_lead": price, "lead_to_sale": conversion, "gross_margin": margin}
    parity = LeadSources(sources=[one, DEAR]).solve().sources[1].parity_lead_to_sale
    if isinstance(parity, float):
        level = LeadSources(sources=[one, {**DEAR, "lead_to_sale": min(parity, 1.0)}]).solve().sources
        assert level[0].profit_per_spend == pytest.approx(level[1].profit_per_spend, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("change", [{}, {"lead_to_sale": 0}, {"cost_per_lead": 0}, {"gross_margin": 0}, {"leads": 0}])
def test_russian_face_is_russian(change: dict[str, float]) -> None:
    """Every sentence, whatever the verdict."""
    _, said = face("lead-sources", {"sources": [CHEAP, {**DEAR, **change}]}, "ru")
    assert unspoken(said) == []


def shown(*sources: dict[str, Any], language: str = "en") -> Face:
    """How the answer is shown."""
    return face("lead-sources", {"sources": list(sources)}, language)[0]


def test_verdict_is_in_words_with_what_would_draw_level() -> None:
    """0.20 earned against 0.28 lost; the cheap lead draws level at 500 x 1.2 / 12,000 = 5%."""
    verdict = shown({**CHEAP, "name": "ads"}, {**DEAR, "name": "expo"}).verdict
    assert (verdict.kind, verdict.word) == ("yes", "“expo” is better")
    assert verdict.say == "“expo” earns ₽0.20 for each ₽1 spent; “ads” loses ₽0.28."
    assert verdict.because == "Budgets differ, from ₽20,000 to ₽50,000, so profit is compared for each ₽1."
    assert verdict.flip == "“ads” draws level when 5% of its leads pay (3% now)."


def test_largest_profit_may_be_another_source() -> None:
    """At 6% the cheap leads earn 22,000 of 50,000, 0.44; at 25% the dear ones 10,000 of 20,000, 0.50."""
    found = LeadSources(sources=[{**CHEAP, "lead_to_sale": 0.06}, {**DEAR, "lead_to_sale": 0.25}]).solve()
    assert (found.best_by_profit_per_spend, found.best_by_profit) == (DEAR["name"], CHEAP["name"])
    assert "earns more: $22,000" in found.face().verdict.because


def test_four_times_the_price_is_told_beside_the_conversions() -> None:
    """2,000 / 500 is 4 times, 20% / 3% is 6.7 times."""
    note = shown({**CHEAP, "name": "ads"}, {**DEAR, "name": "expo"}).notes[0]
    assert note.startswith("A lead of “expo” costs 4 times as much as one of “ads”")
    assert note.endswith("Now it is 6.7 times.")


def test_few_leads_are_not_taken_for_proof() -> None:
    """2 sales of 10 may be 5.7% (Wilson), at which the dear source is the worse one: move a part, not all."""
    assert "by chance" in shown(CHEAP, DEAR).notes[-1]
    many = shown({**CHEAP, "leads": 100_000}, {**DEAR, "leads": 10_000})
    assert not any("by chance" in note for note in many.notes)


def test_parity_out_of_reach_is_a_non_answer() -> None:
    """2.4 for each unit (17 times out of 100 leads pay): the dear lead would need 2,000 x 4.08 / 12,000 = 68%.

    At 26% of the cheap ones it would need 104%, more than all of its leads.
    """
    near = LeadSources(sources=[{**CHEAP, "lead_to_sale": 0.17}, DEAR]).solve().sources[1]
    far = LeadSources(sources=[{**CHEAP, "lead_to_sale": 0.26}, DEAR]).solve().sources[1].parity_lead_to_sale
    assert near.parity_lead_to_sale == pytest.approx(0.68)
    assert isinstance(far, NonAnswer)
    assert (far.status, far.reason) == ("unreachable", "not even if every lead paid")


def test_level_sources_are_reported_as_level() -> None:
    """6% at 500 and 24% at 2,000 both earn 0.44: nobody is called better."""
    verdict = shown(
        {**CHEAP, "name": "ads", "lead_to_sale": 0.06}, {**DEAR, "name": "expo", "lead_to_sale": 0.24}
    ).verdict
    assert (verdict.kind, verdict.say) == ("wait", "Level at ₽0.44 of profit for each ₽1: “ads”, “expo”.")


def test_source_that_only_returns_its_cost_is_not_called_a_loss() -> None:
    """500 / 12,000 of leads pay: 0 is earned, and the chart says so."""
    made = shown({**CHEAP, "lead_to_sale": 500 / 12_000}, {**CHEAP, "name": "x"})
    assert (made.verdict.kind, made.charts[0].title) == ("no", "No source earns more than it takes")


def test_all_losing_is_said_in_the_chart() -> None:
    """3% and 2% of leads at 500 lose 0.28 and 0.52."""
    made = shown(CHEAP, {**CHEAP, "name": "x", "lead_to_sale": 0.02})
    assert (made.verdict.kind, made.charts[0].title) == ("no", "Every source loses money")


def test_free_source_beside_a_paid_one_is_not_called_missing() -> None:
    """There is a second source; it only has no spend to divide by."""
    verdict = shown({**CHEAP, "cost_per_lead": 0}, DEAR).verdict
    assert verdict.because.startswith("Nothing was spent on the others")


def test_two_sources_of_one_name_are_refused() -> None:
    """Their rows could not be told apart."""
    with pytest.raises(InvalidInput) as caught:
        LeadSources.read({"sources": [CHEAP, CHEAP]})
    assert caught.value.field == "sources"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [{"cost_per_lead": 0}, {"leads": 0}])
def test_nothing_spent_anywhere_waits(language: str, change: dict[str, Any]) -> None:
    """A sentence with what to enter, in both languages."""
    verdict = shown({**CHEAP, **change}, language=language).verdict
    assert (verdict.kind, bool(verdict.say and verdict.flip)) == ("wait", True)


SOURCE = st.fixed_dictionaries(
    {
        "leads": st.integers(0, 10**12),
        "cost_per_lead": st.floats(0, 1e15),
        "lead_to_sale": st.floats(0, 1),
        "average_order_value": st.floats(0, 1e15),
        "gross_margin": st.floats(0, 1),
    }
)


@given(st.lists(SOURCE, min_size=1, max_size=5), st.sampled_from(LANGUAGES))
def test_every_comparison_has_a_face(sources: list[dict[str, Any]], language: str) -> None:
    """The best is never beaten; whatever is typed there is a sentence, and every chart is drawn."""
    with speaking(language):
        found = LeadSources.read({"sources": [{"name": f"s{at}", **one} for at, one in enumerate(sources)]}).solve()
        made = found.face()
    ratios = {source.name: source.profit_per_spend for source in found.sources}
    if isinstance(found.best_by_profit_per_spend, str):
        best = ratios[found.best_by_profit_per_spend]
        assert isinstance(best, float)
        assert all(best >= ratio - abs(ratio) * 1e-8 for ratio in ratios.values() if isinstance(ratio, float))
    assert made.verdict.say
    assert all("nan" not in chart.svg() and "inf" not in chart.svg() for chart in made.charts)


def test_equal_budget_shows_where_dear_leads_draw_level() -> None:
    """50,000 buy 100 cheap leads (3 sales, 14,000 lost) or 25 dear ones: level at 12%, no loss at 1/6."""
    found = LeadSources(sources=[CHEAP, DEAR]).solve().equal_budget
    assert found is not None
    assert (found.budget, found.cheap, found.dear) == (50_000, "дешёвый", "дорогой")
    told = [(row.why, row.lead_to_sale, row.leads, row.sales, row.profit, row.more) for row in found.conversions]
    assert [one[0] for one in told] == [("now",), ("half",), ("level",), ("pays_back",), ("now",)]
    assert [one[1:] for one in told] == [
        pytest.approx((0.03, 100, 3, -14_000, 0)),
        pytest.approx((0.1, 25, 2.5, -20_000, -6_000)),
        pytest.approx((0.12, 25, 3, -14_000, 0), abs=1e-6),
        pytest.approx((1 / 6, 25, 25 / 6, 0, 14_000), abs=1e-6),
        pytest.approx((0.2, 25, 5, 10_000, 24_000)),
    ]


def test_equal_prices_have_nothing_to_be_set_against() -> None:
    """A lead of 500 beside one of 520 is neither cheap nor dear; free leads are not bought."""
    near = LeadSources(sources=[CHEAP, {**DEAR, "cost_per_lead": 520}]).solve()
    free = LeadSources(sources=[CHEAP, {**DEAR, "cost_per_lead": 0}]).solve()
    assert (near.equal_budget, free.equal_budget) == (None, None)


def test_dear_leads_that_can_never_draw_level_are_told() -> None:
    """At 100,000 a lead even ten sales of ten would lose more than the cheap leads do."""
    answer = LeadSources(sources=[CHEAP, {**DEAR, "cost_per_lead": 100_000}]).solve()
    note = next(section.note for section in answer.face().sections if "Cheap leads" in section.title)
    assert note == "Not even if every dear lead paid would they draw level with the cheap ones."
