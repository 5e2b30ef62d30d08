"""Lists on a step's page without a browser: rows that are added, asked by stages, folded, and taken back."""

from __future__ import annotations

from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.ui.opened import decided, field


def test_bad_number_in_a_row_is_explained_beside_it(workspace: Workspace) -> None:
    """A row's field keeps its bounds as any other; the rest of the row is saved."""
    page = Page(workspace, "ideas", "en")
    page.add_row("ideas")
    page.save(field(page, "ideas/1/name"), "Price on the first screen")
    page.save(field(page, "ideas/1/confidence"), "-5")
    assert field(page, "ideas/1/confidence").text == "-5"
    assert "cannot be below 0" in page.answer()
    assert "Mend the marked field: Confidence" in page.answer()


def test_fault_of_a_row_stands_beside_its_field(workspace: Workspace) -> None:
    """Sixty successes of fifty people: said where they were typed, and everything else stays saved."""
    page = Page(workspace, "ideas", "en")
    page.save(field(page, "method"), "ice")
    row = workspace.add_row("ideas", "ideas", {"name": "Price", "kind": "landing", "state": "running"})
    page.save(field(page, f"ideas/{row}/variant_people"), "50")
    page.save(field(page, f"ideas/{row}/variant_wins"), "60")
    assert "more successes than people" in page.errors()[f"ideas/{row}/variant_wins"]
    assert "Mend the marked field: Variant: of them succeeded" in page.answer()


def test_chosen_metric_asks_its_target_in_its_unit(workspace: Workspace) -> None:
    """The form is made anew, so that 30 of a conversion is typed as 30%."""
    page = Page(workspace, "kpi", "en")
    page.add_row("chosen")
    metric = field(page, "chosen/1/metric")
    page.save(metric, "lead_to_sale")
    assert page.reshapes(metric, "lead_to_sale")
    page.save(field(page, "chosen/1/target"), "30")
    assert workspace.values("kpi")["chosen/1/target"] == 0.3


def test_metric_of_ones_own_is_named_on_the_page(workspace: Workspace) -> None:
    """The last choice of the list turns into a text field, with the question whether it counts money beside it."""
    page = Page(workspace, "kpi", "ru")
    page.add_row("chosen")
    listed = field(page, "chosen/1/metric")
    own = listed.spec.choices[-1][0]
    assert own == "Свой показатель"
    page.save(listed, own)
    named = field(page, "chosen/1/metric")
    assert (named.spec.kind, named.text) == ("text", "Свой показатель")
    page.save(named, "Звонки с проходной")
    assert not page.reshapes(named, "Звонки с проходной")
    page.save(field(page, "chosen/1/money"), "no")
    assert Walk(workspace).answer("kpi").own == ("Звонки с проходной",)
    page.save(named, "")
    assert page.reshapes(named, "")
    assert field(page, "chosen/1/metric").spec.kind == "choice"


def test_pxl_is_answered_on_the_page(workspace: Workspace) -> None:
    """Three points: two for what is noticed at once, one for the traffic; the fields of other methods are not asked."""
    page = Page(workspace, "ideas", "en")
    page.save(field(page, "method"), "pxl")
    page.add_row("ideas")
    names = {each.name for group in page.sets() for each in group.fields}
    assert "ideas/1/reach" not in names
    assert len([name for name in names if name.startswith("ideas/1/answers/")]) == 10
    page.save(field(page, "ideas/1/name"), "Price on the first screen")
    page.save(field(page, "ideas/1/kind"), "landing")
    for name, raw in {"noticeable": "yes", "high_traffic": "yes", "motivation": "no", "ease": "0"}.items():
        page.save(field(page, f"ideas/1/answers/{name}"), raw)
    answer = Walk(workspace).answer("ideas")
    assert [(idea.name, idea.score) for idea in answer.ranked] == [("Price on the first screen", 3.0)]
    assert field(Page(workspace, "ideas", "en"), "ideas/1/answers/motivation").text == "no"


