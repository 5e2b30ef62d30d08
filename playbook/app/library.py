"""The handbook: symptoms with their causes, questions and answers, the glossary; one page to search in."""

from __future__ import annotations

from dataclasses import dataclass

from playbook import texts
from playbook.i18n import t
from playbook.steps import STEPS, href


@dataclass(frozen=True)
class Entry:
    """One entry: what is looked for, what it says, and the step where it is dealt with."""

    id: str
    title: str
    lines: tuple[str, ...]
    href: str = ""
    step: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Shelf:
    """Entries of one kind."""

    id: str
    title: str
    note: str
    entries: tuple[Entry, ...]


def shelves() -> tuple[Shelf, ...]:
    """Everything the handbook holds, in the reader's language."""
    hurts = t("app", "A symptom, its cause, and the step that mends it.")
    ours = t("app", "Terms marked with a dot are defined by us.")
    return (
        Shelf("symptoms", t("app", "What hurts"), hurts, _symptoms()),
        Shelf("faq", t("app", "Questions and answers"), "", _faq()),
        Shelf("glossary", t("app", "Glossary"), ours, _terms()),
    )


def _symptoms() -> tuple[Entry, ...]:
    errors = texts.by_id("symptoms.toml", "errors")
    found = []
    for symptom in texts.load("symptoms.toml")["symptoms"]:
        error = errors[symptom["error"]]
        cause = t("app", "Cause: {cause}", cause=f"{error['title']}. {error['cause']}")
        mend = t("app", "What to do: {fix}", fix=error["fix"])
        found.append(_entry(symptom["id"], symptom["title"], (symptom["sign"], cause, mend), error["step"]))
    return tuple(found)


def _faq() -> tuple[Entry, ...]:
    return tuple(
        _entry(one["id"], one["question"], (one["answer"],), one["step"]) for one in texts.load("faq.toml")["faq"]
    )


def _terms() -> tuple[Entry, ...]:
    found = []
    for term in texts.load("glossary.toml")["terms"]:
        also = ", ".join(term["also"])
        lines = (term["definition"], *((t("app", "Also: {names}", names=also),) if also else ()))
        found.append(Entry(term["id"], term["term"], lines, tag="ours" if term["mark"] == "ours" else ""))
    return tuple(sorted(found, key=lambda entry: entry.title.lower()))


def _entry(ident: str, title: str, lines: tuple[str, ...], step: str) -> Entry:
    page, name = (STEPS[step].page, STEPS[step].title()) if step in STEPS else (step, t("app", "Your data"))
    return Entry(ident, title, lines, href(page), name)
