"""Rows of totals, known by their words however these are dressed."""

from __future__ import annotations

import pytest

from playbook import i18n
from playbook.data import summary
from playbook.data.sources import sources, words
from playbook.data.text import Row
from playbook.data.totals import says_total

DRESSED = ("{}", "  {}", "\u00a0{}", '"{}"', "«{}»", "“{}”", "_{}", "\ufeff{}", "\u2003{}", "{}:", "{}: 12 rows")


@pytest.mark.parametrize("name", sorted(sources()))
def test_word_for_totals_is_known_in_any_dress(name: str) -> None:
    """Every word of a system and every common one, quoted, after any space, in capitals, among three cells."""
    source = sources()[name]
    known = [word.replace("*", " and more") for word in (*words().totals, *source.totals)]
    assert len(known) > 10
    for word in known:
        for said in (dress.format(form) for dress in DRESSED for form in (word, word.upper(), word.title())):
            assert says_total(Row(1, ("", said, "12", "5")), source), said
            assert says_total(Row(1, ("7", "", "8", said)), source), said


@pytest.mark.parametrize(
    "cells",
    [("Totally new", "5"), ("Сумматор", "5"), ("12", "13", "14", "Итого"), ("2026-06-01", "Summer sale"), ("", "")],
)
def test_other_words_are_data(cells: tuple[str, ...]) -> None:
    """A word that only begins like one, and one behind three filled cells, make no total."""
    assert not says_total(Row(1, cells), sources()["plain"])


def test_sums_are_told_as_money_of_their_currency() -> None:
    """With the sign where the reader's language has it, and cents only where there are any."""
    sums = {"spend": "2756.69", "refunds": "70.00", "currency": "USD", "clicks": None}
    assert summary.said(sums) == [("Advertising spend", "$2,756.69"), ("Refunds", "$70")]
    with i18n.speaking("ru"):
        assert [value for _, value in summary.said(sums)] == ["2\u00a0756,69\u00a0$", "70\u00a0$"]
