"""Sentences, numbers, money and dates as each language says them, and as a person writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n
from playbook.i18n import NBSP
from playbook.units import read_day, read_number

# --- speaking


def test_a_sentence_is_said_in_the_context_language() -> None:
    """The same call speaks English outside the block and Russian inside it."""
    assert i18n.t("rules", "groups of metrics") == "groups of metrics"
    with i18n.speaking("ru"):
        assert i18n.t("rules", "groups of metrics") == "группы показателей"
    assert i18n.language() == "en"


def test_an_unknown_sentence_stays_english() -> None:
    """A text without a translation is shown, not lost."""
    with i18n.speaking("ru"):
        assert i18n.t("nowhere", "Hello {name}", name="Anna") == "Hello Anna"


def test_braces_typed_by_a_person_are_left_alone() -> None:
    """What a person typed is filled in once and never read as a pattern."""
    assert i18n.t("nowhere", "“{name}”", name="{x} {0} {") == "“{x} {0} {”"


def test_an_unknown_language_is_english() -> None:
    """There is no third language."""
    with i18n.speaking("de"):
        assert i18n.language() == "en"


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "1 тест"),
        (2, "2 теста"),
        (5, "5 тестов"),
        (11, "11 тестов"),
        (21, "21 тест"),
        (2.5, "2,5 теста"),
        (0, "0 тестов"),
    ],
)
def test_plural_forms_are_russian(n: float, words: str) -> None:
    """One, few, many, eleven, twenty-one, a fraction and none."""
    i18n._plurals("ru")[("plural test", "{n} test")] = ("{n} тест", "{n} теста", "{n} тестов")
    with i18n.speaking("ru"):
        assert i18n.tn("plural test", "{n} test", "{n} tests", n) == words
    del i18n._plurals("ru")[("plural test", "{n} test")]


@pytest.mark.parametrize(("n", "words"), [(1, "1 lead"), (0, "0 leads"), (1.5, "1.5 leads"), (2, "2 leads")])
def test_plural_forms_are_english(n: float, words: str) -> None:
    """One and everything else."""
    assert i18n.tn("nowhere", "{n} lead", "{n} leads", n) == words


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (6230, "6,230", "6 230"),
        (1234567.5, "1,234,568", "1 234 568"),
        (12.345, "12.3", "12,3"),
        (1.25, "1.3", "1,3"),
        (0.125, "0.13", "0,13"),
        (0.0004, "0.0004", "0,0004"),
        (-0.0, "0", "0"),
        (-3.7, "−3.7", "−3,7"),
    ],
)
def test_numbers_keep_what_matters(value: float, english: str, russian: str) -> None:
    """Thousands and decimals by the language; halves go up; a small number is not nothing; nothing has no minus."""
    assert i18n.number(value) == english
    with i18n.speaking("ru"):
        assert i18n.number(value) == russian.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0.31, "31%", "31 %"),
        (0.0123, "1.2%", "1,2 %"),
        (0, "0%", "0 %"),
        (0.0005, "0.05%", "0,05 %"),
        (0.999, "99.9%", "99,9 %"),
        (1, "100%", "100 %"),
        (1.5, "150%", "150 %"),
    ],
)
def test_shares_are_said_in_per_cent(value: float, english: str, russian: str) -> None:
    """With the sign as each language sets it; a part is never rounded to all or nothing."""
    assert i18n.share(value) == english
    with i18n.speaking("ru"):
        assert i18n.share(value) == russian.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("value", "code", "english", "russian"),
    [
        (6230, "RUB", "₽6,230", "6 230 ₽"),
        (0.5, "USD", "$0.50", "0,50 $"),
        (12.4, "EUR", "€12", "12 €"),
        (-6230, "RUB", "−₽6,230", "−6 230 ₽"),
        (5000, "KZT", "₸5,000", "5 000 ₸"),
        (100, "BYN", "BYN 100", "100 BYN"),
    ],
)
def test_money_stands_where_its_language_puts_it(value: float, code: str, english: str, russian: str) -> None:
    """The sign before the amount in English, behind it in Russian; pennies only below ten."""
    with i18n.speaking("en", code):
        assert i18n.money(value) == english.replace(" ", NBSP)
    with i18n.speaking("ru", code):
        assert i18n.money(value) == russian.replace(" ", NBSP)


def test_dates_are_written_out() -> None:
    """Day, month in its case, year."""
    day = date(2027, 1, 22)
    assert (i18n.date(day), i18n.day_month(day)) == (f"22{NBSP}January 2027", f"22{NBSP}January")
    with i18n.speaking("ru"):
        assert (i18n.date(day), i18n.weekday(day)) == (f"22{NBSP}января 2027", "пятница")
    assert i18n.clock(datetime(2027, 1, 22, 9, 5, tzinfo=UTC)) == "09:05"


@pytest.mark.parametrize(
    ("value", "unit", "english", "russian"),
    [
        (7.5, "month", "7.5 months", "7,5 месяца"),
        (1, "day", "1 day", "1 день"),
        (21, "hour", "21 hours", "21 час"),
        (5, "week", "5 weeks", "5 недель"),
    ],
)
def test_spans_of_time_are_declined(value: float, unit: str, english: str, russian: str) -> None:
    """CLDR knows the plural of a fraction and of twenty-one."""
    assert i18n.quantity(value, unit) == english.replace(" ", NBSP)
    with i18n.speaking("ru"):
        assert i18n.quantity(value, unit) == russian.replace(" ", NBSP)


def test_whole_number_after_rounding_takes_its_own_word() -> None:
    """11.98 minutes to one place are 12 минут, not the минуты of a fraction."""
    with i18n.speaking("ru"):
        assert i18n.quantity(11.98, "minute", 1) == f"12{NBSP}минут"


@pytest.mark.parametrize(
    ("unit", "written"),
    [("money", "$31"), ("share", "3,100%"), ("minutes", "31 minutes"), ("hours", "31 hours"), ("count", "31")],
)
def test_a_value_is_written_by_its_unit(unit: str, written: str) -> None:
    """31 dollars, 31 minutes, 31."""
    with i18n.speaking("en", "USD"):
        assert i18n.measured(31, unit) == written.replace(" ", NBSP)


@given(
    value=st.floats(allow_nan=False, allow_infinity=False),
    lang=st.sampled_from(i18n.LANGUAGES),
    code=st.sampled_from(i18n.CURRENCIES),
)
def test_any_number_can_be_written(value: float, lang: str, code: str) -> None:
    """From the smallest to the largest float nothing raises and no plain space breaks a line."""
    with i18n.speaking(lang, code):
        assert " " not in i18n.number(value) + i18n.money(value)


# --- reading


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,5", 1234.5),
        (f"1{NBSP}234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567,8", 1234567.8),
        ("1,234,567", 1234567),
        ("80 %", 80),
        ("₽6 230", 6230),
        ("6 230 руб.", 6230),
        ("12'345", 12345),
        ("1,5", 1.5),
        ("0,125", 0.125),
        (",5", 0.5),
        ("−5", -5),
        ("≈ 40", 40),
    ],
)
def test_a_persons_number_is_read(typed: str, meant: float) -> None:
    """Marks for thousands and decimals, signs of money and per cent of both languages."""
    assert read_number(typed) == meant


def test_a_comma_before_three_digits_follows_the_language() -> None:
    """1,234 is a thousand and more in English, and one and a bit in Russian."""
    assert read_number("1,234") == 1234
    assert read_number("1,234", decimal_comma=True) == 1.234


@pytest.mark.parametrize(
    "typed",
    ["", "%", "many", "1e5", "1.2.3", "1,23,4", "12 34", "1 2", "--5", "5-", "½", "٣", "10-15", "1,2345.6", "<script>"],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Nothing, words, two numbers and broken groups are errors, never a guess."""
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_number(typed)


