"""What the home page says: the next thing to do, two scores against their limits, three growth points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook import calendars, i18n, rules, texts
from playbook.app import uploads, view, workspaces
from playbook.display import inside
from playbook.errors import PlaybookError
from playbook.i18n import t, tn
from playbook.steps import PATH, STEPS, Step, href
from playbook.walk import Walk

STEPS_NAMED = 7


@dataclass(frozen=True)
class Next:
    """The next thing to do."""

    kick: str
    title: str
    why: str
    href: str
    action: str


@dataclass(frozen=True)
class Score:
    """A value against its limit: `cells` for the ten questions, a bar with a mark for the diagnosis."""

    name: str
    value: str
    of: str
    label: str
    line: str
    href: str
    action: str
    cells: tuple[bool, ...] = ()
    at: float = 0
    limit: float = 0


@dataclass(frozen=True)
class Point:
    """One growth point."""

    tag: str
    title: str
    text: str
    href: str
    action: str


@dataclass(frozen=True)
class Wrong:
    """What kept a workspace from being made or opened, said beside the form that asked; `sent` stands in it again."""

    way: str
    error: PlaybookError
    sent: Mapping[str, str]


@dataclass(frozen=True)
class Home:
    """The home page of one look."""

    day: str
    title: str
    early: str
    """That it is too early to judge channels, and until when; else empty."""
    next: Next
    scores: tuple[Score, Score]
    data: str
    """What has been brought of the firm's own figures, or what bringing them would do."""
    points: tuple[Point, ...]
    sample: str
    """Which sample firm this is a copy of; empty for a firm of one's own."""
    firms: tuple[workspaces.Firm, ...]
    others: tuple[workspaces.Other, ...]
    place: str
    """The folder of the workspace that is open."""
    most_mb: str
    """How large a packed workspace may be that is sent here."""
    most_bytes: int
    by_command: str
    """The way in for a larger one."""


def of(walk: Walk) -> Home:
    """The home page's data of one look."""
    return Home(
        day=_day(walk),
        title=_title(walk),
        early=walk.early(),
        next=_next(walk),
        scores=(_ten(walk), _maturity(walk)),
        data=_data(walk),
        points=tuple(_points(walk)),
        sample=str(walk.workspace.setting("sample", "")),
        firms=workspaces.firms(),
        others=workspaces.others(walk.workspace.path, calendars.today()),
        place=workspaces.shown(walk.workspace.path),
        most_mb=uploads.megabytes(),
        most_bytes=uploads.MOST_BYTES,
        by_command=uploads.by_command(),
    )


def _data(walk: Walk) -> str:
    brought = [batch.time for batch in walk.workspace.batches() if batch.active]
    if not brought:
        return t("app", "Bring files from your ads, CRM or shop: the steps then count with your own figures.")
    day = i18n.day_month(max(brought).astimezone())
    return tn("app", "{n} file brought, {day}.", "{n} files brought, the last one on {day}.", len(brought), day=day)


def untouched(walk: Walk) -> bool:
    """Whether nothing on the path has been answered yet."""
    return all(walk.state(step.key) == "todo" for step in PATH)


def _day(walk: Walk) -> str:
    today = calendars.today()
    written = f"{i18n.weekday(today)}, {i18n.day_month(today)}"
    day = view.day_of_plan(walk, today)
    place = t("app", "Day {day} of 30", day=day)
    return f"{place} · {written}" if day else written


def _title(walk: Walk) -> str:
    done = sum(walk.state(step.key) == "done" and not view.unsettled(walk, step) for step in PATH if step.number)
    if untouched(walk):
        return t("app", "Begin with ten questions. They show what is not built yet.")
    if not done:
        return t("app", "The path is open. The first of seven steps is ahead.")
    said = tn("app", "{n} step of seven is ready.", "{n} steps of seven are ready.", done)
    if (step := _in_the_way(walk)) is not None:
        blocked = t("app", "In the way: {name}.", name=inside(step.title()))
        return f"{said} {blocked}"
    return t("app", "All seven steps are ready. The week decides from here.") if done == STEPS_NAMED else said


def _in_the_way(walk: Walk) -> Step | None:
    """The first answered step whose verdict says no."""
    answered = (step for step in PATH if step.number and walk.state(step.key) == "done")
    return next((step for step in answered if walk.face(step.key).verdict.kind == "no"), None)


