"""The rules of thumb: every number of the method, its range, and the words for a value on either side of it."""

from __future__ import annotations

import math
import re

import pytest

from playbook import i18n, rules
from playbook.errors import PlaybookError
from playbook.rules import Rule

# Which rules carry the numbers of which row of the mission, written from its text row by row.
ROWS: dict[str, list[str]] = {
    "A01": ["system_anti_marks", "system_marks", "traffic_channels"],
    "A02": [
        "ten_questions",
        "ten_questions_minutes",
        "ten_recent_days",
        "ten_refusal_reasons",
        "ten_segments",
        "ten_hypotheses",
        "stale_days",
    ],
    "A03": ["symptoms", "errors"],
    "A04": ["benefits", "traffic_channels", "largest_source_share"],
    "A05": ["system_parts", "broken_links"],
    "A06": ["contrast_terms", "mix_short", "mix_long"],
    "A07": ["glossary_terms"],
    "A09": [
        "contours",
        "control_cycle_parts",
        "meetings_per_week",
        "meeting_minutes",
        "kpi_count",
        "decisions_per_week",
        "management_review_days",
    ],
    "A10": ["contours", "product_chain_links"],
    "A11": ["offer_retell_seconds", "offer_listeners", "offer_retold"],
    "A12": ["offer_slots"],
    "A13": [
        "contours",
        "attribution_half_life_days",
        "typed_against_data",
        "refusals_with_reason",
        "records_filled",
        "cohort_clients",
        "data_old_days",
        "data_few",
        "week_old",
    ],
    "A14": ["data_minimum_numbers", "data_places"],
    "A15": ["contours"],
    "A16": ["first_contact_slow_hours", "sla_minutes", "sla_kept_share", "stale_days"],
    "A17": ["management_axes"],
    "A18": ["growth_tasks", "cores_chosen"],
    "A19": ["market_types", "market_differences"],
    "A20": ["audit_frame_parts", "control_cycle_parts"],
    "A21": ["enterprise_functions", "contour_owners"],
    "A22": ["information_parts"],
    "A23": ["interviews", "interview_minutes", "saturation_base", "saturation_run", "saturation_new"],
    "A24": ["mix_short", "mix_long", "mix_competitors"],
    "A25": ["channel_systems", "channel_questions"],
    "A26": [
        "system_blocks",
        "cheap_lead_count",
        "cheap_lead_price",
        "cheap_lead_budget",
        "dear_lead_count",
        "dear_lead_price",
        "dear_lead_budget",
        "cheap_lead_factor",
    ],
    "A27": ["system_blocks", "cluster_pillars", "cluster_supporting_pieces"],
    "A28": ["system_blocks", "brand_series", "brand_media_load"],
    "A29": [
        "system_blocks",
        "retention_scenarios",
        "onboarding_messages",
        "cart_triggers",
        "reactivation_triggers",
        "reactivation_days",
        "rfm_clients",
        "repeat_triggers",
    ],
    "A30": ["system_blocks", "abm_roles", "abm_accounts", "abm_industry_scenarios", "abm_materials"],
    "A31": ["system_blocks", "touchpoints", "irritants"],
    "A32": ["system_blocks", "visibility_query_forms", "visibility_structures", "visibility_reader_wants"],
    "A33": ["removed_elements"],
    "A34": ["economic_goals", "priority_kinds"],
    "A35": ["icp_fresh_days"],
    "A36": ["proof_kinds"],
    "A37": ["funnel_stages", "journey_additions"],
    "A38": ["data_first_steps", "data_next_steps"],
    "A39": ["functions", "functions_per_person"],
    "A40": ["chance_enough", "steps", "goal_horizon_days", "goal_kinds", "baseline_days", "goals_chosen"],
    "A41": [
        "steps",
        "deals_to_measure",
        "deal_impulse_days",
        "deal_complex_days",
        "deal_impulse_deciders",
        "deal_complex_deciders",
        "deal_impulse_order_multiple",
        "deal_complex_order_multiple",
    ],
    "A42": [
        *("steps", "payback_months_example", "deductions"),
        *("stress_price", "stress_conversion", "stress_refunds"),
    ],
    "A43": ["steps", "core_count", "cores_chosen"],
    "A44": ["steps", "main_channels", "minimal_loop_parts"],
    "A45": ["steps", "kpi_count", "kpi_example", "off_target_share"],
    "A46": [
        *("steps", "backlog", "tests_running", "reviews_per_week", "test_kinds"),
        *("test_weeks", "test_alpha", "test_power", "split_p_value"),
    ],
    "A48": ["scenarios", "scenario_elements"],
    "A49": ["scenarios", "scenario_elements"],
    "A50": ["scenarios", "scenario_elements", "onboarding_days"],
    "A51": ["scenarios", "scenario_elements"],
    "A52": ["build_stages", "audit_areas", "audit_weeks", "plan_days"],
    "A53": ["build_stages", "architecture_parts", "architecture_agreements"],
    "A54": ["build_stages", "records_first", "records_next"],
    "A55": ["build_stages", "main_channels", "main_offers", "retention_scenarios"],
    "A56": ["build_stages", "management_review_days", "plan_ahead_weeks"],
    "A57": ["build_stages"],
    "A58": ["metric_groups", "metrics_per_group", "metrics_total"],
    "A59": ["metric_groups", "metrics_per_group", "metrics_total", "off_target_share"],
    "A60": ["metric_groups", "metrics_per_group", "metrics_total"],
    "A61": [
        *("metric_groups", "metrics_per_group", "metrics_total", "nps_answers"),
        *("cohort_clients", "renewal_periods", "monthly_payers", "repeat_clients"),
    ],
    "A64": ["minimal_stack"],
    "A65": ["growth_stack"],
    "A66": ["errors"],
    "A67": ["errors"],
    "A68": ["errors"],
    "A69": ["errors"],
    "A70": ["errors", "stagnation_weeks"],
    "A71": ["readiness_items", "kpi_count"],
    "A72": [
        "diagnosis_minutes",
        "diagnosis_criteria",
        "criterion_score",
        "diagnosis_max",
        "diagnosis_threshold",
        "growth_points",
    ],
    "A73": ["diagnosis_criteria", "criteria_per_item"],
    "A74": ["diagnosis_threshold", "growth_points"],
    "A75": ["diagnosis_threshold", "diagnosis_max"],
    "A76": ["plan_days", "plan_weeks", "pillars", "plan_day_minutes", "plan_smear_months"],
    **{f"A{row}": ["templates"] for row in range(77, 82)},
    "A82": ["scale_stable_weeks", "scale_conditions", "tests_closed_per_week", "xmr_points"],
    "A83": ["plan_days", "first_conclusions_days"],
    "A86": ["scenarios", "stale_days"],
    **{f"F{row:02}": ["faq_answers"] for row in range(1, 21)},
}
for row, more in {
    "F01": ["growth_system_kinds"],
    "F02": ["system_contents"],
    "F04": ["lean_start_parts"],
    "F05": ["systemic_marks"],
    "F09": ["onboarding_days"],
    "F11": ["kpi_count"],
    "F15": ["operational_review_days", "management_review_days", "strategy_review_months"],
    "F16": ["start_steps"],
    "F17": ["plan_days", "first_conclusions_days"],
    "F20": ["scale_stable_weeks", "scale_conditions"],
}.items():
    ROWS[row] = ROWS[row] + more

