"""Two languages: sentences from catalogues, numbers, money and dates from CLDR by Babel.

English text is the key in code; Russian lives in `locale/ru/**/*.po`, read in memory. The language and the currency
belong to the running context, never to the process.
"""

from __future__ import annotations

import locale
import math
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime as DateTime
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from playbook import paths

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGES = ("en", "ru")
CURRENCY_OF = {"en": "USD", "ru": "RUB"}
"""In which a firm counts until it says otherwise, by its language."""
NBSP, MINUS = "\u00a0", "\u2212"
_WHOLE_FROM, _PENNIES_BELOW = 100, 10
_HOLE = re.compile(r"\{\w+\}")
_ANY_SIZE = Context(prec=400)
"""The largest float has 309 digits."""
CURRENCIES = ("RUB", "USD", "EUR", "KZT", "BYN", "UAH", "GBP", "AUD")


@dataclass(frozen=True)
class Speech:
    """The language and the currency in which the running context speaks."""

    language: str = "en"
    currency: str = "USD"


_speech: ContextVar[Speech] = ContextVar("speech", default=Speech())  # noqa: B039 - frozen


def language() -> str:
    """The language of the running context, `en` or `ru`."""
    return _speech.get().language


def currency() -> str:
    """The currency of the running context, as an ISO 4217 code."""
    return _speech.get().currency


def use(lang: str, money: str | None = None) -> None:
    """Speak `lang` in the running context from here on (a command, a notebook's session)."""
    _speech.set(Speech(_known(lang), money or currency()))


@contextmanager
def speaking(lang: str, money: str | None = None) -> Iterator[None]:
    r"""Speak `lang` inside the block.

    >>> with speaking("ru", "RUB"):
    ...     money(6230)
    '6\xa0230\xa0₽'
    """
    token = _speech.set(Speech(_known(lang), money or currency()))
    try:
        yield
    finally:
        _speech.reset(token)


def from_environment() -> str:
    """The language of the machine's locale, English where it is neither of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ru" if value.lower().startswith("ru") else "en"
    return "ru" if (locale.getlocale()[0] or "").lower().startswith("ru") else "en"  # Windows sets no variable


def t(context: str, text: str, **values: object) -> str:
    """The reader's sentence for the English `text`, with `{name}` filled in."""
    found = text if language() == "en" else _messages(language()).get((context, text), text)
    return found.format(**values) if values else found


def tn(context: str, one: str, many: str, n: float, **values: object) -> str:
    """The sentence for `n` things, in the plural form that CLDR asks for; `{n}` is the written number."""
    forms: tuple[str, ...] = (one, many)
    index = 0 if n == 1 else 1
    if language() != "en":
        found = _plurals(language()).get((context, one))
        if found:
            forms, index = found, _plural_form(language(), n)
    return forms[min(index, len(forms) - 1)].format(n=number(n), **values)


def retold(context: str, said: str) -> str:
    """A sentence that was once said, in whatever language, said again in the reader's; unknown ones as they are.

    >>> with speaking("ru"):
    ...     retold("import", "there is no such day")
    'такого дня нет'
    """
    for lang, text, pattern in _patterns(context):
        if found := pattern.fullmatch(said):
            return said if lang == language() else t(context, text, **found.groupdict())
    return said


def translated(context: str, text: str, lang: str) -> bool:
    """Whether the catalogue of `lang` holds the sentence."""
    return (context, text) in _messages(lang) or (context, text) in _plurals(lang)


def number(value: float, digits: int | None = None) -> str:
    """A number with the language's own marks; `digits` after the decimal mark at most, else as many as matter."""
    places = _digits(value) if digits is None else digits
    return _formatted(value, "#,##0" + ("." + "#" * places if places else ""), places)


def as_written(value: float, digits: int | None = None) -> float:
    """The number that a reader sees in place of a value: 7.99 weeks are written, and counted, as 8."""
    return float(_rounded(value, _digits(value) if digits is None else digits))


def share(value: float, digits: int | None = None) -> str:
    """A share as per cent: `0.31` is `31%` or `31 %`; one that is not whole is never written as 0% or 100%."""
    percent = max(-sys.float_info.max, min(value * 100, sys.float_info.max))  # a share of next to nothing
    places = _percent_digits(percent) if digits is None else digits
    return number(percent, places) + (NBSP + "%" if language() == "ru" else "%")


