"""The ten-second test on the offer's page, and the listener's words that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import samples
from playbook.app import retelling
from playbook.ui import retell
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """A firm with one offer in one slot."""
    workspace = Workspace.create(tmp_path / "firm", language="en")
    workspace.add_row("offer", "offers", {"segment": "Hosts", "task": "A tablecloth <of> linen, tomorrow"})
    return workspace


def test_every_offer_can_be_shown(tmp_path: Path) -> None:
    """Each by its segment; on other pages and before there is an offer there is no test."""
    shop = samples.create(tmp_path / "shop", "ecommerce", "ru")
    shown = retell.html(Page(shop, "offer", "ru"))
    assert shown.count("data-retell=") == len(Walk(shop).value("offer", "offers"))
    assert 'data-seconds="10"' in shown
    assert retell.html(Page(shop, "icp", "ru")) == ""
    assert retell.html(Page(Workspace.create(tmp_path / "new"), "offer", "en")) == ""


def test_words_are_kept_and_the_lost_ones_told(firm: Workspace) -> None:
    """As typed, for the offer that was shown; markup is text."""
    retelling.keep(firm, {"listener": "Rita", "offer": "Hosts", "heard": "linen <b>", "retold": "no", "other": "x"})
    (row,) = Walk(firm).value("offer", "tests")
    assert row == {"listener": "Rita", "offer": "Hosts", "heard": "linen <b>", "retold": False}
    shown = retell.html(Page(firm, "offer", "en"))
    assert "Lost by Rita: tablecloth, tomorrow." in shown
    assert "<of>" not in shown
    retelling.keep(firm, {"listener": "Nina", "heard": "tablecloth of linen by tomorrow", "retold": "yes"})
    assert "Nina lost no word." in retell.html(Page(firm, "offer", "en"))


def test_name_that_is_too_long_stays_as_it_was_typed(firm: Workspace) -> None:
    """As a draft; what is nothing makes no row; one undo takes a listener back."""
    retelling.keep(firm, {"listener": "x" * 300, "heard": "linen", "retold": "yes"})
    retelling.keep(firm, {"listener": " ", "heard": "", "retold": "yes"})
    (row,) = firm.rows("offer", "tests").values()
    assert (row["listener"].value, row["listener"].draft) == (None, "x" * 300)
    firm.undo("offer")
    assert firm.rows("offer", "tests") == {}
