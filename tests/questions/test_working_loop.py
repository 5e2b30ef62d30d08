"""The minimal contour: six parts, go or no go."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n, rules
from playbook.errors import InvalidInput
from playbook.questions.working_loop import PARTS, WorkingLoop

PROVEN = {"exists": True, "evidence": "https://example.org/page"}
ABSENT = {"exists": False}


def loop(**parts: Any) -> WorkingLoop:
    """Six proven parts, but for those given."""
    return WorkingLoop.read({**dict.fromkeys(PARTS, PROVEN), **parts})


def test_six_proven_parts_are_ready() -> None:
    """Nothing is missing and nothing is without evidence."""
    answer = loop().solve()
    assert answer.to_json() == {"ready": True, "missing": [], "of": 6, "unproven": [], "warnings": []}
    assert (answer.face().verdict.kind, answer.face().verdict.word) == ("yes", "Do it")


def test_one_missing_part_stops_it() -> None:
    """Five of six is not ready, and the missing one is named with the step that builds it."""
    answer = loop(lead_rule=ABSENT).solve()
    assert (answer.ready, answer.missing) == (False, ("lead_rule",))
    face = answer.face()
    assert face.verdict.kind == "no"
    assert face.verdict.say == "Parts in place: 5 of 6. It is early to raise advertising."
    assert face.verdict.flip == "It becomes “do it” when 1 more part stands."
    assert [(point.title, point.step) for point in face.sections[0].items] == [
        ("Rule for handling leads", "thirty-days")
    ]


def test_missing_parts_keep_their_order() -> None:
    """The order of the contour, not of the typing."""
    assert loop(crm=ABSENT, offer=ABSENT).solve().missing == ("offer", "crm")


@pytest.mark.parametrize("evidence", ["", "  \n"])
def test_a_part_without_evidence_counts_and_is_said(evidence: str) -> None:
    """Ready all the same, with the part named."""
    answer = loop(crm={"exists": True, "evidence": evidence}).solve()
    assert (answer.ready, answer.unproven) == (True, ("crm",))
    assert answer.face().verdict.because == "Without evidence so far: records of leads in a CRM."


def test_evidence_of_a_missing_part_does_not_count() -> None:
    """A link to something that is not there proves nothing."""
    answer = loop(landing={"exists": False, "evidence": "soon"}).solve()
    assert (answer.missing, answer.unproven) == (("landing",), ())


def test_a_channel_before_its_foundation_is_warned_about() -> None:
    """Traffic runs while records are missing: records and offer come first."""
    assert "records of leads in a CRM" in loop(crm=ABSENT).solve().warnings[0]
    assert loop(crm=ABSENT, main_channel=ABSENT).solve().warnings == ()


def test_the_parts_are_as_many_as_the_rule_says() -> None:
    """Six, from the table of rules."""
    assert len(PARTS) == rules.get("minimal_loop_parts").number == len(WorkingLoop.fields())


def test_a_bare_yes_or_no_is_understood() -> None:
    """`"crm": true` is a part without evidence."""
    assert loop(crm=True, offer=False).solve().missing == ("offer",)


def test_a_part_left_out_is_asked_for() -> None:
    """All six are questions; silence is not an answer."""
    with pytest.raises(InvalidInput) as caught:
        WorkingLoop.read({name: PROVEN for name in PARTS if name != "crm"})
    assert (caught.value.field, caught.value.what) == ("crm", "'crm' is missing.")


def test_russian_speaks_of_the_contour() -> None:
    """The verdict and the names of parts in Russian."""
    with i18n.speaking("ru"):
        verdict = loop(lead_rule=ABSENT, landing=ABSENT).solve().face().verdict
    assert verdict.say == "На месте 4 из 6 частей. Увеличивать рекламу рано."
    assert verdict.because.startswith("Ещё не готово: посадочная страница, правило обработки заявок.")
    assert verdict.flip == "Станет «можно», когда появятся ещё 2 части."


def test_an_answer_speaks_the_language_it_is_looked_at_in() -> None:
    """Solved in English, shown in Russian: not one English warning on the page."""
    answer = loop(crm=ABSENT).solve()
    with i18n.speaking("ru"):
        assert answer.face().notes[0].startswith("Канал уже работает")


PART = st.fixed_dictionaries({"exists": st.booleans(), "evidence": st.text(max_size=20)})


@given(parts=st.fixed_dictionaries(dict.fromkeys(PARTS, PART)), lang=st.sampled_from(i18n.LANGUAGES))
def test_every_contour_has_an_answer(parts: dict[str, Any], lang: str) -> None:
    """Ready exactly when nothing is missing; missing and unproven never share a part."""
    with i18n.speaking(lang):
        answer = WorkingLoop.read(parts).solve()
        assert answer.ready == (not answer.missing)
        assert not set(answer.missing) & set(answer.unproven)
        assert answer.rows()