def share_range(low: float, high: float) -> str:
    """A range of shares to a tenth of a per cent, finer only where its ends would look alike.

    >>> share_range(0, 0.00098), share_range(0.22, 0.27), share_range(0.00013, 0.00021)
    ('0% – 0.1%', '22% – 27%', '0.013% – 0.021%')
    """
    ends = low, high
    rough = [share(end, min(_percent_digits(end * 100), 1)) for end in ends]
    return " – ".join(rough if rough[0] != rough[1] else map(share, ends))


def money(value: float, code: str | None = None, digits: int | None = None) -> str:
    """An amount in the context's currency, rounded as it is said aloud; with `digits`, to pennies or finer."""
    places = 2 if 0 < abs(value) < _PENNIES_BELOW and round(value, 2) != round(value) else 0
    if digits is not None:
        places = max(digits, 2) if digits else 0
    amount, sign = _formatted(value, "#,##0" + ("." + "0" * places if places else ""), places), money_sign(code)
    if language() == "ru":
        return f"{amount}{NBSP}{sign}"
    minus, gap = MINUS * amount.startswith(MINUS), NBSP * sign[-1].isalpha()
    return f"{minus}{sign}{gap}{amount.removeprefix(MINUS)}"


def money_sign(code: str | None = None) -> str:
    """The sign that stands beside an amount, such as `₽`; the code itself where nobody near has a sign for it."""
    return _symbol(code or currency(), language())


@cache
def _symbol(code: str, lang: str) -> str:
    """The currency's sign in the language, else in Russian or Kazakh, where such currencies are at home."""
    from babel.numbers import get_currency_symbol

    signs = (get_currency_symbol(code, locale=place) for place in (lang, "ru", "kk"))
    return next((sign for sign in signs if sign != code), code)


def date(value: Date) -> str:
    """A date with its year: `22 January 2027`, `22 января 2027`."""
    return _dated(value, "d MMMM y", language()).replace(" ", NBSP, 1)


@lru_cache(1024)
def _dated(value: Date, pattern: str, lang: str) -> str:
    """The date by the pattern: a page says the same few days many times."""
    from babel.dates import format_date

    return format_date(value, pattern, locale=lang)


def typed_day(value: Date) -> str:
    """A date as one types it: `2027-01-22`, `22.01.2027`."""
    return value.strftime("%d.%m.%Y" if language() == "ru" else "%Y-%m-%d")


def city(zone: str) -> str:
    """The city that a time zone is named after: `Москва` for `Europe/Moscow`."""
    from babel.dates import get_timezone_location

    return get_timezone_location(zone, locale=language(), return_city=True)


def day_month(value: Date) -> str:
    """A date without its year: `22 January`, `22 января`."""
    return _dated(value, "d MMMM", language()).replace(" ", NBSP)


def month(value: Date) -> str:
    """A month with its year, in short: `Jun 2026`, `июнь 2026`."""
    return _dated(value, "LLL y", language()).replace(" ", NBSP)


def weekday(value: Date) -> str:
    """The name of the day: `Monday`, `понедельник`."""
    return _dated(value, "EEEE", language())


def clock(value: DateTime) -> str:
    """The time of day: `10:42`."""
    return f"{value:%H:%M}"


def period(start: Date, end: Date) -> str:
    """A span of days: `1 June – 25 June`."""
    return f"{day_month(start)}{NBSP}– {day_month(end)}"


def days(first: Date, last: Date) -> str:
    """A span of days with its year, the month and the year said once where one is enough: `1–30 June 2026`."""
    if first == last:
        return date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date(last)}"
    start = day_month(first) if first.year == last.year else date(first)
    return f"{start}{NBSP}– {date(last)}"


def quantity(value: float, unit: str, digits: int | None = None) -> str:
    """A number with a unit of time: `quantity(7.5, "month")` is `7.5 months` or `7,5 месяца`."""
    from babel.units import format_unit

    places = _digits(value) if digits is None else digits
    shown = _rounded(value, places)
    whole = shown.to_integral_value()  # 12.0 would take the word of a fraction
    text: str = format_unit(whole if shown == whole else shown, f"duration-{unit}", length="long", locale=language())
    return text.replace(" ", NBSP).replace("-", MINUS)


