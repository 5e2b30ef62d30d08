"""What a page hands out as files: the report of the week, a document, lists of clients."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby

from playbook import addresses, rules
from playbook.i18n import t
from playbook.walk import Walk


@dataclass(frozen=True)
class Way:
    """A file of a document."""

    href: str
    words: str
    slow: bool
    """Whether it takes a moment to be made."""


def weeks(walk: Walk) -> str:
    """The button that writes the week, the weeks written so far, the newest first, and the meeting's timer."""
    lines = ""
    found = (file for file in walk.workspace.reports() if file.name.startswith("week_"))
    for week, kept in groupby(found, key=lambda file: file.stem.removeprefix("week_")):
        ways = ((addresses.to(f"/week/{file.name}"), file.suffix[1:].upper()) for file in kept)
        links = "".join(f'<a class="pb-btn quiet" href="{to}">{ending}</a>' for to, ending in ways)
        lines += f'<h3 class="pb-h3">{week}</h3><p class="pb-ways">{links}</p>'
    title, words = t("ui", "Report of the week"), t("ui", "Write HTML, PDF and XLSX")
    note = t("ui", "Kept in the folder “reports” of the workspace, by week. The same week written again is the same.")
    door = addresses.to("/week")
    button = f'<form method="post" action="{door}"><button class="pb-btn" type="submit">{words}</button></form>'
    return (
        f'<div class="pb"><section class="pb-files" id="reports"><h2 class="pb-h3">{title}</h2>'
        f'<p class="pb-sub">{escape(note)}</p>{button}{lines}{_timer(walk)}</section></div>'
    )


def document(key: str) -> str:
    """A document as files: as it is filled in, and as an empty sheet."""
    title, blank = t("ui", "Take it along"), t("ui", "An empty sheet to print")
    return (
        f'<div class="pb"><section class="pb-files"><h2 class="pb-h3">{title}</h2>'
        f'<p class="pb-ways">{_links(key, "filled")}</p>'
        f'<h3 class="pb-h3">{blank}</h3><p class="pb-ways">{_links(key, "empty")}</p></section></div>'
    )


def audiences() -> str:
    """The ways to the lists of clients, as tables for a spreadsheet."""
    words = {"silent": t("ui", "To reactivate"), "due": t("ui", "Due to buy again"), "all": t("ui", "All with scores")}
    ways = ((addresses.to(f"/audience/{name}.csv"), said) for name, said in words.items())
    links = "".join(f'<a class="pb-btn quiet" href="{to}">{said}</a>' for to, said in ways)
    title, note = (
        t("ui", "Lists of clients, CSV"),
        t("ui", "Hashes and numbers of orders: nothing personal is in them."),
    )
    return (
        f'<section class="pb-files"><h2 class="pb-h3">{title}</h2><p class="pb-ways">{links}</p>'
        f'<p class="pb-sub">{escape(note)}</p></section>'
    )


def _timer(walk: Walk) -> str:
    """The meeting: the button that counts its minutes down, with all its words, and the way into a calendar."""
    minutes = walk.value("week", "meeting_minutes") or rules.get("meeting_minutes").span[0]
    words = {
        "start": t("ui", "Start the meeting's timer"),
        "left": t("ui", "Left:"),
        "over": t("ui", "Time is up"),
    }
    said, calendar = t("ui", "The meeting into your calendar (ICS)"), addresses.to("/document/week/filled.ics")
    told = "".join(f' data-{name}="{escape(said)}"' for name, said in words.items())
    return (
        f'<p class="pb-meeting"><button class="pb-btn quiet" type="button" data-meeting="{minutes:g}"{told}>'
        f"{escape(words['start'])}</button></p>"
        f'<p class="pb-ways"><a class="pb-btn quiet" href="{calendar}">{escape(said)}</a></p>'
    )


def ways(key: str, which: str) -> tuple[Way, ...]:
    """The ways to a document's files, filled or empty; the PDF takes a moment."""
    words = {"html": t("ui", "HTML"), "pdf": t("ui", "PDF"), "xlsx": t("ui", "XLSX"), "md": t("ui", "Markdown")}
    start = addresses.to(f"/document/{key}/{which}")
    return tuple(Way(f"{start}.{ending}", said, ending == "pdf") for ending, said in words.items())


def _links(key: str, which: str) -> str:
    """The ways as buttons; one that is slow says so while it is made."""
    wait = f' data-wait="{escape(t("ui", "The PDF is being made…"))}"'
    return "".join(
        f'<a class="pb-btn quiet" href="{way.href}"{wait if way.slow else ""}>'
        f'<span role="status">{way.words}</span></a>'
        for way in ways(key, which)
    )
