"""A step's page: what it shows and what it saves, without marimo, so that it can be tested as plain Python."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial, wraps
from html import escape
from json import dumps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zlib import crc32

from playbook import addresses, faces, i18n, presets, texts
from playbook.display import Face, Verdict, sentence, wait
from playbook.errors import Problem, WorkspaceError
from playbook.given import Given, written
from playbook.i18n import t
from playbook.questions.thirty_days import Plan
from playbook.steps import STEPS, Step, after, beside, documents, href
from playbook.ui import fields, files, form, guide, provenance, trying
from playbook.ui.form import Field, FieldSet
from playbook.ui.provenance import line, link
from playbook.walk import Walk
from playbook.workspace import Change, Saved, Workspace

CHANGES_SHOWN, LONGEST_PAST, FIGURES_OF_CARD = 12, 80, 2
P = ParamSpec("P")
R = TypeVar("R")
Of = TypeVar("Of", bound="Page")


def in_language(method: Callable[Concatenate[Of, P], R]) -> Callable[Concatenate[Of, P], R]:
    """Run a page's method in the page's own language and currency, under its firm's address."""

    @wraps(method)
    def spoken(self: Of, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.speaking():
            return method(self, *args, **kwargs)

    return cast("Callable[Concatenate[Of, P], R]", spoken)


class Page:
    """One open page of one person: the step, the language, and the revisions that this window has seen.

    Its links lead to where the firm's pages lay when it was opened.
    """

    def __init__(self, workspace: Workspace, key: str, language: str, author: str = "") -> None:
        self.workspace = workspace
        self.key = key
        self.language = language
        self.currency = str(workspace.setting("currency", "USD"))
        self.author = author
        self.place = addresses.place()
        self.seen: dict[str, int] = {}
        self.told: dict[str, str] = {}
        self.kept: dict[str, int] = {}
        self.refused: WorkspaceError | None = workspace.refusal()
        self.trouble: WorkspaceError | None = None
        self.tried = trying.BACK
        self._latest: tuple[object, Walk] | None = None

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Speak the page's language and currency, and write links under its firm's address."""
        with i18n.speaking(self.language, self.currency), addresses.under(self.place):
            yield

    @in_language
    def opening(self) -> str:
        """The step's question in one line and why it matters in two."""
        text = STEPS[self.key].guide() if self.key in STEPS else texts.load("guides.toml")[self.key]
        return guide.opening(self._kicker(text), text)

    @in_language
    def sets(self) -> list[FieldSet]:
        """The form's sets as they stand; the window has now seen their revisions."""
        return [self._noted(group) for group in form.sets(self.walk(), self.key)]

    @in_language
    def save(self, field: Field, raw: str | None) -> Saved | None:
        """Save what was typed into one field, as a value or, when it is not one, as a draft.

        A workspace that takes no change says so beside the field and over the answer; the words stay in the field.
        """
        value, problem = fields.read(field.part, field.spec, raw)
        kept: Any = raw if problem else value
        base = self.seen.get(field.name)
        self.told.pop(field.name, None)
        saved = None
        with self._minding(field.name):
            saved = self.workspace.save(
                self.key, field.name, kept, draft=problem is not None, base=base, author=self.author
            )
            self.seen[field.name] = saved.revision
            self.kept[field.name] = crc32(fields.typed(field.spec, raw).encode())
            if problem is not None:
                self.told[field.name] = fields.said(problem)
            elif saved.conflict is not None:
                self.told[field.name] = self._conflict(field, saved.conflict)
        return saved

    def reshapes(self, field: Field, raw: str | None) -> bool:
        """Whether a field decides which others are asked, or, as a chosen metric, in what unit.

        The name of a metric of one's own is being typed and does not, until it is emptied.
        """
        step, path = STEPS[self.key], re.sub(r"/\d+/", "/", field.name)
        asking = any(field.name == other for other, _ in step.when.values()) or any(
            path == f"{listed.partition('/')[0]}/{other}" for listed, others in step.stages.items() for other in others
        )
        metric = field.name.startswith("chosen/") and field.name.endswith("/metric")
        return asking or (metric and (field.spec.kind == "choice" or not raw))

    @in_language
    def take_data(self, field: Field) -> None:
        """Give a field to the data: what they show is written down, and a typed number makes way for theirs.

        Where a number of an earlier step stands, theirs is written down, as there is nothing to make way.
        """
        given = field.given
        taken = given.fact.value if given is not None and given.kind == "taken" else None
        self._put(field, taken if field.proof is None else field.proof.evidence)

    @in_language
    def keep_typed(self, field: Field) -> None:
        """Give a field back to what was typed before newer data took its place."""
        if field.given is not None and field.given.mine is not None:
            self._put(field, field.given.mine)

    def _put(self, field: Field, value: Any) -> None:
        self.told.pop(field.name, None)
        self.kept.pop(field.name, None)
        with self._minding(field.name):
            self.workspace.save(self.key, field.name, value, author=self.author)

    @in_language
    def add_row(self, rows: str) -> None:
        """Add an empty row to a list."""
        with self._minding(rows):
            self.workspace.add_row(self.key, rows, presets.begun(self.key, rows, _today()))

    @in_language
    def take_rows(self, rows: str) -> None:
        """Make the rows that were taken over the person's own, to be changed."""
        with self._minding(rows), self.workspace.together():
            for row in self.walk().value(self.key, rows) or ():
                self.workspace.add_row(self.key, rows, row)

    @in_language
    def give_rows(self, rows: str) -> None:
        """Give a list to the data: the rows of one's own make way, and one undo brings them back."""
        with self._minding(rows), self.workspace.together():
            for row in self.workspace.rows(self.key, rows):
                self.workspace.drop_row(self.key, rows, row)

    @in_language
    def drop_row(self, rows: str, row: str) -> None:
        """Take a row out of a list."""
        with self._minding(rows):
            self.workspace.drop_row(self.key, rows, row)

    @in_language
    def buttons(self, group: FieldSet) -> dict[str, Callable[[], None]]:
        """The buttons of a set by their words, and what each does."""
        found: dict[str, Callable[[], None]] = {}
        if group.adds:
            found[t("ui", "Add a row")] = partial(self.add_row, group.adds)
        if group.takes:
            found[t("ui", "Take the rows over to change them")] = partial(self.take_rows, group.takes)
        if group.gives:
            found[t("ui", "Take from your data")] = partial(self.give_rows, group.gives)
        if group.row:
            found[t("ui", "Delete")] = partial(self.drop_row, *group.row)
        return found

    @in_language
    def undo(self) -> None:
        """Take back the newest change of this step's form; the decision beside it has its own words and stays."""
        with self._minding("undo"):
            box = form.decision(self.walk(), self.key)
            self.workspace.undo(self.key, keep=[field.name for field in box.fields])
            self.told.clear()
            self.kept.clear()

    @in_language
    def actions(self) -> dict[str, str]:
        """What the playbook can fill in or try on this page, by name, with the button's words."""
        if self.key == trying.STEP:
            return trying.buttons(self.walk(), self.tried)
        return {
            "kpi": {"metrics": t("ui", "Take the metrics of my scenario")},
            "ideas": {"decide": t("ui", "Take the results into the week’s decisions")},
            "week": {"close": t("ui", "Close the week")},
            "thirty-days": {"carry": t("ui", "Plan the rest anew from today")},
        }.get(self.key, {})

    @in_language
    def act(self, name: str) -> None:
        """Do what a button of `actions` says."""
        if self.key == trying.STEP:  # nothing is saved
            self.tried = name
            return
        with self._minding(name):
            if name == "metrics":
                presets.add_scenario_metrics(self.workspace)
            elif name == "close":
                presets.close_week(self.workspace, _today())
                presets.settle_ends(self.workspace)
            elif name == "decide":
                presets.decide_tests(self.workspace, _today())
            elif name == "carry":
                self.workspace.save(self.key, "carry_from", _today().isoformat(), author=self.author)

    @in_language
    def tick(self, task: str, ticked: bool) -> None:
        """Keep that a task of the plan is done, with the day, or that it is not."""
        with self._minding("done"):
            day = _today().isoformat() if ticked else None
            self.workspace.save(self.key, f"done/{task}", day, author=self.author)

    def plan(self) -> Plan | None:
        """The plan as it stands, on the page that shows its days."""
        found = self.walk().answer(self.key)
        return found if isinstance(found, Plan) else None

    @in_language
    def answer(self) -> str:
        """The verdict and everything behind it, from what is saved now."""
        walk = self.walk()
        shown = self._fields(walk)
        errors = _error_list(self._errors(walk, shown))
        lent = [take.field for take in STEPS[self.key].takes if take.suggestion]
        return f"{self._shown(walk, shown)}{errors}{provenance.lines(shown, lent)}{self._state()}"

    @in_language
    def errors(self) -> dict[str, str]:
        """What is wrong, by the field beside which it is said."""
        walk = self.walk()
        return self._errors(walk, self._fields(walk))

    @in_language
    def shown(self) -> str:
        """The part of the answer that a reader sees."""
        walk = self.walk()
        return self._shown(walk, self._fields(walk))

    @in_language
    def below(self) -> str:
        """What came from the data and what was taken over, with links back, and the rules of thumb."""
        walk = self.walk()
        shown = self._fields(walk)
        face = self._face(walk, shown)
        inputs = [item for item in walk.inputs(self.key) if item.value is not None and walk.asked(self.key, item.name)]
        told = [item for item in inputs if item.kind == "data"]
        data = provenance.section(told, (walk.facts.get(name) for name in STEPS[self.key].opens if told))
        taken = (item for item in inputs if item.kind == "taken")
        took = [item for item in taken if not item.open or item.spec.kind == "rows"]  # a field says it for itself
        lines = "".join(_took(item) for item in took)
        title = f'<h2 class="pb-h3">{t("ui", "Taken over")}</h2>'
        over = f'<section class="pb-sec">{title}<ul class="pb-took">{lines}</ul></section>' if lines else ""
        lists = files.audiences() if self.key == "rfm" and walk.answer("rfm") else ""
        return f'<div class="pb">{lists}{data}{over}{faces.rules(face.rules)}{self._history(shown)}</div>'

    @in_language
    def decision(self) -> FieldSet:
        """The decision box as it stands; the window has now seen its revisions."""
        return self._noted(form.decision(self.walk(), self.key))

    @in_language
    def onward(self) -> str:
        """When the decision was written down, and the way on."""
        decided = self.walk().decision(self.key)
        said = ""
        if decided:
            when = f"{i18n.day_month(decided.time.astimezone())}, {i18n.clock(decided.time.astimezone())}"
            said = f'<p class="meta">{t("ui", "Written down:")} <b>{when}</b></p>'
            if decided.review and decided.review <= _today():
                said += f'<p class="meta due">{t("ui", "The review day has come: does it still hold?")}</p>'
        following = after(self.key)
        if following is None:
            return said
        name = escape(following.title())
        words = t("ui", "Back to: {name}", name=name) if STEPS[self.key].beside else t("ui", "Next: {name}", name=name)
        return (
            f'{said}<div class="pb-next"><a class="pb-btn" href="{href(following.page)}">'
            f"{words} {faces.glyph('arrow')}</a></div>"
        )

    @in_language
    def rest(self) -> str:
        """The calculators and documents beside this step: what each says now, and the way to its page."""
        walk, shown = self.walk(), ""
        titled = (
            (t("ui", "Calculators for this step"), beside(self.key)),
            (t("ui", "Documents for this step"), documents(self.key)),
        )
        for title, found in titled:
            cards = "".join(in_short(walk, step) for step in found)
            if cards:
                shown += f'<section><h2 class="pb-h2">{title}</h2><div class="pb-cards">{cards}</div></section>'
        return f'<div class="pb">{shown}</div>' if shown else ""

    @in_language
    def reports(self) -> str:
        """The button that writes the week to files, and the weeks written so far, the newest first."""
        return files.weeks(self.walk())

    @in_language
    def exports(self) -> str:
        """The document as files: as it is filled in, and as an empty sheet."""
        return files.document(self.key)

    def _shown(self, walk: Walk, shown: list[Field]) -> str:
        face = self._face(walk, shown)
        sections = () if self.key == "thirty-days" else face.sections  # the weeks of the plan stand below, day by day
        body = str(faces.face(replace(face, rules=(), sections=sections), link, live=True))
        return f'<div class="pb pb-answer">{self._alarm()}{body}{_strip(face.verdict)}</div>'

    def walk(self) -> Walk:
        """A look at the workspace as it is now, one for all cells that a change runs."""
        now = (self.workspace.stamp(), self.language, self.currency, _today(), int(time.time() // 60))
        if self._latest is None or self._latest[0] != now:
            self._latest = now, Walk(self.workspace)
        return self._latest[1]

    def _noted(self, group: FieldSet) -> FieldSet:
        self.seen |= {field.name: field.revision or 0 for field in group.fields}
        return group

    def _history(self, shown: list[Field]) -> str:
        """The newest changes of the step, folded."""
        labels = {field.name: field.spec for field in shown}
        lines = []
        for change in self.workspace.history(self.key):
            spec = labels.get(change.field)
            if spec is None:
                continue
            value = written(change.value, spec) if change.kind == "value" else str(change.value)
            when = f"{i18n.day_month(change.time.astimezone())}, {i18n.clock(change.time.astimezone())}"
            lines.append((when, spec.label, value[:LONGEST_PAST] or "—"))
            if len(lines) == CHANGES_SHOWN:
                break
        if not lines:
            return ""
        rows = "".join(line(label, value, f'<span class="src">{when}</span>') for when, label, value in lines)
        title = t("ui", "Latest changes")
        return f'<details class="pb-history"><summary>{title}</summary><ul class="pb-took">{rows}</ul></details>'

    def _kicker(self, text: dict[str, Any]) -> str:
        return STEPS[self.key].kicker() if self.key in STEPS else str(text["name"])

    def _fields(self, walk: Walk) -> list[Field]:
        return [field for group in form.sets(walk, self.key) for field in group.fields]

    def _face(self, walk: Walk, shown: list[Field]) -> Face:
        """The answer's face; while a field holds what cannot be used, the fields to mend come first."""
        wrong = [field.spec.label for field in _drafts(shown)] + [label for _, label, _ in self._wrong(walk)]
        if wrong:
            say = t("ui", "Mend the marked field: {names}.", names=", ".join(dict.fromkeys(wrong)))
            return wait(say, t("ui", "Everything else is saved."))
        return trying.face(walk, self.tried) if self.tried else walk.face(self.key)

    def _errors(self, walk: Walk, shown: list[Field]) -> dict[str, str]:
        """Words beside the fields: faults of single fields, and those that only the whole question shows."""
        found = {}
        decided = [field for field in form.decision(walk, self.key).fields if field.draft is not None]
        for field in [*_drafts(shown), *decided]:
            _, problem = fields.read(field.part, field.spec, field.draft)
            found[field.name] = fields.said(problem) if problem else ""
        for name, _, problem in self._wrong(walk):
            found.setdefault(name, fields.said(replace(problem, saw="")))  # it stands in the field itself
        return {**found, **self.told}

    def _wrong(self, walk: Walk) -> list[tuple[str, str, Problem]]:
        """Typed values that are sound alone and wrong together, such as two targets of a goal: field, label, fault."""
        found = ((form.place(walk, self.key, problem.field), problem) for problem in walk.problems(self.key))
        return [(*place, problem) for place, problem in found if place]

    @contextmanager
    def _minding(self, name: str) -> Iterator[None]:
        """Turn a save that the workspace refuses into words beside the field and over the answer."""
        try:
            yield
            self.refused = self.trouble = None
        except WorkspaceError as error:
            self.trouble = error
            self.told[name] = f"{t('ui', 'Not saved. {what}', what=error.what)} {sentence(error.hint)}"

    def _alarm(self) -> str:
        """What keeps changes from being saved, over everything else."""
        if self.trouble is None:
            return ""
        what = t("ui", "Not saved. {what}", what=self.trouble.what)
        said = Verdict("no", t("ui", "Your changes are not saved"), what, sentence(self.trouble.hint))
        return str(faces.verdict(said))

    def _conflict(self, field: Field, conflict: Change) -> str:
        other = written(conflict.value, field.spec) if conflict.kind == "value" else str(conflict.value)
        when = i18n.clock(conflict.time.astimezone())
        return t(
            "ui",
            "Another window saved {other} at {time}. Yours is kept now; undo brings the other back.",
            other=other or "—",
            time=when,
        )

    def _state(self) -> str:
        """What the page's script reads: when anything was saved last, what keeps changes from being saved, a number
        that changes with every save, and the checksum of what each field held when this window saved it; whatever else
        was typed is not on disk.
        """
        at = self.workspace.saved_at()
        refused = self.trouble or self.refused
        marks = {
            "saved": i18n.clock(at.astimezone()) if at else "",
            "unsaved": refused.what if refused else "",
            "revision": str(self.workspace.revision()),
            "kept": dumps(self.kept),
        }
        written = "".join(f' data-{name}="{escape(value)}"' for name, value in marks.items())
        return f'<div class="pb-state"{written} hidden></div>'


def _today() -> date:
    """The day it is where the reader is."""
    return datetime.now().astimezone().date()


def in_short(walk: Walk, step: Step) -> str:
    """A calculator in short: its verdict and first figures, or the question it answers."""
    head = f'<h3 class="pb-h3"><a href="{href(step.page)}">{escape(step.title())}</a></h3>'
    if walk.answer(step.key) is None:
        said = f'<p class="pb-sub">{escape(str(step.text("question")))}</p>'
        return f'<article class="pb-card" id="{step.key}">{head}{said}</article>'
    face = walk.face(step.key)
    kind, say = face.verdict.kind, escape(face.verdict.say)
    word = f'<p class="pb-word" data-v="{kind}">{faces.glyph(kind)} {say}</p>'
    figures = faces.numbers(face.numbers[:FIGURES_OF_CARD])
    return f'<article class="pb-card" id="{step.key}">{head}{word}{figures}</article>'


def section(group: FieldSet, rows: str, buttons: str) -> str:
    """A set of the form around its fields and buttons; a row of a long list folds under its name."""
    title = f"<h2>{escape(group.title)}</h2>" if group.title else ""
    note = f'<p class="pb-sub">{escape(group.note)}</p>' if group.note else ""
    body = f'{note}<div class="pb-fields">{rows}</div><div class="pb-buttons">{buttons}</div>'
    if group.folds:
        summary = f'<summary>{title}<span class="what">{escape(group.name)}</span></summary>'
        seldom = " pb-seldom" * group.seldom
        return f'<details class="pb-set pb-item{seldom}"{" open" * group.open}>{summary}{body}</details>'
    return f'<section class="{"pb-set pb-item" if group.row else "pb-set"}">{title}{body}</section>'


def label(field: Field) -> str:
    """The field's label with its unit, as the widget takes it."""
    unit = fields.suffix(field.spec)
    return escape(field.spec.label) + (f' <span class="pb-u">{escape(unit)}</span>' if unit else "")


def _drafts(shown: list[Field]) -> list[Field]:
    return [field for field in shown if field.draft is not None]


def _strip(verdict: Verdict) -> str:
    """The verdict in one line and the way to the fields, for the foot of a phone."""
    word, way = faces.glyph(verdict.kind), t("ui", "To the fields")
    said = f'{word} <span>{escape(verdict.say)}</span><a href="#fields">{way}</a>'
    return f'<div class="pb-phone" data-v="{verdict.kind}">{said}</div>'


def _took(item: Given) -> str:
    source = f'<a class="src" href="{link(item.source_step)}">{escape(item.source_text)}</a>'
    if item.source_step == "settings":
        source = f'<span class="src">{escape(item.source_text)}</span>'
    return line(item.label, item.value_text, source)


def _error_list(errors: dict[str, str]) -> str:
    lines = "".join(f'<p data-for="{escape(name)}">{escape(text)}</p>' for name, text in errors.items() if text)
    return f'<div class="pb-errs" hidden>{lines}</div>'
