"""What a file cannot tell, and what of it was left out: named, with the way to get it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from playbook import calendars, i18n
from playbook.data.mapping import COLUMN
from playbook.data.match import Match
from playbook.data.read import Reading
from playbook.data.shape import Shape
from playbook.data.summary import span
from playbook.i18n import t, tn

FAR = timedelta(days=366)
"""Days further ahead than this are asked about: the year is likely mistyped."""
_INSTEAD = {("leads", "status"): ("won",), ("orders", "status"): ("paid_at",)}
"""Columns that tell the same as a lacking one."""
_LONG_AGO = timedelta(days=3653)
_SEVERAL = 2
_ZONES = timedelta(days=1)
"""Somewhere it is tomorrow already."""


def notes(match: Match, shape: Shape, reading: Reading, header: Sequence[str]) -> Iterator[str]:
    """What a person should know of the file before and after it is taken in."""
    yield from _lacking(match, shape)
    yield from _far(reading.days)
    yield from _merged(match, shape, reading, header)
    if "spend" in shape.columns and "day" not in shape.columns["spend"] and shape.period:
        yield t(
            "import",
            "The rows have no days: the file counts for its whole period, {period}.",
            period=span(shape.period),
        )
    if "until" in shape.columns.get("spend", {}):
        yield t("import", "A row stands for a period, not a day: figures cannot be cut to days inside it.")
    if match.source.currency == "workspace" and shape.assumed:
        yield t(
            "import",
            "Amounts without a currency are taken to be in {code}, the workspace's own.",
            code=shape.currency,
        )
    if "touches" in shape.columns and "visitor" not in shape.columns["touches"]:
        yield t(
            "import",
            "The rows are sums without visitors: they serve totals; paths and attribution cannot be computed.",
        )
    if reading.worthless:
        yield tn(
            "import",
            "{n} won deal has no amount: it is a lead and no order.",
            "{n} won deals have no amount: they are leads and no orders.",
            reading.worthless,
        )
    if reading.left_out:
        yield tn(
            "import",
            "{n} row is left out: {words}.",
            "{n} rows are left out: {words}.",
            reading.left_out,
            words=", ".join(word for found in match.source.skip.values() for word in found),
        )


def told_before(answers: Mapping[str, str], kept: Collection[str]) -> Iterator[str]:
    """What a person said of an earlier file and holds for this one too."""
    said = {
        "vat": {
            "included": t("import", "VAT is included"),
            "excluded": t("import", "VAT is not included"),
            "none": t("import", "there is no VAT"),
        },
        "dates": {"dmy": t("import", "the day stands first"), "mdy": t("import", "the month stands first")},
    }
    words = [said[key][answers[key]] for key in said if key in kept and answers.get(key) in said[key]]
    if any(key.startswith(COLUMN) for key in kept):
        words.append(t("import", "which column is which"))
    if words:
        yield t("import", "As you said of an earlier file: {said}.", said=", ".join(words))


def far_ahead(reading: Reading) -> date | None:
    """The last day of a file where it is more than a year ahead."""
    last = reading.days and reading.days[1]
    return last if last and last > calendars.today() + FAR else None


def _far(period: tuple[date, date] | None) -> Iterator[str]:
    """Days that are yet to come or long gone: a year is easily mistyped, and periods are counted to the last day."""
    if not period:
        return
    first, last = period
    if last > calendars.today() + _ZONES:
        yield t("import", "The last day, {day}, is yet to come: check the years in the file.", day=i18n.date(last))
    if first < calendars.today() - _LONG_AGO:
        yield t(
            "import", "The first day, {day}, is over ten years ago: check the years in the file.", day=i18n.date(first)
        )


def _merged(match: Match, shape: Shape, reading: Reading, header: Sequence[str]) -> Iterator[str]:
    """Columns that several rows leave empty and should not: cells that were merged in a sheet stand in one row only."""
    empty = Counter(reject.column for reject in reading.rejects if reject.column and not reject.value)
    if (place := shape.columns.get("spend", {}).get("source")) is not None:
        empty[header[place]] += sum(record.get("source") == match.source.name for record in reading.records["spend"])
    for column, count in empty.items():
        if count >= _SEVERAL:
            yield tn(
                "import",
                "{n} row has nothing in “{column}”. If cells were merged in the sheet, fill it in every row.",
                "{n} rows have nothing in “{column}”. If cells were merged in the sheet, fill it in every row.",
                count,
                column=column,
            )


def _lacking(match: Match, shape: Shape) -> Iterator[str]:
    lacks = {
        ("orders", "customer"): t("import", "No column says who bought: new customers and CAC cannot be counted."),
        ("leads", "first_contact_at"): t(
            "import", "No column with the first contact: the speed of answering cannot be counted."
        ),
        ("leads", "status"): t(
            "import",
            "No column with the stage: which leads were won or lost cannot be told. Switch it on in the export.",
        ),
        ("orders", "status"): t("import", "No column says whether an order was paid: every order counts as paid."),
        ("spend", "clicks"): t("import", "No column with clicks: the cost of a visit cannot be counted."),
    }
    for (kind, name), text in lacks.items():
        if kind in shape.columns and not {name, *_INSTEAD.get((kind, name), ())} & set(shape.columns[kind]):
            remedy = match.source.lacks.get(kind, {}).get(name)
            yield f"{text} {t('import', remedy)}" if remedy else text
