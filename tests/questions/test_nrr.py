"""Net and gross revenue retention."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer
from playbook.questions.nrr import Nrr, Retained


def retained(start: float, expansion: float = 0, contraction: float = 0, churn: float = 0) -> Retained:
    return Nrr(start=start, expansion=expansion, contraction=contraction, churn=churn).solve()


def test_expansion_counts_in_net_and_not_in_gross() -> None:
    """(100 + 20 - 3 - 5) / 100 = 1.12 and (100 - 3 - 5) / 100 = 0.92."""
    found = retained(100_000, 20_000, 3_000, 5_000)
    assert found.to_json() == {"nrr": 1.12, "grr": 0.92, "end": 112_000, "kept": 92_000}
    verdict = found.face().verdict
    assert (verdict.kind, verdict.say) == ("yes", "The same clients bring 112% of what they did; 100% is level.")
    assert verdict.flip == "It turns when $12,000 a month more is lost, or that much less is added."


def test_losses_above_expansion_shrink_the_base() -> None:
    """100 + 10 - 30 = 80, and 20 a month are missing."""
    verdict = retained(100, 10, 10, 20).face().verdict
    assert (verdict.kind, verdict.word) == ("no", "Shrinking")
    assert verdict.flip == "It is level with $20 a month more of expansion, or that much less of losses."


def test_equal_losses_and_expansion_are_level() -> None:
    """0.1 + 0.2 = 0.3 on paper, whatever the last bits say."""
    found = retained(100, 0.3, 0.1, 0.2)
    assert found.nrr == 1
    assert found.face().verdict.word == "Level"


@pytest.mark.parametrize(
    ("parts", "because"),
    [
        ((100, 5, 0, 0), "Nothing is lost, and the same clients add $5 a month."),
        ((100, 0, 0, 0), "Nothing is lost and nothing is added."),
        ((100, 0, 0, 50), "A month's revenue loses $50, and the same clients add nothing."),
        ((100, 5, 20, 30), "A month's revenue loses $50 and gains $5 from the same clients."),
    ],
)
def test_reason_names_only_what_happened(parts: tuple[float, ...], because: str) -> None:
    """No loss of $0, no gain of $0."""
    assert retained(*parts).face().verdict.because == because


def test_a_hair_above_level_is_not_written_as_level() -> None:
    """1,000,001 of 1,000,000 is 100.0001%."""
    say = retained(1_000_000, 1).face().verdict.say
    assert say == "The same clients bring 100.0001% of what they did; 100% is level."


def test_no_revenue_at_the_start_is_undefined() -> None:
    """There is nothing to compare with, and nothing to divide by."""
    for start in (0, 1e-300):
        found = retained(start, 10)
        assert isinstance(found.nrr, NonAnswer)
        assert isinstance(found.grr, NonAnswer)
        assert found.nrr.status == "undefined"
    assert found.face().verdict.kind == "wait"


def test_losing_everything_is_a_number() -> None:
    """Every client left: 0% of the revenue is there."""
    assert (retained(100, churn=100).nrr, retained(100, churn=100).grr) == (0, 0)


def test_losses_larger_than_their_base_are_undefined() -> None:
    """Gross retention below 0 does not exist; net does while expansion covers the difference."""
    found = retained(100, 50, churn=120)
    assert (found.nrr, isinstance(found.grr, NonAnswer)) == (0.3, True)
    assert found.face().numbers[1].value == "—"
    lost = retained(100, churn=150)
    assert isinstance(lost.nrr, NonAnswer)
    assert lost.nrr.reason == "the losses are larger than the revenue they are taken from"


@pytest.mark.parametrize("churn", [-1, None, "much"])
def test_a_loss_is_money_of_0_or_more(churn: object) -> None:
    """A loss below 0 would be an expansion."""
    with pytest.raises(InvalidInput) as caught:
        Nrr.read({"start": 100, "expansion": 0, "contraction": 0, "churn": churn})
    assert caught.value.field == "churn"


MONEY = st.floats(0, 1e15)


@given(MONEY, MONEY, MONEY, MONEY, st.sampled_from(LANGUAGES))
def test_every_period_has_a_face(start: float, more: float, less: float, lost: float, language: str) -> None:
    """Gross retention is a share, never above net; what has no number says why."""
    with speaking(language):
        found = retained(start, more, less, lost)
        if isinstance(found.grr, float) and isinstance(found.nrr, float):
            assert 0 <= found.grr <= 1
            assert found.grr <= found.nrr
        assert found.face().verdict.flip


@given(st.floats(1, 1e9), st.floats(0, 1e6), st.floats(1e-3, 1e3))
def test_currency_does_not_matter(start: float, lost: float, rate: float) -> None:
    """In another currency the shares are the same."""
    here, there = (
        retained(start, lost, churn=lost / 2).nrr,
        retained(start * rate, lost * rate, churn=lost * rate / 2).nrr,
    )
    assert isinstance(here, float)
    assert there == pytest.approx(here)
