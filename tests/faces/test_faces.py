"""An answer's face as HTML."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html import escape
from typing import Any

import pytest

from playbook import faces, i18n, rules
from playbook.charts import Columns, Mark
from playbook.display import Face, Number, Point, Points, Ranked, Ranking, Ruler, Table, Verdict

VERDICT = Verdict(
    "yes", "Do it", "A client costs $54; below $62 is admissible.", "45% of room is left.", "Flips at 17%."
)
TABLE = Table("Metrics", ("Metric", "Owner", "Target", "Now"), (("Leads", "Olga", "130", "38"),), "By week", (2, 3))
RANKING = Ranking(
    "Cores",
    (
        Ranked("Performance", "Paid traffic", "71 of 100", 0.84, "84%", ("cheap leads",), ("no sources",)),
        Ranked("ABM", "Accounts", "12 of 100", 1.4, "0%"),
    ),
)
POINTS = Points("Growth points", (Point("One list of leads", "Write the source down", "Records", "working-loop"),))
CHART = Columns(
    "Back in month 3", "Margin", ("1", "2"), (10.0, 20.0), Mark("costs now", 15.0), notes=((1, "term", 20.0),)
)
FULL = Face(
    replace(VERDICT, ruler=Ruler(54, 62, "now $54", "limit $62")),
    (Number("CAC", "$62", "a month", "over 3 months", "Margin of one client", "m · N"),),
    CHART,
    (TABLE, RANKING, POINTS),
    ("LTV is for reference.",),
    (rules.check("kpi_count", 7),),
)

LETTERS = str.maketrans("0123456789.", "abcdefghij_")
"""Without digits and points, which are set in bold or with no-break spaces."""


def hostile(value: Any, path: str = "face") -> tuple[Any, list[str]]:
    """The value with a script in each of its texts, and those texts."""
    if isinstance(value, str):
        script = f"<script>{path.translate(LETTERS)}</script>"
        return script, [script]
    if isinstance(value, tuple):
        parts = [hostile(part, f"{path}.{index}") for index, part in enumerate(value)]
        return tuple(part for part, _ in parts), [text for _, texts in parts for text in texts]
    if not is_dataclass(value) or isinstance(value, type | rules.Check):
        return value, []
    changed, found = {}, []
    for one in fields(value):
        if one.name not in ("kind", "step"):
            changed[one.name], texts = hostile(getattr(value, one.name), f"{path}.{one.name}")
            found += texts
    return replace(value, **changed), found


def test_every_text_of_a_face_is_escaped() -> None:
    """A script in any of the texts of an answer is shown as words."""
    face, texts = hostile(FULL)
    html = faces.face(face)
    assert "<script" not in html
    assert len(texts) > 35
    assert [text for text in texts if escape(text) not in html] == []


def test_paper_escapes_every_text_too() -> None:
    """What is written out for paper is escaped as what is folded on a page."""
    face, texts = hostile(FULL)
    html = faces.face(face, paper=True)
    assert "<script" not in html
    assert [text for text in texts if escape(text, quote=False) not in html] == []


def test_face_shows_its_parts_in_order() -> None:
    """Verdict, numbers, note, chart, table, ranking, points, rules: by importance."""
    html = faces.face(FULL)
    marks = ("pb-verdict", "pb-nums", "pb-note", "pb-chart", "pb-table", "pb-rank", "pb-points", "pb-rules")
    assert sorted(marks, key=html.index) == list(marks)


def test_bare_verdict_is_one_card() -> None:
    """An answer that is nothing but a verdict makes no empty boxes."""
    html = faces.face(Face(VERDICT))
    assert html.count("<section") == 1
    assert "pb-nums" not in html


@pytest.mark.parametrize("kind", ["yes", "no", "wait"])
def test_verdict_has_sign_and_word(kind: Any) -> None:
    """A verdict is never told by colour alone."""
    html = faces.verdict(replace(VERDICT, kind=kind))
    assert f'data-v="{kind}"' in html
    assert f"{faces.glyph(kind)}Do it" in html


def test_only_a_live_verdict_is_announced() -> None:
    """The page announces a changed verdict, the report has nothing to announce."""
    assert 'aria-live="polite"' in faces.verdict(VERDICT, live=True)
    assert "aria-live" not in faces.verdict(VERDICT)


def test_ruler_marks_value_and_limit() -> None:
    """54 of 62 on a bar that ends at 74.4 stand at 72.6% and 83.3%; the value's caption comes first."""
    html = faces.verdict(FULL.verdict)
    assert "--at:72.6%;--lim:83.3%;--pad:16.7%" in html
    assert html.index("<span>now") < html.index('<span class="lim">limit')


