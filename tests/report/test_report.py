"""The report as one file."""

import ast
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from playbook import faces, i18n, report, samples
from playbook.display import Face, Verdict, wait
from playbook.report import parts, sources
from playbook.steps import PATH
from playbook.walk import Decision
from playbook.workspace import Workspace
from tests.report.firm import DECISION, NOW, given, path_with, spec, unanswered, walked

Page = Callable[..., str]
SCRIPT = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"


def section(html: str, key: str) -> str:
    """The part of the report on one step."""
    return html.partition(f'id="{key}">')[2].partition('<section class="step"')[0]


def test_five_lines_come_first(page: Page) -> None:
    """Whoever reads one minute has read them."""
    html = page()
    five = html.partition('class="five"')[2].partition("</section>")[0]
    assert five.count("<li>") == 5
    assert html.index('class="five"') < html.index('class="step"')


def test_every_step_has_its_section(page: Page) -> None:
    """Eleven steps, in the order of the path, answered or not."""
    keys = [step.key for step in PATH]
    assert len(keys) == 11
    for path in (path_with(), [unanswered(key) for key in keys]):
        assert re.findall(r'<section class="step" id="([\w-]+)">', page(path)) == keys


def test_header_names_firm_date_and_language(page: Page) -> None:
    """Who it is about, when it was made, and that no data was imported."""
    top = page().partition("<header")[2].partition("</header>")[0].replace(i18n.NBSP, " ")
    assert "<h1>Smile Clinic</h1>" in top
    assert "Made on 25 November 2026, 09:05" in top
    assert "Without imported data" in top
    assert "English" in top


def test_nothing_is_asked_of_the_network(page: Page) -> None:
    """No address of a server stands in the file, and its own policy forbids loading anything."""
    html = page()
    assert re.findall(r"https?://", html) == []
    assert re.findall(r"<(?:script|link|img|iframe)|url\(|@import|\bsrc=", html) == []
    assert "default-src 'none'" in html


def test_paper_is_light_only(page: Page) -> None:
    """The dark looks of the pages do not reach a sheet of paper."""
    html = page()
    assert '<html lang="en" data-paper>' in html
    dark = re.findall(r"[^-]color-scheme:dark", html)
    assert html.count("[data-paper]") == len(dark) > 0


def test_print_keeps_tables_whole() -> None:
    """A4 pages: no row, card or short table is cut, and a long table repeats its head."""
    css = report.looks.css()
    printed = "".join(css.split("@media print")[1:])
    assert "size:A4" in css
    assert "display:table-header-group" in printed
    kept = "".join(re.findall(r"([^{}]+)\{[^{}]*break-inside:avoid", printed))
    assert [name for name in (".pb-verdict", ".pb-table", "tr", ".pb-rule", ".decided") if name not in kept] == []


def test_file_stays_small(page: Page) -> None:
    """A path with a chart in each section is far below 200 KB."""
    assert len(page().encode()) < 120_000


def test_every_tag_is_closed(page: Page) -> None:
    """What opens is closed, in order, but for the ends that the next tag implies."""
    html = page(path_with(goal=unanswered("goal"), core=walked("core", decision=DECISION)))
    still_open: list[str] = []
    for end, tag in re.findall(r"<(/?)([a-z]\w*)[^>]*(?<!/)>", html):
        if end:
            while still_open[-1] != tag and still_open[-1] in ("p", "td", "th", "tr", "li"):
                still_open.pop()
            assert still_open.pop() == tag
        elif tag not in ("meta", "br"):
            still_open.append(tag)
    assert still_open == []


def test_script_in_any_words_is_shown(workspace: Workspace, page: Page) -> None:
    """A firm, an input, a decision and an import called `<script>` are words in the report."""
    workspace.set_setting("name", SCRIPT)
    workspace.add_batch({"file": SCRIPT, "source": SCRIPT, "rows": 3})
    row = {"what": SCRIPT}
    inputs = (
        given(SCRIPT, SCRIPT, kind="text", draft=SCRIPT),
        given("Taken", 1, "taken", source_text=SCRIPT, source_step="goal"),
        given("Rows", [row], name="decisions", kind="rows", rows=(spec("what", SCRIPT, "text"),)),
    )
    decided = Decision(SCRIPT, SCRIPT, None, NOW)
    kpi = unanswered("kpi", state="part", given=inputs[2:])
    html = page(path_with(week=walked("week", given=inputs, decision=decided), kpi=kpi))
    assert "<script" not in html
    assert html.count(SHOWN) == 14


