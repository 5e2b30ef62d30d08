"""A step's page without a browser: what is saved, what is said, what is shown."""

from __future__ import annotations

import pytest

from playbook.steps import PATH
from playbook.ui.page import Page
from playbook.workspace import Workspace
from tests.ui.opened import decided, field


def test_unreadable_review_day_is_kept_and_explained(workspace: Workspace) -> None:
    """The words stay in the box with what is wrong; the step's own verdict is not held back by them."""
    page = Page(workspace, "unit-economics", "ru")
    page.save(decided(page, "decision"), "Не дороже 20")
    page.save(decided(page, "decision_review"), "после праздников")
    assert decided(Page(workspace, "unit-economics", "ru"), "decision_review").text == "после праздников"
    assert "Это не дата" in page.answer()
    assert "Исправьте отмеченное" not in page.answer()
    page.save(decided(page, "decision_review"), "07.12.2026")
    assert "Это не дата" not in page.answer()
    assert workspace.values("unit-economics")["decision_review"] == "2026-12-07"


def test_typed_number_is_saved_as_a_value(workspace: Workspace) -> None:
    """The person's own thousands and decimal marks are understood."""
    page = Page(workspace, "unit-economics", "ru")
    page.save(field(page, "price"), "1 234,5")
    assert workspace.values("unit-economics") == {"price": 1234.5}


def test_share_is_typed_in_per_cent(workspace: Workspace) -> None:
    """31 means 0.31 and comes back as 31."""
    page = Page(workspace, "unit-economics", "ru")
    page.save(field(page, "monthly_retention"), "31 %")
    assert workspace.values("unit-economics") == {"monthly_retention": 0.31}
    assert field(page, "monthly_retention").text == "31"


def test_rubbish_is_kept_and_explained_beside_its_field(workspace: Workspace) -> None:
    """The words stay in the field after a reload, with what is wrong."""
    page = Page(workspace, "unit-economics", "ru")
    page.save(field(page, "price"), "дорого")
    reopened = Page(workspace, "unit-economics", "ru")
    assert field(reopened, "price").text == "дорого"
    assert "Это не число" in reopened.answer()


def test_share_over_the_whole_is_kept_as_typed(workspace: Workspace) -> None:
    """120% is refused in words and not clamped."""
    page = Page(workspace, "unit-economics", "en")
    page.save(field(page, "refund_rate"), "120")
    assert field(page, "refund_rate").text == "120"
    assert "from 0 to 100%" in page.answer()


def test_emptied_field_goes_back_to_its_default(workspace: Workspace) -> None:
    """Nothing typed is no fault."""
    page = Page(workspace, "unit-economics", "ru")
    page.save(field(page, "price"), "100")
    page.save(field(page, "price"), "")
    assert workspace.values("unit-economics") == {}


def test_second_window_is_told_of_the_first(workspace: Workspace) -> None:
    """Both values are in the history and the later window knows it."""
    first, second = Page(workspace, "unit-economics", "ru"), Page(workspace, "unit-economics", "ru")
    one, two = field(first, "price"), field(second, "price")
    first.save(one, "100")
    second.save(two, "200")
    assert "100" in second.answer().partition("pb-errs")[2]
    assert [change.value for change in workspace.history("unit-economics")] == [200, 100]


def test_windows_on_different_fields_keep_both(workspace: Workspace) -> None:
    """No form is saved as a whole."""
    first, second = Page(workspace, "unit-economics", "ru"), Page(workspace, "unit-economics", "ru")
    one, two = field(first, "price"), field(second, "cogs")
    first.save(one, "100")
    second.save(two, "40")
    assert workspace.values("unit-economics") == {"price": 100, "cogs": 40}


def test_number_of_step_one_flows_into_step_three(workspace: Workspace) -> None:
    """The conversion is taken over with a link back, and not asked again."""
    goal = Page(workspace, "goal", "ru")
    goal.save(field(goal, "lead_to_sale"), "31")
    economics = Page(workspace, "unit-economics", "ru")
    assert "lead_to_sale" not in {each.name for group in economics.sets() for each in group.fields}
    assert "/step/step_1_goal/" in economics.below()
    goal.save(field(goal, "lead_to_sale"), "36")
    assert "36 %" in economics.below().replace("\u00a0", " ")


