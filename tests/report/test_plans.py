"""The plan as a file: every task once, numbers that agree, nobody's words as code."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from playbook import i18n
from playbook.errors import PlaybookError
from playbook.report import plans
from playbook.walk import Walk
from playbook.workspace import Workspace

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def planned(tmp_path: Path) -> Workspace:
    """A firm with a plan of five hours a week, in Moscow's time."""
    workspace = Workspace.create(tmp_path / "planned", name="Firm <b> & Co", language="en")
    for name, value in {
        "scenario": "local",
        "start": "2026-11-23",
        "hours_per_week": 5,
        "timezone": "Europe/Moscow",
    }.items():
        workspace.set_setting(name, value)
    workspace.add_row("thirty-days", "own", {"task": "=1+1", "minutes": 20, "week": "1", "done_when": "<i>ready</i>"})
    workspace.save("thirty-days", "owner", "@Anna")
    return workspace


def tasks(workspace: Workspace) -> list[str]:
    """The ids of every task of the plan."""
    answer: Any = Walk(workspace).answer("thirty-days")
    return sorted(task.id for task in (*answer.days, *answer.overload))


def events(made: bytes, kind: str = "VEVENT") -> list[Any]:
    """The parts of a calendar file."""
    return list(Calendar.from_ical(made.decode()).walk(kind))


def test_calendar_holds_every_task_once(planned: Workspace) -> None:
    """Those after the thirty days too; each has a name of its own, and no line is longer than 75 octets."""
    made = plans.write(plans.of(planned), "ics")
    uids = [str(event["uid"]) for event in events(made)]
    assert len(uids) == len(set(uids))
    assert sorted(uid.rpartition("-")[0].rpartition("-")[0] for uid in uids) == tasks(planned)
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


def test_calendar_speaks_the_time_of_the_firm(planned: Workspace) -> None:
    """The first task of a day begins at ten in Moscow, the next where it ends; the zone is described in the file."""
    made = plans.write(plans.of(planned), "ics")
    found = events(made)
    assert str(Calendar.from_ical(made.decode()).walk("VTIMEZONE")[0]["tzid"]) == "Europe/Moscow"
    assert {event["dtstart"].dt.utcoffset() for event in found} == {timedelta(hours=3)}
    first = [event for event in found if event["dtstart"].dt.date() == found[0]["dtstart"].dt.date()]
    assert f"{first[0]['dtstart'].dt:%H:%M}" == "10:00"
    assert all(later["dtstart"].dt == before["dtend"].dt for before, later in pairwise(first))


def test_calendar_without_a_zone_floats(planned: Workspace) -> None:
    """Ten o'clock wherever the reader is."""
    planned.set_setting("timezone", None)
    assert {event["dtstart"].dt.tzinfo for event in events(plans.write(plans.of(planned), "ics"))} == {None}


def test_calendar_keeps_names_when_days_move(planned: Workspace) -> None:
    """A new start moves the days, not the names, so that a calendar moves its entries; the sequence grows."""
    before = events(plans.write(plans.of(planned), "ics"))
    planned.set_setting("start", "2026-11-30")
    after = events(plans.write(plans.of(planned), "ics"))
    assert {str(event["uid"]) for event in before} == {str(event["uid"]) for event in after}
    assert int(after[0]["sequence"]) > int(before[0]["sequence"])
    assert before[0]["dtstart"].dt + timedelta(days=7) == after[0]["dtstart"].dt


def test_calendar_of_no_hours_lists_things_to_do(planned: Workspace) -> None:
    """Where no day can be named a task is a to-do without a date."""
    planned.set_setting("hours_per_week", 0)
    made = plans.write(plans.of(planned), "ics")
    assert events(made) == []
    assert len(events(made, "VTODO")) == len(tasks(planned))


def cells(made: bytes, sheet: int) -> dict[str, tuple[str, str]]:
    """Formula and written value of every cell of a sheet that has a formula."""
    tree = ET.fromstring(zipfile.ZipFile(BytesIO(made)).read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 - made here
    found = {}
    for cell in tree.iterfind(".//s:c", SHEET):
        formula, value = cell.find("s:f", SHEET), cell.find("s:v", SHEET)
        if formula is not None:
            found[cell.attrib["r"]] = str(formula.text), str(value.text if value is not None else "")
    return found


def test_workbook_counts_by_formulas_written_with_their_values(planned: Workspace) -> None:
    """Tasks and hours of the weeks and of all; a person's words never become a formula."""
    made = plans.write(plans.of(planned), "xlsx")
    counted = cells(made, 2)
    answer: Any = Walk(planned).answer("thirty-days")
    assert cells(made, 1) == {}
    assert counted["C2"] == ("COUNTIFS('Plan'!$B$2:$B$2000,A2)", str(sum(day.week == 1 for day in answer.days)))
    assert counted["C7"][1] == str(len(tasks(planned)))
    minutes = sum(task.minutes for task in (*answer.days, *answer.overload))
    assert float(counted["F7"][1]) == pytest.approx(minutes / 60)
    assert "=1+1" in zipfile.ZipFile(BytesIO(made)).read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_page_and_markdown_name_every_task(planned: Workspace, language: str) -> None:
    """In either language, with nobody's words as markup, and nothing asked of a network."""
    with i18n.speaking(language):
        page, text = plans.write(plans.of(planned), "html").decode(), plans.write(plans.of(planned), "md").decode()
        answer: Any = Walk(planned).answer("thirty-days")
    assert "Firm &lt;b&gt; &amp; Co" in page
    assert "<i>ready" not in page + text
    assert not re.search(r"(?:src|href)=[\"']?https?:", page)
    assert text.count("- [ ] ") == page.count("☐") == len(tasks(planned))
    assert answer.days[0].task in text
    assert f'<html lang="{language}"' in page


def test_a_tick_is_seen_in_every_file(planned: Workspace) -> None:
    """Calendar, page, workbook and Markdown say that it is done."""
    planned.save("thirty-days", "done/one_goal", "2026-11-24")
    made: Callable[[str], bytes] = lambda ending: plans.write(plans.of(planned), ending)  # noqa: E731
    assert [event for event in events(made("ics")) if str(event["summary"]).startswith("✓")]
    assert made("html").decode().count("☑") == made("md").decode().count("- [x] ") == 1
    assert cells(made("xlsx"), 2)["D7"][1] == "1"


@pytest.mark.parametrize(("ending", "field"), [("doc", ".doc"), ("", "a name without an ending")])
def test_other_formats_are_refused_by_name(planned: Workspace, ending: str, field: str) -> None:
    """The formats there are stand in the hint."""
    with pytest.raises(PlaybookError) as caught:
        plans.write(plans.of(planned), ending)
    assert caught.value.saw == field
    assert ".ics" in caught.value.hint


def test_no_plan_yet_says_what_is_missing(tmp_path: Path) -> None:
    """An empty workspace has none."""
    with pytest.raises(PlaybookError, match="There is no plan yet"):
        plans.write(plans.of(Workspace.create(tmp_path / "new")), "ics")