def test_inputs_say_where_they_come_from(page: Page) -> None:
    """Typed, preset, taken over with its step, or from data with its period."""
    inputs = (
        given("Price", 84, unit="money"),
        given("Refunds", 0.0, "default", unit="share"),
        given("Goal", 40, "taken", source_text="Step 1 · The goal", source_step="goal"),
        given("Spend", 9, "data", source_text="Google Ads · 1 June – 25 June", source_step="data"),
        given("Nothing", None, "empty"),
    )
    html = section(page(path_with(goal=walked("goal", given=inputs))), "goal").replace(i18n.NBSP, " ")
    assert re.findall(r'class="v">([^<]*)</span><span class="src">([^<]*)', html) == [
        ("$84", "typed"),
        ("0%", "preset"),
        ("40", "Step 1 · The goal"),
        ("9", "Google Ads · 1 June – 25 June"),
    ]


def test_draft_is_named_as_not_counted(page: Page) -> None:
    """Words that are no value yet are shown as such, beside the value that counts."""
    goal = walked("goal", given=(given("Share", 0.5, unit="share", draft="8o %"),))
    html = page(path_with(goal=goal)).replace(i18n.NBSP, " ")
    assert "typed; “8o %” is typed and cannot be counted yet" in html


def test_rows_without_answer_are_written_out() -> None:
    """A list that no answer shows is written out, each row's filled fields in the order of the form."""
    fields = (spec("metric", "Metric", "text"), spec("target", "Target", unit="money"), spec("owner", "Who", "text"))
    rows = [{"owner": "Olga", "metric": "CAC", "target": 62}, {"metric": "Leads", "owner": ""}]
    metrics = (given("Metrics", rows, kind="rows", rows=fields),)
    (written,) = parts.steps([unanswered("kpi", state="part", given=metrics)])[0].inputs
    assert written.lines == ("CAC · $62 · Olga", "Leads")
    assert written.long
    (counted,) = parts.steps([walked("kpi", given=metrics)])[0].inputs
    assert counted.lines == ("2 rows, shown above",)


def test_ten_answers_stand_by_question() -> None:
    """An answer is listed under its question, in its unit; a question without one is left out."""
    answers = {"cost_per_lead": 9.8, "lead_to_payment": 0.36, "lead_sources": ["ads 36", "direct 15"], "margin": None}
    ten = walked("ten", given=(given("Answers", answers, name="answers", kind="data"),))
    shown = [(one.label, one.lines[0].replace(i18n.NBSP, " ")) for one in parts.steps([ten])[0].inputs]
    assert shown == [("Lead sources", "ads 36; direct 15"), ("Cost per lead", "$9.80"), ("Lead to payment", "36%")]


def test_criteria_say_what_points_stand_for() -> None:
    """Two points for the goal are read as what two points mean."""
    answers = {"goals_exists": 2}
    maturity = walked("maturity", given=(given("Answers", answers, name="answers", kind="data"),))
    (shown,) = parts.steps([maturity])[0].inputs
    assert shown.lines == ("2/2",)
    assert shown.source.startswith("One written line")


def test_part_says_yes_with_its_evidence() -> None:
    """A part of the loop is one line: whether it is there, and what shows it."""
    fields = (spec("exists", "There", "flag"), spec("evidence", "Evidence", "note"))
    loop = walked("working-loop", given=(given("CRM", {"exists": True, "evidence": "amo"}, kind="part", rows=fields),))
    assert parts.steps([loop])[0].inputs[0].lines == ("yes · amo",)


def test_decision_has_owner_and_review(page: Page) -> None:
    """Under the answer: what was decided, who does it, when it is looked at again; and once more in one table."""
    html = page(path_with(core=walked("core", decision=DECISION))).replace(i18n.NBSP, " ")
    assert "We take leads up to $19." in section(html, "core")
    assert "Who: <b>Anna</b>" in section(html, "core")
    assert "Review: <b>7 December 2026</b>" in section(html, "core")
    assert "Decisions at a glance" in html
    assert "Decisions at a glance" not in page()


def test_step_without_answer_waits_calmly(page: Page) -> None:
    """No card of a verdict, only the question that is still open."""
    html = section(page(path_with(goal=unanswered("goal"))), "goal")
    assert "Not answered yet." in html
    assert "pb-verdict" not in html


