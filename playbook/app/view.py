"""What the frame and the home page show of a workspace, ready to be written: one look along the path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from playbook import calendars, i18n, recent, rules, texts
from playbook.app import plan
from playbook.given import as_date
from playbook.i18n import t, tn
from playbook.questions.ten import says
from playbook.steps import DOCUMENTS, PAGES, PATH, STEPS, Step, href
from playbook.ui import still
from playbook.ui.page import Page
from playbook.walk import State, Walk
from playbook.workspace import Workspace

Mark = Literal["done", "open", "now", "part", "todo"]
CLOCKS = {"start": "ten_questions_minutes", "diagnosis": "diagnosis_minutes"}
"""Pages answered against the clock, and the rule that says how long."""
MEASURED = (*CLOCKS, "weekly_review")
"""Pages that take a look at things as they are, so that no answer leaves them open."""
ALONE = ("data",)
"""Pages off the path that read in one column."""
DAYS_OF_PLAN = 30


@dataclass(frozen=True)
class Stop:
    """One stop of the path: where it stands and, in one line, what is there."""

    key: str
    href: str
    label: str
    name: str
    state: State
    mark: Mark
    word: str
    line: str


@dataclass(frozen=True)
class Clock:
    """A countdown of a page, and what it announces each minute, from none left upward."""

    seconds: int
    said: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """Answers given so far, one mark a question."""

    cells: tuple[bool, ...]
    text: str


@dataclass(frozen=True)
class Overview:
    """A workspace as the frame shows it."""

    page: str
    title: str
    name: str
    mark: str
    """Tells this workspace from others without saying where it lies."""
    saved: str
    unsaved: str
    """What keeps changes from being saved; empty where nothing does."""
    revision: int
    stops: tuple[Stop, ...]
    plan: tuple[plan.Value, ...]
    clock: Clock | None
    tally: Tally | None
    kicker: str
    """Where the page stands on the path."""
    first: Mapping[str, str] = field(default_factory=dict)
    """What can be read before the notebook is there, by the cells whose places it keeps; escaped."""

    @property
    def start(self) -> tuple[Stop, ...]:
        """The ten questions and the diagnosis."""
        return self.stops[:2]

    @property
    def seven(self) -> tuple[Stop, ...]:
        """The seven steps."""
        return tuple(stop for stop in self.stops if STEPS[stop.key].number)

    @property
    def work(self) -> tuple[Stop, ...]:
        """What follows the steps."""
        return tuple(stop for stop in self.stops[2:] if not STEPS[stop.key].number)

    @property
    def papers(self) -> tuple[tuple[str, str, bool], ...]:
        """The documents: address, name, and whether this page is it."""
        return tuple((href(step.page), step.title(), step.page == self.page) for step in DOCUMENTS)

    @property
    def here(self) -> Stop | None:
        """The stop of this page."""
        return next((stop for stop in self.stops if stop.mark == "now"), None)


def layout(page: str) -> str:
    """How a page's cells stand: `one` column, or `two` with the inputs beside the answer."""
    return "one" if page in CLOCKS or page in ALONE else "two"


def build(user: Mapping[str, str], page: str = "", *, first: bool = False) -> Overview:
    """The frame's data for whoever asks, on `page`; with `first` also what the page shows before its notebook."""
    with opened(user["workspace"], user["language"]) as workspace:
        seen = of(Walk(workspace), page)
        return replace(seen, first=_first(workspace, page, user["language"])) if first else seen


@contextmanager
def opened(path: Path | str, language: str) -> Iterator[Workspace]:
    """A workspace to look into or to write to, in the reader's language and its own currency."""
    with (
        closing(Workspace.open(path)) as workspace,
        i18n.speaking(language, str(workspace.setting("currency", "USD"))),
    ):
        yield workspace


