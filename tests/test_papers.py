"""What documents take over from each other, from the data and from the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import i18n, rules, samples
from playbook.display import Table
from playbook.steps import DOCUMENTS
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring
from tests.ui.opened import field


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A firm with one segment that has two objections."""
    made = Workspace.create(tmp_path / "firm", name="Firm", language="en")
    made.add_row("icp", "segments", {"name": "Hosts", "objections": "Too dear\nIt creases"})
    return made


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample clinic with its imports."""
    return samples.create(tmp_path_factory.mktemp("firms") / "clinic", "local", "en")


def test_proof_is_chosen_against_an_objection(workspace: Workspace) -> None:
    """The objections of the ICP are what a proof can answer."""
    page = Page(workspace, "offer", "en")
    page.add_row("proofs")
    assert [value for value, _ in field(page, "proofs/1/objection").spec.choices] == ["", "Too dear", "It creases"]
    page.save(field(page, "proofs/1/objection"), "Too dear")
    assert Walk(workspace).outcome("offer", "unanswered") == ("It creases",)


def test_objection_that_is_gone_stays_to_be_seen(workspace: Workspace) -> None:
    """A proof against an objection that was taken off the ICP keeps its words."""
    workspace.add_row("offer", "proofs", {"what": "Video", "objection": "Too slow"})
    choices = [value for value, _ in field(Page(workspace, "offer", "en"), "proofs/1/objection").spec.choices]
    assert choices == ["", "Too dear", "It creases", "Too slow"]


def test_without_a_list_it_is_typed(tmp_path: Path) -> None:
    """Nobody has to fill the ICP first."""
    page = Page(Workspace.create(tmp_path / "firm", language="en"), "offer", "en")
    page.add_row("proofs")
    assert field(page, "proofs/1/objection").spec.kind == "text"


def test_every_segment_needs_an_offer(workspace: Workspace) -> None:
    """The offer knows the segments."""
    workspace.add_row("offer", "offers", {"segment": "Cafes"})
    assert Walk(workspace).outcome("offer", "without_offer") == ("Hosts",)


def test_journey_takes_the_objections_of_its_segment(workspace: Workspace) -> None:
    """Those of all segments, until one is chosen."""
    workspace.add_row("icp", "segments", {"name": "Cafes", "objections": "Stains"})
    assert Walk(workspace).value("cjm", "objections") == ("Too dear", "It creases", "Stains")
    workspace.save("cjm", "segment", "Cafes")
    assert Walk(workspace).value("cjm", "objections") == ("Stains",)


def test_journey_stands_on_the_real_funnel(clinic: Workspace) -> None:
    """14,930 clicks, 696 leads, 230 payments, of which 213 were first ones: as the exports were counted."""
    numbers = {one["stage"]: one["value"] for one in Walk(clinic).value("cjm", "numbers")}
    assert numbers == {"attention": 14930, "request": 696, "sale": 230, "retention": 17}


def test_journey_counts_its_stages_over_the_same_days(workspace: Workspace) -> None:
    """The visits are of one week, in which two of the four leads came, and one of them is won."""
    bring(workspace, "visits.csv", "day,source,visits\n2026-06-08,search,60\n2026-06-14,search,40\n")
    leads = ("1,2026-06-01,,won", "2,2026-06-08,,won", "3,2026-06-10,,open", "4,2026-06-20,,won")
    bring(workspace, "leads.csv", "\n".join(("id,created,closed,status", *leads)))
    numbers = {one["stage"]: one["value"] for one in Walk(workspace).value("cjm", "numbers")}
    assert numbers == {"attention": 100, "request": 2, "sale": 1}


def test_sales_of_a_journey_say_what_part_of_the_decided_leads_they_are(clinic: Workspace) -> None:
    """A third of all leads paid so far; of those that are no longer open it is 40%, as other pages say."""
    (sale,) = (one for one in Walk(clinic).value("cjm", "numbers") if one["stage"] == "sale")
    assert sale["source"].endswith("; of the leads that are decided 40% were won")


def test_journey_shows_the_plan_beside(clinic: Workspace) -> None:
    """The goal of 160 clients takes 400 leads where two in five pay."""
    plans = {one["stage"]: one["plan"] for one in Walk(clinic).value("cjm", "numbers")}
    assert (plans["request"], plans["sale"]) == (400, 160)


def test_numbers_stand_in_the_heads_of_the_form(clinic: Workspace) -> None:
    """Each stage that is counted says how many."""
    titles = [group.title.replace("\u00a0", " ") for group in Page(clinic, "cjm", "en").sets()]
    assert "Attention · Visits: 14,930" in titles
    assert "Trust" in titles


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", [step.key for step in DOCUMENTS])
def test_every_document_opens_on_an_empty_workspace(tmp_path: Path, key: str, language: str) -> None:
    """An empty document says what to do and is not an error."""
    page = Page(Workspace.create(tmp_path / "firm", language=language), key, language)
    assert page.opening()
    assert page.sets()
    assert "pb-verdict" in page.answer()


@pytest.mark.parametrize("key", [step.key for step in DOCUMENTS])
def test_markup_typed_by_a_person_stays_text(tmp_path: Path, key: str) -> None:
    """`<script>` in any field of a document is shown, not run."""
    page = Page(Workspace.create(tmp_path / "firm", language="en"), key, "en")
    for group in page.sets():
        if group.adds:
            page.add_row(group.adds)
    for one in [each for group in page.sets() for each in group.fields]:
        if one.spec.kind in ("text", "note"):
            page.save(one, "<script>alert(1)</script>")
    shown = page.answer() + page.below() + page.opening() + page.rest()
    assert "<script>" not in shown


def test_long_cell_is_saved_whole(workspace: Workspace) -> None:
    """Five thousand characters are a valid value."""
    page = Page(workspace, "cjm", "en")
    page.save(field(page, "trust/doubts"), "щ" * 5000)
    assert Workspace.open(workspace.path).values("cjm") == {"trust/doubts": "щ" * 5000}


def test_goal_sheet_types_nothing_twice(clinic: Workspace) -> None:
    """Goal, levels and metrics come from the steps; the form asks for the four rules of priority only."""
    names = [one.name for group in Page(clinic, "goal-sheet", "en").sets() for one in group.fields]
    assert names == ["first", "later", "allowed", "forbidden"]
    levels = {one["what"]: one["value"] for one in Walk(clinic).value("goal-sheet", "levels")}
    assert (levels["Customers"], levels["Leads"]) == ("160", "400")
    assert Walk(clinic).outcome("goal-sheet", "kpis") == 8


def test_goal_changed_at_its_step_changes_the_sheet(clinic: Workspace) -> None:
    """Another target, and the sheet has it the next time anyone looks."""
    clinic.save("goal", "target_customers", 80)
    levels = {one["what"]: one["value"] for one in Walk(clinic).value("goal-sheet", "levels")}
    clinic.undo("goal")
    assert levels["Customers"] == "80"


def test_system_on_one_page_follows_the_steps(clinic: Workspace) -> None:
    """Its chain is written by goal and economics: another conversion there is another one here, and none breaks it."""
    with i18n.speaking("en", "RUB"):
        said = {one["what"]: one["says"] for one in Walk(clinic).value("scheme", "chain")}
        assert said["Conversion"] == "of visits 4.7% become leads, of leads 40% pay"
        assert said["Economics and budget"].startswith("admissible CAC below ₽")
        clinic.save("goal", "lead_to_sale", 0.2)
        then = {one["what"]: one["says"] for one in Walk(clinic).value("scheme", "chain")}
        clinic.undo("goal")
    assert then["Conversion"] == "of visits 4.7% become leads, of leads 20% pay"
    assert then["Economics and budget"] != said["Economics and budget"]


def test_records_stand_rung_by_rung(clinic: Workspace) -> None:
    """Six rungs of the rules, three and three; what data and working loop do not show is empty."""
    with i18n.speaking("en", "RUB"):
        rungs = {one["what"]: one["says"] for one in Walk(clinic).value("scheme", "ladder")}
    assert len(rungs) == sum(rules.get(f"records_{which}").number for which in ("first", "next"))
    assert rungs["Sources tagged"].startswith("leads with a source: ")
    assert rungs["One list of leads"] == "amoCRM: every request is a deal with a stage"
    assert rungs["The head's board"] == ""


def test_chain_of_a_segment_alone_breaks_at_its_value(workspace: Workspace) -> None:
    """The segment is named, and why it buys is not."""
    assert Walk(workspace).outcome("scheme", "broken")[0] == "Value"
    assert Walk(workspace).face("scheme").verdict.say == "Still missing: Value."


def test_segments_are_told_by_their_profit(clinic: Workspace) -> None:
    """The clinic's orders name segments: plain treatment is 63% of gross profit."""
    with i18n.speaking("en", "RUB"):
        made = Walk(clinic).face("icp")
    table = next(one for one in made.sections if getattr(one, "columns", ("",))[0] == "Segment")
    assert isinstance(table, Table)
    assert table.rows[0] == ("Лечение", "56%", "₽1,336,200", "63%")
    assert table.note == "From the imported orders."
