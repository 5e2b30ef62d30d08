"""What people write wrong into plan, week and documents: said on the page in both languages, and nothing lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from playbook import i18n, presets
from playbook.report import plans, sheets, weekly
from playbook.ui.jupyter import Step
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.ui.opened import field

NASTY = ("<script>window.ran=1</script>", '=HYPERLINK("http://a.b")', "@sum(1)", "+1", "-1 | **b**", "BEGIN:VEVENT\nx")
PLAN, WEEK, CJM = "thirty-days", "week", "cjm"
TODAY = date(2026, 11, 24)


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """A firm with a plan of twelve hours a week and one owner."""
    workspace = Workspace.create(tmp_path / "firm", name="Firm", language="en")
    for name, value in {"scenario": "local", "start": TODAY.isoformat(), "hours_per_week": 12}.items():
        workspace.set_setting(name, value)
    workspace.save("order", "owner", "Anna")
    workspace.add_row("kpi", "chosen", {"metric": "leads", "target": 40})
    return workspace


def said(firm: Workspace, key: str) -> dict[str, str]:
    """The words that the page and JupyterLab show alike, by language."""
    found = {}
    for language in i18n.LANGUAGES:
        page = Page(firm, key, language)
        found[language] = words(page.answer())
        with i18n.speaking("en", "USD"):  # a notebook speaks to its cells from then on
            assert found[language] in words(Step(page).answer.value)
    return found


def words(markup: str) -> str:
    """What a reader sees of markup."""
    return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", markup, flags=re.DOTALL)).split())


def tasks(firm: Workspace) -> int:
    """How many tasks the plan holds, with a day or left over."""
    answer: Any = Walk(firm).answer(PLAN)
    return len(answer.days) + len(answer.overload)


def test_zero_hours_say_how_many_would_do(firm: Workspace) -> None:
    """The page says it in words, and every task is still named."""
    before = tasks(firm)
    page = Page(firm, PLAN, "en")
    page.save(field(page, "hours_per_week"), "0")
    found = said(firm, PLAN)
    assert "With no hours a week nothing can be planned." in found["en"]
    assert "Без часов в неделю планировать нечего." in found["ru"]
    assert tasks(firm) == before


def test_start_in_the_past_asks_what_is_done(firm: Workspace) -> None:
    """Nobody is told off: the plan began, and the page asks for its ticks."""
    page = Page(firm, PLAN, "ru")
    page.save(field(page, "start"), "01.10.2020")
    found = said(firm, PLAN)
    assert "check which of its tasks are done" in found["en"]
    assert "The 30 days ended on 30 October 2020: 0 of" in found["en"]
    assert "План начался 1 октября 2020" in found["ru"]
    assert "30 дней закончились 30 октября 2020: сделано дел 0 из" in found["ru"]


def test_two_owners_of_one_task_are_named_on_the_page(firm: Workspace) -> None:
    """Both names stand there, and both rows stay."""
    task = Walk(firm).answer(PLAN).days[0]  # type: ignore[union-attr]
    for name in ("Olga", "Denis"):
        firm.add_row(PLAN, "handed", {"task": task.id, "owner": name})
    for language, text in said(firm, PLAN).items():
        assert "Olga" in text, language
        assert "Denis" in text, language
    assert len(firm.rows(PLAN, "handed")) == 2


def test_a_task_that_the_plan_leaves_out_keeps_its_owners(firm: Workspace) -> None:
    """The field still names it, and the page tells whose it was; so of a task of one's own that was deleted."""
    for part in ("offer", "main_channel", "landing", "analytics", "crm", "lead_rule"):
        firm.save("working-loop", f"{part}/exists", part == "offer")
    row = firm.add_row(PLAN, "handed", {"task": "offer", "owner": "Olga"})
    firm.add_row(PLAN, "handed", {"task": "offer", "owner": "Denis"})
    firm.add_row(PLAN, "handed", {"task": "own-0badcafe", "owner": "Ira"})
    asked = field(Page(firm, PLAN, "en"), f"handed/{row}/task")
    assert dict(asked.spec.choices)[asked.text] == "Write the offer in five parts"
    found = said(firm, PLAN)
    assert (
        "not in the plan: Write the offer in five parts (Olga, Denis); a task of your own that is gone (Ira)."
        in found["en"]
    )
    assert "Передано, но в плане этого нет: Собрать предложение из пяти частей (Olga, Denis)" in found["ru"]


