"""Numbers and amounts as exports write them; the decimal mark is settled once for a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from playbook.data.sources import words
from playbook.i18n import t

Mark = Literal[".", ","]
_PLACES = Decimal("0.0001")
_LARGEST = Decimal(10) ** 13
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'\u2019]")
_MONEY = re.compile(
    r"^(?P<minus>[-\u2212]?)(?P<open>\(?)(?P<before>[^\d.,+\-(]*[^\W\d_]\.|[^\d.,+\-(]*)"
    r"(?P<digits>[+\-]?[\d.,]*\d)(?P<after>\D*)$"
)
THIN = " \u00a0\u202f"
"""What stands between thousands."""


def plain_pattern(mark: str, spaces: str = THIN) -> str:
    """What most cells look like in a column with this decimal mark, where only these spaces part thousands."""
    part = f"[{spaces}]?" if spaces else ""
    return rf"-?[0-9](?:{part}[0-9]){{0,11}}(?:{re.escape(mark)}[0-9]{{1,4}})?"


PLAIN = {mark: re.compile(plain_pattern(mark)) for mark in ".,"}
"""Cells that are read without a second look, and by the engine too."""
SHOWN = re.compile(rf"-?[0-9][0-9{THIN}]*([.,])[0-9]{{2}}")
"""A number that proves its decimal mark at first sight."""
_BARE = str.maketrans(",", ".", THIN)
_GROUPED = {mark: re.compile(rf"[+-]?\d{{1,3}}({re.escape(mark)}\d{{3}})+") for mark in ".,"}
_THOUSAND = 3


class UnreadableError(ValueError):
    """A cell that cannot be read as what its column holds; the text says why, in the reader's language."""


@dataclass(frozen=True)
class Amount:
    """A number and the currency written beside it, if any."""

    value: Decimal
    currency: str = ""


def decimal_mark(cells: Iterable[str]) -> Mark | None:
    """The decimal mark that a column's cells prove; None where none of them does.

    >>> decimal_mark(["1,234", "1,234.50"]), decimal_mark(["12,5"]), decimal_mark(["1,234"])
    ('.', ',', None)
    """
    votes = mark_votes(cells)
    if votes["."] == votes[","]:
        return None
    return "." if votes["."] > votes[","] else ","


def mark_votes(cells: Iterable[str]) -> dict[Mark, int]:
    """How many of the cells prove each decimal mark."""
    votes: dict[Mark, int] = {".": 0, ",": 0}
    for cell in cells:
        if "." not in cell and "," not in cell:
            continue
        if shown := SHOWN.fullmatch(cell):
            votes["." if shown[1] == "." else ","] += 1
            continue
        found = _MONEY.match(_SPACES.sub("", cell))
        if found and (mark := _proof(found["digits"])):
            votes[mark] += 1
    return votes


def read_amount(cell: str, mark: Mark) -> Amount:
    """The amount in a cell whose column has this decimal mark.

    Raises:
        UnreadableError: there is no number in it, or its marks fit no number.
    """
    if PLAIN[mark].fullmatch(cell):
        return Amount(Decimal(cell.translate(_BARE)).quantize(_PLACES))
    sign, digits = _split(cell)
    other = "," if mark == "." else "."
    bare = digits.replace(other, "") if _GROUPED[other].fullmatch(digits.split(mark)[0]) else digits
    if other in bare or bare.count(mark) > 1:
        raise UnreadableError(t("import", "the marks in it fit no number"))
    value = Decimal(bare.replace(mark, "."))
    if abs(value) >= _LARGEST:
        raise UnreadableError(t("import", "the number is too large"))
    return Amount(value.quantize(_PLACES), currency(sign))


def read_count(cell: str, mark: Mark) -> int:
    """A whole number of things; `1.0` is one.

    Raises:
        UnreadableError: there is no whole number in it.
    """
    value = read_amount(cell, mark).value
    if value != value.to_integral_value() or value < 0:
        raise UnreadableError(t("import", "a whole number is needed"))
    return int(value)


@lru_cache(maxsize=1000)
def currency(sign: str) -> str:
    """The currency code for a sign or a word; nothing where it is unknown.

    >>> currency("руб."), currency("US$"), currency("шт")
    ('RUB', 'USD', '')
    """
    known = words().currencies
    text = sign.strip().lower().replace("ё", "е")
    if text in known:
        return known[text]
    words_of = re.split(r"[\s,]+", text)
    return next((known[word] for word in words_of if word in known), "") or _code(text)


def _code(text: str) -> str:
    """The text itself where it is the code of a currency."""
    code = text.upper()
    return code if len(code) == 3 and code in _codes() else ""  # noqa: PLR2004 - ISO 4217


@cache
def _codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").currencies)


def _split(cell: str) -> tuple[str, str]:
    """The sign of the currency and the signed digits of a cell; brackets mean below zero."""
    found = _MONEY.match(_SPACES.sub("", cell).replace("\u2212", "-"))
    if not found:
        raise UnreadableError(t("import", "a number is needed"))
    digits = found["digits"].lstrip("+-")
    below = bool(found["minus"] or found["open"]) or found["digits"].startswith("-")
    sign = found["before"] + (found["after"].removeprefix(")") if found["open"] else found["after"])
    if sign and not currency(sign):
        raise UnreadableError(t("import", "a number is needed"))
    return sign, "-" + digits if below else digits


def _proof(digits: str) -> Mark | None:
    """The decimal mark that one number proves by itself."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    mark: Mark = "." if points else ","
    count = points or commas
    if not count:
        return None
    if count > 1:
        return "," if points else "."
    head, _, tail = digits.lstrip("+-").partition(mark)
    return mark if len(tail) != _THOUSAND or head in ("", "0") or len(head) > _THOUSAND else None
