"""The first questions speak Russian to a Russian: every label, every sentence of every face, every refusal."""

from __future__ import annotations

import re
from typing import Any

import pytest

from playbook import texts as knowledge
from playbook.errors import InvalidInput
from playbook.i18n import speaking
from playbook.model import Inputs
from playbook.questions import find
from tests.questions.spoken import described, face, unspoken

SALES: dict[str, Any] = {
    "objective": "sales_now",
    "horizon_days": 60,
    "target_customers": 40,
    "average_order_value": 8400,
    "gross_margin": 0.3,
    "visit_to_lead": 0.05,
    "lead_to_sale": 0.31,
    "cost_per_visit": 84,
    "cycle_days": 9,
}
CLINIC: dict[str, Any] = {
    "scenario": "local",
    "objective": "sales_now",
    "horizon_days": 60,
    "cycle_days": 9,
    "deciders": 1,
    "average_order_value": 8400,
    "cost_per_lead": 1680,
    "max_cost_per_lead": 1930,
    "demand_exists": "yes",
    "repeat_natural": "yes",
    "clients_compare": "some",
    "sales_stable": "no",
    "client_base": 1940,
    "monthly_retention": 0.82,
    "target_accounts": 0,
    "can_publish": 1,
    "records_ready": 0.63,
}
MONEY: dict[str, Any] = {"price": 8400, "monthly_retention": 0.82, "payback_target_months": 3, "cogs": 4828}
TEN = [question["id"] for question in knowledge.load("ten.toml", "en")["questions"]]
CASES: list[tuple[str, dict[str, Any]]] = [
    ("goal", SALES),
    ("goal", {**SALES, "cost_per_visit": 1, "leads_observed": 400, "sales_observed": 128}),
    ("goal", {**SALES, "cycle_days": 60}),
    ("goal", {**SALES, "lead_to_sale": 0}),
    ("goal", {**SALES, "visit_to_lead": 0}),
    ("goal", {"objective": "ltv", "horizon_days": 90, "target": {"metric": "Повторы", "value": 45}}),
    ("deal-cycle", {"cycle_days": 3, "deciders": 1}),
    ("deal-cycle", {"cycle_days": 9, "deciders": 2, "average_order_value": 50_000}),
    ("deal-cycle", {"cycle_days": 2, "deciders": 2}),
    ("deal-cycle", {"cycle_days": 2, "average_order_value": 50_000}),
    ("deal-cycle", {"cycle_days": 2, "average_order_value": 500_000}),
    ("deal-cycle", {"cycle_days": 90, "deciders": 4}),
    ("deal-cycle", {"cycle_days": 5, "deciders": 4}),
    ("deal-cycle", {"deals": [{"days": days, "closed": days % 3 > 0} for days in range(1, 30)]}),
    ("deal-cycle", {"deals": [{"days": 5, "closed": False}]}),
    ("core", CLINIC),
    ("core", {**CLINIC, "cost_per_lead": 2500, "objective": "ltv", "clients_compare": "no"}),
    ("core", {"objective": "awareness", "sales_stable": "yes", "demand_exists": "no", "cac": 9, "admissible_cac": 8}),
    ("core", {"scenario": "b2b", "cycle_days": 120, "deciders": 4, "target_accounts": 40, "clients_compare": "yes"}),
    ("core", {"can_publish": 1}),
    ("core", {}),
    ("maturity", {"answers": [0] * 20}),
    ("maturity", {"answers": [1] * 19 + [0]}),
    ("maturity", {"answers": [2] * 20}),
    ("maturity", {"answers": [None] + [2] * 19}),
    ("ten", {"answers": {"margin": 0.4}, "seconds": 300}),
    ("ten", {"answers": dict.fromkeys(TEN, 1)}),
    ("unit-economics", MONEY),
    ("unit-economics", {**MONEY, "cac": 5420, "lead_to_sale": 0.31, "visit_to_lead": 0.05}),
    ("unit-economics", {**MONEY, "cac": 9420, "lead_to_sale": 0.31}),
    ("unit-economics", {**MONEY, "cac": 5420}),
    ("unit-economics", {**MONEY, "cac": 90_420}),
    ("unit-economics", {**MONEY, "cogs": 9000, "cac": 100}),
    ("unit-economics", {**MONEY, "monthly_retention": 0, "first_margin": "after_renewal", "cac": 1}),
]
NAMES = ("goal", "deal-cycle", "core", "maturity", "ten", "unit-economics")


