"""LibreOffice computes every formula of our workbooks again and comes to the number that we wrote beside it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

import start
from playbook import i18n, presets, report, samples
from playbook.report import plans, sheets, weekly
from playbook.workspace import Workspace

pytestmark = pytest.mark.prove

TODAY = date(2026, 11, 24)
SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
WRONG = "987654321"
"""Written in place of every computed value: whoever does not compute hands it back."""
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_formula_comes_to_the_number_beside_it(tmp_path: Path, language: str) -> None:
    """Weeks of a sample firm and of an odd one, the plan, the whole report and every document."""
    written = dict(workbooks(tmp_path, language))
    back = tmp_path / "back"
    for name, made in written.items():
        spoilt(made, tmp_path / name)
    computed(sorted(tmp_path.glob("*.xlsx")), back)
    found = {name: len(formulas(made)) for name, made in written.items()}
    assert found["plan.xlsx"] > 20
    assert found["week.xlsx"] > 20
    assert found["odd.xlsx"] > 15
    assert found["report.xlsx"] >= found["week.xlsx"]
    assert len(written) == 4 + len(sheets.KEYS)
    for name, made in written.items():
        assert formulas((back / name).read_bytes()) == pytest.approx(formulas(made), rel=1e-12, abs=1e-12), name


def workbooks(folder: Path, language: str) -> Iterator[tuple[str, bytes]]:
    """Every workbook that the playbook writes, by the name of its file."""
    firm = samples.create(folder / "firm", "ecommerce", language)
    with i18n.speaking(language, "RUB"):
        yield "week.xlsx", weekly.write(weekly.of(firm, TODAY), "xlsx")
        yield "odd.xlsx", weekly.write(weekly.of(odd(folder / "odd"), TODAY), "xlsx")
        yield "plan.xlsx", plans.write(plans.of(firm), "xlsx")
        for key in sheets.KEYS:
            yield f"{key}.xlsx", sheets.write(sheets.of(firm, key), "xlsx")
    yield "report.xlsx", report.write(firm, "xlsx", language)


def odd(folder: Path) -> Workspace:
    """A firm with weeks of nothing, of losses, of shares at their end, and of one week only."""
    firm = Workspace.create(folder, name="Odd", language="en")
    weeks = {"leads": (0, 0, 0, 7), "gross_profit": (-500, 120.5, -90, 40), "lead_to_sale": (1, 1, 0.98, 1)}
    for metric in (*weeks, "nps"):
        firm.add_row("kpi", "chosen", {"metric": metric, "target": 0.5})
    for number in range(4):
        for row, fields in firm.rows("kpi", "chosen").items():
            metric = str(fields["metric"].value)
            value = weeks[metric][number] if metric in weeks else (30 if number == 3 else None)
            if value is not None:
                firm.save("week", f"values/{row}", value)
        if number < 3:
            presets.close_week(firm, date(2026, 10, 27 + number))
    firm.add_row("week", "decisions", {"what": "=1+1", "owner": "@Ann", "due": "2026-11-30"})
    return firm


def formulas(made: bytes) -> Mapping[str, float]:
    """The value of every cell with a formula, by sheet and place."""
    found = {}
    with ZipFile(BytesIO(made)) as book:
        for name in sorted(one for one in book.namelist() if one.startswith("xl/worksheets/sheet")):
            for cell in ET.fromstring(book.read(name)).iterfind(".//s:c", SHEET):  # noqa: S314 - made here
                value = cell.find("s:v", SHEET)
                if cell.find("s:f", SHEET) is not None and value is not None:
                    found[f"{name} {cell.attrib['r']}"] = float(str(value.text))
    return found


def spoilt(made: bytes, file: Path) -> None:
    """The workbook with a wrong value beside every formula."""
    with ZipFile(BytesIO(made)) as book, ZipFile(file, "w", ZIP_DEFLATED) as other:
        for name in book.namelist():
            text = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(r"(</f><v>)[^<]*(</v>)", rf"\g<1>{WRONG}\2", text.decode()).encode()
            other.writestr(name, text)


def computed(files: list[Path], folder: Path) -> None:
    """Let LibreOffice open the workbooks, compute everything and save them into `folder`."""
    office = start.find_office()
    assert office, "no LibreOffice: python3 start.py prove says how to get one"
    profile = folder.with_name("profile")
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=300)