def test_ruler_above_its_limit_turns_captions() -> None:
    """A value beyond its limit has its caption on the right."""
    html = faces.verdict(replace(VERDICT, ruler=Ruler(80, 62, "now $80", "limit $62")))
    assert html.index('<span class="lim">limit') < html.index("<span>now")


def test_ruler_stays_on_its_bar() -> None:
    """A loss is drawn as an empty bar, not to the left of it."""
    assert "--at:0.0%" in faces.verdict(replace(VERDICT, ruler=Ruler(-5, 10, "-5", "10")))


def test_figures_of_the_flip_are_bold() -> None:
    """What would flip the verdict is read by its figures."""
    assert "Flips at <b>17%</b>." in faces.verdict(VERDICT)


def test_definitions_fold_on_pages_only() -> None:
    """Paper cannot be unfolded, so that it carries the definition in full."""
    assert "<details" in faces.numbers(FULL.numbers)
    paper = faces.numbers(FULL.numbers, paper=True)
    assert "<details" not in paper
    assert "<b>Over 3\u00a0months.</b> Margin of one client <code>m · N</code>" in paper


def test_badge_without_definition_does_not_fold() -> None:
    """A badge with nothing behind it is plain text."""
    html = faces.numbers((Number("Leads", "130", badge="40 / 31%"),))
    assert "<details" not in html
    assert '<p class="pb-def">40 / 31%</p>' in html


def test_no_numbers_make_no_grid() -> None:
    """An answer without figures leaves no empty grid behind."""
    assert faces.numbers(()) == ""
    assert faces.chart(None) == ""
    assert faces.rules(()) == ""


def test_chart_carries_both_sizes() -> None:
    """A chart is drawn for wide and for narrow screens, under its finding."""
    html = faces.chart(CHART)
    assert "<figcaption>Back in month 3</figcaption>" in html
    assert html.count("<svg") == 2


def test_further_charts_follow_the_main_one() -> None:
    """Both are drawn, in order, and an answer may have only a further one."""
    more = replace(CHART, title="Where a price goes")
    html = faces.face(replace(FULL, further=(more,)))
    assert html.count('class="pb-chart"') == 2
    assert html.index("Back in month 3") < html.index("Where a price goes")
    assert "Where a price goes" in faces.face(replace(FULL, chart=None, further=(more,)))


def test_table_head_and_rows_are_named() -> None:
    """A screen reader hears column and row, and figures stand to the right."""
    html = faces.section(TABLE)
    assert html.count('scope="col"') == 4
    assert '<th scope="row">Leads</th>' in html
    assert '<td class="n">130</td>' in html


def test_cards_of_a_phone_know_their_columns() -> None:
    """A table of many columns hands its names to the sheet of styles, where no sign of theirs can end it."""
    html = faces.section(replace(TABLE, columns=(*TABLE.columns[:3], "';}x")))
    assert 'style="--c1: ' in html
    assert "--c3: '\\27 \\3b \\7d x';" in html


def test_narrow_table_is_no_list_of_cards() -> None:
    """Three columns fit a phone as they are."""
    assert "stack" not in faces.section(Table("Who", ("Metric", "Owner", "Due"), (("Leads", "Olga", "1 June"),)))


def test_table_without_rows_shows_its_note() -> None:
    """An empty table is a title with its note, not a bare head."""
    html = faces.section(replace(TABLE, rows=()))
    assert "<table" not in html
    assert "By week" in html


def test_ranking_counts_and_reasons() -> None:
    """Places are numbered; reasons are told apart by sign and by a hidden word."""
    html = faces.section(RANKING)
    assert re.findall(r'class="no" aria-hidden="true">(\d)', html) == ["1", "2"]
    assert "for: </span>cheap leads" in html
    assert "against: </span>no sources" in html


