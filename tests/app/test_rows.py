"""The page of the rows behind a figure: it opens from the figure, goes on by pages and lines, and comes as CSV."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from playbook import addresses
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


def test_where_nothing_is_served_nothing_leads_to_rows(firm: Workspace) -> None:
    """In JupyterLab there is no such page."""
    assert "/rows/" not in Page(firm, "refusal-reasons", "en").below()
