"""What of the report is wanted: parts left out everywhere, and nobody named in a discreet one."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from playbook import i18n, report, samples
from playbook.errors import PlaybookError
from playbook.report.discreet import Discreet
from playbook.report.selection import BESIDE, WHOLE, Selection, parts, without
from playbook.steps import PATH
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.report.firm import NOW, path_with

NAMES = {
    "en": r"\b(?:Anna|Marat|Ilya|Vera)\b",
    "ru": r"\b(?:Анн(?:а|ы|е|у|ой)|Марат(?:а|у|ом|е)?|Ил(?:ья|ьи|ье|ью)|Вер(?:а|ы|е|у|ой))\b",
}


@pytest.fixture(scope="module", params=i18n.LANGUAGES)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample shop in each language."""
    return samples.create(tmp_path_factory.mktemp("shop") / request.param, "ecommerce", request.param)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample shop in English."""
    return samples.create(tmp_path_factory.mktemp("shop") / "shop", "ecommerce", "en")


def words(made: bytes, ending: str) -> str:
    """What a reader of the file sees."""
    if ending == "xlsx":
        with zipfile.ZipFile(BytesIO(made)) as book:
            return book.read("xl/sharedStrings.xml").decode()
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", made.decode(), flags=re.DOTALL).replace(i18n.NBSP, " ")


@pytest.mark.parametrize("ending", ["html", "xlsx", "md"])
def test_discreet_report_names_nobody(shop: Workspace, ending: str) -> None:
    """In no file and in no case of a Russian name; the whole one names them, so that the look is not in vain."""
    name = re.compile(NAMES[str(shop.setting("language"))])
    assert name.search(words(report.write(shop, ending), ending))
    assert not name.search(words(report.write(shop, ending, selection=Selection(discreet=True)), ending))


def test_discreet_report_leaves_typed_inputs_and_files_out(shop: Workspace) -> None:
    """The results stay as they are."""
    html = report.html(shop, selection=Selection(discreet=True))
    assert 'id="sources"' not in html
    assert 'class="pb-sec inputs"' not in html
    assert "shopify_orders.csv" not in html
    with i18n.speaking(str(shop.setting("language")), shop.setting("currency")):
        said = Walk(shop).face("goal").verdict.say.replace(i18n.NBSP, " ")
    assert said in words(html.encode(), "html")


def test_letters_change_no_verdict(shop: Workspace) -> None:
    """One owner stays one, and a quote stays with its interview."""
    hidden = Walk(Discreet(shop.path))
    for key in ("icp", "offer", "cjm", "order", "week", "thirty-days", "kpi"):
        assert hidden.face(key).verdict.kind == Walk(shop).face(key).verdict.kind
    assert hidden.outcome("icp", "new_share") == Walk(shop).outcome("icp", "new_share")


def test_two_people_of_one_letter_stay_two(tmp_path: Path) -> None:
    """The second one has a number; a role in small letters and a word inside a word are no names."""
    firm = Workspace.create(tmp_path / "firm", name="Annapolis", language="en")
    firm.save("order", "owner", "Ann")
    firm.save("order", "traffic", "Alex and contractor")
    firm.save("goal", "decision", "Ann asks Alex; the contractor waits for Annabel")
    hidden = Discreet(firm.path)
    assert hidden.setting("name") == "Annapolis"
    assert hidden.values("order") == {"owner": "A.", "traffic": "A. 2 and C."}
    assert hidden.values("goal")["decision"] == "A. asks A. 2; the contractor waits for Annabel"


@pytest.mark.parametrize("part", [step.key for step in PATH])
def test_step_left_out_is_nowhere(workspace: Workspace, part: str) -> None:
    """Its section is not there, and all others are."""
    html = report._page(workspace, path_with(), NOW, selection=without([part]))
    assert [step.key for step in PATH if f'<section class="step" id="{step.key}">' not in html] == [part]


def test_what_stands_beside_the_steps_is_left_out(english: Workspace) -> None:
    """Inputs, calculators, documents, the table of decisions, the sources: each has its mark in the whole report."""
    marks = ('class="pb-sec inputs"', "pb-sec asides", 'id="documents"', '<div class="table">', 'id="sources"')
    whole, less = report.html(english), report.html(english, selection=without(BESIDE))
    assert [mark for mark in marks if mark not in whole] == []
    assert [mark for mark in marks if mark in less] == []


def test_step_left_out_takes_its_line_and_its_sheets_along(english: Workspace) -> None:
    """The goal's line goes; without the week the workbook has no sheets of it and the last line no decisions."""
    whole, less = (report.html(english, selection=one) for one in (WHOLE, without(["goal", "week"])))
    assert whole.count("<li><b>") - less.count("<li><b>") == 1
    whole, less = (words(page.encode(), "html") for page in (whole, less))
    decision = str(Walk(english).value("week", "decisions")[0]["what"])
    assert decision in whole
    assert decision not in less
    books = [report.write(english, "xlsx", selection=one) for one in (WHOLE, without(["week"]))]
    sheets = [len([n for n in zipfile.ZipFile(BytesIO(book)).namelist() if "worksheets/sheet" in n]) for book in books]
    assert sheets == [10, 2]


@pytest.mark.parametrize(
    ("names", "what"),
    [(["weak"], "The report has no such part."), ([*parts()], "Nothing of the report is left.")],
)
def test_what_cannot_be_left_out_is_said(names: list[str], what: str) -> None:
    """With the parts there are."""
    with pytest.raises(PlaybookError, match=what):
        without(names)