# Rows that state no number of their own.
WITHOUT_NUMBERS = {"A08", "A47", "A62", "A63", "A84", "A85", "A87", "A88", "A89", "A90", "A91"}

# The ranges as the mission writes them: id -> (low, high).
RANGES: dict[str, tuple[float | None, float | None]] = {
    "meetings_per_week": (1, None),
    "meeting_minutes": (30, 60),
    "kpi_count": (5, 12),
    "decisions_per_week": (3, 7),
    "ten_questions_minutes": (None, 10),
    "offer_retell_seconds": (None, 10),
    "sla_minutes": (15, 60),
    "interviews": (10, 15),
    "interview_minutes": (30, 45),
    "cluster_supporting_pieces": (8, 20),
    "retention_scenarios": (3, 7),
    "onboarding_messages": (3, 5),
    "reactivation_days": (30, 60),
    "abm_accounts": (20, 50),
    "abm_industry_scenarios": (3, 5),
    "abm_materials": (5, 10),
    "removed_elements": (2, 3),
    "goal_horizon_days": (30, 90),
    "backlog": (10, 30),
    "tests_running": (1, 3),
    "reviews_per_week": (1, None),
    "onboarding_days": (7, 30),
    "audit_weeks": (1, 2),
    "stagnation_weeks": (4, 12),
    "criterion_score": (0, 2),
    "diagnosis_max": (0, 40),
    "diagnosis_minutes": (None, 15),
    "diagnosis_threshold": (20, None),
    "strategy_review_months": (1, 3),
    "first_conclusions_days": (60, 90),
    "scale_stable_weeks": (4, 8),
}