def test_a_typed_number_no_longer_tells_where_it_came_from(workspace: Workspace) -> None:
    """The answer hands the page what stands under each field now: the chip of step 1, then the field's own hint."""
    goal = Page(workspace, "goal", "en")
    goal.save(field(goal, "average_order_value"), "100")
    economics = Page(workspace, "unit-economics", "en")
    hints = dict.fromkeys(("lent", "typed"), "")
    for when in hints:
        hints[when] = economics.answer().partition('<div data-for="price"')[2].partition("</div>")[0]
        economics.save(field(economics, "price"), "120")
    assert "Step 1" in hints["lent"]
    assert "Step 1" not in hints["typed"]


def test_suggested_number_gives_way_to_the_typed_one(workspace: Workspace) -> None:
    """The price of step 1 stands in step 3 until another one is typed, and again when that is emptied."""
    goal, economics = Page(workspace, "goal", "ru"), Page(workspace, "unit-economics", "ru")
    goal.save(field(goal, "average_order_value"), "8400")
    seen = [field(economics, "price").value]
    for raw in ("9000", ""):
        economics.save(field(economics, "price"), raw)
        seen.append(field(economics, "price").value)
    assert seen == [8400, 9000, 8400]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", [step.key for step in PATH])
def test_every_page_opens_on_an_empty_workspace(workspace: Workspace, key: str, language: str) -> None:
    """An empty state says what to do and is not an error."""
    page = Page(workspace, key, language)
    assert page.opening()
    assert page.sets() or key == "week"
    assert "pb-verdict" in page.answer()
    page.below()


@pytest.mark.parametrize("key", [step.key for step in PATH])
def test_markup_typed_by_a_person_stays_text(workspace: Workspace, key: str) -> None:
    """`<script>` in any field is shown, not run."""
    page = Page(workspace, key, "ru")
    for each in [one for group in page.sets() for one in group.fields]:
        if each.spec.kind in ("number", "text", "note"):
            page.save(each, "<script>alert(1)</script>")
    assert "<script>" not in page.answer() + page.below() + page.opening()


def test_undo_takes_the_last_change_back(workspace: Workspace) -> None:
    """The field shows what it held before."""
    page = Page(workspace, "unit-economics", "ru")
    page.save(field(page, "price"), "100")
    page.save(field(page, "price"), "200")
    page.undo()
    assert field(page, "price").text == "100"


def test_long_words_are_kept_as_a_draft(workspace: Workspace) -> None:
    """Ten thousand characters in a name are refused in words and not lost."""
    page = Page(workspace, "kpi", "ru")
    workspace.add_row("kpi", "chosen")
    page.save(field(page, "chosen/1/owner"), "щ" * 10_000)
    assert field(page, "chosen/1/owner").text == "щ" * 10_000
    assert "не больше" in page.answer().lower()


