"""Our bank of tasks: what each kind of business does in thirty days, and which pillar each task belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from playbook import texts
from playbook.i18n import language

OWN = "own"


@dataclass(frozen=True)
class Task:
    """A task in the reader's language: one of the bank, or one that the person added."""

    id: str
    week: int
    order: int
    minutes: int
    step: str
    title: str
    why: str
    done_when: str
    must: bool = False
    """One of the few that the plan is no plan without."""
    scenarios: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    loop: str = ""


def pillars() -> dict[int, str]:
    """The names of the four pillars by week, in the reader's language."""
    return {item["week"]: item["title"] for item in texts.load("thirty_days.toml")["pillars"]}


def outcomes() -> dict[int, str]:
    """What each pillar leaves behind, by week."""
    return {item["week"]: item["outcome"] for item in texts.load("thirty_days.toml")["pillars"]}


def bank() -> dict[str, Task]:
    """Every task of the bank by its id."""
    return _bank_in(language())


def of_scenario(scenario: str) -> tuple[Task, ...]:
    """The tasks of a kind of business, with those of all kinds."""
    return tuple(task for task in bank().values() if {scenario, "all"}.intersection(task.scenarios))


def criteria() -> dict[str, str]:
    """The item of the checklist behind each criterion of the diagnosis."""
    return {item["id"]: item["item"] for item in texts.load("maturity.toml")["criteria"]}


def points() -> dict[str, str]:
    """What each criterion of the diagnosis is called as a growth point."""
    return {item["id"]: item["title"] for item in texts.load("maturity.toml")["criteria"]}


@cache
def _bank_in(lang: str) -> dict[str, Task]:
    return {item["id"]: _task(item) for item in texts.load("thirty_days.toml", lang)["tasks"]}


def _task(item: dict[str, Any]) -> Task:
    facts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in item.items()}
    return Task(**facts)
