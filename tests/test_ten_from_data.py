"""The ten questions out of small exports, counted by hand; on the first page they stand beside one's own answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from playbook import i18n, ten_from_data
from playbook.ten_from_data import Told
from playbook.ui import provenance
from playbook.ui.form import Field
from playbook.ui.imports import ImportPage
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring

ORDERS = "id,paid,amount,currency,segment\n1,2026-06-01,100,USD,Cafes\n2,2026-06-02,300,USD,Clinics\n"
COSTED = (
    "id,paid,amount,direct_costs,currency,segment\n1,2026-06-01,100,40,USD,Cafes\n2,2026-06-02,300,310,USD,Clinics\n"
)
LEADS = """id,created,status,reason,source
1,2026-06-01,lost,Too dear,ads
2,2026-06-08,lost,too dear!,ads
3,2026-06-10,won,,maps
4,2026-06-14,open,,
"""


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """A firm that counts in dollars."""
    return Workspace.create(tmp_path / "firm", currency="USD")


def told(firm: Workspace, question: str) -> Told:
    """One of the ten as the data answer it."""
    return next(one for one in ten_from_data.answers(Walk(firm)) if one.id == question)


def field(firm: Workspace, question: str) -> Field:
    """The question's field on the first page."""
    fields = (one for group in Page(firm, "ten", "en").sets() for one in group.fields)
    return next(one for one in fields if one.name == f"answers/{question}")


def test_firm_without_data_is_told_what_to_import(firm: Workspace) -> None:
    """None of ten, each with the export that would help; on the page nothing stands beside the questions."""
    found = ten_from_data.answers(Walk(firm))
    assert [one.value for one in found] == [None] * 10
    assert ten_from_data.count(found) == "Your data answer 0 of 10 questions."
    assert told(firm, "cost_per_lead").because.startswith("No advertising spend is imported. Import an export of")
    assert field(firm, "cost_per_lead").proof is None


def test_sources_are_those_of_the_last_seven_days(firm: Workspace) -> None:
    """Of 8 to 14 June: one of ads, one of maps, one that does not say; the lead of 1 June is too old."""
    bring(firm, "leads.csv", LEADS)
    found = told(firm, "lead_sources")
    assert found.text == "ads 1, maps 1, no source 1"
    assert found.because.replace(i18n.NBSP, " ").endswith(", 8–14 June 2026")


def test_leads_that_say_no_source_are_no_other_source(firm: Workspace) -> None:
    """Eight sources and two leads that say none: six by name, two others, and the two of nowhere by themselves."""
    rows = [f"{n},2026-06-14,s{n}" for n in range(1, 9)] + ["9,2026-06-14,", "10,2026-06-14,"]
    bring(firm, "leads.csv", "\n".join(["id,created,source", *rows, ""]))
    assert told(firm, "lead_sources").text == "s1 1, s2 1, s3 1, s4 1, s5 1, s6 1, 2 other sources 2, no source 2"


def test_what_is_to_be_known_of_an_answer_stands_beside_it(firm: Workspace) -> None:
    """On the data page and in the line of the command: the doubt about few leads, and how many say no reason."""
    bring(firm, "leads.csv", LEADS.replace("too dear!", ""))
    found = told(firm, "refusal_reasons")
    known = "2 records: too few to rely on. 1 of 2 lost leads have no reason."
    assert known in found.line()
    assert known in re.sub(r"\s+", " ", ImportPage(firm, "en").figures())


def test_leads_of_nowhere_are_no_answer(firm: Workspace) -> None:
    """No lead of the last week names a source, though an older one does."""
    bring(firm, "leads.csv", "id,created,source\n1,2026-06-01,ads\n2,2026-06-14,\n")
    found = told(firm, "lead_sources")
    assert found.value is None
    assert found.reason.endswith("says where it came from")


def test_one_reason_in_two_writings_counts_as_one(firm: Workspace) -> None:
    """As the page of refusals has it."""
    bring(firm, "leads.csv", LEADS)
    assert told(firm, "refusal_reasons").value == [{"reason": "Too dear", "leads": 2, "share": 1.0}]


def test_profit_without_costs_is_refused(firm: Workspace) -> None:
    """Turnover by segment is no answer."""
    bring(firm, "orders.csv", ORDERS)
    found = told(firm, "profitable_segments")
    assert found.value is None
    assert found.because.startswith("No direct costs are imported, and turnover is not profit. Import a table of")


