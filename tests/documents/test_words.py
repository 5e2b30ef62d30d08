"""Words compared whatever their endings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.documents import lines
from playbook.documents.words import alike, content, lost, share_word


@pytest.mark.parametrize(
    ("one", "other"), [("скатерть", "скатерти"), ("visits", "visit"), ("Ёлочный", "елочный"), ("коронка", "коронку")]
)
def test_forms_of_a_word_are_alike(one: str, other: str) -> None:
    """The ending and the case of letters do not count."""
    assert alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("10", "100"), ("план", "плата"), ("визит", "врач")])
def test_other_words_are_not(one: str, other: str) -> None:
    """A figure is that figure, and a common beginning is not enough."""
    assert not alike(one, other)


def test_lost_words_keep_their_order() -> None:
    """Two of the four words came back."""
    assert lost("Коронка за один визит, цена до начала", "коронку поставят, цену скажут") == ("один", "визит", "начала")


@given(st.text(max_size=200))
def test_what_is_repeated_loses_nothing(text: str) -> None:
    """Said word for word, everything has come back."""
    assert lost(text, text) == ()
    assert share_word(text, text) is bool(content(text))


def test_marks_of_a_list_are_no_words() -> None:
    """Dashes, bullets and empty lines are left out."""
    assert lines("- дорого\n\n • долго \n—") == ("дорого", "долго")
