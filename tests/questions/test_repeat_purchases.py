"""How often clients without a contract come back."""

from __future__ import annotations

from typing import Any

import pytest

from playbook.errors import InvalidInput
from playbook.model import NonAnswer
from playbook.questions.repeat_purchases import RepeatPurchases
from tests.methods.shoppers import drawn
from tests.questions.spoken import face, unspoken


def clients() -> list[dict[str, Any]]:
    rows = zip(*drawn(2_000), strict=True)
    return [
        {"frequency": int(x), "recency": float(when), "age": float(age), **({"mean_value": float(mean)} if x else {})}
        for x, when, age, mean in rows
    ]


def test_every_client_gets_an_expectation() -> None:
    """Two thousand drawn clients: each has a number of purchases to come, and the model stands beside what was seen."""
    given = clients()
    found = RepeatPurchases.read({"customers": given, "ahead": 39}).solve()
    assert found.a / (found.a + found.b) == pytest.approx(0.246, abs=0.08)  # type: ignore[operator]
    assert len(found.expected) == 2_000
    assert min(found.expected) >= 0
    shown = found.face()
    assert shown.verdict.word == "Forecast"
    never = sum(one["frequency"] == 0 for one in given)
    assert shown.sections[0].rows[0][1] == f"{never:,}"  # type: ignore[union-attr]


def test_too_few_who_came_back_are_no_forecast() -> None:
    """Nineteen of them are one too few."""
    rows = [{"frequency": 1, "recency": 3 + n, "age": 30} for n in range(19)]
    found = RepeatPurchases.read({"customers": rows}).solve()
    assert isinstance(found.r, NonAnswer)
    assert (found.r.status, found.expected) == ("not_yet", ())
    assert found.to_json()["log_likelihood"]["status"] == "not_yet"
    assert found.face().verdict.kind == "wait"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"frequency": 1, "recency": 31, "age": 30}, "customers.0.recency"),
        ({"frequency": 0, "recency": 3, "age": 30}, "customers.0.recency"),
        ({"frequency": -1, "recency": 0, "age": 30}, "customers.0.frequency"),
        ({"frequency": 1, "recency": 3, "age": float("nan")}, "customers.0.age"),
    ],
)
def test_client_that_cannot_be_is_refused(row: dict[str, Any], field: str) -> None:
    """Nothing happens after today, and nobody comes back without coming back."""
    with pytest.raises(InvalidInput) as caught:
        RepeatPurchases.read({"customers": [row]})
    assert caught.value.field == field


def test_alike_clients_are_no_trap() -> None:
    """Thirty clients who did the same leave parameters open, and no inf or nan comes out."""
    rows = [{"frequency": 2, "recency": 20, "age": 30, "mean_value": 10}] * 30
    found = RepeatPurchases.read({"customers": rows}).solve()
    assert found.face().verdict.say
    assert not {"inf", "nan"} & set(str(found.to_json()).replace(",", " ").replace("]", " ").split())


def test_face_speaks_russian() -> None:
    """No sentence is left in English."""
    said = unspoken(face("repeat-purchases", {"customers": clients()}, "ru")[1])
    assert [one for one in said if one != "BG/NBD"] == []


def test_clients_all_alike_are_no_forecast() -> None:
    """Fifty times the average client says nothing of how clients differ."""
    one = {"frequency": 2, "recency": 5, "age": 10, "mean_value": 5}
    found = RepeatPurchases.read({"customers": [one] * 50}).solve()
    assert isinstance(found.r, NonAnswer)
    assert (found.r.status, found.expected) == ("undefined", ())
