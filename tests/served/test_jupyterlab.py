"""Every form in a real JupyterLab: typed, answered, there again after F5, and in one hand with the marimo page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from playbook import i18n
from playbook.steps import CALCULATORS, DOCUMENTS, PATH, STEPS
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.served import lab
from tests.served.conftest import Visit, serve, visit
from tests.served.test_accessible import AXE

STEP_3 = "unit-economics"
STEPS_OF_PATH = [step.key for step in PATH if step.key != STEP_3]
LISTED = [step.key for step in (*CALCULATORS, *DOCUMENTS)]
TURNS = [(("en", "ru")[place % 2], key) for place, key in enumerate(STEPS_OF_PATH)]
FORMS = [("en", STEP_3), *(pytest.param(*one, marks=pytest.mark.prove) for one in [*TURNS, ("ru", STEP_3)])]
HALVES = [("en", LISTED[::2]), ("ru", LISTED[1::2])]
STRANGE = """
from playbook.ui import jupyter
jupyter.folder()
import helper
with open('ran', 'a') as ran:
    print(helper.LINE, file=ran)
"""
"""A module beside a notebook is found, and stands for none of the playbook's."""
INSIDE = """card => card.getBoundingClientRect().right <= card.closest('.pb-sheet').getBoundingClientRect().right"""
MARKUP = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which nothing is filled in."""
    return Workspace.create(tmp_path_factory.mktemp("lab") / "firm", language="en", currency="USD")


@pytest.fixture(scope="module")
def window(firm: Workspace, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.LabVisit]:
    """One window of its JupyterLab, for all of its forms."""
    with lab.running(firm, tmp_path_factory.mktemp("jupyter")) as address:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        yield lab.LabVisit.begin(context, address)
        context.close()


@pytest.fixture(scope="module")
def beside(firm: Workspace, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A window of its marimo pages."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    for served in serve(firm, tmp_path_factory.mktemp("served")):
        yield visit(context, served)
        context.close()


def verdict(sheet: Locator, firm: Workspace, key: str, language: str) -> None:
    """Wait until the answer says what the workspace has for an answer now."""
    with i18n.speaking(language, "USD"):
        say = Walk(firm).face(key).verdict.say
    expect(sheet.locator(".pb-verdict .say").first).to_have_text(say, use_inner_text=True)


def saved(firm: Workspace, key: str, name: str, value: object, page: Page) -> None:
    """Wait until the workspace holds the value."""
    for _ in range(lab.PATIENCE // 100):
        if firm.values(key).get(name) == value:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{key}.{name} is {firm.values(key).get(name)!r}, not {value!r}")


def typed(sheet: Locator, firm: Workspace, control: lab.Control, key: str, language: str) -> None:
    """Rubbish is explained beside its field; a value is saved and answered."""
    if control.asked.spec.kind == "number":
        control.fill(sheet, MARKUP)
        expect(control.row(sheet).get_by_role("alert")).to_contain_text(MARKUP)
        expect(control.box(sheet)).to_have_accessible_description(re.compile(re.escape(MARKUP)))
    control.fill(sheet, control.first)
    saved(firm, key, control.asked.name, control.value(control.first), sheet.page)
    expect(control.row(sheet).get_by_role("alert")).to_have_count(0)
    verdict(sheet, firm, key, language)


def handed(sheet: Locator, firm: Workspace, control: lab.Control, key: str, language: str, beside: Visit) -> None:
    """What was typed is there again; the marimo page shows and changes it; the change arrives on reload."""
    control.shows(sheet, control.first)
    verdict(sheet, firm, key, language)
    page = beside.go(f"/step/{STEPS[key].page}/")
    control.served_shows(page, control.first)
    control.served_fill(page, control.second)
    saved(firm, key, control.asked.name, control.value(control.second), page)
    again = i18n.t("ui", "Reload from the workspace")
    sheet.page.locator(".pb-bar:visible").get_by_role("button", name=again).last.click()
    control.shows(sheet, control.second)
    verdict(sheet, firm, key, language)
    for_everyone(sheet.page)


def for_everyone(page: Page) -> None:
    """axe-core finds nothing serious or critical in what is ours."""
    if page.evaluate("window.axe === undefined"):
        page.evaluate(f"() => {{ {AXE} }}")
    found = page.evaluate("() => axe.run('.jp-NotebookPanel .pb-lab', { resultTypes: ['violations'] })")
    serious = [fault for fault in found["violations"] if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], node["html"][:200]) for fault in serious for node in fault["nodes"]] == []


@pytest.fixture
def spoken(firm: Workspace, beside: Visit, language: str) -> Iterator[str]:
    """The language of the workspace and of its marimo pages."""
    firm.set_setting("language", language)
    beside.page.goto(f"{beside.served.origin}/lang/{language}")
    with i18n.speaking(language, "USD"):
        yield language


def test_every_form_is_driven_below() -> None:
    """Eleven steps, every calculator and every document; step 3 in both languages."""
    assert {key for _, key in TURNS} | {STEP_3} | {key for _, half in HALVES for key in half} == set(STEPS)
    assert len(FORMS) == len(PATH) + 1


@pytest.mark.parametrize(("language", "key"), FORMS)
def test_a_step_changes_hands(firm: Workspace, window: lab.LabVisit, beside: Visit, key: str, spoken: str) -> None:
    """Typed and answered in its notebook, there again after F5, in one hand with the marimo page."""
    control = lab.control(firm, key, spoken)
    typed(window.open(key, spoken), firm, control, key, spoken)
    handed(window.reload(key), firm, control, key, spoken, beside)
    assert window.page.evaluate("window.ran === undefined")
    assert (window.outside, window.complaints) == ([], [])


@pytest.mark.prove
@pytest.mark.parametrize(("language", "keys"), HALVES)
def test_calculators_and_documents_change_hands(
    firm: Workspace, window: lab.LabVisit, beside: Visit, keys: list[str], spoken: str
) -> None:
    """All chosen by name and typed into in one notebook, then F5, then each is there again."""
    controls = {key: lab.control(firm, key, spoken) for key in keys}
    for key, control in controls.items():
        typed(window.open(key, spoken), firm, control, key, spoken)
    window.page.reload()
    for key, control in controls.items():
        handed(window.sheet(key), firm, control, key, spoken, beside)
    assert window.page.evaluate("window.ran === undefined")
    assert (window.outside, window.complaints) == ([], [])


@pytest.mark.prove
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 720)])
def test_a_form_is_there_for_everyone(
    firm: Workspace, window: lab.LabVisit, browser: Browser, theme: Any, width: int
) -> None:
    """In both themes axe-core finds nothing serious in what is ours, and nothing is cut off in a cell of 370 px."""
    answered = {"price": 100, "cogs": 40, "monthly_retention": 0.8, "payback_target_months": 3, "cac": 120}
    for name, value in answered.items():
        firm.save(STEP_3, name, value)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    other = lab.LabVisit.begin(context, window.address)
    sheet = other.open(STEP_3, "")
    for_everyone(other.page)
    assert sheet.locator(".pb-verdict").evaluate(INSIDE)
    assert other.page.locator("body").get_attribute("data-jp-theme-light") == ("true" if theme == "light" else "false")
    context.close()


@pytest.mark.prove
@pytest.mark.parametrize(("notebook", "pictures"), [("api", 1), ("own_analysis", 2)])
def test_cells_of_ones_own_draw_at_home(window: lab.LabVisit, notebook: str, pictures: int) -> None:
    """Words are words and not formulas, charts are SVG, nobody outside is asked."""
    window.page.goto(window.address.replace("start.ipynb?", f"{notebook}.ipynb?reset&"))
    window.at = (notebook, "")
    expect(window.page.locator(".jp-RenderedSVG:visible")).to_have_count(pictures, timeout=lab.SLOW)
    expect(window.page.locator(".jp-RenderedHTML .pb-verdict .say").last).to_be_visible(timeout=lab.SLOW)
    expect(window.page.locator("mjx-container, .jp-RenderedText[data-mime-type*=stderr]")).to_have_count(0)
    assert (window.outside, window.complaints) == ([], [])


@pytest.mark.prove
@pytest.mark.parametrize("place", ["handed-on/step_1_goal.ipynb", "mine.ipynb"])
def test_a_strangers_notebook_waits_for_its_reader(firm: Workspace, window: lab.LabVisit, place: str) -> None:
    """It bears our mark and not our cells: it runs when told to, and from then on, changed in this window, at once."""
    book = json.loads((firm.path / "notebooks" / "step_1_goal.ipynb").read_text("utf-8"))
    book["cells"][0]["source"] = (
        "from pathlib import Path\n\nwith Path('ran').open('a') as ran:\n    print('é', file=ran)"
    )
    there = firm.path / "notebooks" / place
    there.parent.mkdir(exist_ok=True)
    there.write_text(json.dumps(book), "utf-8")
    beside = {there.with_name("playbook.py"): "raise SystemExit", there.with_name("helper.py"): "LINE = 'é'"}
    for module, text in beside.items():
        module.write_text(text, "utf-8")
    ran, page = there.parent / "ran", window.page
    page.goto(window.address.replace("start.ipynb?", f"{place}?reset&"))
    notice = page.locator(".Toastify__toast").filter(has_text=place)
    expect(notice).to_be_visible(timeout=lab.SLOW)
    assert not ran.exists()
    with page.expect_event("requestfinished", remembered, timeout=lab.SLOW):
        notice.get_by_role("button", name=re.compile("Run them|Выполнить")).click()
    times(ran, 1, page)
    page.reload()
    times(ran, 2, page)
    expect(notice).to_have_count(0)
    for file in (ran, *beside):
        file.unlink()


def remembered(request: Request) -> bool:
    """Whether JupyterLab writes down that the cells were run."""
    return request.method == "PUT" and "marketing-playbook:run-before" in (request.post_data or "")


def times(ran: Path, count: int, page: Page) -> None:
    """Wait until the notebook has run so many times."""
    for _ in range(lab.SLOW // 100):
        if ran.exists() and len(ran.read_text("utf-8").splitlines()) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it has not run {count} times")