def test_refused_save_is_said_and_keeps_the_page(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace that became read-only says so over the answer, beside the field and for the header, with a hint."""
    page = Page(workspace, "unit-economics", "ru")
    price = field(page, "price")
    workspace.close()
    monkeypatch.setattr("playbook.workspace.disk.os.access", lambda *_: False)
    assert page.save(price, "100") is None
    said = page.answer().replace("\u00a0", " ")
    assert "Изменения не сохраняются" in said
    assert 'data-unsaved="Эту рабочую папку можно только читать' in said
    assert page.errors()["price"].startswith("Не сохранено. Эту рабочую папку")
    assert "Скопируйте" in page.errors()["price"]


def test_history_shows_the_latest_changes(workspace: Workspace) -> None:
    """Old values can be read again."""
    page = Page(workspace, "unit-economics", "en")
    for raw in ("100", "250"):
        page.save(field(page, "price"), raw)
    history = page.below().partition("pb-history")[2]
    assert history.index("250") < history.index("100")


def test_own_core_needs_its_reason_written_down(workspace: Workspace) -> None:
    """An override is shown over the count; with a reason it stands."""
    page = Page(workspace, "core", "en")
    page.save(field(page, "client_base"), "10")
    page.save(decided(page, "decision_core"), "brand")
    assert "You build on" in page.answer()
    assert "Write the reason" in page.answer()
    page.save(decided(page, "decision"), "Half of our clients name us in the search")
    assert "Half of our clients name us in the search" in page.answer()


def test_number_is_shown_back_as_it_was_typed(workspace: Workspace) -> None:
    """120 per cent is not called 1.2."""
    page = Page(workspace, "unit-economics", "en")
    page.save(field(page, "refund_rate"), "120")
    assert "You typed: 120." in page.told["refund_rate"]


def test_share_that_cannot_be_nothing_says_so(workspace: Workspace) -> None:
    """0 is refused, so 0 is not offered."""
    page = Page(workspace, "unit-economics", "en")
    page.save(field(page, "lead_to_sale"), "0")
    assert "must be above 0%" in page.told["lead_to_sale"]


def test_two_targets_are_a_fault_and_not_a_gap(workspace: Workspace) -> None:
    """The page says what to mend, in the reader's words and without names of code."""
    page = Page(workspace, "goal", "ru")
    for name in ("target_customers", "target_revenue"):
        page.save(field(page, name), "40")
    page.save(field(page, "objective"), "sales_now")
    page.save(field(page, "horizon_days"), "60")
    for name in ("average_order_value", "gross_margin", "visit_to_lead", "lead_to_sale", "cost_per_visit"):
        page.save(field(page, name), "50")
    shown = page.shown()
    assert "Исправьте отмеченное" in shown.replace("\u00a0", " ")
    assert "target_customers" not in shown


@pytest.mark.parametrize(
    ("key", "name", "raw", "said"),
    [
        ("goal", "objective", "sales_now", "Продажи сейчас"),
        ("unit-economics", "refunded_goods_return", "yes", "да"),
        ("unit-economics", "price", "", "—"),
    ],
)
def test_other_window_s_value_is_told_in_words(workspace: Workspace, key: str, name: str, raw: str, said: str) -> None:
    """No ids of choices, no English `yes`, no hole where a field was emptied."""
    first, second = Page(workspace, key, "ru"), Page(workspace, key, "ru")
    fields = field(first, name), field(second, name)
    first.save(fields[0], raw)
    second.save(fields[1], {"objective": "ltv", "price": "5"}.get(name, "no"))
    assert said in second.told[name]


@pytest.mark.parametrize(
    ("name", "raw"), [("refund_rate", "0.004"), ("refund_rate", "3.96"), ("cogs", "0.00002"), ("cogs", "1,234.5")]
)
def test_small_number_is_not_shown_as_nothing(workspace: Workspace, name: str, raw: str) -> None:
    """What was typed stands in the field after a reload."""
    page = Page(workspace, "unit-economics", "en")
    page.save(field(page, name), raw)
    assert field(page, name).text == raw


def test_undo_leaves_the_decision_alone(workspace: Workspace) -> None:
    """The box beside the form keeps its words."""
    page = Page(workspace, "unit-economics", "en")
    page.save(field(page, "price"), "100")
    page.save(decided(page, "decision"), "Leads up to 20")
    page.undo()
    assert decided(page, "decision").text == "Leads up to 20"
    assert "price" not in workspace.values("unit-economics")


SOUND = {"price": 100, "cogs": 0, "monthly_retention": 1, "payback_target_months": 3, "cac": 280}


def test_blow_is_tried_at_a_press_and_saves_nothing(workspace: Workspace) -> None:
    """300 in three months: 280 is sound, and no longer where the price falls by a tenth; one press leads back."""
    for name, value in SOUND.items():
        workspace.save("unit-economics", name, value)
    page, before = Page(workspace, "unit-economics", "en"), workspace.revision()
    assert page.actions()["price"] == "Try: the price falls by 10%"
    page.act("price")
    tried = page.answer()
    assert "A trial: Don" in tried
    assert "The price falls by 10%. Your own numbers stand as they are." in tried
    assert next(iter(page.actions())) == ""
    page.act("")
    assert "A trial" not in page.answer()
    assert workspace.revision() == before


def test_nothing_is_tried_while_the_cost_of_a_client_is_unknown(workspace: Workspace) -> None:
    """What is not known cannot get worse."""
    workspace.save("unit-economics", "price", 100)
    assert Page(workspace, "unit-economics", "en").actions() == {}
