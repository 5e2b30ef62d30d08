"""One file on the data page as it stands, and what a person may say of it: its system, its table, its columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.data import Preview
from playbook.data.kinds import KINDS
from playbook.data.labels import field_name, kind_name
from playbook.data.mapping import asked, offered
from playbook.data.match import system_title
from playbook.data.shape import ORDERS_OF_DAY, VAT
from playbook.data.sources import sources
from playbook.data.stages import STAGES
from playbook.data.text import Sheet
from playbook.display import capital
from playbook.errors import PlaybookError
from playbook.i18n import t

PLAIN = "plain"
"""The system of tables of one's own."""


@dataclass(frozen=True)
class Choice:
    """One question about a table: the setting it answers, its words, its answers, the one chosen."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""
    aside: bool = False
    """Whether the table can do without it."""


@dataclass
class Dropped:
    """One file that a person dropped, as it stands."""

    name: str
    content: bytes
    settings: dict[str, str] = field(default_factory=dict)
    preview: Preview | None = None
    error: PlaybookError | None = None
    batch: int | None = None
    done: str = ""
    """What the import changed, in words."""
    waited: bool = False
    """Whether it stayed out when the others were imported, because a question about it is open."""
    sheet: Sheet | None = None
    """The rows of a table that we did not know at first sight: its columns are asked for."""
    corrected: bool = False
    """Whether a person wants to say anew what a known file is and how it is read."""

    @property
    def waits(self) -> bool:
        """Whether it may still be imported."""
        return self.batch is None and (self.preview is not None or self.sheet is not None)


def choices(file: Dropped) -> list[Choice]:
    """What is asked of a table we do not know: what it is, whether it has a header, which column is which.

    Of a known one that is corrected: its system, the answers given for earlier files, and the same.
    """
    if file.batch is not None or not (file.sheet or file.corrected):
        return []
    found = _known(file) if file.corrected else []
    if file.sheet is None and file.preview and file.preview.source != PLAIN:
        return [*found, *_columns(file, file.preview.sheet, file.preview.kinds[0])]
    taken = file.preview.kinds[0] if file.preview and not file.error else ""
    kind, kinds = file.settings.get("kind", taken), ((name, kind_name(name)) for name in KINDS if name != "items")
    found.append(Choice("kind", t("ui", "What is in the table?"), tuple(kinds), kind))
    sheet = file.sheet or (file.preview.sheet if file.preview else None)
    if kind not in KINDS or sheet is None:
        return found
    header = (("yes", t("ui", "yes")), ("no", t("ui", "no, it begins with data")))
    if file.sheet:
        found.append(Choice("header", t("ui", "Has it a header?"), header, file.settings.get("header", "yes")))
    return [*found, *_columns(file, sheet, kind)]


def _known(file: Dropped) -> list[Choice]:
    """The system of a file, and what was said of earlier files of it."""
    systems = tuple((name, system_title(name)) for name in sources())
    found = [Choice("source", t("ui", "Which system is it from?"), systems, file.settings.get("source", ""))]
    if file.preview is None or file.error:
        return found
    said = file.preview.answers
    labels = {
        "vat": (t("ui", "VAT"), VAT),
        "dates": (t("ui", "Which number is the day?"), ORDERS_OF_DAY),
        "currency": (t("ui", "Currency"), tuple(dict.fromkeys((said.get("currency", ""), "RUB", "USD", "EUR")))),
    }
    asks = file.preview.match.source.asks
    for key, (label, answers) in labels.items():
        if key in said and key in asks:
            found.append(Choice(key, label, tuple((one, answer_name(one)) for one in answers), said[key]))
    if (kind := file.preview.kinds[0]) in STAGES:
        for key in (key for key in said if key.startswith("stage.")):
            stages = tuple((one, answer_name(one)) for one in STAGES[kind])
            found.append(Choice(key, key.removeprefix("stage."), stages, said[key]))
    return found


def _columns(file: Dropped, sheet: Sheet, kind: str) -> list[Choice]:
    """Which column is which field of a table."""
    columns = tuple((name, f"{name} · {sample}" if sample else name) for name, sample in offered(sheet, file.settings))
    known = {each.field: each.column for each in file.preview.mapping if each.kind == kind} if file.preview else {}
    found = []
    for name, need in asked(kind).items():
        label = field_name(name) + {"must": " *", "one": " °", "may": ""}[need]
        chosen = file.settings.get(f"column.{name}", known.get(name, ""))
        found.append(Choice(f"column.{name}", capital(label), columns, chosen, need == "may"))
    return found


def answer_name(answer: str) -> str:
    """An answer to a question about a file, as a person reads it."""
    words = {
        "included": t("ui", "VAT included"),
        "excluded": t("ui", "without VAT"),
        "none": t("ui", "no VAT"),
        "dmy": t("ui", "day first"),
        "mdy": t("ui", "month first"),
        "paid": t("ui", "paid"),
        "won": t("ui", "won"),
        "lost": t("ui", "lost"),
        "open": t("ui", "open"),
        "cancelled": t("ui", "cancelled"),
        "yes": t("ui", "yes"),
        "no": t("ui", "no"),
        "other": t("ui", "none of these"),
    }
    return words.get(answer) or system_title(answer)
