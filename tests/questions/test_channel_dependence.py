"""What hangs on the largest source."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.questions.channel_dependence import ChannelDependence, Dependence
from tests.questions.spoken import face, unspoken


def rows(*values: float, of: str = "leads") -> list[dict[str, object]]:
    """Sources with these leads, or this revenue."""
    return [{"name": f"источник {place}", of: value} for place, value in enumerate(values, 1)]


def dependence(known: Sequence[float], unknown: float) -> Dependence:
    """Leads of known sources, and leads that nobody knows the source of."""
    nobody = {"name": "неизвестно", "leads": unknown, "unknown": True}
    return ChannelDependence(sources=[*rows(*known), nobody]).solve()


def test_share_of_the_largest() -> None:
    """70 of 100, wherever it stands in the list."""
    answer = ChannelDependence(sources=rows(10, 70, 20)).solve()
    assert answer.largest_share == pytest.approx(0.7)
    assert [part.value for part in answer.shares] == [70, 20, 10]


def test_limit_itself_is_within() -> None:
    """60% is our limit and still fine; 61% is too much."""
    assert ChannelDependence(sources=rows(60, 40)).solve().face().verdict.kind == "yes"
    assert ChannelDependence(sources=rows(61, 39)).solve().face().verdict.kind == "no"


def test_one_channel_is_never_enough() -> None:
    """A01: sales on one channel are no system, and a second one without leads is none."""
    assert ChannelDependence(sources=rows(50)).solve().face().verdict.kind == "no"
    assert ChannelDependence(sources=rows(50, 0)).solve().face().verdict.kind == "no"


def test_flip_is_what_the_others_must_bring() -> None:
    """90 of 100: with 50 more of the others it is 90 of 150, the limit of 60%."""
    shown, _ = face("channel-dependence", {"sources": rows(90, 10)}, "en")
    assert "50 more" in shown.verdict.flip
    assert ChannelDependence(sources=rows(90, 60)).solve().largest_share == pytest.approx(0.6)


def test_nothing_anywhere_is_undefined() -> None:
    """No whole, no part."""
    for sources in (rows(), rows(0, 0)):
        assert ChannelDependence(sources=sources).solve().to_json()["largest_share"]["status"] == "undefined"


def test_leads_and_revenue_are_not_mixed() -> None:
    """Said beside the list."""
    with pytest.raises(InvalidInput, match="leads and others revenue"):
        ChannelDependence(sources=[*rows(5), *rows(900, of="revenue")])


def test_a_source_without_a_number_is_named() -> None:
    """The fault stands at its field, and a nought is a number."""
    with pytest.raises(InvalidInput, match="“Radio” has neither") as caught:
        ChannelDependence.read({"sources": [*rows(5, 5), {"name": "Radio"}]})
    assert caught.value.field == "sources.2.leads"
    assert ChannelDependence(sources=[*rows(5, 5), {"name": "Radio", "leads": 0}]).solve().largest_share == 0.5


def test_two_campaigns_in_a_channel_are_one_source() -> None:
    """30 and 40 of “Search” are 70 of 100, though no row is above the limit."""
    sources = [{"name": "Search", "leads": 30}, {"name": " search ", "leads": 40}, {"name": "letters", "leads": 30}]
    answer = ChannelDependence(sources=sources).solve()
    assert [(part.name, part.value) for part in answer.shares] == [("Search", 70), ("letters", 30)]
    assert answer.face().verdict.kind == "no"


@pytest.mark.parametrize(
    ("known", "unknown", "at_most", "kind"),
    [((40, 40), 20, 0.6, "yes"), ((40, 39), 21, 0.61, "wait"), ((61, 19), 20, 0.81, "no"), ((30,), 70, 1, "wait")],
)
def test_what_nobody_knows_may_be_the_largest_sources_too(
    known: tuple[float, ...], unknown: float, at_most: float, kind: str
) -> None:
    """60% with all of the unknown is within the limit; 61% cannot be told; 61% without it is too much already."""
    answer = dependence(known, unknown)
    assert answer.largest_share == pytest.approx(known[0] / 100)
    assert answer.at_most == pytest.approx(at_most)
    assert answer.face().verdict.kind == kind


def test_doubt_says_how_much_is_not_known() -> None:
    """The unknown part is no source, and the advice is to find out."""
    face = dependence((40, 35), 25).face()
    assert face.verdict.say == "“источник 1” brings at least 40%; the source of 25% is not known."
    assert face.verdict.flip.startswith("Tag your links")
    assert [check.id for check in face.rules] == ["traffic_channels"]
    assert [number.value for number in face.numbers] == ["40%", "60", "2", "25%"]


def test_only_unknown_sources_are_no_verdict() -> None:
    """Not even the largest is known."""
    answer = dependence((), 50)
    assert (answer.largest_share, answer.at_most) == (0, 1)
    assert answer.face().verdict.say == "Nobody knows where any of it came from."


def test_a_share_just_above_the_limit_is_not_written_as_the_limit() -> None:
    """604 of 1000 is 60.4%, and 39.6% is left."""
    verdict = ChannelDependence(sources=rows(604, 396)).solve().face().verdict
    assert verdict.say == "“источник 1” brings 60.4%; without it 39.6% is left."
    assert verdict.because == "By our threshold no source should bring more than 60%."


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6), st.integers(0, 1000))
def test_a_verdict_holds_wherever_the_unknown_comes_from(known: list[int], unknown: int) -> None:
    """A yes stays one if all of it is the largest source's, a no if all of it is a source of its own."""
    kind = dependence(known, unknown).face().verdict.kind
    largest = max(range(len(known)), key=known.__getitem__)
    worst = [value + unknown * (place == largest) for place, value in enumerate(known)]
    if kind == "yes":
        assert ChannelDependence(sources=rows(*worst)).solve().face().verdict.kind == "yes"
    if kind == "no":
        assert ChannelDependence(sources=rows(*known, unknown)).solve().face().verdict.kind == "no"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.floats(0.01, 100))
def test_scale_does_not_matter(values: list[int], factor: float) -> None:
    """Ten times the leads of everyone are the same dependence."""
    one = ChannelDependence(sources=rows(*values)).solve().shares
    more = ChannelDependence(sources=rows(*(value * factor for value in values))).solve().shares
    assert [part.share for part in one] == pytest.approx([part.share for part in more], abs=1e-6)


NOBODY = {"name": "?", "leads": 50, "unknown": True}


@pytest.mark.parametrize(
    "sources",
    [
        rows(),
        rows(5),
        rows(60, 40),
        rows(90, 10),
        rows(900, 10, of="revenue"),
        [*rows(5, 6), NOBODY],
        [*rows(1), NOBODY],
        [NOBODY],
    ],
)
def test_russian_face_is_russian(sources: list[dict[str, object]]) -> None:
    """Every sentence, whatever the verdict."""
    assert unspoken(face("channel-dependence", {"sources": sources}, "ru")[1]) == []
