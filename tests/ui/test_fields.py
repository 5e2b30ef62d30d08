"""What a person types into a field, read as they mean it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playbook.i18n import speaking
from playbook.ui.fields import editable, read
from playbook.ui.form import BLANK
from playbook.ui.page import Page
from playbook.workspace import Workspace

NUMBER = replace(BLANK, name="n", kind="number", unit="share")


@pytest.mark.parametrize(
    ("unit", "typed", "meant"),
    [
        ("days", "60 дней", 60),
        ("days", "2 недели", 14),
        ("days", "1,5 мес", None),
        ("minutes", "3 часа", 180),
        ("minutes", "15 мин.", 15),
        ("hours", "90 минут", 1.5),
        ("months", "3 месяца", 3),
        ("months", "2 недели", None),
        ("money", "12 000р.", 12_000),
        ("share", "25 %", 0.25),
        ("number", "5 яблок", None),
    ],
)
def test_number_is_read_with_the_unit_a_person_writes(unit: str, typed: str, meant: float | None) -> None:
    """The field's own unit, or another length of time; a word that is none leaves the text and says what is wrong."""
    with speaking("ru", "RUB"):
        value, problem = read(None, replace(NUMBER, unit=unit), typed)
    assert (value, problem is None) == ((meant, True) if meant is not None else (typed, False))


@pytest.mark.parametrize("typed", ["30-40", "от 30 до 40 %", "30…40", "не знаю", "don’t know"])
def test_rough_field_takes_a_range_and_not_knowing(typed: str) -> None:
    """They are kept as they were typed, and stand in the field again."""
    with speaking("ru", "RUB"):
        rough: Any = replace(NUMBER, rough=True)
        assert read(None, rough, typed) == (typed, None)
        assert editable(rough, typed) == typed
        assert read(None, NUMBER, typed)[1] is not None


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("lead_to_payment", "120", "is a share: from 0 to 100%"),
        ("lead_to_payment", "30-140 %", "is a share: from 0 to 100%"),
        ("average_check", "0", "must be above 0"),
        ("cost_per_lead", "-5", "cannot be below 0"),
        ("margin", "30-40 %", ""),
        ("handling_time", "don't know", ""),
    ],
)
def test_first_answers_are_held_to_what_is_possible(tmp_path: Path, question: str, typed: str, said: str) -> None:
    """Words stay in the field, are explained beside it and are no answer; a range and not knowing are."""
    page = Page(Workspace.create(tmp_path / "firm"), "ten", "en")
    field = next(field for group in page.sets() for field in group.fields if field.name == f"answers/{question}")
    page.save(field, typed)
    assert said in page.errors().get(field.name, "")
    assert (field.name in page.workspace.values("ten")) == (said == "")


def test_week_of_a_share_is_no_more_than_the_whole(tmp_path: Path) -> None:
    """A conversion of 130% is not taken; a return on spend of 130% is."""
    firm = Workspace.create(tmp_path / "firm")
    for metric in ("lead_to_sale", "romi"):
        firm.add_row("kpi", "chosen", {"metric": metric})
    page = Page(firm, "week", "en")
    for field in page.sets()[0].fields:
        page.save(field, "130")
    assert {name: value for name, value in firm.values("week").items() if value == 1.3} == {"values/2": 1.3}
    assert "from 0 to 100%" in page.errors()["values/1"]


def test_row_of_no_numbers_is_an_empty_field() -> None:
    """What was not given stands there as nothing, and not as the brackets of an empty list."""
    assert editable(replace(BLANK, name="n", kind="note", unit="series"), ()) == ""


@pytest.mark.parametrize(("language", "shown"), [("en", "2026-11-13"), ("ru", "13.11.2026")])
def test_date_stands_in_its_field_as_the_reader_writes_one(language: str, shown: str) -> None:
    """What is saved as ISO is typed, shown and read again in the reader's own way."""
    spec = replace(BLANK, name="start", kind="date", unit="date")
    with speaking(language):
        assert editable(spec, "2026-11-13") == shown
        assert read(None, spec, shown) == ("2026-11-13", None)
        assert editable(spec, "soon") == "soon"