def test_begun_step_keeps_what_was_typed(page: Page) -> None:
    """What is missing is named, and the words typed so far are on paper."""
    goal = unanswered("goal", state="part", face=wait("Still missing: horizon."), given=(given("Price", 84),))
    html = section(page(path_with(goal=goal)), "goal")
    assert "Still missing: horizon." in html
    assert 'class="v">84' in html


def test_presets_alone_are_no_answer() -> None:
    """A plan made of defaults says nothing about this firm; one taken from an answered step does."""
    taken = (given("Points", 3, "taken", source_step="maturity"),)
    plan = walked("thirty-days", state="todo", given=taken)
    settings = walked("thirty-days", state="todo", given=(given("Start", "x", "taken", source_step="settings"),))
    assert parts.is_answered(plan, path_with())
    assert not parts.is_answered(plan, path_with(maturity=unanswered("maturity")))
    assert not parts.is_answered(settings, path_with())


def test_data_alone_is_an_answer() -> None:
    """Imported figures speak for the firm though nobody typed."""
    assert parts.is_answered(walked("goal", state="todo", given=(given("CAC", 54, "data"),)), path_with())


def test_finding_links_inside_the_report(page: Page) -> None:
    """A growth point leads to the section of the step that helps."""
    html = page()
    assert '<a href="#working-loop">' in section(html, "maturity")
    targets = set(re.findall(r'href="#([\w-]+)"', html))
    assert targets <= set(re.findall(r'id="([\w-]+)"', html))


def test_imports_are_listed_with_their_period(workspace: Workspace, page: Page) -> None:
    """File, system, rows that count and days; an import that was switched off is left out."""
    fact = {"source": "google_ads", "rows": 1893, "accepted": 1891, "from": "2026-06-01", "to": "2026-06-30"}
    workspace.add_batch({"file": "ads.csv", **fact})
    workspace.add_batch(
        {
            "file": "orders.csv",
            "source": "shopify",
            "rows": 20,
            "accepted": 20,
            "from": "2026-07-03",
            "to": "2026-11-22",
        }
    )
    workspace.switch_batch(workspace.add_batch({"file": "wrong.csv"}), active=False)
    html = page().replace(i18n.NBSP, " ")
    listed = html.partition('id="sources"')[2]
    assert "1,891 of 1,893" in listed
    assert "1 June – 30 June 2026" in listed
    assert "Google Ads" in listed
    assert "wrong.csv" not in listed
    assert "Data: 1 June – 22 November 2026" in html


def test_times_apart_are_told_apart(workspace: Workspace) -> None:
    """A week of 2020 and a spring of 2026 are not seven years of data; days that follow are one piece."""
    days = [("2020-06-01", "2020-06-07"), ("2026-03-01", "2026-03-31"), ("2026-04-15", "2026-05-31")]
    for first, last in days:
        workspace.add_batch({"file": f"{first}.csv", "from": first, "to": last})
    words = sources.period_words(sources.imports(workspace)).replace(i18n.NBSP, " ")
    assert words == "Data: 1 June – 7 June 2020; 1 March – 31 May 2026"
    for year in (2021, 2022):
        workspace.add_batch({"file": f"{year}.csv", "from": f"{year}-01-01", "to": f"{year}-01-31"})
    words = sources.period_words(sources.imports(workspace)).replace(i18n.NBSP, " ")
    assert words == "Data: 1 June 2020 – 31 May 2026, with gaps"


def test_period_over_new_year_names_both_years() -> None:
    """A winter is not read as eleven months."""
    assert (
        sources.span(date(2025, 12, 1), date(2026, 1, 31)).replace(i18n.NBSP, " ")
        == "1 December 2025 – 31 January 2026"
    )


def test_sources_name_version_and_rules(page: Page) -> None:
    """The formulas' version and what a rule of thumb is worth, said once."""
    html = page().replace(i18n.NBSP, " ")
    assert re.search(r"Playbook, version \d+\.\d+", html)
    assert html.count("without statistics behind them") == 1


def test_russian_report_has_no_english_words(page: Page) -> None:
    """Every word around the answers is Russian."""
    html = page([unanswered(step.key, face=wait("Ответа нет.")) for step in PATH], "ru")
    words = re.sub(r"<style>.*?</style>|<[^>]+>|&\w+;", " ", html, flags=re.DOTALL).replace("Smile Clinic", "")
    assert re.findall(r"\b[A-Za-z]{3,}\b", words.replace("KPI", "").replace("CRM", "").replace("CAC", "")) == []
    assert 'lang="ru"' in html
    assert "Откуда числа" in html