def _next(walk: Walk) -> Next:
    """The first step without an answer; then the one whose verdict says no; then the week."""
    ahead = next((step for step in PATH if walk.state(step.key) != "done"), None)
    step = ahead or _in_the_way(walk) or STEPS["week"]
    begun = walk.state(step.key) != "todo"
    why = view.line(walk, step, "part") if begun else str(step.text("why"))
    title = step.kicker() if step.number else step.title()
    return Next(_kick(step), title, why, href(step.page), _action(step, begun=begun))


def _action(step: Step, *, begun: bool) -> str:
    if not step.number:
        return t("app", "Continue") if begun else t("app", "Open")
    if begun:
        return t("app", "Continue step {number}", number=step.number)
    return t("app", "Open step {number}", number=step.number)


def _kick(step: Step) -> str:
    said = t("app", "Next")
    if step.page not in view.CLOCKS:
        return said
    minutes = rules.get(view.CLOCKS[step.page]).high or 0
    return f"{said} · {i18n.quantity(minutes, 'minute')}"


def _ten(walk: Walk) -> Score:
    tally = view.tally(walk, "start")
    assert tally is not None  # noqa: S101 - the page of the ten questions has one
    found = sum(tally.cells)
    shorts = [entry["short"] for entry in texts.load("ten.toml")["questions"]]
    missing = [short for short, cell in zip(shorts, tally.cells, strict=True) if not cell]
    said = t("app", "Without an answer: {names}.", names=", ".join(inside(name) for name in missing))
    if not found:
        said = t("app", "Ten minutes, by heart or from your records.")
    elif not missing:
        said = t("app", "Every answer is there.")
    return Score(
        name=STEPS["ten"].title(),
        value=i18n.number(found),
        of=t("app", "of {all}", all=len(shorts)),
        label=tally.text,
        line=said,
        href=href("start"),
        action=t("app", "Answer again") if not missing else t("app", "Answer, 10 minutes"),
        cells=tally.cells,
    )


def _maturity(walk: Walk) -> Score:
    total = walk.outcome("maturity", "total")
    return _begun(walk) if total is None else _diagnosed(total)


def _begun(walk: Walk) -> Score:
    """The diagnosis before it has a total: how many criteria are answered."""
    tally = view.tally(walk, "diagnosis")
    assert tally is not None  # noqa: S101 - the page of the diagnosis has one
    return Score(
        name=STEPS["maturity"].title(),
        value=i18n.number(sum(tally.cells)),
        of=t("app", "of {all}", all=len(tally.cells)),
        label=tally.text,
        line=t("app", "Twenty criteria, fifteen minutes, three growth points."),
        href=href("diagnosis"),
        action=t("app", "Answer, 15 minutes"),
        cells=tally.cells,
    )


def _diagnosed(total: float) -> Score:
    most, edge = rules.get("diagnosis_max").high or 0, rules.get("diagnosis_threshold").low or 0
    words = {"total": i18n.number(total), "all": i18n.number(most), "limit": i18n.number(edge)}
    if total < edge:
        line = t("app", "Below {limit}: records and the offer first, then channels.", **words)
    else:
        line = t("app", "Not below {limit}: channels may grow.", **words)
    return Score(
        name=STEPS["maturity"].title(),
        value=words["total"],
        of=t("app", "of {all}", **words),
        label=t("app", "{total} of {all}, the mark stands at {limit}", **words),
        line=line,
        href=href("diagnosis"),
        action=t("app", "Look at the diagnosis"),
        at=round(100 * total / most, 1),
        limit=round(100 * edge / most, 1),
    )


def _points(walk: Walk) -> Iterator[Point]:
    known = texts.load("maturity.toml")
    by_id = {entry["id"]: entry for entry in known["criteria"]}
    for found in walk.outcome("maturity", "growth_points") or ():
        entry = by_id[found.criterion]
        step = STEPS[found.step]
        yield Point(
            tag=str(known["items"][entry["item"]]),
            title=str(entry["title"]),
            text=f"{entry['why']} {entry['action']}",
            href=href(step.page),
            action=step.kicker() if step.number else step.title(),
        )