def test_a_month_of_days_off_is_said_and_keeps_every_task(firm: Workspace) -> None:
    """No working day is left of the thirty, and the tasks come after them."""
    before = tasks(firm)
    firm.add_row(PLAN, "away", {"first": "2026-11-01", "last": "2026-12-31"})
    found = said(firm, PLAN)
    assert "The days off leave no working day in the plan." in found["en"]
    assert "Из-за нерабочих дней" in found["ru"]
    assert tasks(firm) == before


def test_own_task_longer_than_its_day_is_said(firm: Workspace) -> None:
    """A whole day is given to it, with the advice to split it."""
    firm.add_row(PLAN, "own", {"task": "Move the shop", "minutes": 900, "week": "1"})
    found = said(firm, PLAN)
    assert "takes 900 minutes" in found["en"]
    assert "займёт 900 минут" in found["ru"]


def test_decision_without_owner_or_date_is_named_and_kept(firm: Workspace) -> None:
    """The week is almost set; closed all the same, the decision comes back next week."""
    firm.add_row(WEEK, "decisions", {"what": "Call back"})
    found = said(firm, WEEK)
    assert "“Call back” lacks: owner, date, reason." in found["en"]
    assert "«Call back»: не указано — ответственный, срок, причина." in found["ru"]
    presets.close_week(firm, TODAY)
    assert [row["what"].value for row in firm.rows(WEEK, "previous").values()] == ["Call back"]


def test_decision_of_two_owners_and_of_a_day_gone_by_is_named(firm: Workspace) -> None:
    """Both are said with the decision's words, and it stays as it was written."""
    late = {"what": "Call back", "why": "Silence", "owner": "Anna, Olga", "due": "2020-01-15"}
    row = firm.add_row(WEEK, "decisions", late)
    found = said(firm, WEEK)
    assert "“Call back” has several owners: Anna, Olga. One has to answer for it." in found["en"]
    assert "«Call back»: ответственных несколько — Anna, Olga. Отвечать должен один." in found["ru"]
    assert "Their date is over: Call back (15 January)." in found["en"]
    assert "Срок уже прошёл: Call back (15 января)." in found["ru"]
    assert {name: field.value for name, field in firm.rows(WEEK, "decisions")[row].items()} == late


def test_plan_of_two_owners_asks_for_one(firm: Workspace) -> None:
    """Whoever does all the tasks together answers for none."""
    firm.save(PLAN, "owner", "Anna and Olga (sales)")
    found = said(firm, PLAN)
    assert "The plan has several owners: Anna, Olga. Name the one who answers for it." in found["en"]
    assert "У плана несколько ответственных: Anna, Olga. Назовите одного, кто за него отвечает." in found["ru"]


@pytest.mark.parametrize("key", [PLAN, WEEK])
def test_without_an_owner_the_way_to_name_one_is_there(firm: Workspace, key: str) -> None:
    """Plan and week are blocked, and lead to the page on which it is mended."""
    firm.save("order", "owner", "")
    page = Page(firm, key, "en")
    assert "Name one person" in words(page.answer())
    assert re.search(r'Name one person[^\n]*<a href="[^"]*/order/">Open it</a>', page.answer())


