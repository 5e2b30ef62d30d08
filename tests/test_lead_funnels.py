"""The funnel by source and by segment on the page of the funnel."""

from __future__ import annotations

from playbook import addresses, i18n
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring

OFFERED = "".join(f"{n},2026-06-01,{'won' if n % 10 == 0 else 'lost'},ads,Offer\n" for n in range(1001, 1051))


HEAD = "id,created,status,source,segment\n"
SOLD = "".join(f"{n},2026-06-01,{'won' if n <= 40 else 'lost'},friends,Cafes\n" for n in range(1, 51))
LOST = "".join(f"{n},2026-06-01,{'won' if n % 10 == 0 else 'lost'},ads,Cafes\n" for n in range(51, 101))


def test_source_that_sells_best_beyond_chance_is_named(workspace: Workspace) -> None:
    """40 of 50 beside 5 of 50 is no chance; one segment is compared with nothing, and money of nobody has no column."""
    bring(workspace, "leads.csv", HEAD + SOLD + LOST)
    by_source, by_segment = Walk(workspace).face("funnel").sections[-2:]
    assert by_source.title == "Leads of “friends” buy more often than those of any other source"  # type: ignore[union-attr]
    assert by_segment.title == "Leads by segment"  # type: ignore[union-attr]
    assert by_source.rows[1] == ("friends", "50", "40", "80% of 50", "67% – 89%")  # type: ignore[union-attr]


def test_segment_that_sells_worst_beyond_chance_is_named(workspace: Workspace) -> None:
    """Two segments sell alike, and 5 of 50 is far below both."""
    bring(workspace, "leads.csv", HEAD + SOLD + SOLD.replace(",2026", "0,2026").replace("Cafes", "Clinics") + OFFERED)
    by_segment = Walk(workspace).face("funnel").sections[-1]
    assert by_segment.title == "Leads of “Offer” buy less often than those of any other segment"  # type: ignore[union-attr]


def test_line_of_the_funnel_opens_its_leads(workspace: Workspace) -> None:
    """Before any plan is made the funnel of the data is there, in the reader's words, each line with its rows."""
    bring(workspace, "leads.csv", HEAD + SOLD + LOST.replace("ads", "yandex"))
    with addresses.under("/firm/x"):
        page = Page(workspace, "funnel", "ru").shown().replace(i18n.NBSP, " ")
    assert "Чаще других источников до оплаты доходит «friends»" in page
    assert '<a href="/firm/x/rows/funnel_by_source?of=yandex">50</a>' in page
    assert ">Яндекс</th>" in page