EVERY_RULE = pytest.mark.parametrize("rule", rules.all_rules(), ids=lambda rule: rule.id)
BOTH_LANGUAGES = pytest.mark.parametrize("lang", i18n.LANGUAGES)


def walk(rule: Rule) -> dict[str, float]:
    """A value for every place a rule knows: below, at either end, and above."""
    places: dict[str, float] = {}
    if rule.low is not None:
        places |= {"below": rule.low - 0.01, "at low": rule.low}
    if rule.high is not None:
        places |= {"at high": rule.high, "above": rule.high + 0.01}
    return places


def numbers(words: str) -> list[float]:
    """The numbers that stand in a sentence of either language; per cent as a share."""
    bare = re.sub(r"(?<=\d)[\u00a0,](?=\d{3}(\D|$))", "", words).replace("\u00a0%", "%")
    found = re.findall(r"(\d+(?:[.,]\d+)?)(%?)", bare)
    return [float(digits.replace(",", ".")) / (100 if percent else 1) for digits, percent in found]


def test_the_walk_covers_a_whole_method() -> None:
    """The table holds well over a hundred rules, so that no test below walks an empty list."""
    assert len(rules.all_rules()) > 140


@EVERY_RULE
def test_both_ends_belong_to_the_range(rule: Rule) -> None:
    """An end is within; a hair beyond it is not."""
    expected = {"below": "below", "at low": "within", "at high": "within", "above": "above"}
    assert walk(rule)
    for place, value in walk(rule).items():
        assert rules.check(rule.id, value).status == expected[place], (place, value)


@BOTH_LANGUAGES
@EVERY_RULE
def test_words_name_the_value_and_its_range(rule: Rule, lang: str) -> None:
    """Below, at either end and above, the sentence holds the value and the end or ends that bind."""
    with i18n.speaking(lang):
        for value in [*walk(rule).values(), *(math.ceil(end) + 7 for end in rule.span)]:
            words = rules.check(rule.id, value).words
            ends = [end for end in (rule.low, rule.high) if end is not None]
            seen = ends if rule.unit == "money" else [value, *ends]
            assert {round(abs(wanted), 4) for wanted in seen} <= {round(found, 4) for found in numbers(words)}, words
            assert "{" not in words


@EVERY_RULE
def test_each_rule_speaks_russian(rule: Rule) -> None:
    """The label and every sentence are Russian on a Russian page."""
    with i18n.speaking("ru"):
        written = [rule.label, rule.range_words, *(rule.words(value) for value in walk(rule).values())]
    latin = re.compile(r"[A-Za-z]{2,}")
    assert not [text for text in written if latin.search(re.sub("KZT|BYN|A\\$", "", text))]


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (7, "7 metrics: within 5–12", "7 показателей: в пределах нормы 5–12"),
        (4, "4 metrics: below 5–12", "4 показателя: меньше нормы 5–12"),
        (1, "1 metric: below 5–12", "1 показатель: меньше нормы 5–12"),
        (21, "21 metrics: above 5–12", "21 показатель: больше нормы 5–12"),
    ],
)
def test_the_sentence_takes_the_right_plural(value: float, english: str, russian: str) -> None:
    """1 metric, 4 показателя, 21 показатель."""
    check = rules.check("kpi_count", value)
    assert check.words == english
    with i18n.speaking("ru"):
        assert check.words == russian


