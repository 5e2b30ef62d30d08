"""What a newer export changed, in words."""

from __future__ import annotations

import pytest

from playbook import i18n
from playbook.data import Importer
from playbook.data.changes import _BECAME, Changes, Move
from playbook.data.commands import done
from playbook.data.stages import STAGES
from playbook.workspace import Workspace

LEADS = "lead_id,created_at,status\n1,2026-06-01,open\n2,2026-06-02,open\n3,2026-06-03,open\n4,2026-06-04,won\n"
ORDERS = "order_id,created_at,revenue,refund,status\n1,2026-06-01,100,0,paid\n2,2026-06-02,50,0,open\n"


def newer(workspace: Workspace, first: str, second: str) -> Changes:
    """The changes of the second file."""
    importer = Importer(workspace)
    importer.run(importer.preview(first.encode(), "first.csv"))
    outcome = importer.run(importer.preview(second.encode(), "second.csv"))
    assert outcome.changes is not None
    return outcome.changes


def test_leads_that_moved_are_counted_by_stage(workspace: Workspace) -> None:
    """Two became won and one lost; the one that was won stays, and a new one is new."""
    second = LEADS.replace("1,2026-06-01,open", "1,2026-06-01,won").replace("2,2026-06-02,open", "2,2026-06-02,won")
    second = second.replace("3,2026-06-03,open", "3,2026-06-03,lost") + "5,2026-06-05,won\n"
    changes = newer(workspace, LEADS, second)
    assert (changes.added, changes.updated, changes.removed) == (1, 3, 0)
    assert changes.moves == (Move("leads", "won", 2), Move("leads", "lost", 1))
    assert changes.words() == "2 leads became won, 1 lead became lost"


def test_refund_and_payment_of_orders_are_said(workspace: Workspace) -> None:
    """Part of one order went back; the other one is paid now."""
    second = ORDERS.replace("1,2026-06-01,100,0", "1,2026-06-01,100,30").replace("50,0,open", "50,0,paid")
    assert newer(workspace, ORDERS, second).words() == "1 order became paid, 1 refund"


def test_same_things_with_other_words_move_nowhere(workspace: Workspace) -> None:
    """An updated amount is an update and no move."""
    changes = newer(workspace, ORDERS, ORDERS.replace("50,0,open", "60,0,open"))
    assert (changes.updated, changes.words()) == (1, "")


def test_line_of_the_command_says_it(workspace: Workspace) -> None:
    """After the counts."""
    importer = Importer(workspace)
    importer.run(importer.preview(ORDERS.encode(), "first.csv"))
    outcome = importer.run(importer.preview(ORDERS.replace("50,0,open", "50,0,cancelled").encode(), "second.csv"))
    assert done(outcome) == "import 2: 0 new, 1 updated, 0 gone; 1 order became cancelled"
    moves = [{"kind": "orders", "stage": "cancelled", "count": 1}]
    assert outcome.to_json()["became"] == {"moves": moves, "refunds": 0}


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_stage_has_its_words(count: int) -> None:
    """Each stage of leads and orders, in Russian too."""
    assert set(_BECAME) == {(kind, stage) for kind, stages in STAGES.items() for stage in stages}
    with i18n.speaking("ru"):
        said = [Move(kind, stage, count).words() for kind, stage in _BECAME]
    assert all(str(count) in words and not set(words) & set("abcdefghij") for words in said)