def test_hypothesis_in_work_asks_what_a_test_needs(workspace: Workspace) -> None:
    """Set to work it asks for its days and counts in place of its score, and another one still asks for its score."""
    page = Page(workspace, "ideas", "en")
    page.save(field(page, "method"), "rice")
    for _ in range(2):
        page.add_row("ideas")
    state = field(page, "ideas/1/state")
    page.save(state, "running")
    assert page.reshapes(state, "running")
    names = {each.name for group in page.sets() for each in group.fields}
    assert {"ideas/1/started", "ideas/1/control_people", "ideas/2/reach"} <= names
    assert not {"ideas/1/reach", "ideas/1/outcome", "ideas/1/baseline", "ideas/2/started"} & names
    page.save(field(page, "ideas/1/metric"), "other")
    assert "ideas/1/baseline" in {each.name for group in page.sets() for each in group.fields}


def test_rows_from_another_step_may_be_made_ones_own(workspace: Workspace) -> None:
    """The funnel has the two stages of step 1; taken over they are fields, and the answer is the same."""
    goal = {"objective": "sales_now", "horizon_days": 60, "target_customers": 30, "average_order_value": 100}
    rates = {"gross_margin": 0.4, "visit_to_lead": 0.05, "lead_to_sale": 0.3, "cost_per_visit": 1}
    for name, value in {**goal, **rates}.items():
        workspace.save("goal", name, value)
    page = Page(workspace, "funnel", "ru")
    before = Walk(workspace).outcome("funnel", "customers")
    (listed,) = (group for group in page.sets() if group.takes)
    assert (listed.takes, listed.adds) == ("rates", "")
    page.take_rows("rates")
    assert field(page, "rates/1/rate").text == "5"
    assert Walk(workspace).outcome("funnel", "customers") == before
    page.undo()
    assert workspace.rows("funnel", "rates") == {}
    page.take_rows("rates")
    (first, _second) = workspace.rows("funnel", "rates")
    page.save(field(page, f"rates/{first}/rate"), "10")
    assert Walk(workspace).outcome("funnel", "customers") > before


def test_filled_rows_of_a_long_list_are_folded(workspace: Workspace) -> None:
    """Four ideas fold under their names; one without a name, or with words that are no number, stays open."""
    page = Page(workspace, "ideas", "ru")
    for name in ("Отзывы", "Цены", "Видео", ""):
        row = workspace.add_row("ideas", "ideas", {"name": name} if name else {})
    page.save(field(page, f"ideas/{row}/reach"), "10")
    folded = [group for group in page.sets() if group.row]
    assert [(group.name, group.folds, group.open) for group in folded] == [
        ("Отзывы", True, False),
        ("Цены", True, False),
        ("Видео", True, False),
        ("", True, True),
    ]
    page.save(folded[0].fields[-1], "сто")
    assert next(group for group in page.sets() if group.row).open


def test_short_list_stays_open(workspace: Workspace) -> None:
    """Three rows are read at a glance."""
    page = Page(workspace, "ideas", "ru")
    for name in ("Отзывы", "Цены", "Видео"):
        workspace.add_row("ideas", "ideas", {"name": name})
    assert not any(group.folds for group in page.sets())


def test_undo_takes_a_decision_of_the_week_back(workspace: Workspace) -> None:
    """The rows of the review are the form's own, whatever their name begins with; the box beside it is not."""
    page = Page(workspace, "week", "en")
    page.add_row("decisions")
    page.save(field(page, "decisions/1/what"), "Call the stale leads")
    page.save(decided(page, "decision"), "Leads up to 20")
    page.undo()
    assert field(page, "decisions/1/what").text == ""
    page.undo()
    assert workspace.rows("week", "decisions") == {}
    assert decided(page, "decision").text == "Leads up to 20"
