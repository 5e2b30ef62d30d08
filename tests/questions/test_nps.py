"""NPS with its margin of error, and when the usual margin must not be believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import rules
from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer, Provisional
from playbook.questions.nps import Nps, Score


def survey(promoters: int, passives: int, detractors: int) -> Score:
    return Nps(promoters=promoters, passives=passives, detractors=detractors).solve()


def test_score_with_its_margin() -> None:
    """60 of 100 less 15 of 100 are 45 points, give or take 14.5."""
    found = survey(60, 25, 15).to_json()
    assert (found["nps"], found["margin_of_error"]) == (45, pytest.approx(14.503, abs=1e-3))
    verdict = survey(60, 25, 15).face().verdict
    assert (verdict.kind, verdict.word) == ("yes", "More promoters")
    assert verdict.say == "NPS is 45, and its whole margin lies above 0: 30.5 to 59.5."
    assert verdict.flip == "In doubt as soon as 15 promoters turn into detractors."


def test_what_flips_it_is_counted_one_by_one() -> None:
    """With 14 moved 46 - 29 = 17 points stand against a margin of 16.7; with 15 they are 15 against 16.8."""
    asked = Nps(promoters=60, passives=25, detractors=15)
    assert (asked.side(moved=14), asked.side(moved=15)) == (1, 0)


def test_more_detractors_are_said_as_plainly() -> None:
    """20 less 70 are -50, and the whole interval is below 0."""
    verdict = survey(20, 10, 70).face().verdict
    assert (verdict.kind, verdict.word) == ("no", "More detractors")
    assert verdict.flip == "In doubt as soon as 16 detractors turn into promoters."


def test_margin_around_zero_is_no_verdict() -> None:
    """33 to 32 of 65 is 1.5 points, give or take 24.3; at this difference 250 such surveys would tell."""
    verdict = survey(33, 0, 32).face().verdict
    assert (verdict.kind, verdict.say) == ("wait", "NPS is 1.5, and 0 lies within its margin: −22.8 to 25.8.")
    assert verdict.flip == "With the same shares about 16,250 answers would tell."


@pytest.mark.parametrize(
    ("parts", "flip"),
    [
        ((50, 10, 50), "Both ends are equally many: more answers settle it only when that changes."),
        ((500_001, 0, 500_000), "The difference is so small that no survey will settle it."),
    ],
)
def test_no_number_of_answers_is_promised_where_none_helps(parts: tuple[int, int, int], flip: str) -> None:
    """Equal ends, and ends as good as equal."""
    assert survey(*parts).face().verdict.flip == flip


def test_few_answers_have_an_adjusted_margin_and_say_so() -> None:
    """29 answers are fewer than the 30 of the rule; the value carries its reason."""
    assert rules.get("nps_answers").low == 30
    few, enough = survey(14, 10, 5), survey(14, 11, 5)
    assert isinstance(few.margin_of_error, Provisional)
    assert few.margin_of_error.reason == "fewer than 30 answers: the usual formula fails, the interval is adjusted"
    assert few.face().notes == ("Fewer than 30 answers: the usual formula fails, the interval is adjusted.",)
    assert few.face().numbers[1].badge == "adjusted, 95%"
    assert isinstance(enough.margin_of_error, float)
    assert enough.face().notes == ()


@pytest.mark.parametrize("parts", [(100, 0, 0), (0, 100, 0), (0, 0, 100)])
def test_answers_of_one_kind_are_not_exact(parts: tuple[int, int, int]) -> None:
    """The formula says ± 0; the adjusted margin is above it, and the hint is not to gather thirty answers."""
    margin = survey(*parts).margin_of_error
    assert isinstance(margin, Provisional)
    assert margin.value > 2
    assert "± 0" in margin.reason
    assert margin.hint == "gather answers until some are of another kind"


def test_no_answers_are_undefined() -> None:
    """Nothing is divided by 0."""
    found = survey(0, 0, 0)
    assert isinstance(found.nps, NonAnswer)
    assert (found.nps.status, found.nps.reason) == ("undefined", "nobody has answered yet")
    assert found.face().verdict.kind == "wait"


@pytest.mark.parametrize("promoters", [-1, 2.5, True, None])
def test_answers_are_counted_in_whole_people(promoters: object) -> None:
    """Neither below 0, nor broken, nor `true`."""
    with pytest.raises(InvalidInput) as caught:
        Nps.read({"promoters": promoters, "passives": 1, "detractors": 1})
    assert caught.value.field == "promoters"


PART = st.integers(0, 400)


@given(PART, PART, PART, st.sampled_from(LANGUAGES))
def test_every_survey_has_a_face(promoters: int, passives: int, detractors: int, language: str) -> None:
    """The kind of the verdict follows from where the interval lies."""
    with speaking(language):
        found = survey(promoters, passives, detractors)
        verdict = found.face().verdict
        if isinstance(found.low, float) and isinstance(found.high, float):
            assert verdict.kind == ("yes" if found.low > 0 else "no" if found.high < 0 else "wait")
        assert verdict.flip


@given(PART, PART, PART)
def test_one_more_promoter_never_lowers_the_score(promoters: int, passives: int, detractors: int) -> None:
    """The score rises with a promoter and falls with a detractor."""
    if promoters + passives + detractors:
        before = survey(promoters, passives, detractors).nps
        more, less = survey(promoters + 1, passives, detractors).nps, survey(promoters, passives, detractors + 1).nps
        assert isinstance(before, float)
        assert isinstance(more, float)
        assert isinstance(less, float)
        assert less <= before <= more