@given(value=st.integers(-(10**13), 10**13).map(lambda cents: cents / 100), lang=st.sampled_from(i18n.LANGUAGES))
def test_a_written_number_is_read_back(value: float, lang: str) -> None:
    """What the product writes into a field it reads from it again."""
    with i18n.speaking(lang):
        written = i18n.number(value, 2)
    assert read_number(written, decimal_comma=lang == "ru") == value


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No typing raises anything but ValueError, and no text becomes infinite."""
    try:
        assert abs(read_number(text)) < float("inf")
    except ValueError:
        return


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-07", date(2026, 12, 7)),
        (" 07.12.2026 ", date(2026, 12, 7)),
        (datetime(2026, 12, 7, 9, tzinfo=UTC), date(2026, 12, 7)),
    ],
)
def test_a_persons_date_is_read(typed: object, day: date) -> None:
    """As computers write it and as Russians do."""
    assert read_day(typed) == day


@pytest.mark.parametrize("typed", ["2026-13-01", "12/07/2026", "tomorrow", "", 7, None, "0001-01-01"])
def test_what_is_no_date_is_refused(typed: object) -> None:
    """With the reason in the reader's language."""
    with pytest.raises(ValueError, match="write a date as 2026-12-31"):
        read_day(typed)


def test_share_of_next_to_nothing_is_still_a_number() -> None:
    """Per cent of what is near the largest number there is does not become infinite."""
    assert i18n.share(1e308).endswith("%")
