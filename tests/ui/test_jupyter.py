"""The ipywidgets face: it asks what the marimo page asks, says what it says, and saves where it saves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from ipywidgets.widgets.widget import _instances

from playbook import i18n
from playbook.errors import WorkspaceReadOnly
from playbook.steps import CALCULATORS, DOCUMENTS, PATH, STEPS
from playbook.ui.jupyter import Chooser, Step, step
from playbook.ui.jupyter_fields import linked
from playbook.ui.page import Page
from playbook.workspace import Workspace

TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language that a notebook speaks to its cells ends with its test."""
    with i18n.speaking("en", "USD"):
        yield


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.create(tmp_path / "firm")


def opened(firm: Workspace, key: str, language: str = "en") -> Step:
    """A step as a notebook opens it."""
    return Step(Page(firm, key, language))


def words(markup: str) -> str:
    """What a reader sees of markup."""
    return " ".join(unescape(TAG.sub(" ", markup)).split())


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", STEPS)
def test_both_faces_ask_and_say_the_same(firm: Workspace, key: str, language: str) -> None:
    """Every step, calculator and document: the fields of the page, and the words of its answer."""
    page, shown = Page(firm, key, language), opened(firm, key, language)
    asked = [field.name for group in (*page.sets(), page.decision()) for field in group.fields]
    assert list(shown.inputs) == asked
    assert words(shown.opening.children[0].value).endswith(words(page.opening()))
    assert words(page.answer() + page.below()) == words(shown.answer.value)


def test_typing_is_saved_and_answered(firm: Workspace) -> None:
    """60 a month for three months at 80% retention is 146.4; a reopened notebook shows what was saved."""
    step = opened(firm, "unit-economics")
    for name, text in {"price": "100", "cogs": "40", "monthly_retention": "80", "payback_target_months": "3"}.items():
        step.inputs[name].value = text
    step.inputs["cac"].value = "120"
    assert firm.values("unit-economics")["monthly_retention"] == 0.8
    assert "less than $146" in words(step.answer.value) or "$146" in words(step.answer.value)
    assert opened(firm, "unit-economics").inputs["cac"].value == "120"


def test_rubbish_stays_and_is_explained_beside_the_field(firm: Workspace) -> None:
    """Out of bounds is told, not clamped; the other fields are saved; a mended field is silent."""
    step = opened(firm, "unit-economics")
    step.inputs["monthly_retention"].value = "120"
    assert step.inputs["monthly_retention"].value == "120"
    assert "is a share: from 0 to 100%" in words(step.errors["monthly_retention"].value)
    step.inputs["price"].value = "100"
    assert firm.values("unit-economics") == {"price": 100}
    step.inputs["monthly_retention"].value = "80"
    assert step.errors["monthly_retention"].value == ""


@pytest.mark.parametrize(
    ("key", "name", "typed", "said"),
    [
        ("unit-economics", "price", "<script>run()</script>", "Это не число. Вы ввели: <script>run()</script>."),
        ("unit-economics", "refund_rate", "120", "от 0 до 100 %. Вы ввели: 120."),
        ("goal", "decision_owner", "x" * 10_000, "Не больше 2 000 знаков."),
    ],
)
def test_bad_input_is_told_in_russian_and_stays(firm: Workspace, key: str, name: str, typed: str, said: str) -> None:
    """Beside its field, as text and no markup; it is there again when the notebook is opened again."""
    opened(firm, key, "ru").inputs[name].value = typed
    again = opened(firm, key, "ru")
    assert again.inputs[name].value == typed
    assert said in unescape(again.errors[name].value).replace("\u00a0", " ")
    assert "<script" not in again.errors[name].value + again.answer.value


def test_a_number_is_read_as_the_language_writes_it(firm: Workspace) -> None:
    """A space between thousands and a comma before the decimals."""
    opened(firm, "unit-economics", "ru").inputs["price"].value = "1 234,5"
    assert firm.values("unit-economics") == {"price": 1234.5}


