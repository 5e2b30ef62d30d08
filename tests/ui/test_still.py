"""The first paint: the cells' own words, and a form that stands still."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import i18n, samples
from playbook.steps import STEPS
from playbook.ui import provenance, still
from playbook.ui.page import Page
from playbook.workspace import Workspace


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample shop."""
    return samples.create(tmp_path_factory.mktemp("still") / "shop", "ecommerce", "ru")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", STEPS)
def test_every_field_of_the_form_stands_in_the_paint(shop: Workspace, key: str, language: str) -> None:
    """Each field once, under the name its widget will bear, so that nothing moves when the widgets come."""
    page = Page(shop, key, language)
    fields = [field.name for group in page.sets() for field in group.fields]
    painted = still.first(page)["inputs"]
    assert [painted.count(f'data-k="{name}"') for name in fields] == [1] * len(fields)


def test_values_are_written_as_in_the_fields(shop: Workspace) -> None:
    """39.73 stands in the field as a Russian writes it, with its unit."""
    shop.save("unit-economics", "logistics", 39.73)
    painted = still.inputs(Page(shop, "unit-economics", "ru"))
    row = painted.partition('data-k="logistics"')[2].partition("</div></div>")[0]
    assert '<span class="v">39,73</span>' in row
    assert '<span class="pb-u">$</span>' in row


def test_chosen_answer_is_the_only_one_read_aloud(shop: Workspace) -> None:
    """A screen reader hears what was chosen, not the choices that cannot be made yet."""
    shop.save("unit-economics", "first_margin", "after_renewal")
    painted = still.inputs(Page(shop, "unit-economics", "en"))
    assert "<b>only after the first renewal</b>" in painted
    assert '<span aria-hidden="true">with the purchase</span>' in painted


def test_words_of_a_menu_are_shown_for_its_value(shop: Workspace) -> None:
    """Not `sales_now` but what it means."""
    painted = still.inputs(Page(shop, "goal", "en"))
    assert "sales_now" not in painted


def test_buttons_keep_their_places(shop: Workspace) -> None:
    """Undo, the page's own buttons and those of its rows, silent until they can be pressed."""
    painted = still.inputs(Page(shop, "kpi", "en"))
    for words in ("Undo the last change", "Take the metrics of my scenario", "Add a row", "Delete"):
        assert f'<span class="pb-still-btn" aria-hidden="true">{words}</span>' in painted


def test_paint_repeats_no_id(shop: Workspace) -> None:
    """The paint is gone before the notebook is seen, and even so it brings one id only, the question's."""
    import re

    for key in STEPS:
        found = re.findall(r'\bid="([^"]+)"', "".join(still.first(Page(shop, key, "en")).values()))
        assert len(found) == len(set(found)), key


def test_page_beside_the_path_has_its_guide_alone(tmp_path: Path) -> None:
    """Your data is no step: its files are not known before they are dropped."""
    empty = Workspace.create(tmp_path / "firm", language="en")
    assert list(still.first(Page(empty, "data", "en"))) == ["opening"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_paint_says_where_numbers_come_from_as_the_form_does(shop: Workspace, language: str) -> None:
    """A figure of the data with its days and its way back, before the widgets and after."""
    page = Page(shop, "unit-economics", language)
    of_data = [field for group in page.sets() for field in group.fields if field.given]
    painted = still.first(page)["inputs"]
    assert of_data
    with i18n.speaking(language, page.currency):
        for field in of_data:
            row = painted.partition(f'data-k="{field.name}"')[2].partition('class="pb-row"')[0]
            assert f'data-from="{provenance.state(field)}"' in row
            assert f'<p class="hint">{provenance.hint(field)}</p>' in row
            assert row.count("data-way=") == len(provenance.ways(field))
