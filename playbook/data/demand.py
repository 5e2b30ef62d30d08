"""Demand for the firm's own name: visits without a source, and those that its name brought, week by week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from playbook import i18n
from playbook.data.figures import FIGURES, Figure, Found, ratio
from playbook.data.periods import Period
from playbook.data.sums import ALWAYS, Data, MissingError, OfPeriod, Row, Sums
from playbook.i18n import t
from playbook.methods.channels import DIRECT, names_brand

FEWEST_WEEKS, MOST_WEEKS = 4, 60
_SUNDAY = timedelta(days=6)


def _direct(data: Data) -> Found:
    """Visits without a source, of all visits."""
    sums = data.touches()
    if not any(row["channel"] in DIRECT for row in data.rows("visit_channels", ALWAYS)):
        raise MissingError(
            t("import", "no visit is called direct"),
            t("import", "export the visits with the column of their traffic source"),
        )
    rows = data.rows("visit_channels")
    direct = sum(int(row["visits"] or 0) for row in rows if row["channel"] in DIRECT)
    note = t("import", "links without tags inflate it")
    value = ratio(direct, sums.whole("visits"), t("import", "there were no visits in these days"))
    return Found(value, (sums,), ("touches",), note=note, seen=sums.whole("visits"))


def _branded(data: Data) -> Found:
    """Visits where their campaigns are known, else clicks on advertising, of campaigns of the firm's own name."""
    known = any(row["campaign"] for row in data.rows("visit_channels", ALWAYS))
    return _own_part(data, "touches" if known else "spend")


def _own_part(data: Data, kind: str) -> Found:
    """Of all visits, or of all clicks, those of campaigns of the firm's own name."""
    if kind == "touches":
        sums, rows, field = data.touches(), "visit_channels", "visits"
    else:
        sums, rows, field = FIGURES["clicks"].find(data).inputs[0], "campaign_clicks", "clicks"
    called = data.names
    names = dict.fromkeys(str(row["campaign"]) for row in data.rows(rows, ALWAYS) if _own(called, row))
    if not names:
        raise MissingError(
            t("import", "no campaign says that it is one of the firm's name"),
            t("import", "write “brand” into the name of the campaign that is shown to those who look for you by name"),
        )
    found = data.rows(rows)
    whole = sum(int(row[field] or 0) for row in found)
    own = sum(int(row[field] or 0) for row in found if _own(called, row))
    note = t("import", "campaigns of the firm's name: {names}", names=", ".join(list(names)[:5]))
    value = ratio(own, whole, t("import", "there were no visits in these days"))
    return Found(value, (sums,), (kind,), note=note, seen=whole)


def _own(called: tuple[str, ...], row: Row) -> bool:
    return names_brand(str(row["campaign"] or ""), called)


def _weeks(data: Data) -> Found:
    """Whole weeks of visits, else of clicks, with what each says of demand and of all else the files cover then."""
    sums, kind = _basis(data)
    weeks = list(_mondays(sums.first, sums.last))[-MOST_WEEKS:]
    if not weeks:
        raise MissingError(t("import", "no whole week is in the files"))
    window = weeks[0], weeks[-1] + _SUNDAY
    listed = [_week(data, kind, monday) for monday in weeks]
    note = t("import", "a click counts as a visit") if kind == "spend" else ""
    kinds = ("touches", "spend", "leads", "orders")
    return Found(len(listed), (sums,), kinds, data.currency, note, window, {"periods": listed})


def _basis(data: Data) -> tuple[Sums, str]:
    """Visits, else clicks, where direct or branded ones can be told: what covers enough weeks to be compared."""
    found = [one for find in (_direct, _visits, _clicks) if (one := _told(find, data))]
    if not found:
        _branded(data)
    long = (one for one in found if len(list(_mondays(one.inputs[0].first, one.inputs[0].last))) >= FEWEST_WEEKS)
    chosen = next(long, None) or found[0]
    return chosen.inputs[0], chosen.kinds[0]


def _visits(data: Data) -> Found:
    return _own_part(data, "touches")


def _clicks(data: Data) -> Found:
    return _own_part(data, "spend")


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday + _SUNDAY <= last:
        yield monday
        monday += timedelta(weeks=1)


def _week(data: Data, kind: str, monday: date) -> dict[str, Any]:
    """One week: shares in visits, and what the tables beside them say where they cover all of it."""
    week = OfPeriod(data, Period(monday))
    visits = week.total("touches" if kind == "touches" else "spend")["visits" if kind == "touches" else "clicks"]
    found: dict[str, Any] = {"name": i18n.day_month(monday), "visits": int(visits or 0)}
    for name, find in (("direct", _direct), ("branded", _visits if kind == "touches" else _clicks)):
        told = _told(find, week)
        if told and told.kinds == (kind,):
            found[name] = round(told.value * found["visits"])
    for name, figure, table in (
        ("leads", FIGURES["leads"], data.leads),
        ("spend", FIGURES["spend"], data.spend),
        ("clients", FIGURES["new_customers"], data.orders),
    ):
        if (
            (name, kind) != ("leads", "spend")
            and _covers(table, monday)
            and (told := _told(figure.find, week))
            and told.currency in ("", data.currency)
        ):
            found[name] = round(float(told.value), 2)
    return found


def _covers(table: Callable[[], Sums], monday: date) -> bool:
    try:
        sums = table()
    except MissingError:
        return False
    return sums.first <= monday and monday + _SUNDAY <= sums.last


def _told(find: Callable[[Data], Found], data: Data) -> Found | None:
    try:
        return find(data)
    except MissingError:
        return None


DEMAND = {
    "direct_share": Figure(
        "share", "Share of direct visits", "Visits that their analytics call direct, divided by all visits.", _direct
    ),
    "branded_share": Figure(
        "share",
        "Share of branded visits",
        "Visits by campaigns of the firm's name, or clicks on them where visits do not name campaigns, of all.",
        _branded,
    ),
    "demand_by_week": Figure(
        "count",
        "Demand for the name, week by week",
        "Whole weeks with their visits, direct and branded ones, leads, spend and new clients.",
        _weeks,
    ),
}
