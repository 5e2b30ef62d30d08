"""Fields of an open page by their names, for a test to type into."""

from __future__ import annotations

from playbook.ui.form import Field
from playbook.ui.page import Page


def field(page: Page, name: str) -> Field:
    """The field of the page's form with this name."""
    return next(each for group in page.sets() for each in group.fields if each.name == name)


def decided(page: Page, name: str) -> Field:
    """The field of the decision box with this name."""
    return next(each for each in page.decision().fields if each.name == name)
