"""The page of the rows behind a figure: it opens from the figure, goes on by pages and lines, and comes as CSV."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from playbook import addresses
from playbook.ui import provenance
from playbook.ui.imports import ImportPage
from playbook.ui.page import Page
from playbook.workspace import Workspace
from tests.data.clinic import bring

HEAD = "id,created,status,reason,source\n"
LOST = "".join(f"{n},2026-06-{n % 28 + 1:02},lost,{'price' if n % 3 else '<b>time</b>'},ads\n" for n in range(1, 31))


@pytest.fixture
def firm(workspace: Workspace) -> Workspace:
    """Thirty lost leads, twenty for the price."""
    bring(workspace, "leads.csv", HEAD + LOST)
    return workspace


def bare(page: str) -> str:
    """The page's words."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))


@pytest.mark.usefixtures("firm")
def test_rows_are_shown_by_pages(client: TestClient) -> None:
    """Twenty-five of thirty, and the way on to the others."""
    first = client.get("/rows/refusals_by_reason").text
    assert "30 leads" in bare(first)
    assert "1–25 of 30" in bare(first)
    assert first.count("<tr>") == 26
    last = client.get("/rows/refusals_by_reason?start=25").text
    assert last.count("<tr>") == 6


@pytest.mark.usefixtures("firm")
def test_line_of_a_figure_is_chosen_by_its_link(client: TestClient) -> None:
    """The reasons stand above with their counts; what was typed into a CRM is no markup."""
    page = client.get("/rows/refusals_by_reason").text
    assert "<b>time" not in page
    found = re.search(r'href="([^"]*of=price[^"]*)"', page)
    assert found
    assert "20 leads" in bare(client.get(found[1].replace("&amp;", "&")).text)


@pytest.mark.usefixtures("firm")
def test_rows_are_downloaded(client: TestClient) -> None:
    """All of a line, with the mark that tells a spreadsheet the encoding."""
    answer = client.get("/rows/refusals_by_reason.csv?of=price")
    assert answer.content.startswith(b"\xef\xbb\xbfNumber,")
    assert len(answer.text.splitlines()) == 21
    assert 'filename="refusals_by_reason-' in answer.headers["content-disposition"]


@pytest.mark.usefixtures("firm")
def test_figure_without_rows_says_why(client: TestClient) -> None:
    """No spend is imported; a name nobody gave, a table it was not counted on and a wrong place do no harm."""
    assert "No advertising spend is imported. Import an export of" in bare(client.get("/rows/cac").text)
    assert client.get("/rows/nothing").status_code == 400
    assert client.get("/rows/leads?table=orders").status_code == 400
    assert client.get("/rows/leads?start=-1").status_code == 200
    assert "30 leads" in bare(client.get("/rows/leads?start=99999999999999").text)


def test_figures_of_the_pages_lead_to_their_rows(firm: Workspace) -> None:
    """On the data page a number and an answer of the ten, on a step's page the figure that filled its field."""
    with addresses.under("/firm/x"):
        data = ImportPage(firm, "en").figures()
        below = Page(firm, "refusal-reasons", "en").below()
    assert '<a href="/firm/x/rows/closed_leads">30</a>' in data
    assert re.search(r'<a href="/firm/x/rows/refusals_by_reason">price 20, ', data)
    assert '<a href="/firm/x/rows/refusals_by_reason">Show its rows</a>' in below


@pytest.mark.usefixtures("firm")
def test_week_of_a_figure_is_opened_from_its_series(client: TestClient) -> None:
    """Thirty leads of four weeks: the number of each leads to its rows, and there is a way back."""
    page = client.get("/rows/leads").text
    found = re.search(r'href="([^"]*period=2026-W23)">9</a>', page)
    assert found
    week = client.get(found[1]).text
    assert "9 leads" in bare(week)
    assert "All days 1–7 June 2026" in bare(week)
    assert len(client.get("/rows/leads.csv?period=2026-W23").text.splitlines()) == 10
    assert client.get("/rows/leads?period=soon").status_code == 400


def test_values_of_the_week_lead_to_its_rows(firm: Workspace) -> None:
    """On the page of the metrics and in the review, where the field under the value leads there as well."""
    firm.add_row("kpi", "chosen", {"metric": "leads"})
    with addresses.under("/firm/x"):
        metrics, review = Page(firm, "kpi", "en").shown(), Page(firm, "week", "en")
        reviewed = review.shown()
        fields = provenance.lines(field for group in review.sets() for field in group.fields)
    for page in (metrics, reviewed):
        assert '<a href="/firm/x/rows/leads?period=2026-W26">7</a>' in page
        assert '<a href="/firm/x/rows/leads?period=2026-W25">7</a>' in page
    assert 'href="/firm/x/rows/leads?period=2026-W26"' in fields


def test_where_nothing_is_served_nothing_leads_to_rows(firm: Workspace) -> None:
    """In JupyterLab there is no such page."""
    assert "/rows/" not in Page(firm, "refusal-reasons", "en").below()
