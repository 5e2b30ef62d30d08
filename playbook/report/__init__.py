"""The project as one HTML file that opens without a network, prints on A4 and reads on a phone.

Five lines come first; then every step with its answer, its inputs and the person's decision; then where the numbers
come from.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from playbook import faces, i18n
from playbook.i18n import t
from playbook.report import parts, sources, summary
from playbook.walk import Walked, walk
from playbook.workspace import Workspace

__all__ = ["html"]

LAYOUT = Path(__file__).resolve().parent / "layout"
_NAMES = {"en": "English", "ru": "Русский"}


def html(workspace: Workspace, language: str | None = None) -> str:
    """The report on `workspace`, in `language` or in the workspace's own."""
    speech = language or str(workspace.setting("language", "en"))
    with i18n.speaking(speech, workspace.setting("currency")):
        return _page(workspace, walk(workspace), datetime.now().astimezone())


def _page(workspace: Workspace, path: list[Walked], made: datetime) -> str:
    imports = sources.imports(workspace)
    return (
        faces.environment(LAYOUT)
        .get_template("report.html")
        .render(
            language=i18n.language(),
            language_name=_NAMES[i18n.language()],
            firm=str(workspace.setting("name", "")),
            made=t("report", "Made on {date}, {time}", date=i18n.date(made), time=i18n.clock(made)),
            period=sources.period_words(imports),
            css=_css(),
            lines=summary.five(path),
            steps=parts.steps(path),
            decisions=parts.decisions(path),
            imports=sources.table(imports),
            facts=sources.facts(imports),
            words=_words(),
        )
    )


def _css() -> str:
    return faces.css() + (LAYOUT / "report.css").read_text(encoding="utf-8")


def _words() -> dict[str, str]:
    return {
        "report": t("report", "Report"),
        "main": t("report", "The main points"),
        "inputs": t("report", "What it was computed from"),
        "decided": t("report", "Decided"),
        "who": t("report", "Who"),
        "review": t("report", "Review"),
        "recorded": t("report", "Recorded"),
        "sources": t("report", "Where the numbers come from"),
    }
