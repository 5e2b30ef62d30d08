"""Readiness to scale: four lights, weeks in a row, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import rules
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, NBSP, speaking
from playbook.model import NonAnswer
from playbook.questions.scale_readiness import Readiness, ScaleReadiness

LIMIT = 6230
GOOD = {"sales": 40, "spend": 220_000, "cac": 5500, "lead_to_sale": 0.3, "tests_closed": 1}


def scaled(*weeks: dict[str, Any], limit: float = LIMIT) -> Readiness:
    return ScaleReadiness.read({"weeks": list(weeks), "admissible_cac": limit}).solve()


def lights(found: Readiness) -> dict[str, Any]:
    return {
        name: light if isinstance(light, bool) else light["status"] for name, light in found.to_json()["lights"].items()
    }


def week(**changed: Any) -> dict[str, Any]:
    """A good week, but for what is changed; None leaves a number out."""
    return {key: value for key, value in {**GOOD, **changed}.items() if value is not None}


def test_four_good_weeks_are_ready() -> None:
    """The least of the rule; the count goes on above it."""
    assert rules.get("scale_stable_weeks").span == (4, 8)
    found = scaled(*[GOOD] * 4)
    assert found.to_json() == {
        "lights": {"stable": True, "cac": True, "conversion": True, "cycle": True},
        "weeks_in_a_row": 4,
        "ready": True,
        "missing": [],
    }
    assert scaled(*[GOOD] * 11).weeks_in_a_row == 11
    verdict = found.face().verdict
    assert (verdict.kind, verdict.say) == ("yes", "4 weeks in a row keep all four conditions; 4 are the least.")


def test_three_good_weeks_are_not_yet_ready() -> None:
    """No light is off, and none is on."""
    found = scaled(*[GOOD] * 3)
    assert set(lights(found).values()) == {"not_yet"}
    assert (found.weeks_in_a_row, found.ready) == (3, False)
    assert found.face().verdict.kind == "wait"
    assert found.face().verdict.because == "Weeks so far: 3, needed: 4."
    assert found.face().verdict.flip == "It becomes “do it” after 1 more good week in a row."


def test_cac_equal_to_the_admissible_is_too_much() -> None:
    """Below means below, in each of the weeks."""
    found = scaled(GOOD, week(cac=LIMIT), GOOD, GOOD)
    assert lights(found) == {"stable": True, "cac": False, "conversion": True, "cycle": True}
    assert [item.reason for item in found.missing] == ["CAC of week 2 is $6,230, not below $6,230"]
    assert (found.weeks_in_a_row, found.face().verdict.kind) == (2, "no")
    assert lights(scaled(GOOD, week(cac=LIMIT - 0.01), GOOD, GOOD))["cac"] is True


def test_a_bad_week_fades_after_four_good_ones() -> None:
    """What lies further back than the least number of weeks breaks the count and no light."""
    found = scaled(GOOD, week(cac=9000), *[GOOD] * 4)
    assert (found.ready, found.weeks_in_a_row) == (True, 4)


def test_missing_cac_is_spent_by_sales() -> None:
    """200,000 by 40 is 5,000; without sales there is no CAC, and spending in vain is a fault."""
    assert lights(scaled(*[week(cac=None, spend=200_000)] * 4))["cac"] is True
    assert lights(scaled(*[week(cac=None, spend=260_000)] * 4))["cac"] is False
    idle = scaled(*[GOOD] * 3, week(cac=None, sales=0))
    assert idle.missing[1].reason == "week 4 cost $220,000 and won nobody"
    assert lights(scaled(*[GOOD] * 3, week(cac=None, spend=None)))["cac"] == "not_yet"


@pytest.mark.parametrize(
    ("gone", "light", "reason"),
    [
        ("sales", "stable", "sales of week 4 are not filled in"),
        ("lead_to_sale", "conversion", "conversion of week 4 is not filled in"),
        ("tests_closed", "cycle", "the tests closed in week 4 are not filled in"),
    ],
)
def test_missing_number_is_not_yet(gone: str, light: str, reason: str) -> None:
    """It is neither kept nor broken, it stops the count, and it is named."""
    found = scaled(*[GOOD] * 3, week(**{gone: None}))
    assert lights(found)[light] == "not_yet"
    assert (found.weeks_in_a_row, found.ready) == (0, False)
    assert [(item.light, item.reason) for item in found.missing] == [(light, reason)]
    light_said = getattr(found.lights, light)
    assert isinstance(light_said, NonAnswer)
    assert light_said.hint == "fill in the missing numbers"


def test_week_whose_leads_are_open_waits_with_its_conversion() -> None:
    """On a Monday half of the newest week's leads are open always, and growth must not wait for that for ever."""
    young = week(lead_to_sale=None, young=True)
    found = scaled(*[GOOD] * 4, young)
    assert (found.ready, found.weeks_in_a_row) == (True, 4)
    assert "1 newest week is not judged by its conversion yet: most of its leads are still open." in found.face().notes
    assert scaled(*[GOOD] * 3, young).missing[0].reason == "weeks so far: 3, needed: 4"
    assert scaled(*[GOOD] * 4, {**young, "cac": 9000}).missing[0].light == "cac"