def of(walk: Walk, page: str = "", *, lines: bool = False) -> Overview:
    """The frame's data of one look; with `lines` also what each stop holds, which only the home page shows."""
    saved, refused = walk.workspace.saved_at(), walk.workspace.refusal()
    step = PAGES.get(page)
    here = step.home.page if step and step not in DOCUMENTS else page
    return Overview(
        page=page,
        title=step.title() if step else t("app", "Your data" if page in ALONE else "Home"),
        name=str(walk.workspace.setting("name", walk.workspace.path.name)),
        mark=recent.mark(walk.workspace.path),
        saved=i18n.clock(saved.astimezone()) if saved else "",
        unsaved=refused.what if refused else "",
        revision=walk.workspace.revision(),
        stops=tuple(_stop(walk, stop, here, lines=lines) for stop in PATH),
        plan=plan.values(walk, step.key if step else "", calendars.today()),
        clock=_clock(page),
        tally=tally(walk, page),
        kicker=step.kicker() if step else "",
    )


def _first(workspace: Workspace, page: str, language: str) -> Mapping[str, str]:
    if page not in PAGES and page not in ALONE:
        return {}
    key = PAGES[page].key if page in PAGES else page
    return {cell: Markup(html) for cell, html in still.first(Page(workspace, key, language)).items()}  # noqa: S704 - Page escapes


def tally(walk: Walk, page: str) -> Tally | None:
    """How far the ten questions or the diagnosis are answered; None on other pages."""
    if page not in CLOCKS:
        return None
    key = PAGES[page].key
    names = [entry["id"] for entry in texts.load(f"{key}.toml")["questions" if key == "ten" else "criteria"]]
    fields = walk.current(key)
    cells = tuple((found := fields.get(f"answers/{name}")) is not None and says(found.value) for name in names)
    text = tn("app", "{n} answer of {all}", "{n} answers of {all}", sum(cells), all=i18n.number(len(cells)))
    return Tally(cells, text)


def _stop(walk: Walk, step: Step, page: str, *, lines: bool) -> Stop:
    state = walk.state(step.key)
    answered: Mark = "open" if state == "done" and unsettled(walk, step) else state
    mark: Mark = "now" if step.page == page else answered
    return Stop(
        key=step.key,
        href=href(step.page),
        label=_label(step),
        name=step.title(),
        state=state,
        mark=mark,
        word=_word(mark),
        line=line(walk, step, state) if lines else "",
    )


def unsettled(walk: Walk, step: Step) -> bool:
    """Whether a step's answer is that something is missing; a measurement is done once it is taken."""
    return step.page not in MEASURED and walk.face(step.key).verdict.kind != "yes"


def line(walk: Walk, step: Step, state: State) -> str:
    """What a step holds, in one line: its verdict, or the question it will ask."""
    return str(step.text("question")) if state == "todo" else walk.face(step.key).verdict.say


def _label(step: Step) -> str:
    """What stands in the stop's disc; nothing for the week, which comes round again and has a sign of its own."""
    named = {"ten": "10", "maturity": "20", "thirty-days": "30"}
    return str(step.number) if step.number else named.get(step.key, "")


def _word(mark: Mark) -> str:
    return {
        "done": t("app", "done"),
        "open": t("app", "answered, something is still to be done"),
        "now": t("app", "you are here"),
        "part": t("app", "begun"),
        "todo": t("app", "ahead"),
    }[mark]


def _clock(page: str) -> Clock | None:
    if page not in CLOCKS:
        return None
    minutes = round(rules.get(CLOCKS[page]).high or 0)
    left = (tn("app", "{n} minute left", "{n} minutes left", n) for n in range(1, minutes + 1))
    return Clock(minutes * 60, (t("app", "Time is up. Your answers are saved; go on calmly."), *left))


def day_of_plan(walk: Walk, today: date) -> int | None:
    """Which day of the thirty it is; None before the first and after the last."""
    start = as_date(walk.value("thirty-days", "start"))
    day = (today - start).days + 1 if start else 0
    return day if 1 <= day <= DAYS_OF_PLAN else None
