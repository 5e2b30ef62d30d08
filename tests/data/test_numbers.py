"""Numbers and days as exports write them; expected values by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.data.dates import day_order, needs_order, period, read_day, read_moment
from playbook.data.numbers import Amount, Mark, UnreadableError, decimal_mark, read_amount, read_count


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,234", "12.5"], "."),
        (["1.234", "12,5"], ","),
        (["1,234,567"], "."),
        (["1.234.567"], ","),
        (["0,125"], ","),
        (["1\u00a0234,56"], ","),
        (["1,234"], None),
        (["12", "15"], None),
        (["US$50.00", "-"], "."),
    ],
)
def test_column_proves_its_decimal_mark(cells: list[str], mark: str | None) -> None:
    """One cell that can be read in one way only settles the column."""
    assert decimal_mark(cells) == mark


@pytest.mark.parametrize(
    ("cell", "mark", "value", "currency"),
    [
        ("1,234.56", ".", "1234.56", ""),
        ("1\u00a0234,56", ",", "1234.56", ""),
        ("1 234,56 ₽", ",", "1234.56", "RUB"),
        ("12 руб.", ",", "12", "RUB"),
        ("руб. 12", ",", "12", "RUB"),
        ("US$50.00", ".", "50", "USD"),
        ("-$12.50", ".", "-12.5", "USD"),
        ("(12.50)", ".", "-12.5", ""),
        ("\u22123,5", ",", "-3.5", ""),
        (".22", ".", "0.22", ""),
        ("44.30666667", ".", "44.3067", ""),
    ],
)
def test_amount_is_read_exactly(cell: str, mark: str, value: str, currency: str) -> None:
    """Marks, signs, brackets and currencies come apart from the digits."""
    assert read_amount(cell, mark) == Amount(Decimal(value).quantize(Decimal("0.0001")), currency)  # type: ignore[arg-type]


@given(
    st.decimals(min_value=-(10**11), max_value=10**11, places=2),
    st.sampled_from([" ", "\u00a0", "\u202f", ""]),
    st.sampled_from([".", ","]),
)
def test_spaced_amount_is_the_number_it_was(value: Decimal, space: str, mark: Mark) -> None:
    """Thousands parted by any space and cents after either mark give the number back, bare or with its currency."""
    cell = f"{value:,.2f}".replace(",", space).replace(".", mark)
    assert read_amount(cell, mark).value == value
    assert read_amount(f"{cell} ₽", mark) == Amount(value.quantize(Decimal("0.0001")), "RUB")


@pytest.mark.parametrize(
    "cell", ["", "abc", "12%", "12abc", "1.2E+17", "1,2,3", "1234,5", "9" * 14, "=1+1", "inf", "nan"]
)
def test_what_is_no_amount_is_refused(cell: str) -> None:
    """A cell is a number or a reason, never a guess."""
    with pytest.raises(UnreadableError):
        read_amount(cell, ".")


def test_count_takes_whole_numbers_only() -> None:
    """1.0 is one; half a click is none, and neither are fewer than none."""
    assert read_count("1.0", ".") == 1
    for cell in ("1.5", "-1"):
        with pytest.raises(UnreadableError, match="a whole number is needed"):
            read_count(cell, ".")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2026", "13/02/2026"], "dmy"),
        (["01/02/2026", "02/13/2026"], "mdy"),
        (["01.02.2026"], "dmy"),
        (["01/02/2026", "03/04/2026"], None),
        (["2026-02-01"], None),
    ],
)
def test_column_proves_which_number_is_the_day(cells: list[str], order: str | None) -> None:
    """A number above 12 cannot be a month; points mean the day first."""
    assert day_order(cells) == order


def test_equal_day_and_month_need_no_answer() -> None:
    """02/02 is the same day either way, and a named or ISO date is never in doubt."""
    assert [needs_order(cell) for cell in ("02/02/2026", "2026-02-01", "Feb 1, 2026", "01/02/2026")] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-09-02",
        "2026/9/2",
        "20260902",
        "02.09.2026",
        "2.9.26",
        "Sep 2, 2026",
        "2 Sep 2026",
        "Wed, 2 Sep 2026",
        "2 сент. 2026 г.",
        "2 сентября 2026",
        "September 2, 2026",
        "2026-09-02T10:00:00Z",
    ],
)
def test_every_form_of_a_day_is_read(cell: str) -> None:
    """One day in the forms that exports write it in."""
    assert read_day(cell, None) == date(2026, 9, 2)


@pytest.mark.parametrize("cell", ["00:10", "2026-02-30", "32.01.2026", "1.2", "2 Zzz 2026", "0001-01-01", "46000"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    """A clock, a number and a day that does not exist are not dates."""
    with pytest.raises(UnreadableError):
        read_day(cell, None)


@pytest.mark.parametrize(
    ("cell", "zone", "utc", "day"),
    [
        ("2026-06-03 23:29:19 -0800", "UTC", datetime(2026, 6, 4, 7, 29, 19), date(2026, 6, 3)),  # noqa: DTZ001 - UTC
        ("03.06.2026 01:00", "Europe/Moscow", datetime(2026, 6, 2, 22, 0), date(2026, 6, 3)),  # noqa: DTZ001 - UTC
        ("6/3/2026 1:05 PM", "UTC", datetime(2026, 6, 3, 13, 5), date(2026, 6, 3)),  # noqa: DTZ001 - UTC
        ("2026-06-03", "UTC", datetime(2026, 6, 3), date(2026, 6, 3)),  # noqa: DTZ001 - UTC
    ],
)
def test_time_becomes_utc_and_keeps_its_day(cell: str, zone: str, utc: datetime, day: date) -> None:
    """The instant is in UTC, the day stays that of the place."""
    moment = read_moment(cell, "mdy" if "/" in cell else None, zone)
    assert (moment.utc, moment.day) == (utc, day)


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("1 June 2026 - 25 June 2026", (date(2026, 6, 1), date(2026, 6, 25))),
        ("June 1, 2026 - June 25, 2026", (date(2026, 6, 1), date(2026, 6, 25))),
        ("Период: 26.07.2026 - 28.07.2026", (date(2026, 7, 26), date(2026, 7, 28))),
        ("1 июня 2026 г. – 25 июня 2026 г.", (date(2026, 6, 1), date(2026, 6, 25))),
        ("06/01/2026 - 06/02/2026", None),
        ("Weekly report", None),
    ],
)
def test_period_of_a_title_is_read(title: str, days: tuple[date, date] | None) -> None:
    """Two days in a line are its period; two that can be read in two ways are none."""
    assert period(title) == days
