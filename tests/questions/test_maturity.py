"""The diagnosis: total, threshold, growth points and profile."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import rules, texts
from playbook.errors import InvalidInput
from playbook.model import NonAnswer
from playbook.questions.maturity import Diagnosis, Maturity, criteria

IDS = [criterion["id"] for criterion in texts.load("maturity.toml", "en")["criteria"]]


def solve(answers: Any) -> Diagnosis:
    return Maturity(answers=answers).solve()


def with_gaps(rest: int, **gaps: int) -> Diagnosis:
    return solve({**dict.fromkeys(IDS, rest), **gaps})


def points(found: Diagnosis) -> list[str]:
    assert isinstance(found.growth_points, tuple)
    return [point.criterion for point in found.growth_points]


def summing_to(total: int) -> list[int]:
    """Twenty answers with this sum: as many ones as it takes, then twos."""
    return (
        [1 + (place < total - 20) for place in range(20)]
        if total >= 20
        else [int(place < total) for place in range(20)]
    )


@pytest.mark.parametrize(("total", "foundation_first"), [(0, True), (19, True), (20, False), (21, False), (40, False)])
def test_exactly_twenty_is_not_below(total: int, foundation_first: bool) -> None:
    """Below 20 records and the offer come first; 20 is not below 20 (mission row A75)."""
    found = solve(summing_to(total))
    assert (found.total, found.foundation_first) == (total, foundation_first)


@pytest.mark.parametrize(("total", "kind"), [(19, "no"), (20, "yes")])
def test_verdict_turns_at_the_threshold(total: int, kind: str) -> None:
    """The same boundary decides the word."""
    assert solve(summing_to(total)).face().verdict.kind == kind


def test_points_below_threshold_are_the_foundation() -> None:
    """With nothing in place the three points are records, the offer and the CRM, each asked whether it exists."""
    assert points(solve([0] * 20)) == ["records_exists", "offer_exists", "crm_exists"]


def test_widest_weighted_gap_comes_first() -> None:
    """Above 20: an offer that is missing (gap 2 × weight 3) is before the core (2 × 2) and the funnel (2 × 1)."""
    found = with_gaps(2, funnel_exists=0, core_exists=0, offer_exists=0)
    assert points(found) == ["offer_exists", "core_exists", "funnel_exists"]


def test_equal_gaps_follow_dependency_order() -> None:
    """Goals (order 1), the CRM (3) and the core (7) have the weight 2: what others stand on is first."""
    assert points(with_gaps(2, core_exists=1, goals_exists=1, crm_exists=1)) == [
        "goals_exists",
        "crm_exists",
        "core_exists",
    ]


def test_rest_follows_when_foundation_has_no_gap() -> None:
    """Below 20 with records, CRM and offer complete (12) the points come from the other blocks."""
    blocks = {criterion["id"]: criterion["block"] for criterion in criteria()}
    found = solve({name: 2 if blocks[name] == "foundation" else 0 for name in IDS})
    assert (found.total, found.foundation_first) == (12, True)
    assert points(found) == ["goals_exists", "segments_exists", "core_exists"]


def test_small_foundation_gap_comes_before_others() -> None:
    """One point missing in the CRM is before a goal that is not there at all, while the total is below 20."""
    blocks = {criterion["id"]: criterion["block"] for criterion in criteria()}
    answers = {name: 2 if blocks[name] == "foundation" else 0 for name in IDS}
    assert points(solve({**answers, "crm_works": 1}))[:2] == ["crm_works", "goals_exists"]


def test_works_waits_until_it_exists() -> None:
    """Whether records work is no point while there are none; the offer's smaller gap goes before."""
    found = with_gaps(2, records_exists=0, records_works=0, offer_works=1, funnel_works=1)
    assert points(found) == ["records_exists", "offer_works", "funnel_works"]


def test_fewer_gaps_give_fewer_points() -> None:
    """39 of 40 leave one point, 40 none."""
    assert points(with_gaps(2, experiments_works=1)) == ["experiments_works"]
    assert points(solve([2] * 20)) == []


def test_reason_quotes_the_chosen_anchor() -> None:
    """The reason is the description that was chosen and why it matters; the step is the criterion's."""
    facts = next(criterion for criterion in criteria() if criterion["id"] == "records_exists")
    found = with_gaps(2, records_exists=1).growth_points
    assert isinstance(found, tuple)
    assert found[0].reason == f"Now: {facts['a1']} {facts['why']}"
    assert (found[0].step, found[0].action) == (facts["step"], facts["action"])


def test_profile_is_share_of_each_block() -> None:
    """All ones are half of every block; a missing goal of two takes half of its block."""
    assert set(solve([1] * 20).profile.values()) == {0.5}
    assert with_gaps(2, goals_exists=0).profile["goals"] == 0.5


def test_open_criterion_keeps_total_not_yet() -> None:
    """While any answer is null there is no total, no threshold and no point."""
    found = solve([None, *[2] * 19])
    assert isinstance(found.total, NonAnswer)
    assert {found.to_json()[name]["status"] for name in ("total", "foundation_first", "growth_points")} == {"not_yet"}
    assert found.total.reason == "1 criterion is still open"
    assert "goals" not in found.profile


def test_mapping_and_list_say_the_same() -> None:
    """Answers by criterion are the list in the order of the file; what a mapping leaves out is open."""
    answers = summing_to(27)
    assert solve(dict(zip(IDS, answers, strict=True))) == solve(answers)
    assert isinstance(solve({"records_exists": 2}).total, NonAnswer)


@pytest.mark.parametrize(
    ("answers", "field", "saw"),
    [
        ([1] * 19, "answers", "answers: 19"),
        ([3, *[1] * 19], "answers.goals_exists", "answers.goals_exists=3"),
        ([True, *[1] * 19], "answers.goals_exists", "answers.goals_exists=True"),
        ([0.5, *[1] * 19], "answers.goals_exists", "answers.goals_exists=0.5"),
        ({"marketing": 1}, "answers", "answers.marketing"),
        ("20", "answers", "'20'"),
    ],
)
def test_wrong_answers_are_refused(answers: Any, field: str, saw: str) -> None:
    """Another length, another score, an unknown criterion: each with what was seen and a hint."""
    with pytest.raises(InvalidInput) as caught:
        Maturity(answers=answers)
    assert (caught.value.field, caught.value.saw) == (field, saw)
    assert caught.value.hint


def test_numbers_of_the_diagnosis_are_rules() -> None:
    """20 criteria of 0-2 make 40, and three points are taken: as rules.toml has them."""
    assert len(IDS) == rules.get("diagnosis_criteria").number == 20
    assert rules.get("diagnosis_max").high == 20 * (rules.get("criterion_score").high or 0)
    assert rules.get("growth_points").number == 3


@given(st.lists(st.none() | st.integers(0, 2), min_size=20, max_size=20))
def test_any_answers_give_total_or_not_yet(answers: list[int | None]) -> None:
    """The total is the sum, or not yet; never more than three points, and none of them complete."""
    found = solve(answers)
    assert found.face().verdict.say
    if None in answers:
        assert isinstance(found.total, NonAnswer)
    else:
        assert found.total == sum(answer or 0 for answer in answers)
        given_ = dict(zip(IDS, answers, strict=True))
        assert len(points(found)) == min(3, sum(answer != 2 for answer in answers))
        assert all((given_[name] or 0) < 2 for name in points(found))