def test_a_workspace_that_takes_no_change_says_so(firm: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the answer and beside the field, in which the words stay."""
    step = opened(firm, "unit-economics", "ru")

    def refused(*_: object, **__: object) -> None:
        raise WorkspaceReadOnly("Диск только для чтения.", hint="выберите другую папку")

    monkeypatch.setattr(firm, "save", refused)
    step.inputs["price"].value = "120"
    assert "Изменения не сохраняются" in words(step.answer.value)
    assert "Диск только для чтения" in words(step.errors["price"].value)
    assert step.inputs["price"].value == "120"


def test_a_change_made_elsewhere_arrives_on_reload(firm: Workspace) -> None:
    """The marimo page saves, the notebook shows it when asked to."""
    step = opened(firm, "unit-economics")
    firm.save("unit-economics", "price", 250)
    step.reload()
    assert step.inputs["price"].value == "250"


def test_another_language_keeps_what_was_typed(firm: Workspace) -> None:
    """Words and decimal mark are Russian."""
    step = opened(firm, "unit-economics")
    step.inputs["price"].value = "12.5"
    step.speak("ru")
    assert step.inputs["price"].value == "12,5"
    assert step.inputs["price"].description == "Средний чек ($)"
    assert firm.setting("language") == "ru"


def test_cells_of_ones_own_speak_as_the_notebook_does(firm: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the workspace's language and currency, and in another one from when it is chosen."""
    firm.set_setting("currency", "EUR")
    monkeypatch.setenv("PLAYBOOK_WORKSPACE", str(firm.path))
    opened = step("goal")
    assert (i18n.language(), i18n.currency()) == (opened.page.language, "EUR")
    opened.speak("ru")
    assert (i18n.language(), i18n.currency()) == ("ru", "EUR")


def test_calculators_and_documents_are_asked_beside_their_step(firm: Workspace) -> None:
    """The one chosen is asked and answered below the step, and stays open in another language."""
    step = opened(firm, "goal")
    names = [key for _, key in step.rest.menu.options]
    assert {"funnel", "chance", "goal-sheet"} <= set(names)
    step.rest.menu.value = "funnel"
    step.speak("ru")
    assert step.rest.step is not None
    step.rest.step.inputs["visitors"].value = "1 000"
    assert firm.values("funnel") == {"visitors": 1000}
    assert "Калькулятор" in words(step.rest.step.opening.children[0].value)


def test_a_calculator_speaks_for_all_that_stands_around_it(firm: Workspace) -> None:
    """Its own choice of language reaches the step and the list it was opened from; what was typed waits for neither."""
    outer = opened(firm, "goal")
    outer.rest.menu.value = "funnel"
    assert outer.rest.step is not None
    outer.rest.step.inputs["visitors"].value = "100"
    outer.rest.step.speak("ru")
    assert (outer.page.language, outer.rest.language, outer.rest.step.page.language) == ("ru", "ru", "ru")
    assert outer.rest.menu.description == "Вопрос"
    assert (outer.rest.menu.value, outer.rest.step.inputs["visitors"].value) == ("funnel", "100")


def test_the_list_of_questions_changes_its_language_with_the_open_one(firm: Workspace) -> None:
    """Where no step stands around it."""
    chooser = Chooser(firm, "en", CALCULATORS)
    chooser.menu.value = "cac"
    assert chooser.step is not None
    chooser.step.speak("ru")
    assert (chooser.language, chooser.menu.description, chooser.menu.value) == ("ru", "Вопрос", "cac")
    assert chooser.step.page.language == "ru"


def test_every_question_is_on_a_step_or_on_the_list(firm: Workspace) -> None:
    """Nothing that the pages ask is out of reach in JupyterLab."""
    chooser = Chooser(firm, "en", (*CALCULATORS, *DOCUMENTS))
    listed = {key for _, key in chooser.menu.options if key}
    assert listed | {step.key for step in PATH} == set(STEPS)


def test_a_notebook_knows_the_workspace_it_lies_in(firm: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a JupyterLab that `playbook lab` did not start."""
    (firm.path / "notebooks").mkdir()
    monkeypatch.delenv("PLAYBOOK_WORKSPACE", raising=False)
    monkeypatch.chdir(firm.path / "notebooks")
    assert step("unit-economics").page.workspace.path == firm.path


def test_links_lead_to_notebooks(firm: Workspace) -> None:
    """From step 3 to steps 2 and 4; a page that is no notebook is named without a way."""
    ways = re.findall(r'data-notebook="(\S+)"', opened(firm, "unit-economics").opening.children[0].value)
    assert ways == ["step_2_cycle.ipynb", "step_4_core.ipynb"]
    start = opened(firm, "ten", "ru").opening.children[0].value
    assert re.findall(r'data-notebook="(\S+)"', start) == ["diagnosis.ipynb", "own_analysis.ipynb", "api.ipynb"]
    assert "Свой анализ" in start
    assert linked('<a class="x" href="/step/data/">Data</a>') == '<span class="x">Data</span>'


def test_rows_are_added_and_deleted(firm: Workspace) -> None:
    """A list grows by a button and shrinks by another."""
    step = opened(firm, "ideas")
    step.page.add_row("ideas")
    step.reload()
    assert "ideas/1/name" in step.inputs
    step.page.drop_row("ideas", "1")
    step.reload()
    assert "ideas/1/name" not in step.inputs


def test_keystrokes_are_saved_once_when_they_pause(firm: Workspace) -> None:
    """Three changes in one breath are one save, of the last."""

    async def type_quickly() -> None:
        step = opened(firm, "unit-economics")
        for text in ("1", "12", "120"):
            step.inputs["price"].value = text
        assert firm.history("unit-economics") == []
        step.reload()

    asyncio.run(type_quickly())
    assert [change.value for change in firm.history("unit-economics")] == [120]


def test_what_is_no_longer_shown_is_given_back(firm: Workspace) -> None:
    """A kernel holds no more widgets after ten reloads and changes of question than after one."""
    chooser = Chooser(firm, "en", (*CALCULATORS, *DOCUMENTS))
    counts = []
    for _ in range(3):
        for key in ("funnel", "cac"):
            chooser.menu.value = key
            assert chooser.step is not None
            chooser.step.reload()
        counts.append(len(_instances))
    assert counts[1] == counts[2]
