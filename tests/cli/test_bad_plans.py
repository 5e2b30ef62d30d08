"""What people write wrong into plan and week, told on the command line in the reader's words; nothing is dropped."""

from __future__ import annotations

import json

import pytest

from playbook.i18n import NBSP
from tests.cli.conftest import Run

PLAN = {
    "scenario": "local",
    "start": "2020-10-01",
    "today": "2026-11-27",
    "hours_per_week": 0,
    "owner": "Anna and Olga",
    "own": [{"task": "=1+1 <b>Move</b>", "minutes": 900}],
    "away": [{"first": "2020-10-01", "last": "2020-11-30"}],
}
WEEK = {
    "metrics": [{"name": "Leads", "value": 5}],
    "decisions": [{"what": "Call back"}],
    "today": "2026-11-27",
    "last_review": "2026-10-26",
}
SAID = {
    ("thirty-days", "en"): (
        "With no hours a week nothing can be planned.",
        "The plan began on 1 October 2020: check which of its tasks are done.",
        "“=1+1 <b>Move</b>” takes 900 minutes; a day of the plan holds",
        "The plan has several owners: Anna, Olga.",
    ),
    ("thirty-days", "ru"): (
        "Без часов в неделю планировать нечего.",
        "План начался 1 октября 2020",
        "«=1+1 <b>Move</b>»",
        "У плана несколько ответственных: Anna, Olga.",
    ),
    ("week", "en"): ("“Call back” lacks: owner, date, reason.", "3 weeks went without a review"),
    ("week", "ru"): ("«Call back»: не указано — ответственный, срок, причина.", "3 недели прошли без разбора"),
}


@pytest.mark.parametrize(("name", "language"), SAID)
def test_what_is_wrong_is_warned_of_and_kept(run: Run, name: str, language: str) -> None:
    """Two owners, no hours, a start long ago, a task longer than its day, a decision of nobody, weeks left out."""
    asked = PLAN if name == "thirty-days" else WEEK
    ended = run("solve", name, "-", "--lang", language, stdin=json.dumps(asked))
    answer = ended.json()
    warned = " ".join((*answer["warnings"], *answer.get("remarks", ()))).replace(NBSP, " ")
    assert [words for words in SAID[name, language] if words not in warned] == []
    if name == "thirty-days":
        assert "=1+1 <b>Move</b>" in [late["task"] for late in answer["overload"]]


@pytest.mark.parametrize(("language", "said"), [("en", "cannot be below 0"), ("ru", "не может быть меньше 0")])
def test_impossible_plan_is_refused_field_by_field(run: Run, language: str, said: str) -> None:
    """No such day and fewer than no hours: both are named with what was seen, and nothing is planned."""
    asked = {**PLAN, "start": "32.13.2020", "hours_per_week": -1}
    ended = run("solve", "thirty-days", "-", "--lang", language, stdin=json.dumps(asked))
    problems = {one["field"]: one for one in json.loads(ended.err or ended.out)["problems"]}
    assert (ended.code != 0, problems["start"]["saw"]) == (True, "start=32.13.2020")
    assert said in problems["hours_per_week"]["what"]
