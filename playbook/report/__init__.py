"""The project as one file: HTML that opens without a network, prints on A4 and reads on a phone; PDF made from it.

Five lines come first; then every step with its answer, its inputs and the person's decision; then where the numbers
come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime

from playbook import calendars, i18n
from playbook.i18n import t
from playbook.report import asides, looks, parts, plain, sources, summary
from playbook.report.discreet import Discreet
from playbook.report.endings import maker
from playbook.report.selection import WHOLE, Selection
from playbook.walk import Walk, Walked
from playbook.workspace import Workspace

__all__ = ["FORMATS", "html", "pdf", "write"]

_NAMES = {"en": "English", "ru": "Русский"}


def write(workspace: Workspace, ending: str, language: str | None = None, selection: Selection = WHOLE) -> bytes:
    """The report, or what `selection` leaves of it, as the file that `ending` stands for, such as `pdf`.

    Raises:
        PlaybookError: the report is not made in this format.
    """
    make = maker(FORMATS, ending, t("report", "The report is not made in this format."))
    return make(workspace, language, selection)


def pdf(workspace: Workspace, language: str | None = None, selection: Selection = WHOLE) -> bytes:
    """The same page on A4, printed by the browser of this machine.

    Raises:
        NoBrowser, Failure: there is none, or it could not print.
    """
    from playbook.report import browser

    page = html(workspace, language, selection)
    with _speaking(workspace, language):
        return browser.pdf(page)


def html(workspace: Workspace, language: str | None = None, selection: Selection = WHOLE) -> str:
    """The report on `workspace`, in `language` or in the workspace's own."""
    with _reading(workspace, language, selection) as look:
        path = look.path()
        beside = [look.walked(step.key) for step in asides.told(look, selection)]
        return _page(look.workspace, path, datetime.now().astimezone(), beside, selection)


@contextmanager
def _reading(workspace: Workspace, language: str | None, selection: Selection) -> Iterator[Walk]:
    """A look at the workspace as the report tells it, in its language."""
    with _speaking(workspace, language):
        if not selection.discreet:
            yield Walk(workspace)
            return
        with closing(Discreet(workspace.path)) as hidden:
            yield Walk(hidden)


def _html(workspace: Workspace, language: str | None, selection: Selection) -> bytes:
    return html(workspace, language, selection).encode()


def _xlsx(workspace: Workspace, language: str | None, selection: Selection) -> bytes:
    with _reading(workspace, language, selection) as look:
        return plain.xlsx(look, calendars.today(), selection)


def _markdown(workspace: Workspace, language: str | None, selection: Selection) -> bytes:
    with _reading(workspace, language, selection) as look:
        return plain.markdown(look, selection).encode()


def _speaking(workspace: Workspace, language: str | None) -> AbstractContextManager[None]:
    speech = language or str(workspace.setting("language", "en"))
    return i18n.speaking(speech, workspace.setting("currency"))


FORMATS: dict[str, Callable[[Workspace, str | None, Selection], bytes]] = {
    "html": _html,
    "pdf": pdf,
    "xlsx": _xlsx,
    "md": _markdown,
}
"""What makes the file of an ending."""


def _page(
    workspace: Workspace,
    path: list[Walked],
    made: datetime,
    beside: Sequence[Walked] = (),
    selection: Selection = WHOLE,
) -> str:
    imports = sources.imports(workspace)
    shown = [walked for walked in path if selection.shows(walked.step.key)]
    page = looks.page(
        "report",
        language_name=_NAMES[i18n.language()],
        firm=str(workspace.setting("name", "")),
        footer=str(workspace.setting("name", "")),
        made=t("report", "Made on {date}, {time}", date=i18n.date(made), time=i18n.clock(made)),
        period=sources.period_words(imports),
        lines=summary.five(path, selection),
        steps=parts.steps(path, selection),
        asides=asides.asides(beside),
        documents=asides.documents(beside),
        decisions=parts.decisions(shown) if selection.shows("decisions") else "",
        sources=selection.shows("sources"),
        imports=sources.table(imports),
        facts=sources.facts(imports),
        words=_words(),
    )
    return looks.sparely(page)


def _words() -> dict[str, str]:
    return {
        "report": t("report", "Report"),
        "main": t("report", "The main points"),
        "inputs": t("report", "What it was computed from"),
        "asides": t("report", "Counted beside this step"),
        "documents": t("report", "Documents"),
        "counted": t("report", "Counted from:"),
        "decided": t("report", "Decided"),
        "who": t("report", "Who"),
        "review": t("report", "Review"),
        "recorded": t("report", "Recorded"),
        "sources": t("report", "Where the numbers come from"),
    }
