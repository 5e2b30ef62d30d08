"""The rows that a person adds to the plan: who does a task, tasks and days off of one's own."""

from __future__ import annotations

from typing import ClassVar, Literal

from playbook import units
from playbook.model import Part

CONTEXT = "thirty-days"


class Handed(Part):
    """A task that someone else than the plan's owner does."""

    name_of_question = CONTEXT
    task: units.Name = ""
    """Which task"""
    owner: units.Name = ""
    """Who does it"""


class Own(Part):
    """A task of one's own beside those of the bank."""

    name_of_question = CONTEXT
    labels: ClassVar = {"1": "week 1", "2": "week 2", "3": "week 3", "4": "week 4"}
    task: units.Name = ""
    """What is to be done"""
    minutes: units.Minutes = 30
    """How long it takes"""
    week: Literal["1", "2", "3", "4"] = "1"
    """In which week"""
    done_when: units.Name = ""
    """How we know that it is done"""


class Away(Part):
    """Days of one's own on which nobody works on the plan."""

    name_of_question = CONTEXT
    first: units.Day | None = None
    """From"""
    last: units.Day | None = None
    """To

    Empty for a single day."""
