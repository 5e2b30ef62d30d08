"""One owner, a holder for every function, and an agreement that is written down."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n
from playbook.display import Table
from playbook.questions.order import FUNCTIONS, SLA, Order

HELD = dict(zip(FUNCTIONS, ("Ann", "Ann", "Boris", "Boris", "Vera", "Vera", "Gleb", "Gleb"), strict=True))
AGREED = {
    "mql": "Task, term and budget are known",
    "sql": "Needs and decider are checked",
    "first_contact_minutes": 30,
    "attempts": 5,
    "refusals": "price; term; not our segment",
    "returned": "a letter a month",
    "service": "complaints on Fridays",
}


def order(**more: Any) -> Order:
    """An order in which everything stands."""
    return Order.read({"owner": "Ann", **HELD, **AGREED, **more})


def test_whole_order_stands() -> None:
    """One owner, eight functions, seven points."""
    answer = order().solve()
    assert answer.to_json() == {"blocked": False, "empty": [], "overloaded": [], "open": [], "warnings": []}
    assert answer.face().verdict.kind == "yes"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"owner": " "}, "Nobody owns the contour"),
        ({"owner": "Ann and Boris"}, "Ann, Boris own it together"),
        ({"place": "outside"}, "Ann is a contractor"),
    ],
)
def test_without_one_owner_inside_it_is_blocked(more: dict[str, str], words: str) -> None:
    """Whatever else stands."""
    answer = order(**more).solve()
    assert answer.blocked
    verdict = answer.face().verdict
    assert (verdict.kind, verdict.word) == ("no", "Blocked")
    assert verdict.say.startswith(words)


def test_empty_functions_and_open_points_are_named() -> None:
    """They wait; they do not block."""
    answer = order(design="", mql=" ", attempts=None).solve()
    assert (answer.blocked, answer.empty, answer.open) == (False, ("design",), ("mql", "attempts"))
    verdict = answer.face().verdict
    assert verdict.kind == "wait"
    assert verdict.because == "Nobody holds: design. The agreement is not whole."
    assert order(crm="").solve().face().verdict.because == "Nobody holds: messages from the CRM."
    with i18n.speaking("ru"):
        assert order(crm="").solve().face().verdict.because == "Ничьё: CRM-коммуникации."


def test_one_person_with_five_functions_holds_too_much() -> None:
    """Four are the most, in whatever letters the name is written."""
    four = dict.fromkeys(FUNCTIONS[:4], "Ann")
    assert order(**four).solve().overloaded == ()
    assert order(**four, crm="ANN").solve().overloaded == ("Ann",)


def test_sheet_holds_owner_functions_and_agreement() -> None:
    """Nine lines of who does what, seven of what is agreed."""
    who, agreed = (one for one in order().solve().face().sections if isinstance(one, Table))
    assert (len(who.rows), len(agreed.rows)) == (1 + len(FUNCTIONS), len(SLA))
    assert ("Minutes to the first contact", "30\u00a0minutes") in agreed.rows


@given(
    owner=st.text(max_size=40),
    held=st.lists(st.sampled_from(("", "Ann", "Ann, Boris")), min_size=8, max_size=8),
    lang=st.sampled_from(i18n.LANGUAGES),
)
def test_every_order_has_a_face(owner: str, held: list[str], lang: str) -> None:
    """In either language; only a blocked one says no."""
    with i18n.speaking(lang):
        answer = Order.read({"owner": owner, **dict(zip(FUNCTIONS, held, strict=True))}).solve()
        assert (answer.face().verdict.kind == "no") == answer.blocked
        assert answer.rows()
