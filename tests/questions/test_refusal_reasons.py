"""Why leads refuse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.display import Point, Table
from playbook.i18n import speaking
from playbook.model import NonAnswer
from playbook.questions.refusal_reasons import RefusalReasons, Refusals
from playbook.questions.refusal_reasons.joining import theme_of
from tests.questions.spoken import described, face, unspoken


def refusals(*counts: tuple[str, int], **more: Any) -> Refusals:
    """The answer for these reasons and their counts."""
    return RefusalReasons(reasons=[{"reason": reason, "leads": leads} for reason, leads in counts], **more).solve()


def reasons(found: Refusals) -> list[tuple[str, int]]:
    """Every reason with its refusals."""
    return [(one.reason, one.leads) for one in found.reasons]


def hows(found: Refusals) -> dict[str, str]:
    """Why each writing was counted where it was."""
    return {variant.written: variant.how for one in found.reasons for variant in one.variants}


def points(found: Refusals) -> list[Point]:
    """What to do."""
    return [point for section in found.face().sections for point in getattr(section, "items", ())]


def test_writings_of_one_reason_are_one() -> None:
    """Case, signs, a filling word, ё: 5 + 3 + 2 + 1 refusals of one reason, named as it is written most often."""
    found = refusals(("Дорого", 5), ("дорого!!", 3), ("Слишком дорого", 2), ("ДОРОГО.", 1))
    assert reasons(found) == [("Дорого", 11)]
    assert hows(found) == {"Дорого": "same", "дорого!!": "letters", "Слишком дорого": "letters", "ДОРОГО.": "letters"}


def test_slips_of_the_pen_are_joined_to_the_frequent_one() -> None:
    """One letter left out of a long word; in a short one nothing is a slip."""
    assert reasons(refusals(("Нет интереса к теме", 4), ("Нет интерса к теме", 1))) == [("Нет интереса к теме", 5)]
    assert hows(refusals(("Needs parking", 4), ("Neds parking", 1)))["Neds parking"] == "slip"
    assert len(reasons(refusals(("cash", 4), ("cast", 1)))) == 2


def test_numbers_are_no_slips() -> None:
    """From 100 on and from 200 on are two reasons."""
    assert len(reasons(refusals(("only from 100 pieces", 4), ("only from 200 pieces", 1)))) == 2


def test_words_for_one_thing_are_joined_in_both_languages() -> None:
    """Whole phrases of the list, whatever language the CRM speaks."""
    found = refusals(("Дорого", 5), ("не устроила цена", 3), ("Too expensive", 2))
    assert reasons(found) == [("Дорого", 10)]
    assert hows(found)["не устроила цена"] == "synonym"


def test_a_word_in_common_does_not_join() -> None:
    """Expensive and expensive after the visit are two reasons that both speak of the price."""
    found = refusals(("Дорого", 27), ("Дорого после осмотра", 8))
    assert reasons(found) == [("Дорого", 27), ("Дорого после осмотра", 8)]
    assert {one.theme for one in found.reasons} == {"price"}


def test_person_parts_what_was_joined() -> None:
    """A reason under "keep apart" stands alone, and its own other writings with it."""
    rows = (("Дорого", 5), ("Цена", 3), ("цена", 1))
    found = refusals(*rows, apart=[{"reason": "Цена"}])
    assert reasons(found) == [("Дорого", 5), ("Цена", 4)]


def test_parted_head_lets_the_others_stay_together() -> None:
    """The most frequent one is parted: the next one is the name of the rest."""
    found = refusals(("Дорого", 5), ("Цена", 3), ("высокая цена", 1), apart=[{"reason": "дорого"}])
    assert reasons(found) == [("Дорого", 5), ("Цена", 4)]


def test_person_joins_what_means_the_same_to_them() -> None:
    """One's own word for it, known or new."""
    rows = (("Ушли к Ромашке", 2), ("Выбрали другого", 4), ("Ждут внука", 1))
    more = [
        {"reason": "ушли к ромашке", "counts_as": "выбрали другого"},
        {"reason": "Ждут внука", "counts_as": "Семья"},
    ]
    found = refusals(*rows, together=more)
    assert reasons(found) == [("Выбрали другого", 6), ("Семья", 1)]
    assert hows(found)["Ушли к Ромашке"] == "hand"


def test_what_was_joined_is_shown_with_its_why() -> None:
    """Each writing, its refusals, what it counts as; reasons written one way are not on the list."""
    shown = refusals(("Price", 5), ("price.", 2), ("Too far", 3)).face().sections
    (table,) = (section for section in shown if isinstance(section, Table) and section.title == "What was joined")
    assert table.rows == (("price.", "2", "Price", "other letters, signs or filling words"),)


def test_refusals_without_a_reason_are_told_apart() -> None:
    """4 of 10: shares are of the six with a reason; marks alone are no reason."""
    found = refusals(("price", 4), ("far", 2), ("", 3), (" - ", 1))
    assert (found.lost, found.without_reason, found.known_share) == (10, 4, 0.6)
    assert found.reasons[0].share == pytest.approx(4 / 6)


def test_share_has_wilsons_interval() -> None:
    """3 of 10: 10.8% to 60.3%."""
    first = refusals(("other", 7), ("price", 3)).reasons[1]
    assert (first.low, first.high) == (pytest.approx(0.108, abs=1e-3), pytest.approx(0.603, abs=1e-3))


