"""The offer and its proof: what is written, what comes back, what is answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from playbook import i18n
from playbook.display import Table
from playbook.documents.offer import Offer, OfferAndProof, Proof, Retelling, Understood

TODAY = date(2026, 11, 26)
OFFER = {
    "segment": "Hosts",
    "for_whom": "Those with guests",
    "task": "a linen tablecloth",
    "term": "tomorrow",
    "means": "from stock",
    "difference": "It does not shrink",
}
PROOF = {"what": "Video", "objection": "Too dear", "owner": "Ilya", "due": "2026-12-05"}


def told(number: int, *, retold: bool | None = True, **more: Any) -> dict[str, Any]:
    return {"listener": f"N{number}", "heard": "a linen tablecloth", "retold": retold, **more}


def understood(**changes: Any) -> Understood:
    """An offer in which nothing is missing, but for the changes."""
    asked = {
        "offers": [OFFER],
        "tests": [told(number) for number in range(5)],
        "proofs": [PROOF],
        "segments": ["Hosts"],
        "objections": ["Too dear"],
        "today": TODAY,
    }
    return OfferAndProof.read({**asked, **changes}).solve()


def test_five_slots_make_a_sentence() -> None:
    """For whom: task, term, means. Difference."""
    said = "Those with guests: a linen tablecloth, tomorrow, from stock. It does not shrink."
    assert Offer(**OFFER).sentence == said


def test_own_sentence_comes_first() -> None:
    """What the person wrote is what is tested."""
    assert Offer(**OFFER, own=" Linen that lasts. ").sentence == "Linen that lasts."


def test_nothing_missing_is_understood() -> None:
    """Five slots, five of five retell, the objection answered by somebody on a day."""
    found = understood()
    assert (found.whole, found.retold, found.listeners, found.unanswered) == (1, 5, 5, ())
    assert found.face().verdict.kind == "yes"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"offers": []}, "No offer is written yet."),
        ({"offers": [{**OFFER, "term": ""}]}, "Offers with all five slots: 0 of 1."),
        ({"segments": ["Hosts", "Cafes"]}, "Without an offer so far: Cafes."),
        ({"tests": [told(1), told(2, retold=None)]}, "Listeners asked: 1 of 5."),
        ({"objections": ["Too dear", "Too slow"]}, "Objections without a proof: 1 of 2."),
        ({"proofs": [{**PROOF, "owner": ""}]}, "1 proof has no owner or no day."),
        ({"proofs": [{**PROOF, "due": "2026-11-25"}]}, "1 proof is late."),
    ],
)
def test_first_gap_is_said(changes: dict[str, Any], said: str) -> None:
    """Each thing that is missing is named, in the order of the work."""
    verdict = understood(**changes).face().verdict
    assert (verdict.kind, verdict.say) == ("wait", said)


def test_offer_that_few_retell_is_not_unpacked() -> None:
    """Two of five are below four of five, and the words most lost are named."""
    tests = [told(number, retold=number < 2) for number in range(5)]
    verdict = understood(tests=tests).face().verdict
    assert (verdict.kind, verdict.say) == ("no", "The offer is retold by 2 of 5.")
    assert "guests" in verdict.because


def test_slow_retelling_does_not_pass() -> None:
    """Eleven seconds are more than ten; ten are within."""
    assert Retelling(retold=True, seconds=11).passed is False
    assert Retelling(retold=True, seconds=10).passed is True


def test_lost_words_are_counted_by_listener() -> None:
    """Two heard the cloth only; one heard all of it."""
    whole = Offer(**OFFER).sentence
    found = understood(tests=[told(1), told(2), told(3, heard=whole)])
    assert found.lost["tomorrow"] == 2
    assert "tablecloth" not in found.lost


def test_listener_of_no_offer_loses_nothing() -> None:
    """Where two offers are tested, a retelling says which one it is of."""
    two = [OFFER, {**OFFER, "segment": "Cafes", "task": "napkins"}]
    assert understood(offers=two, tests=[told(1)]).lost == {}
    assert "napkins" in understood(offers=two, tests=[told(1, offer="Cafes")]).lost


def test_ready_proof_is_neither_loose_nor_late() -> None:
    """What is ready needs no day any more."""
    proof = Proof(what="Video", state="ready", due=date(2026, 1, 1))
    assert (proof.loose, proof.late(TODAY)) == (False, False)


def test_objections_stand_with_their_proofs() -> None:
    """One answered with who and when, one that is still open."""
    found = understood(objections=["Too dear", "Too slow"])
    table = found.face().sections[-1]
    assert isinstance(table, Table)
    assert [(row[0], row[1]) for row in table.rows] == [("Too dear", "Video"), ("Too slow", "no proof yet")]


def test_face_speaks_russian() -> None:
    """The first gap in Russian."""
    with i18n.speaking("ru"):
        assert understood(offers=[]).face().verdict.say == "Оффер ещё не написан."
