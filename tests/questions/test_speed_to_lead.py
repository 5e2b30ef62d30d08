"""How soon leads hear from the firm."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.display import Point
from playbook.i18n import speaking
from playbook.model import NonAnswer, Provisional
from playbook.questions.speed_to_lead import Speed, SpeedToLead
from tests.questions.spoken import described, face, unspoken

# 100 answered in 10 minutes, half of them won; 100 after two hours, a fifth won; 20 open and never answered.
QUICK = [{"minutes": 10, "outcome": "won", "count": 50}, {"minutes": 10, "outcome": "lost", "count": 50}]
SLOW = [{"minutes": 120, "outcome": "won", "count": 20}, {"minutes": 120, "outcome": "lost", "count": 80}]
SILENT = [{"outcome": "open", "untouched_days": 9, "count": 20, "weekday": 6, "hour": 13}]


def speed(leads: list[dict[str, Any]], **more: Any) -> Speed:
    """The answer for these leads, promised within 15 minutes."""
    return SpeedToLead(leads=leads, **{"sla_minutes": 15, **more}).solve()


def points(found: Speed) -> dict[str, Point]:
    """What to do, by title."""
    return {point.title: point for section in found.face().sections for point in getattr(section, "items", ())}


def test_share_in_time_is_of_all_leads() -> None:
    """100 of 220: whoever was never answered was not answered in time."""
    found = speed([*QUICK, *SLOW, *SILENT])
    assert found.within_sla == pytest.approx(100 / 220)
    assert (found.leads, found.answered) == (220, 200)


def test_the_promised_minute_is_in_time() -> None:
    """15 minutes for 15 minutes are kept, 15.1 are not."""
    assert speed([{"minutes": 15}]).within_sla == 1
    assert speed([{"minutes": 15.1}]).within_sla == 0


def test_median_and_tail_are_of_those_answered() -> None:
    """Of 1, 2, ... 10 minutes: 5 and 9."""
    found = speed([{"minutes": minutes} for minutes in range(1, 11)] + [{"outcome": "open"}])
    assert (found.median_minutes, found.p90_minutes) == (5, 9)


def test_stale_is_longer_untouched_than_the_rule() -> None:
    """Seven days by the rule of thumb: 7 are fine, 8 are not; what is closed is never stale."""
    leads = [{"untouched_days": 7}, {"untouched_days": 8}, {"untouched_days": 30, "outcome": "lost"}, {"minutes": 1}]
    assert speed(leads).stale == 1
    assert speed(leads, stale_days=6).stale == 2


def test_untouched_days_that_nobody_knows_are_no_nought() -> None:
    """Open leads without the day of the last touch: undefined, with what to export."""
    found = speed([{"minutes": 5, "outcome": "open"}])
    assert isinstance(found.stale, NonAnswer)
    assert any("how long it has lain untouched" in note for note in found.face().notes)


def test_buckets_end_at_the_promise_the_rule_and_a_day() -> None:
    """15, 30, 60 minutes and 24 hours; the end of a bucket belongs to it."""
    minutes = (15, 16, 30, 31, 60, 61, 1440, 1441)
    found = speed([{"minutes": each} for each in minutes], sla_minutes=30)
    assert [(bucket.above, bucket.up_to, bucket.leads) for bucket in found.buckets] == [
        (None, 15, 1),
        (15, 30, 2),
        (30, 60, 2),
        (60, 1440, 2),
        (1440, None, 1),
    ]


def test_conversion_has_the_published_interval() -> None:
    """50 of 100 is 40.4% to 59.6%, 20 of 100 is 13.3% to 28.9% (Wilson, by R's prop.test without correction)."""
    quick, slow = speed([*QUICK, *SLOW]).buckets
    assert (quick.conversion, quick.low, quick.high) == (
        0.5,
        pytest.approx(0.4038, abs=1e-4),
        pytest.approx(0.5962, abs=1e-4),
    )
    assert (slow.conversion, slow.low, slow.high) == (
        0.2,
        pytest.approx(0.1334, abs=1e-4),
        pytest.approx(0.2888, abs=1e-4),
    )


def test_open_leads_are_left_out_of_conversion() -> None:
    """A bucket of open leads only has no conversion yet."""
    (bucket,) = speed([{"minutes": 5, "count": 4}]).buckets
    assert isinstance(bucket.conversion, NonAnswer)


def test_upper_bound_is_late_leads_at_the_quick_ones_rate() -> None:
    """100 late ones at 50% in place of 20%: 30 sales more, at 900 each 27,000; the silent ones are not counted in."""
    found = speed([*QUICK, *SLOW, *SILENT], profit_per_sale=900)
    assert (found.extra_sales, found.worth) == (pytest.approx(30), pytest.approx(27_000))
    number = next(number for number in found.face().numbers if "at most" in number.label)
    assert (number.value, number.small, number.badge) == ("$27,000", "30 sales", "upper bound")


def test_bound_that_may_be_chance_says_so() -> None:
    """2 of 4 against 1 of 4 prove nothing."""
    leads = [{"minutes": 5, "outcome": "won", "count": 2}, {"minutes": 5, "outcome": "lost", "count": 2}]
    leads += [{"minutes": 90, "outcome": "won"}, {"minutes": 90, "outcome": "lost", "count": 3}]
    found = speed(leads, profit_per_sale=100)
    assert isinstance(found.extra_sales, Provisional)
    assert isinstance(found.worth, Provisional)
    assert (found.extra_sales.value, found.worth.value) == (1, 100)
    assert "upper bound, may be chance" in [number.badge for number in found.face().numbers]


def test_slow_answers_that_win_as_often_cost_nothing() -> None:
    """No gain is named where there is none."""
    found = speed([*QUICK, {"minutes": 90, "outcome": "won"}])
    assert isinstance(found.extra_sales, NonAnswer)
    assert found.extra_sales.reason == "leads answered late are won no less often"


def test_one_kind_alone_is_no_comparison() -> None:
    """Only late, only quick: which of the two is missing is said."""
    reasons = [
        found.extra_sales.reason for found in map(speed, (QUICK, SLOW)) if isinstance(found.extra_sales, NonAnswer)
    ]
    assert reasons == [
        "no lead answered late is won or lost yet",
        "no lead answered in time is won or lost yet",
    ]


def test_without_first_contacts_it_is_refused_and_not_guessed() -> None:
    """Reason and hint stand in place of every figure of time; stale leads are still told."""
    found = speed(SILENT)
    said = found.to_json()
    for name in ("within_sla", "median_minutes", "p90_minutes", "extra_sales"):
        assert said[name]["status"] == "undefined"
        assert "first contact" in said[name]["hint"]
    verdict = found.face().verdict
    assert verdict.kind == "wait"
    assert verdict.say == "No lead has the time of its first contact, and it is not guessed."
    assert found.stale == 20
    assert (found.buckets, found.late, found.face().chart) == ((), (), None)


def test_own_promise_goes_before_the_rule_of_thumb() -> None:
    """Without one the longest of the rule, 60 minutes, is taken, and the page says where to agree on one."""
    leads = [{"minutes": 50}, {"minutes": 70}]
    assert speed(leads, sla_minutes=20).within_sla == 0
    found = speed(leads, sla_minutes=None)
    assert (found.sla_minutes, found.within_sla) == (60, 0.5)
    assert points(found)["Agree on a time to the first contact"].step == "order"
    assert "Agree on a time to the first contact" not in points(speed(leads))


def test_hours_of_the_week_are_mapped() -> None:
    """Two leads of Saturday at 13, one late; Monday at 9 in time; the empty hours stay blank."""
    leads = [
        {"minutes": 5, "weekday": 6, "hour": 13},
        {"minutes": 500, "weekday": 6, "hour": 13},
        {"minutes": 5, "weekday": 1, "hour": 9},
    ]
    found = speed(leads)
    assert [(slot.weekday, slot.hour, slot.leads, slot.late) for slot in found.late] == [(1, 9, 1, 0), (6, 13, 2, 1)]
    heat = found.face().chart
    assert heat is not None
    assert heat.title == "Most wait too long: Saturday, 12–18 o’clock, 1 of 2"
    assert heat.values[5 * 24 + 13] == 1
    assert len(heat.values) - len(heat.blank) == 2  # type: ignore[attr-defined]


def test_stale_leads_of_weekends_are_told() -> None:
    """All twenty came on a Saturday."""
    found = speed([*QUICK, *SILENT])
    assert found.stale_from_weekends == 20
    assert points(found)["Go through 20 stale leads"].text.startswith("20 of them came at a weekend")


def test_four_fifths_in_time_are_kept() -> None:
    """Our threshold is 80%: 80 of 100 is a yes, 79 a no that one lead more would turn."""

    def of(quick: int) -> Speed:
        return speed([{"minutes": 5, "count": quick}, {"minutes": 90, "count": 100 - quick}])

    assert of(80).face().verdict.kind == "yes"
    assert of(79).face().verdict.kind == "no"
    assert of(79).face().verdict.flip == "In time for 1 lead more, and it is 80%."


def test_confounding_is_said_in_plain_words() -> None:
    """Quick answers may go to the better leads: no cause is claimed."""
    assert any("Seen, not proven" in note for note in speed([*QUICK, *SLOW]).face().notes)


LEADS = st.fixed_dictionaries(
    {"outcome": st.sampled_from(["won", "lost", "open"]), "count": st.integers(1, 30)},
    optional={
        "minutes": st.floats(0, 1e6),
        "weekday": st.integers(1, 7),
        "hour": st.integers(0, 23),
        "untouched_days": st.integers(0, 400),
    },
)


@given(st.lists(LEADS, min_size=1, max_size=12), st.floats(0, 5000))
def test_every_lead_is_in_one_bucket_and_the_face_stands(leads: list[dict[str, Any]], sla: float) -> None:
    """Whatever the leads, the buckets add up, shares are shares, and there is something to read."""
    found = speed(leads, sla_minutes=sla, profit_per_sale=10)
    if found.buckets:
        assert sum(bucket.leads for bucket in found.buckets) == found.leads
        assert 0 <= float(found.within_sla) <= 1  # type: ignore[arg-type]
    assert found.face().verdict.say
    assert "nan" not in str(found.to_json())


def test_alike_leads_may_be_written_as_one_row() -> None:
    """A row of three is three rows."""
    one = {"minutes": 40, "outcome": "won", "weekday": 2, "hour": 8}
    together, apart = speed([one | {"count": 3}]), speed([one] * 3)
    assert together.to_json() == apart.to_json()


@pytest.mark.parametrize(
    "leads", [QUICK, SLOW, [*QUICK, *SLOW, *SILENT], SILENT, [{"minutes": 3, "weekday": 2, "hour": 4}]]
)
def test_russian_face_is_russian(leads: list[dict[str, Any]]) -> None:
    """Every sentence, whatever the verdict, with a promise and without."""
    for sla in ({}, {"sla_minutes": 15}):
        assert unspoken(face("speed-to-lead", {"leads": leads, "profit_per_sale": 5, **sla}, "ru")[1]) == []


def test_form_is_russian() -> None:
    """Labels, hints and choices."""
    with speaking("ru"):
        assert unspoken(described(SpeedToLead.fields())) == []