def test_open_leads_of_an_earlier_week_are_the_reason() -> None:
    """A week that is decided after one that is not: the light stays off, and says for whom it waits."""
    found = scaled(GOOD, GOOD, week(lead_to_sale=None, young=True), GOOD)
    assert [item.reason for item in found.missing] == ["most leads of week 3 are still open"]


def test_week_without_a_closed_test_is_no_cycle() -> None:
    """One a week is the least of our rule."""
    assert rules.get("tests_closed_per_week").low == 1
    found = scaled(*[GOOD] * 3, week(tests_closed=0))
    assert found.missing[0].reason == "no test was closed in week 4"


def test_week_is_called_by_its_monday_where_it_is_known() -> None:
    """In the reason and at the head of its row; a week without one by its place."""
    weeks = [{"sales": 40, "cac": 50, "lead_to_sale": 0.3, "tests_closed": 1} for _ in range(4)]
    weeks[3] |= {"week": "2026-11-16", "tests_closed": 0}
    found = ScaleReadiness.read({"weeks": weeks, "admissible_cac": 60}).solve()
    assert [one.reason.replace(NBSP, " ") for one in found.missing] == ["no test was closed in week of 16 November"]
    with speaking("ru"):
        assert found.asked.called(3).replace(NBSP, " ") == "с 16 ноября"
    assert [found.asked.headed(place).replace(NBSP, " ") for place in (2, 3)] == ["3", "16 November"]


def test_signal_in_sales_is_no_stable_core() -> None:
    """38, 41, 36, 44, 39, 42, 40 and then 75: mean 44.4, step 61/7, so 67.6 is the upper limit and 75 a signal."""
    sales = [38, 41, 36, 44, 39, 42, 40, 75]
    found = scaled(*[week(sales=value) for value in sales])
    assert lights(found)["stable"] is False
    assert found.missing[0].reason == "sales of week 8 are 75, usual is 21.2–67.6"
    assert found.face().chart is not None
    assert found.weeks_in_a_row == 0


def test_signal_is_looked_for_among_the_last_eight() -> None:
    """A level of long ago does not widen the limits: only eight weeks make them."""
    early, late = [week(sales=10)] * 20, [week(sales=value) for value in (40, 42, 39, 41, 40, 42, 39, 41)]
    found = scaled(*early, *late)
    assert found.ready
    assert found.weeks_in_a_row == 8


