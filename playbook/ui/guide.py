"""How a page or a notebook opens: its question in one line, why it matters, and how to answer well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from playbook.i18n import t


def opening(kicker: str, text: Mapping[str, Any]) -> str:
    """The opening of a text of `knowledge/` with a question, why, how and mistakes."""
    guide = (
        f'<details class="pb-guide"><summary>{t("ui", "How to answer well")}</summary>{_list(text["how"])}'
        f'<p class="pb-h3">{t("ui", "Common mistakes")}</p>{_list(text["mistakes"])}</details>'
    )
    said, question, why = (escape(str(words)) for words in (kicker, text["question"], text["why"]))
    return (
        f'<div class="pb pb-open"><p class="pb-kick">{said}</p><h1 id="q">{question}</h1>'
        f'<p class="why">{why}</p>{guide}</div>'
    )


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