def measured(value: float, unit: str, digits: int | None = None) -> str:
    """A value as a reader sees it, by its unit id: `measured(0.31, "share")` is `31%` or `31 %`.

    `digits` are the places after the mark at most, of money pennies at least.
    """
    if unit == "money":
        return money(value, digits=digits)
    if unit == "share":
        return share(value, digits)
    span = {"days": "day", "weeks": "week", "months": "month", "minutes": "minute", "hours": "hour"}.get(unit)
    return quantity(value, span, digits) if span else number(value, digits)


def _known(lang: str) -> str:
    return lang if lang in LANGUAGES else "en"


def _digits(value: float) -> int:
    """Places after the mark that a reader needs: none from 100 up, one from 1, two significant figures below."""
    size = abs(value)
    if value == round(value) or size >= _WHOLE_FROM:
        return 0
    return 1 if size >= 1 else min(1 - math.floor(math.log10(size)), 8)


def _percent_digits(percent: float) -> int:
    size = abs(percent)
    if size < 1:
        return _digits(percent)
    return 1 if size < 10 or 99.5 <= size < 100 else 0  # noqa: PLR2004 - 99.7% is not all


def _rounded(value: float, places: int) -> Decimal:
    """Halves go away from zero, and zero has no minus."""
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _ANY_SIZE)
    return exact or abs(exact)


def _formatted(value: float, pattern: str, places: int) -> str:
    """The number in a CLDR pattern, with no-break spaces and a true minus."""
    return _in_language(value, pattern, places, language())


@lru_cache(maxsize=8192)
def _in_language(value: float, pattern: str, places: int, lang: str) -> str:
    """A page writes most of its numbers as it wrote them before the last change."""
    from babel.numbers import format_decimal

    with localcontext(_ANY_SIZE):
        written: str = format_decimal(_rounded(value, places), format=pattern, locale=lang)
    return written.replace(" ", NBSP).replace("-", MINUS)


@cache
def _catalogues(lang: str) -> tuple[Catalog, ...]:
    from babel.messages.pofile import read_po

    found = []
    for path in sorted((paths.package / "locale" / lang).rglob("*.po")):
        with path.open("rb") as file:
            found.append(read_po(file, locale=lang))
    return tuple(found)


@cache
def _messages(lang: str) -> dict[tuple[str, str], str]:
    return {
        (message.context or "", message.id): str(message.string)
        for catalogue in _catalogues(lang)
        for message in catalogue
        if message.id and isinstance(message.id, str) and message.string
    }


@cache
def _patterns(context: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The sentences of a context in every language, with what recognises them: those of most words first."""
    told = {
        (lang, text): text if lang == "en" else found
        for known in LANGUAGES[1:]
        for (place, text), found in _messages(known).items()
        if place == context
        for lang in ("en", known)
    }
    most = sorted(told.items(), key=lambda one: -len(_HOLE.sub("", one[1])))
    return tuple((lang, text, _recogniser(said)) for (lang, text), said in most)


def _recogniser(sentence: str) -> re.Pattern[str]:
    """What matches a sentence with its holes filled; a hole that comes twice is filled alike."""
    parts, seen = [], set[str]()
    for piece in re.split(r"(\{\w+\})", sentence):
        name = piece[1:-1] if _HOLE.fullmatch(piece) else ""
        if not name:
            parts.append(re.escape(piece))
        elif name in seen:
            parts.append(f"(?P={name})")
        else:
            seen.add(name)
            parts.append(f"(?P<{name}>.*)")
    return re.compile("".join(parts), re.DOTALL)


@cache
def _plurals(lang: str) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (message.context or "", message.id[0]): tuple(message.string)
        for catalogue in _catalogues(lang)
        for message in catalogue
        if isinstance(message.id, list | tuple) and all(message.string)
    }


def _plural_form(lang: str, n: float) -> int:
    """The index of the Russian .po form for `n`: one, few, many; a fraction takes the genitive singular (few)."""
    if n != int(n):
        return 1
    from babel import Locale

    return {"one": 0, "few": 1}.get(Locale.parse(lang).plural_form(int(n)), 2)
