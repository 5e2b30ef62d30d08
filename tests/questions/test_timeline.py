"""What it is time for, by the day since the start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer
from playbook.questions.timeline import Timeline
from tests.questions.spoken import face, unspoken

START = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "stage", "judge"),
    [
        (1, "base", False),
        (30, "base", False),
        (31, "stabilise", False),
        (59, "stabilise", False),
        (60, "conclude", True),
        (90, "conclude", True),
        (91, "run", True),
    ],
)
def test_stages_change_on_their_day(day: int, stage: str, judge: bool) -> None:
    """30 days of base; channels from day 60 on, both ends of 60-90 included."""
    answer = Timeline(start=START, today=START + timedelta(days=day - 1)).solve()
    assert (answer.day, answer.stage, answer.judge_channels) == (day, stage, judge)


def test_day_of_judgement_is_named() -> None:
    """Day 60 of a work begun on 1 October is 29 November."""
    shown, _ = face("timeline", {"start": "2026-10-01", "today": "2026-10-20"}, "en")
    assert "29\u00a0November 2026" in shown.verdict.flip


def test_start_ahead_is_no_day_yet() -> None:
    """On 29 September a work of 1 October begins in two days; its dates are known all the same."""
    answer = Timeline(start=START, today=date(2026, 9, 29)).solve()
    assert isinstance(answer.day, NonAnswer)
    assert (answer.stage, answer.day.status, answer.day.reason) == ("ahead", "not_yet", "the work begins in 2 days")
    assert (answer.base_until, answer.judge_from, answer.settled_by) == (
        date(2026, 10, 30),
        date(2026, 11, 29),
        date(2026, 12, 29),
    )
    assert answer.face().verdict.kind == "wait"


def test_dates_of_the_stages_are_told_with_what_is_left() -> None:
    """On day 31 the base was reached a day ago; 29 days are left to day 60 and 59 to day 90."""
    (table,) = Timeline(start=START, today=date(2026, 10, 31)).solve().face().sections
    assert [(row[1], row[3]) for row in table.rows] == [
        ("30", "reached"),
        ("60", "29\u00a0days"),
        ("90", "59\u00a0days"),
    ]


def test_a_work_long_under_way_breaks_no_rule() -> None:
    """After day 90 there is nothing to be late for."""
    assert Timeline(start=START, today=START + timedelta(days=300)).solve().face().rules == ()


@given(st.dates(date(1990, 1, 1), date(2200, 12, 31)), st.integers(-400, 4000), st.sampled_from(LANGUAGES))
def test_channels_are_judged_from_one_date_on(start: date, days: int, language: str) -> None:
    """The date and the verdict agree on every day, and every day has a face."""
    today = start + timedelta(days=days)
    with speaking(language):
        if not date(1990, 1, 1) <= today <= date(2200, 12, 31):
            with pytest.raises(InvalidInput):
                Timeline(start=start, today=today)
            return
        answer = Timeline(start=start, today=today).solve()
        assert answer.judge_channels == (today >= answer.judge_from)
        assert answer.rows()


def test_word_for_a_day_is_refused() -> None:
    """With an example of a day."""
    with pytest.raises(InvalidInput, match="today"):
        Timeline.read({"start": "2026-10-01", "today": "soon"})


@pytest.mark.parametrize("day", [-5, 10, 45, 75, 200])
def test_russian_face_is_russian(day: int) -> None:
    """Every stage."""
    asked = {"start": START.isoformat(), "today": (START + timedelta(days=day)).isoformat()}
    assert unspoken(face("timeline", asked, "ru")[1]) == []
