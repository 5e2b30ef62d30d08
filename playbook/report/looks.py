"""The looks of a sheet of paper, shared by the report and the documents."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from playbook import faces

LAYOUT = Path(__file__).resolve().parent / "layout"


def css() -> str:
    """The style sheet of a page that is read on a screen and printed on A4."""
    return faces.css() + "".join((LAYOUT / name).read_text(encoding="utf-8") for name in ("report.css", "print.css"))


def quoted(text: str) -> Markup:
    """A text between CSS quotes; what is no letter or figure is written by its number, so nothing can end the sheet."""
    safe = "".join(one if one.isalnum() else f"\\{ord(one):x} " for one in text)
    return Markup(f'"{safe}"')  # noqa: S704 - escaped above