@pytest.mark.parametrize(("name", "asked"), CASES)
def test_face_speaks_russian_throughout(name: str, asked: dict[str, Any]) -> None:
    """No sentence of a Russian face is left in English, and no verdict is the English one."""
    (russian, said), (english, _) = face(name, asked, "ru"), face(name, asked, "en")
    assert unspoken(said) == []
    assert russian.verdict.say != english.verdict.say
    assert re.search("[а-яё]", russian.verdict.say)


@pytest.mark.parametrize(("name", "asked"), CASES)
def test_english_face_has_no_russian(name: str, asked: dict[str, Any]) -> None:
    """The English face is English; what the person typed is left aside."""
    found = [text for text in face(name, asked, "en")[1] if re.search("[а-яё]", text)]
    assert [text for text in found if "Повторы" not in text] == []


@pytest.mark.parametrize(("name", "asked"), CASES)
def test_verdict_is_one_short_sentence(name: str, asked: dict[str, Any]) -> None:
    """A verdict has about fourteen words in English, numbers counted, and no exclamation mark."""
    say = face(name, asked, "en")[0].verdict.say
    assert len(say.replace("\xa0", " ").split()) <= 18
    assert "!" not in say


@pytest.mark.parametrize("name", NAMES)
def test_fields_speak_both_languages(name: str) -> None:
    """Labels, hints and choices are there in English and differ in Russian."""
    question: type[Inputs] = find(name)
    with speaking("en"):
        english = list(described(question.fields()))
    with speaking("ru"):
        russian = list(described(question.fields()))
    assert unspoken(russian) == []
    assert len(english) == len(russian) > 0
    assert all(one != other for one, other in zip(english, russian, strict=True) if one)


@pytest.mark.parametrize("name", NAMES)
def test_groups_hold_every_field_once(name: str) -> None:
    """The form shows each field in one group, and no group names a field that is not there."""
    question = find(name)
    grouped = [field for _, names in question.groups for field in names]
    assert sorted(grouped) == sorted(name for name in question.model_fields if name != "seconds")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("goal", {**SALES, "target_revenue": 5}),
        ("goal", {**SALES, "target_customers": None}),
        ("goal", {**SALES, "horizon_days": 10}),
        ("goal", {**SALES, "horizon_days": 100}),
        ("goal", {**SALES, "lead_to_sale": 80}),
        ("goal", {**SALES, "lead_to_sale": "<script>"}),
        ("goal", {"objective": "ltv", "horizon_days": 60, "target": {"metric": "x" * 10_000, "value": 1}}),
        ("deal-cycle", {}),
        ("deal-cycle", {"cycle_days": 9, "deals": [{"days": 1, "closed": True}]}),
        ("core", {"scenario": "bakery"}),
        ("maturity", {"answers": [1]}),
        ("maturity", {"answers": [7] * 20}),
        ("ten", {"answers": {"margin": False}}),
        ("ten", {"answers": {"x": 1}}),
        ("unit-economics", {"price": -1}),
    ],
)
def test_refusals_speak_both_languages(name: str, asked: dict[str, Any]) -> None:
    """What is wrong and what to do, in the reader's language."""
    said = {}
    for language in ("en", "ru"):
        with speaking(language), pytest.raises(InvalidInput) as caught:
            find(name).read({field: value for field, value in asked.items() if value is not None})
        said[language] = caught.value
    assert re.search("[а-яё]", said["ru"].what)
    assert said["ru"].hint
    assert not re.search("[а-яё]", said["en"].what + said["en"].hint)
