"""Clients by recency, frequency and money, and whom to write to."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.methods.rfm import scores
from playbook.model import NonAnswer
from playbook.questions.rfm import Ranked, Rfm, segment
from tests.questions.spoken import face, unspoken


def buyer(client: str, silent: float, orders: int = 1, money: float = 10, gap: float | None = None) -> dict[str, Any]:
    return {"client": client, "orders": orders, "silent_days": silent, "money": money, "gap_days": gap}


# Fifty clients: ten bought 5 times and paid 100 each, forty once and 10; the n-th of each kind has been silent n days.
FIFTY = [
    *(buyer(f"often{n}", n, 5, 100, 20) for n in range(10)),
    *(buyer(f"once{n}", n) for n in range(40)),
]


def solved(customers: list[dict[str, Any]], **asked: Any) -> Ranked:
    return Rfm.read({"customers": customers, **asked}).solve()


def test_equal_values_share_a_score() -> None:
    """Forty of fifty bought once: nobody is worse, so they have 1; the ten others have forty fiftieths below, 5."""
    orders = np.array([float(one["orders"]) for one in FIFTY])
    assert scores(orders, more_is_better=True).tolist() == [5] * 10 + [1] * 40


def test_short_silence_is_the_better_one() -> None:
    """Five clients, five fifths."""
    assert scores(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), more_is_better=False).tolist() == [5, 4, 3, 2, 1]


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=60), st.booleans())
def test_scores_keep_the_order(values: list[float], more: bool) -> None:
    """One to five; a better value never has the lower score, and an equal one has the same."""
    found = scores(np.array(values), more_is_better=more).tolist()
    assert set(found) <= {1, 2, 3, 4, 5}
    pairs = sorted(zip(values, found, strict=True), reverse=not more)
    assert [score for _, score in pairs] == sorted(found)


def test_every_score_has_a_segment() -> None:
    """All 125 of them, and each segment is met."""
    every = [segment(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)]
    assert set(every) == {"champions", "loyal", "new", "cooling", "at_risk", "asleep"}


def test_best_clients_are_told_with_their_money() -> None:
    """All ten who bought often are champions: a fifth of the clients, 1,000 of 1,400 paid."""
    best = solved(FIFTY).segments[0]
    assert (best.name, best.clients, best.share_of_clients) == ("champions", 10, 0.2)
    assert best.share_of_money == pytest.approx(1000 / 1400)


def test_few_clients_have_no_fifths() -> None:
    """Forty-nine are one too few; the lists to write to are told all the same."""
    found = solved(FIFTY[:49])
    assert found.refused
    assert (found.refused.status, found.segments) == ("not_yet", ())
    assert found.audiences[0].clients == 9


def test_silence_is_counted_with_both_ends() -> None:
    """30 to 60 days by the rule of thumb; both days belong."""
    rows = [buyer(str(days), days) for days in (29, 30, 60, 61)]
    assert solved(rows).audiences[0].ids == ("30", "60")
    assert solved(rows, silent_from=61, silent_to=90).audiences[0].ids == ("61",)


def test_due_is_who_has_waited_one_gap_and_not_two() -> None:
    """Twenty came back after 20 days: that is usual; from a third purchase on the gap is one's own."""
    usual = [buyer(f"u{n}", 0, 2, gap=20) for n in range(20)]
    others = [
        buyer("once", 20),
        buyer("early", 19),
        buyer("gone", 40),
        buyer("own", 45, 3, gap=30),
        buyer("own early", 25, 3, gap=30),
    ]
    found = solved([*usual, *others])
    assert found.usual_gap == 20
    assert found.audiences[1].ids == ("once", "own")


def test_gap_of_a_few_is_not_usual() -> None:
    """Nineteen came back: one too few, said in a note."""
    found = solved([buyer(f"u{n}", 25, 2, gap=20) for n in range(19)])
    assert isinstance(found.usual_gap, NonAnswer)
    assert found.audiences[1].ids == ()
    assert found.face().notes[0].startswith("Who is due to buy again is not told")


def test_csv_has_the_clients_of_a_list_and_no_formula() -> None:
    """A client called =1+1 is text; the whole table has everybody."""
    rows = [*FIFTY, buyer("=1+1", 45) | {"last_order": "#77"}]
    found = solved(rows)
    header, line, *_ = csv.reader(io.StringIO(found.csv("silent")))
    assert header[:2] == ["Client", "Number of the last order"]
    assert len(found.csv().splitlines()) == 52
    told = [row for row in csv.reader(io.StringIO(found.csv("silent"))) if row[1] == "#77"]
    assert told[0][0] == "'=1+1"
    assert len(line) == 9


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"customers": [buyer("a", 1), buyer("a", 2)]}, "customers.1.client"),
        ({"customers": [buyer("a", 1, 0)]}, "customers.0.orders"),
        ({"customers": [buyer("a", -1)]}, "customers.0.silent_days"),
        ({"customers": [buyer("a", 1)], "silent_from": 70}, "silent_to"),
        ({"customers": []}, "customers"),
    ],
)
def test_client_that_cannot_be_is_refused(asked: dict[str, Any], field: str) -> None:
    """Twice, without a purchase, after today; a silence that ends before it begins; nobody."""
    with pytest.raises(InvalidInput) as caught:
        Rfm.read(asked)
    assert caught.value.field == field


def test_face_speaks_russian() -> None:
    """No sentence is left in English, with segments and without."""
    for rows in (FIFTY, FIFTY[:20], [*FIFTY, *(buyer(f"d{n}", 45, 2, gap=40) for n in range(20))]):
        assert unspoken(face("rfm", {"customers": rows}, "ru")[1]) == []