def test_english_report_has_no_russian_words(page: Page) -> None:
    """Every word around the answers is English."""
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page(), flags=re.DOTALL)
    assert re.findall(r"[а-яё]{3,}", words, flags=re.IGNORECASE) == []


def texts(module: Path) -> list[tuple[str, str]]:
    """The sentences a module says through `t` and `tn`."""
    calls = [node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    said = [call.args[:2] for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("t", "tn")]
    return [(str(ast.literal_eval(context)), str(ast.literal_eval(text))) for context, text in said]


def test_every_sentence_has_a_russian_twin() -> None:
    """What the report and the faces say stands in their catalogues."""
    folders = [Path(str(report.__file__)).parent, faces.HERE]
    said = [text for folder in folders for module in folder.glob("*.py") for text in texts(module)]
    assert len(said) > 45
    assert [text for text in said if not i18n.translated(*text, "ru")] == []


def test_empty_workspace_gives_calm_report(workspace: Workspace) -> None:
    """Nothing is answered, nothing is blamed, and every section says what it waits for."""
    html = report.html(workspace)
    assert html.count("<li><b>") == 5
    assert html.count('class="waiting"') == len(PATH)
    assert 'class="pb-verdict"' not in html


@pytest.mark.parametrize(("asked", "spoken"), [(None, "en"), ("ru", "ru")])
def test_language_is_asked_or_the_workspaces(workspace: Workspace, asked: str | None, spoken: str) -> None:
    """The workspace's own language, where no other is asked for."""
    assert f'<html lang="{spoken}"' in report.html(workspace, asked)


def test_report_leaves_the_speaker_as_it_was(workspace: Workspace) -> None:
    """Making a Russian report does not turn the running program Russian."""
    report.html(workspace, "ru")
    assert i18n.language() == "en"


def test_answered_step_reaches_the_report(workspace: Workspace) -> None:
    """A real answer: 100 of margin once, so a client may cost less than 100."""
    typed = {"price": 100, "cogs": 0, "monthly_retention": 0, "payback_target_months": 3, "cac": 60}
    for field, value in typed.items():
        workspace.save("unit-economics", field, value)
    html = report.html(workspace).replace(i18n.NBSP, " ")
    assert "A client costs $60; below $100 is admissible." in section(html, "unit-economics")
    assert "<b>Unit economics: do it.</b>" in html


def test_script_typed_into_a_workspace_is_shown(workspace: Workspace) -> None:
    """Words on their whole way from the form to paper stay words."""
    workspace.save("working-loop", "offer/exists", True)
    workspace.save("working-loop", "offer/evidence", SCRIPT)
    workspace.save("working-loop", "decision", SCRIPT)
    workspace.save("goal", "horizon_days", SCRIPT, draft=True)
    html = report.html(workspace)
    assert "<script" not in html
    assert section(html, "working-loop").count(SHOWN) == 2


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("firm", ["local", "ecommerce", "saas", "b2b"])
def test_sample_firm_fits_the_budget(tmp_path: Path, firm: str, language: str) -> None:
    """A whole firm with its data makes one file of at most 200 KB, every step answered."""
    html = report.html(samples.create(tmp_path / "firm", firm, language))
    assert len(html.encode()) <= 200 * 1024
    assert html.count('class="pb-verdict"') == len(PATH)
    assert re.findall(r"https?://|<script", html) == []


def test_long_words_may_break(page: Page) -> None:
    """A name of 200 letters without a space cannot push a phone sideways."""
    face = Face(Verdict("yes", "Do it", "x" * 200))
    assert "x" * 200 in page(path_with(goal=walked("goal", face=face)))
    assert ".pb { overflow-wrap: anywhere; }" in faces.css()


def test_calculators_stand_with_their_step(workspace: Workspace) -> None:
    """What was counted beside a step is told in short at its end, with where its numbers come from; others are not."""
    workspace.save("nps", "promoters", 60)
    workspace.save("nps", "passives", 30)
    workspace.save("nps", "detractors", 10)
    html = report.html(workspace, "en")
    told = section(html, "kpi")
    assert "Counted beside this step" in told
    assert "<h4>Would they recommend you" in told
    assert "Counted from: typed" in told
    assert html.count('class="aside"') == 1
