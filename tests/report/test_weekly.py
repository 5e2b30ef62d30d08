"""The report of a week: the same week is the same file, and formulas carry their values."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import time_machine

from playbook import i18n, presets
from playbook.errors import PlaybookError
from playbook.questions.week import Week
from playbook.report import weekly
from playbook.report.weekly import page
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """Five closed weeks of leads and of a conversion, and one under review with a decision."""
    workspace = Workspace.create(tmp_path / "firm", name="Firm <b>", language="en")
    for metric, target in (("leads", 40), ("lead_to_sale", 0.5)):
        workspace.add_row("kpi", "chosen", {"metric": metric, "target": target})
    for number, (leads, rate) in enumerate([(30, 0.4), (34, 0.45), (31, 0.4), (33, 0.5), (32, 0.45)]):
        _week(workspace, leads, rate)
        presets.close_week(workspace, date(2026, 10, 20 + number))
    _week(workspace, 52, 0.55)
    workspace.add_row(
        "week", "decisions", {"what": "=Stop ads", "metric": "Leads", "owner": "Ann", "due": "2026-11-30"}
    )
    return workspace


def _week(workspace: Workspace, leads: float, rate: float) -> None:
    for row, value in zip(workspace.rows("kpi", "chosen"), (leads, rate), strict=True):
        workspace.save("week", f"values/{row}", value)


def formulas(made: bytes, sheet: int) -> Iterator[tuple[str, str, float]]:
    """Place, formula and written value of the cells with a formula."""
    tree = ET.fromstring(zipfile.ZipFile(BytesIO(made)).read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 - made here
    for cell in tree.iterfind(".//s:c", SHEET):
        formula, value = cell.find("s:f", SHEET), cell.find("s:v", SHEET)
        if formula is not None and value is not None:
            yield cell.attrib["r"], str(formula.text), float(str(value.text))


def test_limits_are_formulas_with_their_values(firm: Workspace) -> None:
    """Leads 30, 34, 31, 33, 32, 52: mean 35.333, average swing 6, usual 19.373 to 51.293, worked out by hand."""
    found = {place: (formula, value) for place, formula, value in formulas(_made(firm, "xlsx"), 2)}
    assert found["G2"] == ("AVERAGE('Weeks before'!$C$2:$H$2)", pytest.approx(35.3333, abs=1e-4))
    assert found["H2"][1] == pytest.approx(6)
    assert found["I2"][1] == pytest.approx(19.3733, abs=1e-4)
    assert found["J2"][1] == pytest.approx(51.2933, abs=1e-4)
    assert found["D2"] == ("B2/C2-1", pytest.approx(0.3))
    assert found["F2"] == ("B2/E2-1", pytest.approx(0.625))


def test_sums_and_ratios_of_channels_are_formulas(firm: Workspace) -> None:
    """Two channels: 30 leads for 300, 10 for nothing; a lead costs 10 there and 7.50 over all."""
    asked = {"name": "Ads", "leads": 30, "sales": 3, "profit": 900, "spend": 300}, {"name": "Maps", "leads": 10}
    told = Week(metrics=("leads",), board={"leads": 40, "gross_profit": 900, "spend": 300}, channels=asked)
    sheet = replace(weekly.of(firm, TUESDAY), review=told.solve())
    made = weekly.write(sheet, "xlsx")
    board = {place: (formula, value) for place, formula, value in formulas(made, 4)}
    assert board == {"B7": ("B5-B6", 600), "B8": ("B7/B6", 2)}
    found = {place: (formula, value) for place, formula, value in formulas(made, 5)}
    assert found["E2"] == ("D2/B2", 10)
    assert found["G2"] == ("F2-D2", 600)
    assert (found["B4"], found["D4"]) == (("SUM(B2:B3)", 40), ("SUM(D2:D3)", 300))
    assert (found["E4"], found["G4"]) == (("D4/B4", 7.5), ("F4-D4", 600))


def test_figures_stand_under_heads_of_the_same_side(firm: Workspace) -> None:
    """Numbers are set to the right, and so is the head of their column; a whole one has no lonely decimal sign."""
    book = zipfile.ZipFile(BytesIO(_made(firm, "xlsx")))
    styles = ET.fromstring(book.read("xl/styles.xml"))  # noqa: S314 - made here
    sides = [look.find("s:alignment", SHEET) for look in styles.iterfind("s:cellXfs/s:xf", SHEET)]
    checked = 0
    for sheet in (2, 3):
        rows = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).findall(".//s:row", SHEET)  # noqa: S314 - made here
        heads = {cell.attrib["r"][0]: sides[int(cell.attrib["s"])] for cell in rows[0]}
        figures = {cell.attrib["r"][0] for row in rows[1:] for cell in row if cell.get("t") != "s"}
        for column in figures:
            side = heads[column]
            assert side is not None
            assert side.get("horizontal") == "right", (sheet, column)
            checked += 1
    assert checked > 10
    assert not [
        code for look in styles.iterfind("s:numFmts/s:numFmt", SHEET) if (code := look.attrib["formatCode"])[-1] == "#"
    ]


def _made(workspace: Workspace, ending: str) -> bytes:
    return weekly.write(weekly.of(workspace, TUESDAY), ending)


@pytest.mark.parametrize("ending", ["html", "xlsx"])
def test_week_printed_again_is_the_same_file(firm: Workspace, ending: str) -> None:
    """Byte by byte, before the meeting and, closed, weeks later."""
    assert _made(firm, ending) == _made(firm, ending)
    presets.close_week(firm, TUESDAY)
    closed = weekly.write(list(weekly.weeks(firm))[-1], ending)
    _week(firm, 10, 0.1)
    presets.close_week(firm, date(2026, 12, 8))
    assert weekly.write(list(weekly.weeks(firm))[-2], ending) == closed


def test_words_of_a_person_are_no_formula_and_no_markup(firm: Workspace) -> None:
    """An equals sign at the beginning stays a sign."""
    made = _made(firm, "xlsx")
    assert [place for place, *_ in formulas(made, 4)] == []
    assert "=Stop ads" in zipfile.ZipFile(BytesIO(made)).read("xl/sharedStrings.xml").decode()
    assert "Firm &lt;b&gt;" in _made(firm, "html").decode()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_page_needs_no_network_and_is_small(firm: Workspace, language: str) -> None:
    """Five lines first, every metric defined, below 200 KB."""
    with i18n.speaking(language):
        page = _made(firm, "html").decode()
    assert f'<html lang="{language}"' in page
    assert page.split('class="five"')[1].split("</ol>")[0].count("<li>") == 5
    assert len(page.encode()) < 200_000
    assert not re.search(r"(?:src|href)=[\"']?https?:", page)
    assert weekly.of(firm, TUESDAY).label in page


def test_closed_week_hands_its_decisions_and_their_metric_on(firm: Workspace) -> None:
    """The next review sees what the metric was and what it is now."""
    presets.close_week(firm, TUESDAY)
    earlier = firm.rows("week", "previous")
    (row,) = earlier
    assert {name: field.value for name, field in earlier[row].items()} == {
        "what": "=Stop ads",
        "metric": "Leads",
        "was": 52,
    }
    firm.save("week", f"previous/{row}/outcome", "worked")
    _week(firm, 31, 0.5)
    review = Walk(firm).face("week")
    table = next(one for one in review.sections if getattr(one, "title", "") == "Decisions of last week")
    assert table.rows == (("=Stop ads", "worked", "Leads: 52 → 31"),)  # type: ignore[union-attr]


def test_archive_keeps_a_file_of_every_format_by_iso_week(firm: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no browser prints, HTML and XLSX are kept and the reason is told; the page lists what there is."""
    monkeypatch.setenv("PLAYBOOK_BROWSER", "no-such-browser")
    label = weekly.of(firm, TUESDAY).label
    made, trouble = weekly.archive(firm, TUESDAY)
    assert [file.name for file in made] == [f"week_{label}.html", f"week_{label}.xlsx"]
    assert trouble is not None
    assert [file.name for file in firm.reports()] == [file.name for file in made]
    assert f"/week/week_{label}.xlsx" in Page(firm, "week", "en").reports()


