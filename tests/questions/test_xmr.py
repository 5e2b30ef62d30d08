"""Signal or noise: the question, its non-answers and what a person may paste into it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import rules
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer, Provisional
from playbook.questions.xmr import Usual, Xmr
from playbook.ui.fields import read

# Flow rate of ten batches (NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2).
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
OUTLIER = [10, 12, 10, 12, 10, 12, 10, 30]


def usual(values: Any, **more: Any) -> Usual:
    return Xmr(values=values, **more).solve()


def test_published_row_is_noise() -> None:
    """The ten batches lie within 45.8 and 55.8."""
    found = usual(FLOW).to_json()
    assert (found["mean"], found["average_moving_range"]) == pytest.approx((50.81, 1.8778), abs=5e-5)
    assert (found["lower"], found["upper"]) == pytest.approx((45.8159, 55.8041), abs=1e-3)
    assert found["signals"] == []
    verdict = usual(FLOW).face().verdict
    assert (verdict.kind, verdict.word, verdict.say) == (
        "yes",
        "Noise",
        "All 10 values lie within the usual 45.8–55.8.",
    )


def test_outlier_is_a_signal_with_its_index_from_zero() -> None:
    """Mean 13.25, step 32/7, upper limit 25.41: the 30 is the eighth value, at index 7."""
    found = usual(OUTLIER)
    assert found.to_json()["signals"] == [{"index": 7, "rule": "beyond_limit"}]
    assert found.upper == pytest.approx(13.25 + 2.66 * 32 / 7)
    verdict = found.face().verdict
    assert (verdict.kind, verdict.word, verdict.say) == ("no", "Signal", "Value 8 is 30; 1–25 is usual.")
    assert verdict.flip == "Within 1–25 it would be noise."


def test_newest_signal_is_the_one_spoken_of() -> None:
    """It is what a person can still do something about; the table holds all."""
    face = usual([30, *[10, 11] * 10, 30]).face()
    assert face.verdict.say.startswith("Value 22 is 30")
    assert [face.sections[0].rows[place][0] for place in (0, -1)] == ["1", "22"]


def test_a_value_a_hair_beyond_the_limit_is_not_written_as_the_limit() -> None:
    """Mean 2127.1/21 = 101.29, step 43.1/20, upper limit 107.02: a 107.1 is beyond and not written as 107."""
    found = usual([*[100, 102] * 10, 107.1])
    assert found.upper == pytest.approx(107.0228, abs=1e-4)
    assert found.face().verdict.say == "Value 21 is 107.1; 96–107 is usual."


def test_six_values_make_the_limits_firm() -> None:
    """With five they are provisional numbers that carry their reason; the threshold is a rule of ours."""
    assert rules.get("xmr_points").low == 6
    five, six = usual([1, 2, 1, 2, 1]), usual([1, 2, 1, 2, 1, 2])
    assert isinstance(five.upper, Provisional)
    assert five.to_json()["upper"]["value"] == pytest.approx(1.4 + 2.66)
    assert five.upper.reason == "values: 5; limits are firm from 6 on"
    assert six.upper == pytest.approx(1.5 + 2.66)
    assert five.face().verdict.say == "5 values so far, 6 are needed."
    assert five.face().verdict.flip == "1 more value makes it clear."


@pytest.mark.parametrize("values", [[], [3]])
def test_fewer_than_two_values_are_no_answer(values: list[float]) -> None:
    """No range, no limits: `not_yet` with what to do, and a face that says so."""
    found = usual(values)
    assert isinstance(found.upper, NonAnswer)
    assert found.upper.status == "not_yet"
    assert found.signals == ()
    assert found.to_json()["mean"] == 3 if values else isinstance(found.mean, NonAnswer)
    assert found.face().verdict.kind == "wait"


def test_equal_values_are_called_what_they_are() -> None:
    """No spread is no noise and no signal: the figure itself is asked about."""
    face = usual([5] * 9).face()
    assert (face.verdict.kind, face.verdict.say) == ("wait", "Every value is 5, so nothing tells what is usual.")
    assert "copied" in face.verdict.flip
    assert face.numbers[0].value == "5"
    assert len(face.chart.levels) == 1 if face.chart else False


def test_counts_are_never_below_zero() -> None:
    """The lower limit of leads stops at 0, and a lead of -1 is refused by name."""
    assert usual([1, 9, 2, 8, 1, 9], counts=True).lower == 0
    with pytest.raises(InvalidInput) as caught:
        usual([1, -1], counts=True)
    assert (caught.value.field, caught.value.saw) == ("values", "−1")


def test_large_step_is_said() -> None:
    """From 10 to 30 is 20; the largest usual step is 3.267 · 32 / 7 = 14.9."""
    assert usual(OUTLIER).jumps == (7,)
    assert usual(OUTLIER).face().notes == ("An unusually large step leads to value: 8.",)


@pytest.mark.parametrize(
    ("pasted", "values"),
    [
        ("12\n15\r\n9\n", (12, 15, 9)),
        ("12\t15\t9", (12, 15, 9)),
        ("12; 15;9", (12, 15, 9)),
        ("12 15 9", (12, 15, 9)),
        ("12, 15, 9", (12, 15, 9)),
        ("[12,15,9]", (12, 15, 9)),
        ("1 234\n\n1 300", (1234, 1300)),
        ("31 %\n-4", (31, -4)),
        ("", ()),
    ],
)
def test_pasted_column_is_read(pasted: str, values: tuple[float, ...]) -> None:
    """Lines, tabs, semicolons; in one line also spaces and commas; empty cells are left out."""
    assert Xmr(values=pasted).values == values  # type: ignore[arg-type]


@pytest.mark.parametrize("pasted", ["12,5\n13\n9,75", "12,5; 13; 9,75", "12,5 13 9,75"])
def test_decimal_comma_of_a_russian_spreadsheet_is_read(pasted: str) -> None:
    """12,5 is twelve and a half."""
    with speaking("ru"):
        assert Xmr(values=pasted).values == (12.5, 13, 9.75)  # type: ignore[arg-type]


def test_word_in_a_column_is_named() -> None:
    """The form keeps what was pasted and says which piece is no number; so does the command line."""
    spec = Xmr.fields()[0]
    text, problem = read(Xmr, spec, "Leads\n12")
    assert (spec.kind, text) == ("note", "Leads\n12")
    assert problem is not None
    assert "“Leads” is not a number" in problem.hint
    with pytest.raises(InvalidInput) as caught:
        Xmr.read({"values": "12; x"})
    assert (caught.value.field, caught.value.hint[:19]) == ("values", "“x” is not a number")


@pytest.mark.parametrize("values", [[True, False], [1, None], ["x"], 5])
def test_no_number_is_refused(values: Any) -> None:
    """`true` is no 1 in a list either."""
    with pytest.raises(InvalidInput) as caught:
        Xmr.read({"values": values})
    assert caught.value.field.startswith("values")


ROWS = st.lists(st.one_of(st.floats(-1e15, 1e15), st.integers(-50, 50)), max_size=30)


@given(ROWS, st.sampled_from(LANGUAGES))
def test_every_row_has_a_face(values: list[float], language: str) -> None:
    """Whatever the figures, there is a verdict, and a chart as soon as there are limits."""
    with speaking(language):
        found = usual(values)
        face = found.face()
        assert face.verdict.say
        assert (face.chart is None) == (len(values) < 2)
        assert all(0 <= signal.index < len(values) for signal in found.signals)
        assert face.chart is None or face.chart.svg()


@given(st.lists(st.integers(-1000, 1000), min_size=6, max_size=30), st.integers(1, 500))
def test_verdict_does_not_depend_on_where_zero_is(values: list[int], shift: int) -> None:
    """Shifted values are signals or noise as before."""
    assert usual(values).face().verdict.kind == usual([value + shift for value in values]).face().verdict.kind


STEP = [10, 12, 10, 12, 10, 12, 20, 22, 20, 22, 20, 22]


def test_known_change_parts_the_row() -> None:
    """Without it the new level is a signal; with it both halves are noise: 11 and 21, step 2, so ±5.32."""
    assert usual(STEP).signals
    found = usual(STEP, changes=[{"value": 7, "why": "new price"}])
    assert (found.signals, found.since, found.mean) == ((), 6, 21)
    assert (found.lower, found.upper) == pytest.approx((21 - 5.32, 21 + 5.32))
    assert [(one.start, one.stop, one.mean) for one in found.earlier] == [(0, 6, 11)]
    table = next(table for table in found.face().sections if table.title == "Before and after")
    assert table.rows == (("1", "—", "11", "6–16"), ("7", "new price", "21", "16–26"))


def test_change_on_a_day_begins_with_its_week() -> None:
    """Wednesday 20 May lies in the week of Monday the 18th, the third of four."""
    weeks = ["2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25"]
    assert usual([1, 2, 11, 12], weeks=weeks, changes=[{"since": "2026-05-20"}]).since == 2
    outside = usual([1, 2, 11, 12], weeks=weeks, changes=[{"since": "2026-07-01", "why": "fair"}])
    assert outside.since == 0
    assert outside.face().notes[-1] == "These changes lie outside the row and part nothing: fair."


def test_change_of_another_metric_parts_nothing() -> None:
    """A new price concerns revenue, not the leads drawn here."""
    assert usual(STEP, metric="Leads", changes=[{"value": 7, "metric": "revenue"}]).since == 0
    assert usual(STEP, metric="Leads", changes=[{"value": 7, "metric": "leads"}]).since == 6


def test_one_value_since_a_change_waits_for_more() -> None:
    """There is no step yet, and the page says since when."""
    found = usual(STEP, changes=[{"value": 12}])
    assert isinstance(found.upper, NonAnswer)
    assert found.face().verdict.say == "1 value since the known change, 6 are needed."


def test_run_says_since_when() -> None:
    """Eight weeks of 5 and 11, then nine of 11 and 12 by turns: above the mean from the week of 29 June on."""
    values = [5, 11, 5, 11, 5, 11, 5, 5, 12, 11, 12, 11, 12, 11, 12, 11, 12]
    weeks = [date(2026, 5, 4) + timedelta(weeks=place) for place in range(len(values))]
    said = usual(values, weeks=weeks).face().verdict.say
    assert said.startswith("Higher than chance since 29\xa0June: every week above the mean")
