"""What was said among the ten questions stands in step 1 until something better is typed there."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import i18n
from playbook.walk import Walk
from playbook.workspace import Workspace


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """A firm that has told its average check, margin and conversion."""
    made = Workspace.create(tmp_path / "firm")
    for question, said in {"average_check": 12000, "margin": 0.4, "lead_to_payment": "25-35 %"}.items():
        made.save("ten", f"answers/{question}", said)
    made.save("goal", "objective", "sales_now")
    return made


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("average_order_value", 12000),
        ("gross_margin", 0.4),
        ("lead_to_sale", 0.3),
        ("lead_to_sale_low", 0.25),
        ("lead_to_sale_high", 0.35),
        ("average_order_value_low", None),
    ],
)
def test_step_one_begins_from_the_ten_questions(firm: Workspace, field: str, value: float | None) -> None:
    """Numbers as given; of a range its middle and its ends."""
    assert Walk(firm).value("goal", field) == value


def test_typing_stands_over_the_ten_questions(firm: Workspace) -> None:
    """What is typed in step 1 is more exact than the first visit."""
    firm.save("goal", "average_order_value", 11500)
    assert Walk(firm).given("goal", "average_order_value").kind == "typed"


@pytest.mark.parametrize("said", ["не знаю", "дорого", "about 30"])
def test_words_are_no_number(firm: Workspace, said: str) -> None:
    """Whoever named no number is asked by step 1 as before."""
    firm.save("ten", "answers/lead_to_payment", said)
    with i18n.speaking("ru", "RUB"):
        assert Walk(firm).value("goal", "lead_to_sale") is None


def test_step_three_goes_on_from_them(firm: Workspace) -> None:
    """12,000 at a margin of 40% costs 7,200 directly."""
    assert Walk(firm).value("unit-economics", "cogs") == 7200
