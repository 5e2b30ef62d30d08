"""The settings page: what the whole path needs to know of the firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from playbook import i18n, texts
from playbook.errors import Problem, WorkspaceError
from playbook.faults import seen
from playbook.given import as_date
from playbook.i18n import t, tn
from playbook.steps import STEPS
from playbook.ui import fields
from playbook.units import EXAMPLE, read_day, read_length
from playbook.workspace import Workspace

LONGEST_NAME = 200
HOURS_OF_WEEK = 168
ZONES = ("Europe/Moscow", "Europe/Kaliningrad", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Novosibirsk",
         "Asia/Vladivostok", "Asia/Almaty", "Europe/Minsk", "Europe/Kyiv", "Asia/Tashkent", "Asia/Tbilisi",
         "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "UTC")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field of the page."""

    name: str
    label: str
    hint: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    kind: str = "text"
    problem: str = ""

    @property
    def waiting(self) -> str:
        """How a date is typed."""
        return i18n.typed_day(EXAMPLE) if self.kind == "date" else ""


def lines(workspace: Workspace, sent: Mapping[str, str] | None = None) -> list[Line]:
    """The fields as they are saved, or as they were sent, each with what is wrong with it."""
    problems = {problem.field: problem for problem in check(sent)} if sent is not None else {}
    found = []
    for name, label, hint, choices, kind in _fields():
        value = sent.get(name, "") if sent is not None else _written(name, workspace.setting(name))
        problem = problems.get(name)
        said = fields.said(problem) if problem else ""
        found.append(Line(name, label, hint, value, choices, kind, said))
    return found


def check(sent: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the values sent, field by field."""
    found = []
    for name, _, _, choices, _ in _fields():
        value = sent.get(name, "").strip()
        problem = _fault(name, value, choices)
        if problem:
            found.append(problem)
    return found


def save(workspace: Workspace, sent: Mapping[str, str]) -> WorkspaceError | None:
    """Save what is right and has changed; a field with a problem stays as it was. What kept it from being saved."""
    wrong = {problem.field for problem in check(sent)}
    named = [name for name, *_ in _fields() if name in sent and name not in wrong]
    values = {name: _value(name, sent[name].strip()) for name in named}
    try:
        for name, value in values.items():
            if value != workspace.setting(name):
                workspace.set_setting(name, value)
    except WorkspaceError as error:
        return error
    return None


def misnamed(value: str) -> Problem | None:
    """What is wrong with a firm's name."""
    if 1 <= len(value) <= LONGEST_NAME:
        return None
    saw = tn("app", "{n} character", "{n} characters", len(value))
    hint = t("app", "shorten it") if value else t("app", "write the name of your business")
    return Problem("name", t("app", "A name of 1 to {most} characters is needed.", most=LONGEST_NAME), saw, hint)


def _fields() -> list[tuple[str, str, str, tuple[tuple[str, str], ...], str]]:
    scenarios = tuple((one, str(entry["name"])) for one, entry in texts.by_id("scenarios.toml", "scenarios").items())
    currencies = tuple((code, f"{code} · {i18n.money_sign(code)}") for code in i18n.CURRENCIES)
    named = {"Europe/Kyiv": t("app", "Kyiv")}  # CLDR has no Russian for this name of the zone yet
    zones = tuple((zone, named.get(zone) or i18n.city(zone)) for zone in ZONES)
    none = (("", t("app", "not chosen yet")),)
    country = next(spec for spec in STEPS["thirty-days"].asks.fields() if spec.name == "country")
    lands = (("", t("app", "by the currency")), *country.choices)
    here = (("", t("app", "of this computer")),)
    hints = {
        "scenario": t("app", "Fills in metrics, the plan and the choice of the core."),
        "currency": t("app", "Imported money of another currency is never mixed in."),
        "start": t("app", "All dates of the plan move with it."),
        "hours_per_week": t("app", "Of everyone who works on it, together."),
        "timezone": t("app", "For exports that do not name theirs."),
    }
    return [
        ("name", t("app", "The firm's name"), "", (), "text"),
        ("scenario", t("app", "Kind of business"), hints["scenario"], none + scenarios, "choice"),
        ("currency", t("app", "Currency"), hints["currency"], currencies, "choice"),
        ("start", t("app", "First day of the 30"), hints["start"], (), "date"),
        ("hours_per_week", t("app", "Hours a week for the plan"), hints["hours_per_week"], (), "number"),
        ("country", country.label, country.hint, lands, "choice"),
        ("timezone", t("app", "Time zone"), hints["timezone"], here + zones, "choice"),
    ]


def _fault(name: str, value: str, choices: tuple[tuple[str, str], ...]) -> Problem | None:
    if name == "name":
        return misnamed(value)
    if choices and value not in dict(choices):
        return Problem(name, t("app", "This is not on the list."), hint=t("app", "choose one of the values"))
    if name == "start" and value:
        try:
            read_day(value)
        except PydanticCustomError as error:
            return Problem(name, t("app", "This is not a date."), seen(value), error.message())
    if name == "hours_per_week" and value and not 0 <= _hours(value) <= HOURS_OF_WEEK:
        return _hours_needed(name, value)
    return None


def _hours_needed(name: str, value: str) -> Problem:
    what = t("app", "Hours of a week are needed: from 0 to {most}.", most=HOURS_OF_WEEK)
    return Problem(name, what, seen(value), t("app", "write a number, for example 5"))


def _hours(value: str) -> float:
    try:
        return read_length(value, "hours", decimal_comma=i18n.language() == "ru")
    except ValueError:
        return -1


def _value(name: str, value: str) -> Any:
    if not value:
        return None
    if name == "start":
        return read_day(value).isoformat()
    if name == "timezone":
        return ZoneInfo(value).key
    return _hours(value) if name == "hours_per_week" else value


def _written(name: str, value: Any) -> str:
    if name == "start" and (day := as_date(value)):
        return i18n.typed_day(day)
    return "" if value is None else i18n.number(value) if isinstance(value, int | float) else str(value)