def test_what_is_written_as_a_whole_is_counted_as_one() -> None:
    """7.993 weeks are written as 8, so they are «8 недель» and not «8 недели», as of a fraction."""
    with i18n.speaking("ru"):
        assert rules.check("test_weeks", 7.993).words == "8 недель: не больше 8"


def test_a_hair_over_the_end_is_not_rounded_away() -> None:
    """60.04 minutes are above 15-60 and are not written as 60."""
    assert rules.check("sla_minutes", 60.04).words == "60.04 minutes to the first contact: above 15–60"


@pytest.mark.parametrize(("total", "status"), [(0, "below"), (19, "below"), (20, "within"), (21, "within")])
def test_exactly_twenty_is_not_below_twenty(total: float, status: str) -> None:
    """At 20 points channels may be widened; at 19 records and the offer come first."""
    assert rules.check("diagnosis_threshold", total).status == status


@pytest.mark.parametrize(("rule_id", "ends"), RANGES.items())
def test_ranges_are_those_of_the_mission(rule_id: str, ends: tuple[float | None, float | None]) -> None:
    """The range in the table is the one the mission writes."""
    rule = rules.get(rule_id)
    assert (rule.low, rule.high) == ends


def test_the_lead_example_adds_up() -> None:
    """100 leads at 500 cost 50 000, 10 at 2 000 cost 20 000, and the dear lead costs four times as much."""
    number = {name: rules.get(name).number for name in ROWS["A26"]}
    assert number["cheap_lead_count"] * number["cheap_lead_price"] == number["cheap_lead_budget"]
    assert number["dear_lead_count"] * number["dear_lead_price"] == number["dear_lead_budget"]
    assert number["dear_lead_price"] / number["cheap_lead_price"] == number["cheap_lead_factor"]


@pytest.mark.parametrize(("row", "expected"), ROWS.items())
def test_each_row_with_numbers_has_its_rules(row: str, expected: list[str]) -> None:
    """The rules that name a row are those written down here for it (incomes by currency serve A41 too)."""
    carried = {rule.id for rule in rules.all_rules() if row in rule.mission}
    incomes = {rule_id for rule_id in carried if rule_id.startswith("monthly_income_")}
    assert carried - incomes == set(expected)


def test_no_row_of_the_mission_is_forgotten() -> None:
    """A01-A91 and F01-F20 either have a rule or are named as rows without a number."""
    rows = {f"A{row:02}" for row in range(1, 92)} | {f"F{row:02}" for row in range(1, 21)}
    assert set(ROWS) | WITHOUT_NUMBERS == rows
    assert not set(ROWS) & WITHOUT_NUMBERS


def test_each_rule_serves_a_known_row() -> None:
    """No rule stands in the table without a row of the mission behind it."""
    assert not [rule.id for rule in rules.all_rules() if not rule.mission or set(rule.mission) - set(ROWS)]


def test_each_currency_has_an_income_to_scale_by() -> None:
    """Every currency of the playbook has its round monthly income."""
    assert all(rules.get(f"monthly_income_{code.lower()}").number > 0 for code in i18n.CURRENCIES)


def test_marks_tell_the_author_from_us() -> None:
    """A threshold that the article leaves open is marked ours, its figures are marked article."""
    assert {rule.mark for rule in rules.all_rules()} == {"article", "ours"}
    assert rules.get("stale_days").mark == "ours"
    assert rules.get("kpi_count").mark == "article"


def test_unknown_rule_names_its_neighbours() -> None:
    """A slip in an id says which ids look alike."""
    with pytest.raises(PlaybookError) as caught:
        rules.get("kpi_counts")
    assert caught.value.what == "there is no rule of thumb with this name"
    assert caught.value.saw == "kpi_counts"
    assert "kpi_count" in caught.value.hint


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_no_rule_passes_a_non_number(value: float) -> None:
    """NaN compares with nothing, so it would look met: it is refused."""
    with pytest.raises(PlaybookError, match="finite number"):
        rules.check("kpi_count", value)
