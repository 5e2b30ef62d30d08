"""What it is time for, by the day since the start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from playbook.errors import InvalidInput
from playbook.questions.timeline import Timeline
from tests.questions.spoken import face, unspoken

START = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "stage", "judge"),
    [
        (0, "ahead", False),
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


def test_word_for_a_day_is_refused() -> None:
    """With an example of a day."""
    with pytest.raises(InvalidInput, match="today"):
        Timeline.read({"start": "2026-10-01", "today": "soon"})


@pytest.mark.parametrize("day", [-5, 10, 45, 75, 200])
def test_russian_face_is_russian(day: int) -> None:
    """Every stage."""
    asked = {"start": START.isoformat(), "today": (START + timedelta(days=day)).isoformat()}
    assert unspoken(face("timeline", asked, "ru")[1]) == []
