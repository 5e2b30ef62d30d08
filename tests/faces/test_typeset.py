"""How a sentence is set."""

import pytest

from playbook import i18n
from playbook.display import capital
from playbook.faces.glyphs import NAMES, glyph
from playbook.faces.typeset import bound, prose, strong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 000 leads", "10~000~leads"),
        ("5 weeks of data", "5~weeks of data"),
        ("6 230 ₽ now", "6~230~₽ now"),
        ("one — two", "one~— two"),
        ("in a week", "in a week"),
        ("room 12 345678", "room 12 345678"),
    ],
)
def test_numbers_keep_their_units(text: str, expected: str) -> None:
    """A number is not parted from its thousands, its unit or what it counts, and a dash does not begin a line."""
    assert bound(text).replace(i18n.NBSP, "~") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В среднем и в итоге за месяц", "В~среднем и~в~итоге за~месяц"),
        ("из-за цены", "из-за цены"),
        ("кот и пёс", "кот и~пёс"),
    ],
)
def test_short_russian_words_lean_forward(text: str, expected: str) -> None:
    """A preposition does not end a line; the end of a longer word is no preposition."""
    with i18n.speaking("ru"):
        assert bound(text).replace(i18n.NBSP, "~") == expected


def test_english_keeps_russian_words_loose() -> None:
    """A Russian name on an English page is set by English rules."""
    assert bound("Кот и пёс") == "Кот и пёс"


def test_a_minus_stays_with_its_sign() -> None:
    """An amount below 0 is never parted behind its minus."""
    assert bound("−$667 since") == "−\u2060$667\u00a0since"


def test_strong_escapes_and_marks_figures() -> None:
    """Figures are bold and words stay words."""
    assert strong("<i> 6 230 ₽, then 17%.") == "&lt;i&gt; <b>6\u00a0230\u00a0₽</b>, then <b>17%</b>."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at most <b> 5–12.", 'at most &lt;b&gt; <span class="pb-n">5–12</span>.'),
        ("1 460–1 920 now", '<span class="pb-n">1~460–1~920</span>~now'),
        ("from 5 to 12", "from 5~to 12"),
    ],
)
def test_range_stays_on_one_line(text: str, expected: str) -> None:
    """A range is never parted behind its dash, and the words around it are escaped."""
    assert prose(text).replace(i18n.NBSP, "~") == expected


def test_capital_touches_one_letter() -> None:
    """An abbreviation inside keeps its letters, and an empty text stays empty."""
    assert capital("top CAC") == "Top CAC"
    assert capital("") == ""
    assert capital("amoCRM, 16–22 November") == "amoCRM, 16–22 November"


@pytest.mark.parametrize("name", NAMES)
def test_glyph_is_hidden_from_readers(name: str) -> None:
    """A word always stands beside a sign, so that the sign itself is not read out."""
    assert 'aria-hidden="true"' in glyph(name)
    assert "var(" not in glyph(name)


def test_unknown_glyph_is_an_error() -> None:
    """A misspelt name does not pass as an empty sign."""
    with pytest.raises(KeyError):
        glyph("yess")
