"""The split of a test, several tests together, and looking early."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Curve
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer, Provisional
from playbook.questions import find
from playbook.questions.many_tests import ManyTests
from playbook.questions.peeking import Peeking
from playbook.questions.srm import Srm
from tests.questions.spoken import face, unspoken


def test_uneven_split_is_broken() -> None:
    """821,588 against 815,482 of an even split (Kohavi, Tang, Xu 2020): p-value 1.8e-6."""
    found = Srm(counts=(821_588, 815_482)).solve()
    assert found.verdict == "mismatch"
    assert found.face().verdict.word == "Do not read the test"


def test_sound_split_is_read() -> None:
    """5,010 to 4,990: chi-square 0.04, p-value 0.84; 900 to 100 where nine to one was planned."""
    found = Srm(counts=(5010, 4990)).solve()
    assert found.p_value == pytest.approx(0.8415, abs=5e-5)
    assert Srm(counts=(900, 100), ratio=(9, 1)).solve().verdict == "fits"


def test_few_people_and_nobody_are_no_verdict() -> None:
    """Below five expected the p-value is provisional; of nobody there is none."""
    assert isinstance(Srm(counts=(3, 1)).solve().p_value, Provisional)
    none = Srm(counts=(0, 0)).solve()
    assert isinstance(none.p_value, NonAnswer)
    assert none.face().verdict.kind == "wait"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"counts": [1.5, 2]}, "counts"),
        ({"counts": [-1, 2]}, "counts"),
        ({"counts": [5]}, "counts"),
        ({"counts": [5, 5], "ratio": [1, 1, 1]}, "ratio"),
        ({"counts": [5, 5], "ratio": [1, 0]}, "ratio"),
    ],
)
def test_counts_that_cannot_be_are_refused(asked: dict[str, Any], field: str) -> None:
    """Whole people, one part of the ratio for each variant, and none of 0."""
    with pytest.raises(InvalidInput) as caught:
        Srm.read(asked)
    assert caught.value.field == field


def test_tests_together() -> None:
    """Holm by hand: 0.03, 0.06, 0.06. Three would hold alone, one does together."""
    found = ManyTests(p_values=(0.01, 0.04, 0.03)).solve()
    assert found.adjusted == pytest.approx((0.03, 0.06, 0.06))
    said = found.face().verdict
    assert (said.say, "Read one by one, 3 would hold." in said.because) == ("1 of 3 tests holds.", True)


def test_luck_alone_holds_nothing() -> None:
    """Twenty tests with one at 4%: nothing is left, and one of twenty calls in 64% of cases."""
    said = ManyTests(p_values=(0.04, *[0.5] * 19)).solve().face().verdict
    assert (said.kind, said.word) == ("wait", "Nothing holds")
    assert "64%" in said.because


@pytest.mark.parametrize("values", [[], [1.2], [-0.1], [float("nan")], "0.1; x"])
def test_p_values_that_cannot_be_are_refused(values: Any) -> None:
    """From 0 to 1, at least one, and numbers."""
    with pytest.raises(InvalidInput):
        ManyTests.read({"p_values": values})


def test_pasted_p_values_are_read() -> None:
    """A line as a person types it."""
    assert ManyTests.read({"p_values": "0.01; 0.2"}).p_values == (0.01, 0.2)


def test_five_looks_nearly_triple_the_risk() -> None:
    """14.2%, not 1 - 0.95^5 = 22.6% and not 5% (Armitage et al. 1969); 1.58% at each keeps 5% (Pocock 1977)."""
    found = Peeking(looks=5).solve()
    assert found.false_alarm_rate == pytest.approx(0.142, abs=5e-4)
    assert found.level_per_look == pytest.approx(0.0158, abs=5e-5)
    assert found.face().verdict.say == "With 5 looks the risk of a false alarm is 14%, not 5%."


def test_one_look_keeps_the_promise() -> None:
    """And there is nothing to mend."""
    shown = Peeking(looks=1).solve().face()
    assert (shown.verdict.kind, len(shown.numbers)) == ("yes", 1)


@pytest.mark.parametrize("asked", [{"looks": 0}, {"looks": 5, "alpha": 0}, {"looks": 5, "alpha": 1}, {"looks": 400}])
def test_looks_that_cannot_be_are_refused(asked: dict[str, Any]) -> None:
    """At least one look, at most one a day for a year, and a risk between 0 and 1."""
    with pytest.raises(InvalidInput):
        Peeking.read(asked)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=8), st.sampled_from(LANGUAGES))
def test_every_split_has_a_face(counts: list[int], language: str) -> None:
    """Whatever came, there are words and no inf or nan."""
    with speaking(language):
        found = Srm(counts=tuple(counts)).solve()
        assert found.face().verdict.say
        assert not {"inf", "nan"} & set(str(found.to_json()).replace(",", " ").split())


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("srm", {"counts": [821_588, 815_482]}),
        ("srm", {"counts": [10, 12]}),
        ("srm", {"counts": [3, 1]}),
        ("srm", {"counts": [0, 0]}),
        ("many-tests", {"p_values": [0.01, 0.04]}),
        ("many-tests", {"p_values": [0.4], "method": "fdr_by"}),
        ("peeking", {"looks": 1}),
        ("peeking", {"looks": 5}),
        ("peeking", {"looks": 100}),
    ],
)
def test_face_speaks_russian(name: str, asked: dict[str, Any]) -> None:
    """No sentence is left in English, and every chart is drawn."""
    made, said = face(name, asked, "ru")
    assert unspoken(said) == []
    assert all(one.svg() for one in made.charts)
    assert find(name).read(asked).solve().to_json()


def test_every_look_asked_for_is_on_the_chart() -> None:
    """Of many looks some are drawn, up to the last one, whose risk is the answer."""
    for looks in (1, 2, 20, 30, 365):
        found = Peeking(looks=looks, alpha=0.05).solve()
        drawn = found.face().chart
        assert isinstance(drawn, Curve)
        assert drawn.lit is not None
        assert (drawn.labels[drawn.lit], drawn.values[drawn.lit]) == (str(looks), 100 * found.false_alarm_rate)
        assert len(drawn.labels) <= 20
