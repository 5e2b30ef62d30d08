"""ICP and segments: what is described, who was heard, and whether there is more to hear."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from playbook import i18n
from playbook.display import Table
from playbook.documents.icp import Icp, Known
from playbook.model import NonAnswer

TODAY = date(2026, 11, 26)
SEGMENT = {
    "name": "Hosts",
    "who": "Guests twice a month",
    "reasons": "It lasts",
    "criteria": "Size",
    "objections": "Linen creases\nToo dear",
    "user": "The family",
}
THEMES = [("size", "price"), ("price",), ("term",), ("size",), ("price",), ("size",)]


def talk(number: int, kind: str = "client", **more: Any) -> dict[str, Any]:
    return {"who": f"N{number}", "kind": kind, "state": "held", "minutes": 35, **more}


def quotes(themes: list[tuple[str, ...]]) -> list[dict[str, Any]]:
    return [
        {"words": f"about {theme}", "kind": "objection", "theme": theme, "interview": f"N{number}"}
        for number, said in enumerate(themes)
        for theme in said
    ]


def known(**changes: Any) -> Known:
    """A sheet in which nothing is missing, but for the changes."""
    talks = [talk(number, "refuser" if number % 2 else "client") for number in range(10)]
    heard = quotes([*THEMES, ("price",), ("size",), ("term",), ("term",)])
    asked = {"segments": [SEGMENT], "interviews": talks, "quotes": heard, "checked": "2026-11-01", "today": TODAY}
    return Icp.read({**asked, **changes}).solve()


def test_nothing_missing_is_known() -> None:
    """One segment, ten talks with both sides, nothing new in the last two, checked 25 days ago."""
    found = known()
    assert (found.described, found.held, found.clients, found.refusers) == (1, 10, 5, 5)
    assert (found.new_share, found.days_since) == (0, 25)
    assert found.face().verdict.kind == "yes"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"segments": []}, "No segment is described yet."),
        ({"segments": [{"name": "Hosts"}]}, "Segments described: 0 of 1."),
        ({"interviews": [talk(1)]}, "Interviews held: 1 of 10."),
        ({"interviews": [talk(number) for number in range(10)]}, "One side is not heard yet: refusers."),
        ({"quotes": []}, "Whether there is anything new to hear is not known yet."),
        ({"checked": None}, "The day of the last check is not written down."),
        ({"checked": "2026-08-01"}, "Last checked 117 days ago."),
    ],
)
def test_first_gap_is_said(changes: dict[str, Any], said: str) -> None:
    """Each thing that is missing is named, in the order of the work."""
    verdict = known(**changes).face().verdict
    assert verdict.kind == "wait"
    assert verdict.say.replace("\u00a0", " ") == said


def test_new_themes_at_the_end_ask_for_more() -> None:
    """Three themes in the first four talks, one new in the last two: a third."""
    themes = [*THEMES, ("price",), ("size",), ("term",), ("stains",)]
    found = known(quotes=quotes(themes))
    assert found.new_share == pytest.approx(1 / 3)
    assert found.face().verdict.say == "The last interviews still bring new themes: 33% of the first ones."


def test_few_interviews_are_not_saturated() -> None:
    """Five talks give a named non-answer."""
    found = known(interviews=[talk(number) for number in range(5)])
    assert isinstance(found.new_share, NonAnswer)
    assert found.new_share.status == "not_yet"


def test_planned_talks_do_not_count() -> None:
    """What is ahead is planned and not held."""
    found = known(interviews=[talk(1, state="planned")])
    assert (found.planned, found.held) == (1, 0)


def test_theme_is_one_however_written() -> None:
    """`Price` and `price ` are the same theme."""
    heard = quotes([("Price",), ("price  ",)])
    found = known(interviews=[talk(0), talk(1)], quotes=heard)
    assert found.newly_heard == (1, 0)


def test_objection_nobody_said_is_a_guess() -> None:
    """Creases were never mentioned, the price was."""
    asked = Icp.read(
        {"segments": [{**SEGMENT, "objections": "Linen creases\nThe price is high"}], "quotes": quotes(THEMES)}
    )
    assert asked.unheard() == ("Linen creases",)


def test_orders_speak_before_the_typed_profit() -> None:
    """Where imported orders name segments, their profit is shown, the largest first."""
    typed = [{"name": "Hosts", "profit": 10}, {"name": "Cafes", "profit": 30}]
    assert [one.name for one in Icp.read({"segments": typed}).profit_by_segment()] == ["Cafes", "Hosts"]
    orders = [{"name": "Hosts", "amount": 75}, {"name": "Cafes", "amount": 25}]
    made = Icp.read({"segments": typed, "profits": orders}).solve().face()
    table = made.sections[0]
    assert isinstance(table, Table)
    assert [row[2] for row in table.rows] == ["75%", "25%"]
    assert [chart.title for chart in made.further] == ["“Hosts” brings 75% of the profit"]


def test_share_of_profit_stands_beside_the_share_of_clients() -> None:
    """A quarter of the clients with most of the profit is where an empty sheet begins."""
    orders = [
        {"name": "Cafes", "amount": 25, "clients": 0.75},
        {"name": "Clinics", "amount": 75, "clients": 0.25},
    ]
    made = Icp.read({"profits": orders}).solve().face()
    assert made.verdict.because == "Begin with “Clinics”: 75% of gross profit comes from there."
    table = made.sections[0]
    assert isinstance(table, Table)
    assert table.rows[0] == ("Clinics", "25%", "$75", "75%")
    assert [chart.title for chart in made.further] == ["“Clinics”: 25% of clients, 75% of profit"]


def test_segments_without_profit_have_no_shares() -> None:
    """A loss in all is no whole to have a part of."""
    made = Icp.read({"profits": [{"name": "Cafes", "amount": -5}]}).solve().face()
    assert made.further == ()


def test_face_speaks_russian() -> None:
    """No English word is left on a Russian page."""
    with i18n.speaking("ru"):
        rows = known().face().rows()
    assert rows[0].value == "1 сегмент опирается на слова клиентов."
