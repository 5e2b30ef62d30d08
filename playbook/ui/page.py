"""A step's page: what it shows, without marimo, so that it can be tested as plain Python."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from json import dumps
from typing import Any

from playbook import calendars, faces, i18n, texts
from playbook.display import Face, Verdict, sentence, wait
from playbook.errors import Problem
from playbook.given import Given, written
from playbook.i18n import t
from playbook.questions.thirty_days import Plan
from playbook.steps import STEPS, Step, after, beside, documents, href
from playbook.ui import fields, files, form, guide, provenance, trying
from playbook.ui.form import Field, FieldSet
from playbook.ui.provenance import line, link
from playbook.ui.window import Window, in_language
from playbook.walk import Walk

CHANGES_SHOWN, LONGEST_PAST, FIGURES_OF_CARD = 12, 80, 2


class Page(Window):
    """A step's page in one window: its question, its answer with all behind it, and the way on."""

    @in_language
    def opening(self) -> str:
        """The step's question in one line and why it matters in two."""
        text = STEPS[self.key].guide() if self.key in STEPS else texts.load("guides.toml")[self.key]
        return guide.opening(self._kicker(text), text)

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
    def onward(self) -> str:
        """When the decision was written down, and the way on."""
        decided = self.walk().decision(self.key)
        said = ""
        if decided:
            when = f"{i18n.day_month(decided.time.astimezone())}, {i18n.clock(decided.time.astimezone())}"
            said = f'<p class="meta">{t("ui", "Written down:")} <b>{when}</b></p>'
            if decided.review and decided.review <= calendars.today():
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

    def _alarm(self) -> str:
        """What keeps changes from being saved, over everything else."""
        if self.trouble is None:
            return ""
        what = t("ui", "Not saved. {what}", what=self.trouble.what)
        said = Verdict("no", t("ui", "Your changes are not saved"), what, sentence(self.trouble.hint))
        return str(faces.verdict(said))

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
