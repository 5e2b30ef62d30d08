"""One stop of the path: what it asks, what it takes over, and how it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from playbook import calendars, texts
from playbook.i18n import t

if TYPE_CHECKING:
    from playbook.model import Inputs
    from playbook.walk import Walk

Read = Callable[["Walk"], Any]


@dataclass(frozen=True)
class Take:
    """A value taken over: `source` is the step (or `settings`) it comes from.

    With `suggestion` the field stays open for typing, and what is typed here wins. `how` says how the value was found
    where it is not the source's own.
    """

    field: str
    source: str
    read: Read
    suggestion: bool = False
    how: Callable[[], str] | None = None


@dataclass(frozen=True)
class Step:
    """One stop of the path."""

    key: str
    number: int | None
    page: str
    question: str
    """Module and class, loaded when the step is first looked at."""
    takes: tuple[Take, ...] = ()
    facts: dict[str, str | Read] = field(default_factory=dict)
    """Field and the fact of the imported data that can fill it, by its id or as it is found on a walk."""
    along: dict[str, str] = field(default_factory=dict)
    """Field that doubtful data fill only where they fill the other one too, such as a count behind its share."""
    needs: tuple[str, ...] = ()
    """Fields that are not taken for their defaults here: until somebody tells them, they are not known."""
    opens: tuple[str, ...] = ()
    """Figures of the data whose rows the page opens, beside those that fill its fields."""
    proofs: dict[str, str | Read] = field(default_factory=dict)
    """Field and what the imported data show that may be written there: a sentence by its id, or as it is found."""
    hidden: tuple[str, ...] = ()
    """Fields that the form leaves out: for scripts, or filled by other means."""
    when: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Field (`rows/field` inside a list) and the choice that makes it ask: another field and the values of it."""
    stages: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """Field of a list (`rows/field`) and the choices in its own row that make it ask: fields and the values of each."""
    beside: tuple[str, ...] = ()
    """The steps of the path that a calculator or a document serves, the first one being its home; empty for a step."""
    room: Literal["questions", "documents"] = "questions"
    choices: dict[str, Callable[[Walk], tuple[str, ...]]] = field(default_factory=dict)
    """Field (`rows/field` inside a list) and what it is chosen from where another list names it; else it is typed."""

    @property
    def asks(self) -> type[Inputs]:
        """The question's class."""
        module, _, name = self.question.partition(":")
        found: type[Inputs] = getattr(import_module(f"playbook.{self.room}.{module}"), name)
        return found

    @property
    def home(self) -> Step:
        """The step of the path that this one is, or that a calculator stands beside first."""
        from playbook.steps import STEPS

        return STEPS[self.beside[0]] if self.beside else self

    def text(self, part: str) -> Any:
        """A part of the step's guide (`name`, `question`, `why`, `how`, ...) in the reader's language."""
        return self.guide()[part]

    def guide(self) -> dict[str, Any]:
        """The step's guide in the reader's language."""
        beside = "documents.toml" if self.room == "documents" else "calculators.toml"
        found: dict[str, Any] = texts.load(beside if self.beside else "guides.toml")[self.key]
        return found

    def title(self) -> str:
        """The step's name: «Юнит-экономика»."""
        return str(self.text("name"))

    def kicker(self) -> str:
        """Where the step stands on the path."""
        if self.room == "documents":
            return t("steps", "Document · {name}", name=self.home.title())
        if self.beside:
            return t("steps", "Calculator · {name}", name=self.home.title())
        if self.number is None:
            return self.title()
        return t("steps", "Step {number} of 7 · {name}", number=self.number, name=self.title())


TODAY = Take("today", "settings", lambda _: calendars.today())