def test_first_reason_is_believed_from_four_fifths_on() -> None:
    """80 of 100 with a reason are enough, 79 are not, and what is missing is said."""
    assert refusals(("price", 50), ("far", 30), ("", 20)).face().verdict.say == (
        "“price”: 50 of 80 refusals with a reason, 63%."
    )
    verdict = refusals(("price", 50), ("far", 29), ("", 21)).face().verdict
    assert (verdict.kind, verdict.say) == ("wait", "21% of 100 refusals have no reason.")
    assert "50 of 100" in verdict.because


def test_level_reasons_are_no_first_one() -> None:
    """Five and five."""
    verdict = refusals(("price", 5), ("parking", 5)).face().verdict
    assert (verdict.kind, verdict.say) == ("wait", "Level at 5: parking, price.")


def test_flip_is_what_the_second_lacks() -> None:
    """9 and 6: three more."""
    assert refusals(("price", 9), ("parking", 6)).face().verdict.flip == "“parking” draws level with 3 refusals more."


def test_lost_money_is_of_all_writings() -> None:
    """9,000 and 500 of the price, 200 of the rest; who has no amount adds none."""
    rows = [
        {"reason": "Price", "leads": 5, "amount": 9000},
        {"reason": "price!", "leads": 1, "amount": 500},
        {"reason": "Too far", "leads": 1, "amount": 200},
        {"reason": "Later", "leads": 1},
    ]
    found = RefusalReasons(reasons=rows).solve()
    assert ([one.amount for one in found.reasons], found.amount) == ([9500, None, 200], 9700)
    assert found.face().verdict.because == "Deals for $9,500 were lost with it."


def test_without_amounts_no_money_is_named() -> None:
    """Neither a number nor a column of noughts."""
    found = refusals(("price", 5))
    assert found.amount is None
    assert not any(
        "$" in cell for section in found.face().sections for row in getattr(section, "rows", ()) for cell in row
    )


@pytest.mark.parametrize(
    ("reason", "theme", "step"),
    [
        ("Дорого", "price", "offer"),
        ("Не дозвонились", "unreached", "speed-to-lead"),
        ("Выбрали другую клинику", "competitor", "offer"),
        ("Нецелевая: учебный проект", "off_target", "icp"),
        ("Нужна рассрочка", "terms", "offer"),
        ("Не пришли на приём", "absent", "cjm"),
        ("No time to set it up", "later", "cjm"),
        ("Misses an integration", "product", "ideas"),
    ],
)
def test_first_reason_leads_to_the_page_that_helps(reason: str, theme: str, step: str) -> None:
    """Objections to the offer, silence to the speed of answering, strangers to the segments."""
    assert theme_of(reason) == theme
    assert step in [point.step for point in points(refusals((reason, 9)))]


def test_reason_of_ones_own_is_asked_about() -> None:
    """Nothing is guessed of what nobody knows."""
    (point,) = points(refusals(("Голубь на подоконнике", 9)))
    assert (point.step, point.tag) == ("icp", "")


def test_strangers_do_not_hide_the_first_reason_of_clients() -> None:
    """Off-target comes first; what the first of the others needs is said too."""
    titles = [point.title for point in points(refusals(("Spam", 9), ("Too expensive", 4)))]
    assert titles == ["“Spam”", "“Too expensive”"]


def test_objections_are_what_an_offer_can_answer() -> None:
    """Silence and strangers are none."""
    found = refusals(("Spam", 9), ("No answer", 5), ("Price", 3))
    assert [one.reason for one in found.reasons if one.objection] == ["Price"]


def test_no_reason_at_all_is_refused_with_a_hint() -> None:
    """And so is a list of nobody."""
    top = refusals(("", 9)).top
    assert isinstance(top, NonAnswer)
    assert "required field" in top.hint
    assert isinstance(refusals(("price", 0)).top, NonAnswer)


ROWS = st.lists(st.tuples(st.text(max_size=12), st.integers(0, 50)), min_size=1, max_size=12)


@given(ROWS, st.lists(st.text(max_size=12), max_size=3))
def test_every_refusal_is_counted_once(rows: list[tuple[str, int]], apart: list[str]) -> None:
    """Whatever is joined or parted, the refusals add up."""
    found = refusals(*rows, apart=[{"reason": text} for text in apart])
    assert sum(one.leads for one in found.reasons) + found.without_reason == found.lost
    assert found.face().verdict.say


@given(ROWS)
def test_order_of_the_rows_does_not_matter(rows: list[tuple[str, int]]) -> None:
    """The same rows from the end give the same reasons."""
    assert reasons(refusals(*rows)) == reasons(refusals(*reversed(rows)))


@pytest.mark.parametrize(
    "rows",
    [
        [("Дорого", 9), ("дорого", 2), ("дрого", 1), ("цена", 1), ("", 1)],
        [("Дорого", 5), ("далеко", 5)],
        [("Дорого", 2), ("", 8)],
        [("", 3)],
        [("Спам", 0)],
        [("Спам", 9), ("Голубь", 3)],
    ],
)
def test_russian_face_is_russian(rows: list[tuple[str, int]]) -> None:
    """Every sentence, whatever the verdict."""
    asked = {"reasons": [{"reason": reason, "leads": leads, "amount": 5} for reason, leads in rows]}
    assert unspoken(face("refusal-reasons", asked, "ru")[1]) == []


def test_form_is_russian() -> None:
    """Labels and hints."""
    with speaking("ru"):
        assert unspoken(described(RefusalReasons.fields())) == []