def test_nothing_to_report_on_is_said(tmp_path: Path) -> None:
    """An empty workspace has no week."""
    with pytest.raises(PlaybookError, match="no week to report on"):
        weekly.of(Workspace.create(tmp_path / "new"), TUESDAY)


def test_limits_begin_at_a_known_change(firm: Workspace) -> None:
    """A new page since Monday 19 October: the first closed week is left out of the mean of the leads."""
    past = firm.records("week")
    monday = past[1].payload["weeks"]["leads"]
    firm.add_row("xmr", "changes", {"since": str(monday), "why": "new page", "metric": "leads"})
    found = {place: formula for place, formula, _ in formulas(_made(firm, "xlsx"), 2)}
    assert found["G2"] == "AVERAGE('Weeks before'!$D$2:$H$2)"
    assert found["G3"] == "AVERAGE('Weeks before'!$C$3:$H$3)"


def test_a_column_of_weeks_is_headed_by_its_monday(firm: Workspace) -> None:
    """The sheet of weeks holds days of the calendar; 19 October 2026 is day 46314 of Excel."""
    tree = ET.fromstring(zipfile.ZipFile(BytesIO(_made(firm, "xlsx"))).read("xl/worksheets/sheet3.xml"))  # noqa: S314 - made here
    heads = [cell.findtext("s:v", None, SHEET) for cell in tree.find(".//s:row", SHEET) or ()][2:]
    mondays = sorted({record.payload["weeks"]["leads"] for record in firm.records("week")})
    first = (date.fromisoformat(mondays[0]) - date(1899, 12, 30)).days
    assert [int(head or 0) for head in heads] == [first + 7 * weeks for weeks in range(6)]