def test_signal_in_conversion_is_not_clear() -> None:
    """30% and 31% by turns, then 60%."""
    rates = [0.30, 0.31] * 3 + [0.30, 0.6]
    found = scaled(*[week(lead_to_sale=rate) for rate in rates])
    assert lights(found)["conversion"] is False
    assert found.missing[0].reason.startswith("conversion of week 8 is 60%, usual is ")


def test_no_sales_are_not_stable() -> None:
    """Zero after zero has no signal, and it is no core either."""
    found = scaled(*[week(sales=0, lead_to_sale=0)] * 4)
    assert [item.reason for item in found.missing] == ["there were no sales in week 4", "nobody of week 4 paid"]


def test_no_weeks_are_no_verdict() -> None:
    """An empty list says how many are needed."""
    face = scaled().face()
    assert (face.verdict.kind, face.verdict.say) == ("wait", "No week is here yet; 4–8 in a row are needed.")
    assert scaled().to_json()["weeks_in_a_row"] == 0


def test_few_weeks_have_provisional_limits() -> None:
    """Among four values no signal can be told from noise, and the page says so."""
    assert scaled(*[GOOD] * 4).face().notes == ("With 4 weeks the limits are provisional: a signal is hard to see.",)
    assert scaled(*[GOOD] * 6).face().notes == ()


def test_weeks_are_shown_with_what_they_keep() -> None:
    """Each row says how many of the four conditions its week keeps."""
    table = scaled(GOOD, week(tests_closed=0), GOOD, GOOD).face().sections[1]
    assert [row[-1] for row in table.rows] == ["4", "3", "4", "4"]  # type: ignore[union-attr]


def test_unknown_number_of_a_week_is_refused() -> None:
    """A slip in a name is said, not swallowed."""
    with pytest.raises(InvalidInput) as caught:
        scaled({"sale": 40})
    assert caught.value.field == "weeks.0.sale"


WEEK = st.fixed_dictionaries(
    {},
    optional={
        "sales": st.floats(0, 1e15) | st.integers(0, 60),
        "spend": st.floats(0, 1e15),
        "cac": st.floats(0, 1e15),
        "lead_to_sale": st.floats(0, 1),
        "tests_closed": st.integers(0, 3),
        "young": st.booleans(),
    },
)


@given(st.lists(WEEK, max_size=14), st.floats(0, 1e15), st.sampled_from(LANGUAGES))
def test_every_series_has_an_answer(weeks: list[dict[str, Any]], limit: float, language: str) -> None:
    """Ready means four lights and at least four weeks in a row; each light that is not on says why."""
    with speaking(language):
        found = scaled(*weeks, limit=limit)
        on = sum(light is True for _, light in found.lights)
        assert found.ready == (on == 4) == (found.weeks_in_a_row >= 4)
        assert len(found.missing) == 4 - on
        assert all(item.reason for item in found.missing)
        assert found.face().rows()


GOOD_OR_NOT = st.lists(st.sampled_from([GOOD, week(cac=9000), week(tests_closed=0)]), max_size=12)


@given(GOOD_OR_NOT, st.floats(5501, 8999))
def test_one_more_good_week_adds_one(weeks: list[dict[str, Any]], limit: float) -> None:
    """The count grows by one with a good week, and a bad one sets it to 0."""
    count = scaled(*weeks, limit=limit).weeks_in_a_row
    assert scaled(*weeks, GOOD, limit=limit).weeks_in_a_row == count + 1
    assert scaled(*weeks, week(cac=9000), limit=limit).weeks_in_a_row == 0


@given(st.lists(st.floats(1, 10_000), min_size=4, max_size=10), st.floats(1, 10_000), st.floats(0, 10_000))
def test_higher_limit_never_puts_the_light_out(cacs: list[float], limit: float, more: float) -> None:
    """What is below a limit is below a higher one."""
    weeks = [week(cac=cac) for cac in cacs]
    low, high = (lights(scaled(*weeks, limit=each))["cac"] for each in (limit, limit + more))
    assert low <= high