def test_segment_that_loses_money_is_not_among_the_best(firm: Workspace) -> None:
    """Cafes leave 100 - 40; clinics cost 310 and pay 300."""
    bring(firm, "orders.csv", COSTED)
    assert told(firm, "profitable_segments").value == [{"name": "Cafes", "gross_profit": 60.0, "by": "segments"}]


def test_ideas_in_work_answer_the_tenth(firm: Workspace) -> None:
    """A draft of an idea is none in work, and one where three are asked for says so."""
    firm.add_row("ideas", "ideas", {"name": "Shorter form", "kind": "landing", "state": "running"})
    firm.add_row("ideas", "ideas", {"name": "Video", "kind": "creative", "state": "backlog"})
    found = told(firm, "running_tests")
    assert (found.value, found.note) == ([{"name": "Shorter form"}], "The question asks for 3.")


def test_answer_of_the_data_waits_until_it_is_taken(firm: Workspace) -> None:
    """It stands beside the field; pressed, the number is the answer, and the page has no more to say of it."""
    bring(firm, "orders.csv", COSTED)
    page, beside = Page(firm, "ten", "en"), field(firm, "average_check")
    assert "Your data show: $200." in provenance.hint(beside)
    assert "2 records: too few to rely on." in provenance.hint(beside)
    assert (beside.value, provenance.ways(beside)) == (None, {"take": "Take as my answer"})
    page.take_data(beside)
    assert field(firm, "average_check").value == 200
    assert (provenance.state(field(firm, "average_check")), Walk(firm).outcome("ten", "answered")) == ("", 1)


def test_typed_answer_stands_beside_the_data(firm: Workspace) -> None:
    """200 is in the data, 250 was typed."""
    bring(firm, "orders.csv", COSTED)
    Page(firm, "ten", "en").save(field(firm, "average_check"), "250")
    assert field(firm, "average_check").value == 250
    assert "Your data show: $200." in provenance.hint(field(firm, "average_check"))


def test_list_is_taken_with_its_days(firm: Workspace) -> None:
    """What is written down stays true when newer files come."""
    bring(firm, "leads.csv", LEADS)
    Page(firm, "ten", "en").take_data(field(firm, "lead_sources"))
    written = str(field(firm, "lead_sources").value).replace(i18n.NBSP, " ")
    assert written == "ads 1, maps 1, no source 1 (8–14 June 2026)"


def test_reason_stands_beside_the_question_too(firm: Workspace) -> None:
    """No press, for there is nothing to take."""
    bring(firm, "orders.csv", ORDERS)
    beside = field(firm, "handling_time")
    assert "Your data cannot tell it. No leads are imported." in provenance.hint(beside)
    assert provenance.ways(beside) == {}


def test_foreign_money_is_shown_and_not_taken(firm: Workspace) -> None:
    """Roubles of an export are no dollars of the page."""
    bring(firm, "orders.csv", COSTED.replace("USD", "RUB"))
    beside = field(firm, "average_check")
    assert "₽200" in provenance.hint(beside)
    assert provenance.ways(beside) == {}


def test_data_page_counts_the_answers(firm: Workspace) -> None:
    """Check, margin and segments of ten, with the way to the questions."""
    bring(firm, "orders.csv", COSTED)
    shown = re.sub("<[^>]+>", "", ImportPage(firm, "en").figures()).replace(i18n.NBSP, " ")
    assert "Your data answer 3 of 10 questions." in shown
    assert "Take them as my answers" in shown


def test_data_page_tells_the_four_numbers_in_short(firm: Workspace) -> None:
    """Leads without costs: blind without profit, with the way to the whole page."""
    bring(firm, "leads.csv", LEADS)
    shown = ImportPage(firm, "en").figures()
    assert "/step/data-minimum/" in shown
    assert "2 of 4 numbers are there, and profit is not among them." in re.sub("<[^>]+>", "", shown)


def test_list_in_russian_reads_as_russian(firm: Workspace) -> None:
    """The same lead sources in the other language."""
    bring(firm, "leads.csv", LEADS)
    with i18n.speaking("ru"):
        said: dict[str, Any] = told(firm, "lead_sources").to_json()
    assert said["text"] == "ads 1, maps 1, источник не указан 1"
