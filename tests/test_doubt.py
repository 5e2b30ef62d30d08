"""Data that are few or old: they take the place of nothing by themselves, and are marked where they stand alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from playbook import i18n
from playbook.ui import provenance, still
from playbook.ui.form import Field
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring

NOW = date.today()  # noqa: DTZ011 - the product's own day


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A firm that has typed a conversion of 25%."""
    firm = Workspace.create(tmp_path / "firm", currency="USD")
    firm.save("goal", "objective", "sales_now")
    firm.save("goal", "lead_to_sale", 0.25)
    return firm


def leads(firm: Workspace, closed: int, last: date) -> None:
    """So many closed leads, every eighth of them won, closed on the days before `last`."""
    rows = [
        f"{place},{last - timedelta(days=3)},{last},{'lost' if place % 8 else 'won'},price,ads"
        for place in range(closed)
    ]
    bring(firm, "leads.csv", "\n".join(["id,created,closed,status,reason,source", *rows]) + "\n")


def conversion(firm: Workspace) -> Field:
    """The field of the conversion as the page shows it."""
    fields = (field for group in Page(firm, "goal", "en").sets() for field in group.fields)
    return next(field for field in fields if field.name == "lead_to_sale")


def test_enough_fresh_data_take_the_place_of_older_typing(workspace: Workspace) -> None:
    """Of 40 leads closed yesterday 5 are won: 12.5%, without a word of doubt."""
    leads(workspace, 40, NOW - timedelta(days=1))
    given = Walk(workspace).given("goal", "lead_to_sale")
    assert (given.kind, given.value, given.doubt) == ("data", 0.125, "")


@pytest.mark.parametrize(
    ("closed", "last", "why"),
    [
        (8, date(2022, 3, 20), "8 records, the newest of 17 March 2022: too few and too old to rely on."),
        (8, NOW - timedelta(days=1), "8 records: too few to rely on."),
        (40, date(2022, 3, 20), "The newest is of 17 March 2022: too old to rely on."),
    ],
)
def test_few_or_old_data_leave_the_typed_number(workspace: Workspace, closed: int, last: date, why: str) -> None:
    """25% stands; 12.5% is told beside it, with the reason and a press that takes it over."""
    leads(workspace, closed, last)
    given = Walk(workspace).given("goal", "lead_to_sale")
    assert (given.kind, given.value, given.doubt.replace(i18n.NBSP, " ")) == ("typed", 0.25, why)
    field = conversion(workspace)
    assert "You typed 25%; your data say 13%." in provenance.hint(field)
    assert why in provenance.hint(field).replace(i18n.NBSP, " ")
    assert provenance.ways(field) == {"take": "Take from your data"}
    Page(workspace, "goal", "en").take_data(field)
    taken = Walk(workspace).given("goal", "lead_to_sale")
    assert (taken.kind, taken.value, taken.doubt) == ("data", 0.125, given.doubt)


def test_doubtful_data_alone_are_used_and_marked(workspace: Workspace) -> None:
    """Where nothing is typed 12.5% stands with its doubt, in the page's first paint too."""
    workspace.save("goal", "lead_to_sale", None)
    leads(workspace, 8, date(2022, 3, 20))
    assert Walk(workspace).value("goal", "lead_to_sale") == 0.125
    assert provenance.state(conversion(workspace)) == "data apart"
    assert "too few and too old to rely on" in still.inputs(Page(workspace, "goal", "en"))


def test_counts_behind_a_doubtful_conversion_stay_out_with_it(workspace: Workspace) -> None:
    """The chance of a plan at 25% is not told by eight leads of which one paid, unless their conversion is taken."""
    leads(workspace, 8, date(2022, 3, 20))
    assert Walk(workspace).value("goal", "leads_observed") is None
    workspace.save("goal", "lead_to_sale", None)
    assert Walk(workspace).value("goal", "leads_observed") == 8


def test_number_of_an_earlier_step_stands_before_doubtful_data(workspace: Workspace) -> None:
    """Three orders of 2022 at 50 do not overrule the order value of 100 in step 1; a press writes them down."""
    rows = "\n".join(f"{place},c{place},2022-03-0{place},paid,50,20," for place in (1, 2, 3))
    bring(workspace, "orders.csv", f"order_id,customer,date,status,revenue,direct_costs,refund\n{rows}\n")
    workspace.save("goal", "average_order_value", 100)
    given = Walk(workspace).given("unit-economics", "price")
    assert (given.kind, given.value) == ("taken", 100)
    page = Page(workspace, "unit-economics", "en")
    field = next(field for group in page.sets() for field in group.fields if field.name == "price")
    said = provenance.hint(field)
    assert said.index("Step 1") < said.index("Your data say $50") < said.index("too few and too old")
    page.take_data(field)
    assert Walk(workspace).value("unit-economics", "price") == 50


def spend(firm: Workspace, first: date) -> None:
    """Forty days of advertising, 10 a day for 5 clicks."""
    rows = "\n".join(f"{first + timedelta(days=day)},ads,10,5,100" for day in range(40))
    bring(firm, "spend.csv", f"day,source,amount,clicks,impressions\n{rows}\n")


def test_figures_of_different_years_are_not_counted_together_in_silence(workspace: Workspace) -> None:
    """A click of 2 out of 2021 and a conversion out of 2022 bear a note that names both with their days."""
    plan = {"horizon_days": 60, "target_customers": 5, "average_order_value": 100, "gross_margin": 0.5}
    for name, value in {**plan, "visit_to_lead": 0.05, "lead_to_sale": None}.items():
        workspace.save("goal", name, value)
    leads(workspace, 40, date(2022, 3, 20))
    spend(workspace, date(2021, 1, 1))
    notes = " ".join(Walk(workspace).face("goal").notes)
    assert "different times" in notes
    assert "2021" in notes
    assert "2022" in notes
    spend(workspace, date(2022, 2, 20))
    bring(workspace, "more.csv", "day,source,amount,clicks,impressions\n2022-03-17,maps,10,5,100\n")
    assert not any("different times" in note for note in Walk(workspace).face("goal").notes)


def test_week_long_past_is_not_called_this_week(workspace: Workspace) -> None:
    """The newest whole week of advertising ended in February 2021: the form and the review both say so."""
    workspace.add_row("kpi", "chosen", {"metric": "visits"})
    workspace.add_row("kpi", "chosen", {"metric": "ctr"})
    spend(workspace, date(2021, 1, 4))
    group = Page(workspace, "week", "en").sets()[0]
    assert group.title.replace(i18n.NBSP, " ") == "Figures of 1–7 February 2021"
    assert "1–7 February 2021" in group.note.replace(i18n.NBSP, " ")
    assert any("February 2021" in note for note in Walk(workspace).face("week").notes)


def test_week_just_over_needs_no_note(workspace: Workspace) -> None:
    """Data up to yesterday are of the last whole week."""
    workspace.add_row("kpi", "chosen", {"metric": "ctr"})
    spend(workspace, NOW - timedelta(days=40))
    group = Page(workspace, "week", "en").sets()[0]
    monday = NOW - timedelta(days=NOW.weekday() + 7)
    assert group.title == f"Figures of {i18n.days(monday, monday + timedelta(days=6))}"
