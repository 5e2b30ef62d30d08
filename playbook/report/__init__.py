"""The project as one file: HTML that opens without a network, prints on A4 and reads on a phone; PDF made from it.

Five lines come first; then every step with its answer, its inputs and the person's decision; then where the numbers
come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from playbook import faces, i18n
from playbook.i18n import t
from playbook.report import asides, looks, parts, plain, sources, summary
from playbook.report.endings import maker
from playbook.steps import CALCULATORS, PATH
from playbook.walk import Walk, Walked, walk
from playbook.workspace import Workspace

__all__ = ["FORMATS", "html", "pdf", "write"]

_NAMES = {"en": "English", "ru": "Русский"}


def write(workspace: Workspace, ending: str, language: str | None = None) -> bytes:
    """The report as the file that `ending` stands for, such as `pdf`.

    Raises:
        PlaybookError: the report is not made in this format.
    """
    make = maker(FORMATS, ending, t("report", "The report is not made in this format."))
    return make(workspace, language)


def pdf(workspace: Workspace, language: str | None = None) -> bytes:
    """The same page on A4, printed by the browser of this machine.

    Raises:
        NoBrowser, Failure: there is none, or it could not print.
    """
    from playbook.report import browser

    page = html(workspace, language)
    with _speaking(workspace, language):
        return browser.pdf(page)


def html(workspace: Workspace, language: str | None = None) -> str:
    """The report on `workspace`, in `language` or in the workspace's own."""
    with _speaking(workspace, language):
        look = Walk(workspace)
        path = [look.walked(step.key) for step in PATH]
        beside = [look.walked(step.key) for step in CALCULATORS if look.state(step.key) == "done"]
        return _page(workspace, path, datetime.now().astimezone(), beside)


def _html(workspace: Workspace, language: str | None) -> bytes:
    return html(workspace, language).encode()


def _xlsx(workspace: Workspace, language: str | None) -> bytes:
    with _speaking(workspace, language):
        return plain.xlsx(workspace, walk(workspace), datetime.now().astimezone().date())


def _markdown(workspace: Workspace, language: str | None) -> bytes:
    with _speaking(workspace, language):
        return plain.markdown(workspace, walk(workspace)).encode()


def _speaking(workspace: Workspace, language: str | None) -> AbstractContextManager[None]:
    speech = language or str(workspace.setting("language", "en"))
    return i18n.speaking(speech, workspace.setting("currency"))


FORMATS: dict[str, Callable[[Workspace, str | None], bytes]] = {
    "html": _html,
    "pdf": pdf,
    "xlsx": _xlsx,
    "md": _markdown,
}
"""What makes the file of an ending."""


def _page(workspace: Workspace, path: list[Walked], made: datetime, beside: Sequence[Walked] = ()) -> str:
    imports = sources.imports(workspace)
    return (
        faces.environment(looks.LAYOUT)
        .get_template("report.html")
        .render(
            language=i18n.language(),
            language_name=_NAMES[i18n.language()],
            firm=str(workspace.setting("name", "")),
            footer=looks.quoted(str(workspace.setting("name", ""))),
            made=t("report", "Made on {date}, {time}", date=i18n.date(made), time=i18n.clock(made)),
            period=sources.period_words(imports),
            css=looks.css(),
            lines=summary.five(path),
            steps=parts.steps(path),
            asides=asides.asides(beside),
            decisions=parts.decisions(path),
            imports=sources.table(imports),
            facts=sources.facts(imports),
            words=_words(),
        )
    )


def _words() -> dict[str, str]:
    return {
        "report": t("report", "Report"),
        "main": t("report", "The main points"),
        "inputs": t("report", "What it was computed from"),
        "asides": t("report", "Counted beside this step"),
        "counted": t("report", "Counted from:"),
        "decided": t("report", "Decided"),
        "who": t("report", "Who"),
        "review": t("report", "Review"),
        "recorded": t("report", "Recorded"),
        "sources": t("report", "Where the numbers come from"),
    }
