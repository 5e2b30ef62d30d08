"""The data minimum: four numbers, what is left of them, and the records behind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.questions.data_minimum import RECORDS, DataMinimum, Minimum

WHOLE: dict[str, Any] = {
    "leads": 400,
    "cost_per_lead": 10,
    "lead_to_sale": 0.2,
    "gross_profit": 9000,
    "spend": 4000,
    **dict.fromkeys(RECORDS, 0.9),
}


def solved(**changed: Any) -> Minimum:
    """The answer with some of the numbers changed."""
    return DataMinimum(**{**WHOLE, **changed}).solve()


def test_four_numbers_with_full_records_are_enough() -> None:
    """9,000 of gross profit less 4,000 of advertising leave 5,000."""
    found = solved()
    assert (found.verdict, found.profit, found.known) == ("yes", 5000, 4)
    assert found.face().verdict.say == "$5,000 is left after advertising: $9,000 of gross profit less $4,000."


@given(st.fixed_dictionaries({name: st.none() | st.floats(0, 1) for name in ("lead_to_sale", *RECORDS)}))
def test_without_profit_the_answer_is_never_yes(others: dict[str, float | None]) -> None:
    """Whatever else is known, and however well: a cheap lead is no success yet."""
    found = solved(gross_profit=None, **others)
    assert (found.verdict, found.face().verdict.kind, found.profit.status) == ("no", "no", "not_yet")  # type: ignore[union-attr]
    assert "gross_profit" in found.missing


def test_blind_firm_is_told_what_to_add() -> None:
    """Three of four are there."""
    said = solved(gross_profit=None).face().verdict
    assert said.say == "3 of 4 numbers are there, and profit is not among them."
    assert said.flip.startswith("Add the direct costs of what you sell")


@pytest.mark.parametrize("name", ["cost_per_lead", "lead_to_sale"])
def test_each_of_the_four_is_needed(name: str) -> None:
    """Profit alone is no board."""
    assert (solved(**{name: None}).verdict, solved(**{name: None}).missing) == ("no", (name,))


@pytest.mark.parametrize(("spend", "verdict"), [(8999.99, "yes"), (9000, "no"), (12_000, "no"), (None, "wait")])
def test_advertising_that_takes_everything_is_no_success(spend: float | None, verdict: str) -> None:
    """9,000 of gross profit are taken by 9,000 of spend; spend that nobody knows leaves it open."""
    assert solved(spend=spend).verdict == verdict


def test_loss_before_advertising_is_told_as_a_loss() -> None:
    """A gross profit below 0 is known, and no success."""
    found = solved(gross_profit=-500)
    assert (found.verdict, found.profit) == ("no", -4500)


@pytest.mark.parametrize("name", RECORDS)
def test_gap_in_the_records_makes_numbers_rough(name: str) -> None:
    """79% are too few and 80% enough; the page that helps stands beside it."""
    found = solved(**{name: 0.79})
    assert (found.verdict, found.holes) == ("wait", (name,))
    (fill,) = [section for section in found.face().sections if hasattr(section, "items")]
    assert fill.items[0].step == RECORDS[name]
    assert solved(**{name: 0.8}).verdict == "yes"


def test_records_nobody_counted_are_no_gap() -> None:
    """They are told as not known, and the rule of thumb is not held against them."""
    found = solved(**dict.fromkeys(RECORDS))
    table = found.face().sections[0]
    assert (found.verdict, found.holes) == ("yes", ())
    assert {row[3] for row in table.rows} == {"not known"}  # type: ignore[union-attr]
    assert len(found.face().rules) == 1
