"""Cells that look like most of their column, read by the engine; what looks otherwise is read by `cells` alone.

Each reading here is that of `numbers`, `dates` and `cells` for the cells it takes, and nothing for any other: NULL.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from playbook.data.cells import LONGEST_TEXT
from playbook.data.dates import Order
from playbook.data.numbers import SHOWN, THIN, Mark, plain_pattern

_YEAR, _TWO = r"(?:199[0-9]|20[0-9]{2})", "[0-9]{2}"
_CLOCKS = ("", "([01][0-9]|2[0-3]):[0-5][0-9]", "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_WRITTEN = ("", "%H:%M", "%H:%M:%S")
_SPACE = "".join(f"\\x{{{place:x}}}" for place in range(0x3001) if chr(place).isspace())
_INK = rf"[^{_SPACE}]"
_LETTER = rf"[^{_SPACE}\x00-\x1f\x7f]"
_TEXT = rf"{_LETTER}(?:[^\x00-\x1f\x7f]*{_LETTER})?"
_COMMON = "[ -~А-Яа-яЁё]*"
"""Letters whose small forms are the same everywhere."""
_ID_SPOILT = "[eE][+]"
_KEPT = "[0-9A-Za-zА-Яа-яЁё_-]+"
_NAMED = r"[0-9A-Za-z._+@-]*[A-Za-z][0-9A-Za-z._+@-]*"
_TELL = "0123456789@"
"""Where no word for nothing has any of these, a text with one says something."""
_NUMBERED = "[0-9A-Za-zА-Яа-яЁё#№._/-]*[0-9][0-9A-Za-zА-Яа-яЁё#№._/-]*"
_MAIL = "[0-9A-Za-z._+-]+@[0-9A-Za-z._-]+"
_PHONE = r"[+]?[0-9][0-9 ()-]*"
_SHORTEST_PHONE = 7


def text_of(value: str) -> str:
    """A text of SQL."""
    return "'" + value.replace("'", "''") + "'"


def full(cell: str, pattern: str) -> str:
    """The condition that a cell is of this pattern from end to end."""
    return f"regexp_full_match({cell}, {text_of(pattern)})"


def number(cell: str, mark: Mark, shown: Collection[str]) -> str:
    """An amount; first for cells that part thousands as those `shown` do, as looking for other spaces takes longer."""
    usual = "".join(space for space in THIN if any(space in one for one in shown))
    cases = (
        f"WHEN {full(cell, plain_pattern(mark, spaces))} THEN"
        f" CAST(replace({_without(spaces, cell)}, '{mark}', '.') AS DECIMAL(18,4))"
        for spaces in dict.fromkeys((usual, THIN))
    )
    return f"CASE {' '.join(cases)} END"


def count(cell: str) -> str:
    """A whole number of things."""
    whole = full(cell, f"[0-9](?:[{THIN}]?[0-9]){{0,11}}")
    return f"CASE WHEN {whole} THEN CAST({_without(THIN, cell)} AS BIGINT) END"


def _without(spaces: str, cell: str) -> str:
    for space in spaces:
        cell = f"replace({cell}, '{space}', '')"
    return cell


class DayForm:
    """One form of a day, with or without a clock."""

    def __init__(self, pattern: str, written: str, mark: str, clock: int, between: str = " ") -> None:
        self.mark = mark
        self.clock = bool(clock)
        self._written = written
        self._clock = between + _WRITTEN[clock] if clock else ""
        self.pattern = pattern + (between + _CLOCKS[clock] if clock else "")
        self._of = re.compile(self.pattern)

    def fits(self, cells: Iterable[str]) -> bool:
        """Whether any of the cells is of this form."""
        return any(map(self._of.fullmatch, cells))

    def read(self, cell: str, order: Order | None) -> str:
        """The local time of a cell."""
        swapped = order == "mdy" and self.mark in ("/", "-")
        written = f"%m{self.mark}%d{self.mark}%Y" if swapped else self._written
        return f"WHEN {full(cell, self.pattern)} THEN try_strptime({cell}, {text_of(written + self._clock)})"


FORMS = tuple(
    form
    for clock in range(len(_CLOCKS))
    for form in (
        *(
            DayForm(rf"{_TWO}[{mark}]{_TWO}[{mark}]{_YEAR}", f"%d{mark}%m{mark}%Y", mark, clock)
            for mark in (".", "/", "-")
        ),
        *(DayForm(f"{_YEAR}-{_TWO}-{_TWO}", "%Y-%m-%d", "", clock, between) for between in (" T" if clock else " ")),
    )
)


def moment(cell: str, forms: Iterable[DayForm], order: Order | None) -> str:
    """A local day or time, in one of the forms."""
    cases = " ".join(form.read(cell, order) for form in forms)
    return f"CASE {cases} END" if cases else "CAST(NULL AS TIMESTAMP)"


def clocked(cell: str) -> str:
    """Whether a plain day has a time of day beside it."""
    return f"length({cell}) > 10"


def text(cell: str, empty: Iterable[str], reader: str) -> str:
    """A text or an id as it stands, of a person still in plain words."""
    own = {
        "id": f" AND NOT regexp_matches({cell}, '{_ID_SPOILT}')",
        "listed": f" AND {full(cell, _KEPT)}",
        "person": f" AND ({full(cell, _NAMED)} OR {_is_phone(cell)})",
    }.get(reader, "")
    fits = f"length({cell}) <= {LONGEST_TEXT}"
    known = f"{full(cell, _TEXT)} AND {fits} AND {_says(cell, empty)}{own}"
    if any(map(set(_TELL).intersection, empty)):
        return f"CASE WHEN {known} THEN {cell} END"
    quick = _MAIL if reader == "person" else _NUMBERED
    return f"CASE WHEN {full(cell, quick)} AND {fits} THEN {cell} WHEN {known} THEN {cell} END"


def _says(cell: str, empty: Iterable[str]) -> str:
    """That a text is no word for nothing."""
    words = "|".join(re.escape(word) for word in sorted(empty))
    longest = max(map(len, empty))
    return f"(length({cell}) > {longest} OR ({full(cell, _COMMON)} AND NOT {full(cell, f'(?i)(?:{words})')}))"


def _is_phone(cell: str) -> str:
    enough = f"(length({_digits(cell)}) >= {_SHORTEST_PHONE} OR {full(cell, '[0-9]+')})"
    return f"({full(cell, _PHONE)} AND {enough} AND regexp_matches({cell}, '[1-9]'))"


def _digits(cell: str) -> str:
    return f"regexp_replace({cell}, '[^0-9]', '', 'g')"


def person(cell: str, salt: str) -> str:
    """The salted hash of a plain person, as the tables keep it."""
    digits = _digits(cell)
    trunk = f"starts_with({cell}, '8') AND length({digits}) = 11"
    phone = f"CASE WHEN {trunk} THEN '7' || substr({digits}, 2) ELSE {digits} END"
    worded = f"contains({cell}, '@') OR regexp_matches({cell}, '[A-Za-z]')"
    said = f"CASE WHEN {worded} THEN lower({cell}) ELSE {phone} END"
    return f"substr(sha256({text_of(salt + ':')} || {said}), 1, 32)"


def number_class(cell: str) -> str:
    """The same for numbers that prove the same of a column's decimal mark and have the same words beside them."""
    return (
        f"CASE WHEN {full(cell, SHOWN.pattern)} THEN substr({cell}, length({cell}) - 2, 1)"
        f" ELSE translate({cell}, '23456789', '11111111') END"
    )


def day_class(cell: str) -> str:
    """The same for days that prove the same of the order of day and month and are written in one form."""
    cases = " ".join(
        f"WHEN {full(cell, form.pattern)} THEN "
        + (f"concat({place}, left({cell}, 5))" if form.mark in ("/", "-") else f"'{place}'")
        for place, form in enumerate(FORMS)
    )
    return f"CASE {cases} ELSE regexp_replace({cell}, ':[0-9]{{2}}', ':00', 'g') END"


def written_class(cell: str, empty: Iterable[str]) -> str:
    """The same for texts that surely say something; any that may be a word for nothing stands for itself."""
    longest = max(map(len, empty))
    return (
        f"CASE WHEN length({cell}) > {longest} AND regexp_matches({cell}, '[0-9A-Za-zА-Яа-я]') THEN '' ELSE {cell} END"
    )


def inked(cell: str) -> str:
    """Whether anything is to be seen in a cell."""
    return f"regexp_matches({cell}, {text_of(_INK)})"
