"""What `?` tells in a notebook: every field with its meaning, unit and bounds, in the reader's language."""

from __future__ import annotations

import inspect
import re

import pytest

import playbook as pb
from playbook.i18n import speaking
from playbook.questions import NAMES, find
from playbook.specs import FieldSpec

UNITS = {
    "money": "money, €",
    "share": "share: 80% is 0.8",
    "count": "whole number",
    "days": "days",
    "hours": "hours",
    "minutes": "minutes",
    "months": "months",
}


def flat(text: str) -> str:
    """The text on one line."""
    return re.sub(r"\s+", " ", text)


def every(specs: tuple[FieldSpec, ...]) -> list[FieldSpec]:
    """The fields with those of their rows."""
    return [each for spec in specs for each in (spec, *every(spec.rows))]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_told_with_its_unit(name: str) -> None:
    """Its name, label and unit stand in the class's help; what the class asks stands first."""
    with speaking("en", "EUR"):
        told, specs = flat(find(name).getdoc()), every(find(name).fields())
    assert told.startswith(flat(str(find(name).__doc__)).strip()[:40])
    assert specs
    for spec in specs:
        assert re.search(rf"\b{spec.name} \({re.escape(UNITS.get(spec.unit, ''))}.*?\): {re.escape(spec.label)}", told)


@pytest.mark.parametrize("name", NAMES)
def test_a_russian_reader_is_told_in_russian(name: str) -> None:
    """No line but an example, a name or a value is in Latin letters alone."""
    with speaking("ru", "RUB"):
        told = find(name).getdoc().partition("Поля:")
    assert told[0] == "" or told[0].startswith(">>>")
    assert all(re.search("[А-Яа-я]", line) for line in re.split(r"\n    (?! )", told[2])[1:])


def test_bounds_and_defaults_are_told() -> None:
    """A bound that only keeps out what no firm has is not."""
    told = flat(pb.UnitEconomics.getdoc())
    assert "price (money, $, not below 0): Average order value." in told
    assert "refund_rate (share: 80% is 0.8, between 0 and 1, 0 when left out): Refunds." in told
    assert "'after_renewal' only after the first renewal, 'at_purchase' when left out" in told


def test_an_answer_tells_its_figures() -> None:
    """5 for 3 clients are 1.67 each, beside how a CAC is defined; the English docstring is not read to a Russian."""
    answer = pb.Cac(costs={"ads": 5}, new_customers=3).solve()
    assert "CAC: $1.67. " in flat(answer.getdoc())
    with speaking("ru", "RUB"):
        told = flat(answer.getdoc())
    assert "CAC: 1,67 ₽. Все расходы периода" in told
    assert "What a new client costs" not in told


def test_a_signature_is_read_at_a_glance() -> None:
    """Types alone: the units stand in the fields below it."""
    assert str(inspect.signature(pb.Nps)) == "(*, promoters: int, passives: int, detractors: int) -> None"
    assert "Annotated" not in "".join(str(inspect.signature(find(name))) for name in NAMES)
