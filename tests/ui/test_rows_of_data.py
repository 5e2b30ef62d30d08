"""Calculators filled from the data: rows and series with their source, one's own in their place, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.ui import provenance, still
from playbook.ui.form import Field, FieldSet
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring_all


@pytest.fixture
def clinic(tmp_path: Path) -> Workspace:
    """Leads, orders and spend of June."""
    return bring_all(Workspace.create(tmp_path / "clinic", currency="USD"))


def tail(page: Page) -> FieldSet:
    """The foot of a list, with its note and buttons."""
    return page.sets()[-1]


def only(page: Page, name: str) -> Field:
    """One field of a page."""
    return next(field for group in page.sets() for field in group.fields if field.name == name)


def test_list_of_the_data_says_where_it_is_from(clinic: Workspace) -> None:
    """Three rows of sources, with their days and rows, before and after the widgets come."""
    page = Page(clinic, "channel-dependence", "en")
    group = tail(page)
    assert group.note.startswith("3 rows: ")
    assert group.note.endswith("9 rows.")
    assert list(page.buttons(group)) == ["Take the rows over to change them"]
    assert group.note in still.inputs(page)
    assert Walk(clinic).answer("channel-dependence") is not None


def test_rows_taken_over_stand_and_give_way_again(clinic: Workspace) -> None:
    """One's own rows are kept until the button is pressed, and one undo brings them back."""
    page = Page(clinic, "channel-dependence", "en")
    page.take_rows("sources")
    assert Walk(clinic).given("channel-dependence", "sources").kind == "typed"
    assert tail(page).note.startswith("Your data give 3 rows: ")
    page.buttons(tail(page))["Take from your data"]()
    assert Walk(clinic).given("channel-dependence", "sources").kind == "data"
    page.undo()
    assert len(clinic.rows("channel-dependence", "sources")) == 3


def test_newer_data_do_not_take_the_place_of_own_rows(clinic: Workspace) -> None:
    """Rows typed before the files came stay, as a list cannot be compared line by line."""
    clinic.add_row("channel-dependence", "sources", {"name": "fairs", "leads": 3})
    assert Walk(clinic).value("channel-dependence", "sources") == [{"name": "fairs", "leads": 3}]


def test_row_of_weeks_is_the_chosen_metric(clinic: Workspace) -> None:
    """Sales of four whole weeks by themselves; leads once they are chosen in step 6."""
    assert Walk(clinic).value("xmr", "values") == "2; 2; 2; 2"
    clinic.add_row("kpi", "chosen", {"metric": "leads"})
    given = Walk(clinic).given("xmr", "values")
    assert given.value == "4; 2; 0; 2"
    assert given.source_text.startswith("Leads · ")


def test_typed_series_is_offered_the_data_s(clinic: Workspace) -> None:
    """A series that was typed stands, with the way to that of the data."""
    clinic.save("xmr", "values", "5; 6; 7")
    field = only(Page(clinic, "xmr", "en"), "values")
    assert field.text == "5; 6; 7"
    assert provenance.state(field) == "typed"
    assert "take" in provenance.ways(field)


def test_weeks_of_scale_are_those_that_are_judged(clinic: Workspace) -> None:
    """The last weeks with what is known of each; tests are typed by hand."""
    weeks = Walk(clinic).value("scale-readiness", "weeks")
    assert [week["sales"] for week in weeks] == [2, 2, 2, 2]
    assert weeks[0]["lead_to_sale"] == pytest.approx(1 / 3, abs=1e-6)
    assert "lead_to_sale" not in weeks[1]


def test_money_of_another_currency_fills_nothing(clinic: Workspace) -> None:
    """Dollars do not stand among roubles, in a row neither."""
    clinic.set_setting("currency", "RUB")
    assert Walk(clinic).given("romi", "revenue").kind == "empty"
    assert Walk(clinic).given("cac", "costs").kind == "empty"
    assert Walk(clinic).given("channel-dependence", "sources").kind == "data"