def test_review_skipped_for_three_weeks_is_said(firm: Workspace) -> None:
    """The decisions of the last one still wait to be told of."""
    firm.add_row(WEEK, "decisions", {"what": "Call back", "owner": "Anna", "due": "2026-11-30", "why": "Silence"})
    today = Walk(firm).value(WEEK, "today")
    presets.close_week(firm, today - timedelta(weeks=4))
    found = said(firm, WEEK)
    assert "3 weeks went without a review" in found["en"]
    assert "3 недели прошли без разбора" in found["ru"]
    assert all("Call back" in text for text in found.values())


def test_cell_of_five_thousand_characters_is_whole_everywhere(firm: Workspace) -> None:
    """On the page, in the workspace and in every file."""
    long = "боится боли " * 417
    page = Page(firm, CJM, "ru")
    page.save(field(page, "attention/doubts"), long)
    assert firm.values(CJM)["attention/doubts"] == long
    assert field(Page(firm, CJM, "ru"), "attention/doubts").text == long
    assert Step(Page(firm, CJM, "ru")).inputs["attention/doubts"].value == long
    with i18n.speaking("ru"):
        for ending in ("html", "md"):
            assert long.strip() in sheets.write(sheets.of(firm, CJM), ending).decode()


@pytest.mark.parametrize("ending", ["html", "xlsx", "ics", "md"])
def test_markup_and_formulas_in_the_plan_stay_words(firm: Workspace, ending: str) -> None:
    """As a task, an owner and an end: no script, no formula of theirs, and no event of their own in the calendar."""
    plain = plans.write(plans.of(firm), ending)
    for text in NASTY:
        firm.add_row(PLAN, "own", {"task": text, "minutes": 15, "week": "1", "done_when": text})
    firm.save(PLAN, "owner", NASTY[0])
    made = plans.write(plans.of(firm), ending)
    assert b"<script>window.ran" not in made or ending == "ics"
    if ending == "ics":
        assert made.count(b"BEGIN:VEVENT\r\n") == plain.count(b"BEGIN:VEVENT\r\n") + len(NASTY)


@pytest.mark.parametrize("ending", ["html", "xlsx"])
def test_markup_and_formulas_in_the_week_stay_words(firm: Workspace, ending: str) -> None:
    """As a decision, its reason and its owner; no formula comes out of them."""
    from tests.report.test_weekly import formulas

    for text in NASTY:
        firm.add_row(WEEK, "decisions", {"what": text, "why": text, "owner": text, "due": "2026-11-30"})
    made = weekly.write(weekly.of(firm, TODAY), ending)
    assert b"<script>window.ran" not in made
    if ending == "xlsx":
        assert [one for sheet in range(1, 6) for one in formulas(made, sheet)] == []


@pytest.mark.parametrize(("key", "name"), [(PLAN, "hours_per_week"), (CJM, "attention/doubts"), ("order", "owner")])
def test_workspace_open_in_two_places_keeps_both_words(firm: Workspace, key: str, name: str) -> None:
    """The second save was made over an older value: the newer stands, the other is told of and kept in the history."""
    one, two = Page(firm, key, "en"), Page(Workspace.open(firm.path), key, "en")
    mine, theirs = ("5", "7") if name == "hours_per_week" else ("mine", "theirs")
    fields = field(one, name), field(two, name)
    one.save(fields[0], mine)
    two.save(fields[1], theirs)
    kept = [str(change.value).removesuffix(".0") for change in firm.history(key) if change.field == name]
    assert {mine, theirs} <= set(kept)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_two_notebooks_tell_of_each_others_words(firm: Workspace, language: str) -> None:
    """In JupyterLab the second to save sees beside the field what the other had saved."""
    one, two = (Step(Page(Workspace.open(firm.path), PLAN, language)) for _ in range(2))
    one.inputs["hours_per_week"].value = "5"
    two.inputs["hours_per_week"].value = "7"
    told = words(two.errors["hours_per_week"].value)
    assert {"en": "5 hours", "ru": "5 часов"}[language] in told.replace(i18n.NBSP, " ")
    assert firm.values(PLAN)["hours_per_week"] == 7