def test_ranking_bar_never_leaves_its_track() -> None:
    """A share beyond the whole fills the track and no more."""
    assert "width:100%" in faces.section(RANKING)
    assert "width:140" not in faces.section(RANKING)


def test_point_links_to_its_step() -> None:
    """The room that shows the face knows where a step is found."""
    html = faces.section(POINTS, lambda key: faces.Place(f"#{key}", "Step 5 · The loop"))
    assert '<a href="#working-loop">Step 5 · The loop</a>' in html


def test_bare_address_gets_plain_words() -> None:
    """An address without a name is still a link one understands."""
    assert '<a href="/step">To the step</a>' in faces.section(POINTS, lambda _: "/step")


@pytest.mark.parametrize("link", [None, lambda _: None, lambda _: ""])
def test_no_place_makes_no_link(link: faces.Link | None) -> None:
    """A step that is found nowhere is not linked to."""
    assert "<a" not in faces.section(POINTS, link)


def states(*checks: rules.Check) -> list[str]:
    return re.findall(r'data-r="(\w+)"', faces.rules(checks))


def test_rule_says_met_or_not_yet() -> None:
    """Seven metrics lie within 5-12 and four do not."""
    assert states(rules.check("kpi_count", 7), rules.check("kpi_count", 4)) == ["met", "broken"]
    assert '<span class="w">not yet</span>' in faces.rules([rules.check("kpi_count", 4)])


def test_clock_that_has_not_run_is_too_early() -> None:
    """On day 15 nobody has broken the rule of day 60; it is too early."""
    html = faces.rules([rules.check("first_conclusions_days", 15)])
    assert 'data-r="open"' in html
    assert '<span class="w">too early</span>' in html


def test_page_says_what_rules_are_worth() -> None:
    """The note stands below the rules of a page, and paper says it once elsewhere."""
    checks = [rules.check("kpi_count", 7)]
    assert "Not a ban, a reason to think." in faces.rules(checks)
    assert "Not a ban" not in faces.rules(checks, paper=True)


def test_own_threshold_is_marked_ours() -> None:
    """A threshold that the method leaves open is not passed off as the author's."""
    assert "our own threshold" in faces.rules([rules.check("largest_source_share", 0.7)])
    assert "our own threshold" not in faces.rules([rules.check("kpi_count", 7)])


def test_headings_follow_the_asked_level() -> None:
    """A page and the report nest faces at different depths."""
    assert set(re.findall(r"<h(\d)", faces.face(FULL, level=4))) == {"4"}


def test_russian_words_and_spaces() -> None:
    """The same face speaks Russian, with short words tied to the next one."""
    with i18n.speaking("ru", "RUB"):
        html = faces.face(Face(replace(VERDICT, say="Из 130 заявок в срок"), rules=(rules.check("kpi_count", 4),)))
    assert "Из\u00a0130\u00a0заявок в\u00a0срок" in html
    assert "Эмпирические правила" in html
    assert "пока нет" in html


def test_looks_ask_nothing_of_the_network() -> None:
    """The shared style sheet loads no font and no picture."""
    css = faces.css()
    assert css.index("--pb-paper:") < css.index(".pb-verdict")
    assert not re.search(r"url\(|@import|https?:", css)


def test_looks_name_colours_by_tokens_only() -> None:
    """A colour is written in tokens.css and nowhere else."""
    css = (faces.HERE / "faces.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", css) == []


def test_every_used_token_is_defined() -> None:
    """No rule leans on a token that is not there."""
    css = faces.css()
    assert set(re.findall(r"var\((--pb-[\w-]+)", css)) <= set(re.findall(r"(--pb-[\w-]+):", css))


def classes(html: str) -> Iterator[str]:
    for names in re.findall(r'class="([^"]+)"', html):
        yield from names.split()


def test_every_class_has_looks() -> None:
    """No markup carries a class that the style sheet does not know."""
    css = faces.css()
    html = faces.face(FULL, lambda key: key) + faces.face(FULL, paper=True)
    assert {name for name in classes(html) if f".{name}" not in css} == set()