def test_what_left_plan_or_swing_is_told_with_its_numbers(firm: Workspace) -> None:
    """Leads of 52 pass the usual 51.3; the plan of 40 is kept, and so is the conversion's."""
    said = dict(page.five(weekly.of(firm, TUESDAY)))
    assert said["Signals."] == "Out of the usual: Leads 52, above the mean 35.3."
    firm.save("week", f"values/{next(iter(firm.rows('kpi', 'chosen')))}", 36)
    said = dict(page.five(weekly.of(firm, TUESDAY)))
    assert said["Against the plan."] == "1 of 2 metrics keep it. Not kept: Leads 36 (plan 40)."


def test_tests_of_the_week_are_in_the_report_and_the_workbook(firm: Workspace) -> None:
    """One in work with its plan; one that was read within the week; not one that was read a month before."""
    add = partial(firm.add_row, "ideas", "ideas")
    firm.save("ideas", "method", "ice")
    add({"name": "Phone first", "kind": "landing", "state": "running", "started": "2026-11-16", "ends": "2026-12-14"})
    recent, older = (TUESDAY - timedelta(days=3)).isoformat(), (TUESDAY - timedelta(days=40)).isoformat()
    add({"name": "New photo", "kind": "creative", "state": "done", "outcome": "kept", "finished": recent})
    add({"name": "Old photo", "kind": "creative", "state": "done", "outcome": "kept", "finished": older})
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        made = weekly.of(firm, TUESDAY)
        assert [test.name for test in made.review.asked.tests] == ["Phone first", "New photo"]
        html, book = weekly.write(made, "html").decode(), zipfile.ZipFile(BytesIO(weekly.write(made, "xlsx")))
    assert "Tests of the week" in html
    assert "Phone first" in book.read("xl/sharedStrings.xml").decode()


def test_a_metric_out_of_the_data_is_defined_as_the_data_count_it() -> None:
    """A typed one is defined as the catalogue has it."""
    told = "Spend divided by new customers."
    rows = [{"metric": "cac", "value": 5, "definition": told}, {"metric": "leads", "value": 3}]
    sheet = weekly.Sheet(Week.read({"metrics": rows}).solve(), TUESDAY, "Firm", None)
    table = page.definitions(sheet)
    assert table.rows[0][1] == told
    assert table.rows[1][1].startswith("New requests of the week")
